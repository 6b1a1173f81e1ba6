import { afterEach, expect, test } from 'vitest';
import { createWorkerQueue } from '#server/exports/worker-queue.ts';
import type { Order } from '#server/exports/export-worker.ts';
import { createTestClock } from '../support/clock.ts';
import { NOW } from './exports-workshop.ts';

const wish = (wish: string): Order => ({
	make: 'page',
	template: 'board',
	data: JSON.stringify(wish)
});

const started: { stop(): Promise<void> }[] = [];
afterEach(async () => {
	await Promise.all(started.splice(0).map((queue) => queue.stop()));
});

/** A queue before a worker that does as it is told. */
function queueBeforeWorker() {
	const clock = createTestClock(NOW);
	const faults: string[] = [];
	const log = { warn: () => {}, error: (_: object, message: string) => faults.push(message) };
	const script = new URL('./exports-worker.ts', import.meta.url);
	const queue = createWorkerQueue({ log, clock, script, patience: 10_000 });
	started.push(queue);
	return { ...queue, clock, faults };
}

test('EX11 a worker that fails is replaced, and who asked is refused', async () => {
	const { make, stop, faults } = queueBeforeWorker();
	expect(await make('a', wish('fail'))).toMatchObject({ refused: 'server-fault' });
	expect(await make('b', wish('die'))).toMatchObject({ refused: 'server-fault' });
	expect(await make('c', wish('well'))).toBeInstanceOf(Uint8Array);
	expect(faults).toHaveLength(2);
	await stop();
	expect(await make('d', wish('well'))).toMatchObject({ refused: 'try-again' });
});

test('EX11 a worker that hangs is replaced, and the next are served, up to a hundred', async () => {
	const { make, clock } = queueBeforeWorker();
	const hung = make('hung', wish('hang'));
	const next = make('next', wish('well'));
	const rest = Array.from({ length: 100 }, (_, i) => make(`rest ${i}`, wish('well')));
	expect(await rest.at(-1)).toMatchObject({ refused: 'try-again', after: 5 });
	clock.advance(10_000);
	expect(await hung).toMatchObject({ refused: 'server-fault' });
	expect(await next).toBeInstanceOf(Uint8Array);
	expect(await rest[98]).toBeInstanceOf(Uint8Array);
});

test('EX82 a worker without work for a minute is ended, and the next file has another', async () => {
	const { make, clock, faults } = queueBeforeWorker();
	const who = async (key: string) => String(await make(key, wish('who')));
	const first = await who('a');
	clock.advance(59_999);
	expect(await who('b')).toBe(first);
	clock.advance(59_999);
	expect(await who('c')).toBe(first);
	clock.advance(60_000);
	expect(await who('d')).not.toBe(first);
	expect(faults).toEqual([]);
});

test('EX51 the same file is made once, for all who wait for it and all who come later', async () => {
	const { make, clock } = queueBeforeWorker();
	const hung = make('hung', wish('hang'));
	const roomful = Array.from({ length: 300 }, () => make('same', wish('well')));
	clock.advance(10_000);
	expect(await hung).toMatchObject({ refused: 'server-fault' });
	const files = await Promise.all(roomful);
	files.push(await make('same', wish('well')));
	expect([...new Set(files)]).toEqual([new Uint8Array([2])]);
	expect(await make('other', wish('well'))).toEqual(new Uint8Array([3]));
});

test('EX86 one file at a time, for one person after the other: who asks for thirty holds nobody up', async () => {
	const { make, clock } = queueBeforeWorker();
	const hung = make('hung', wish('hang'), { person: 'ada' });
	const made: string[] = [];
	const asks = (person: string, ...files: string[]) =>
		files.map((file) =>
			make(file, wish('well'), { person }).then(() => made.push(`${person} ${file}`))
		);
	const all = [
		...asks('ada', ...Array.from({ length: 30 }, (_, i) => `a${i}`)),
		...asks('ben', 'b0', 'b1'),
		...asks('chidi', 'c0', 'a29')
	];
	clock.advance(10_000);
	await hung;
	await Promise.all(all);
	// Whoever waits for what is made for somebody else has it with them.
	expect(made.slice(0, 8)).toEqual([
		'ada a0',
		'ben b0',
		'ada a29',
		'chidi a29',
		'ada a1',
		'ben b1',
		'chidi c0',
		'ada a2'
	]);
	expect(made).toHaveLength(34);
});

test('EX52 who goes away is taken off the queue; the others are served', async () => {
	const { make, clock, faults } = queueBeforeWorker();
	const hung = make('hung', wish('hang'));
	const [ben, chidi] = [new AbortController(), new AbortController()];
	const left = make('left', wish('die'), { gone: ben.signal });
	const shared = [make('shared', wish('well'), { gone: ben.signal }), make('shared', wish('well'))];
	ben.abort();
	expect(await left).toMatchObject({ refused: 'try-again' });
	expect(await shared[0]).toMatchObject({ refused: 'try-again' });
	clock.advance(10_000);
	await hung;
	expect(await shared[1]).toBeInstanceOf(Uint8Array);
	chidi.abort();
	expect(await make('late', wish('die'), { gone: chidi.signal })).toMatchObject({
		refused: 'try-again'
	});
	expect(faults).toEqual(['the worker that makes files is replaced']); // the one that hung
});

test('EX52 a file that nobody waits for any more is given up within a second, unless somebody asks again', async () => {
	const { make, clock, faults } = queueBeforeWorker();
	const ben = new AbortController();
	const hung = make('hung', wish('hang'), { gone: ben.signal });
	const next = make('next', wish('well'));
	ben.abort();
	expect(await hung).toMatchObject({ refused: 'try-again' });
	const again = new AbortController();
	const joined = make('hung', wish('hang'), { gone: again.signal });
	clock.advance(1000);
	again.abort();
	await joined;
	clock.advance(999);
	clock.advance(1);
	expect(await next).toEqual(new Uint8Array([2]));
	expect(faults).toEqual([]);
});
