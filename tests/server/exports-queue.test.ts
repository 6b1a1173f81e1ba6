import { expect, test } from 'vitest';
import { createPdf } from '#server/exports/pdf.ts';
import { createTestClock } from '../support/clock.ts';
import { NOW } from './exports-workshop.ts';

test('EX11 a worker that fails is replaced, and who asked is refused', async () => {
	const faults: string[] = [];
	const log = { warn: () => {}, error: (_: object, message: string) => faults.push(message) };
	const script = new URL('./exports-worker.ts', import.meta.url);
	const pdf = createPdf({ log, clock: createTestClock(NOW), script });
	expect(await pdf.set('board', 'fail')).toMatchObject({ refused: 'server-fault' });
	expect(await pdf.set('board', 'die')).toMatchObject({ refused: 'server-fault' });
	expect(await pdf.set('board', 'well')).toBeInstanceOf(Uint8Array);
	expect(faults).toHaveLength(2);
	await pdf.stop();
	expect(await pdf.set('board', 'well')).toMatchObject({ refused: 'try-again' });
});

test('EX11 a worker that hangs is replaced, and the next are served, up to a hundred', async () => {
	const clock = createTestClock(NOW);
	const log = { warn: () => {}, error: () => {} };
	const script = new URL('./exports-worker.ts', import.meta.url);
	const pdf = createPdf({ log, clock, script, patience: 1000 });
	const hung = pdf.set('board', 'hang');
	const next = pdf.set('board', 'well');
	const rest = Array.from({ length: 100 }, () => pdf.set('board', 'well'));
	expect(await rest.at(-1)).toMatchObject({ refused: 'try-again' });
	clock.advance(1000);
	expect(await hung).toMatchObject({ refused: 'server-fault' });
	expect(await next).toBeInstanceOf(Uint8Array);
	expect(await rest[98]).toBeInstanceOf(Uint8Array);
	await pdf.stop();
});
