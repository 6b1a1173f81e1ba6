import { expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { inPieces } from '../../src/lib/api/pieces.ts';
import { createFileCache } from '#server/exports/file-cache.ts';
import { leftOut } from '#server/exports/left-out.ts';
import { createLimits, FILES } from '#server/doors/work-limits.ts';
import { pack, unpack } from '#server/exports/portable.ts';
import { createTurnstile } from '#server/exports/turnstile.ts';
import { wordsIn } from '#server/exports/words.ts';
import { readInTurns } from '#server/yjs/reading.ts';
import { addCard, fieldText, makeAuthorMap } from '#shared/doc/notebook.ts';
import { readBoard } from '#shared/doc/read.ts';
import { EXPORT_FORMATS, type ExportFormat } from '#shared/export-formats.ts';
import { createTestClock } from '../support/clock.ts';
import { barrier, card, exportsWith, NOW, workshop } from './exports-workshop.ts';

const hidden = workshop({
	cards: [
		card('card-1', { stoppedUs: 'Shown \ud800 \u0000 "quoted"', cause: 'rules' }),
		card('card-2', { stoppedUs: 'Hidden' })
	],
	state: { hidden: ['card-2'] }
});

test('EX50 an input arrives in the worker as it was, its pictures and its one function too', async () => {
	const many = workshop({
		cards: Array.from({ length: 2500 }, (_, i) =>
			card(`card-${i}`, { stoppedUs: 'é'.repeat(i % 90) })
		),
		logo: { type: 'image/png', bytes: new Uint8Array([0, 137, 255]) }
	});
	for (const input of [hidden, many, workshop()]) {
		const { bytes } = await pack(input);
		const { logo, ...there } = unpack(bytes);
		expect(JSON.stringify({ ...there, logo: null })).toBe(JSON.stringify({ ...input, logo: null }));
		expect(logo && [...logo.bytes]).toEqual(input.logo && [...input.logo.bytes]);
		expect(there.boards[0]!.contents.countryName('KE')).toBe('Kenya');
	}
});

test('EX50 the same content has the same hash, another has another', async () => {
	const hash = async (stoppedUs: string) =>
		(await pack(workshop({ cards: [card('card-1', { stoppedUs })] }))).hash;
	expect(await hash('a')).toBe(await hash('a'));
	expect(await hash('a')).not.toBe(await hash('b'));
});

test('EX50 a large board is read in turns, and is of one moment all the same', async () => {
	const [board, device] = [new Y.Doc(), new Y.Doc()];
	Y.applyUpdate(device, makeAuthorMap('author'));
	const put = (i: number) =>
		addCard(device, barrier, {
			id: `card-${i}`,
			column: 'barriers',
			order: `a${i}`,
			fields: { stoppedUs: `Words ${i}` }
		});
	for (let i = 0; i < 3000; i++) put(i);
	Y.applyUpdate(board, Y.encodeStateAsUpdate(device));
	let turns = 0;
	let isRead = false;
	const others = (): void => {
		// Somebody changes a card that has been read already, and puts down another.
		if (++turns === 1) {
			fieldText(device, 'card-0', 'stoppedUs')!.insert(0, 'More ');
			put(3000);
			Y.applyUpdate(board, Y.encodeStateAsUpdate(device));
		}
		if (!isRead) setImmediate(others);
	};
	setImmediate(others);
	const value = await readInTurns(board, { atCut: async (read) => read() });
	isRead = true;
	expect(turns).toBeGreaterThan(0);
	expect(value).toEqual(readBoard(board));
	expect(value.cards.find(({ id }) => id === 'card-0')!.fields['stoppedUs']).toBe('More Words 0');
});

test('EX51 what was made lately is kept, within its bound; the one least asked for goes first', () => {
	const cache = createFileCache(100);
	const file = (size: number) => new Uint8Array(size);
	for (const key of ['a', 'b', 'c', 'd']) cache.set(key, file(25));
	cache.get('a');
	cache.set('e', file(10));
	expect(['a', 'b', 'c', 'd', 'e'].filter((key) => cache.get(key))).toEqual(['a', 'c', 'd', 'e']);
	cache.set('large', file(26));
	expect(cache.get('large')).toBeUndefined();
});

test('EX51 a roomful that asks at once is given what was read once, and nobody what was read before they asked', async () => {
	const { pass } = createTurnstile(1);
	let reads = 0;
	const gates: (() => void)[] = [];
	const read = (): Promise<number> => {
		const at = ++reads;
		return new Promise((resolve) => gates.push(() => resolve(at)));
	};
	const first = pass('room', read);
	const roomful = Array.from({ length: 300 }, () => pass('room', read));
	const other = pass('other', read);
	for (const asked of [first, roomful[0]!, other]) {
		await Promise.resolve();
		gates.shift()!();
		await asked;
	}
	expect(await first).toBe(1);
	expect(new Set(await Promise.all(roomful))).toEqual(new Set([2]));
	expect(await other).toBe(3);
});

test('EX53 one person takes three files at once and thirty a minute, and is told when to come back', async () => {
	const clock = createTestClock(NOW + 10_000);
	const { one } = createLimits(clock.now, FILES);
	let open = (): void => {};
	const held = new Promise<void>((resolve) => (open = resolve));
	const slow = Array.from({ length: 3 }, () => one('ben', () => held));
	expect(await one('ben', async () => 'file')).toMatchObject({
		refused: 'too-many-files',
		after: 5
	});
	expect(await one('chidi', async () => 'file')).toBe('file');
	open();
	await Promise.all(slow);
	for (let i = 3; i < 30; i++) expect(await one('ben', async () => 'file')).toBe('file');
	expect(await one('ben', async () => 'file')).toEqual({ refused: 'too-many-files', after: 50 });
	clock.advance(50_000);
	expect(await one('ben', async () => 'file')).toBe('file');
	await expect(one('ben', () => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
	for (let i = 0; i < 3; i++) expect(await one('ben', async () => 'file')).toBe('file');
});

test('EX55 a file goes out in pieces, and nothing is kept for who takes none for a minute', async () => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
	try {
		const file = Uint8Array.from({ length: 200_000 }, (_, i) => i % 251);
		const whole = await new Response(inPieces(file)).arrayBuffer();
		expect(new Uint8Array(whole)).toEqual(file);
		expect(await new Response(inPieces(new Uint8Array())).text()).toBe('');
		const slow = inPieces(file).getReader();
		for (let i = 0; i < 2; i++) {
			expect((await slow.read()).value).toHaveLength(64 * 1024);
			vi.advanceTimersByTime(59_000);
		}
		vi.advanceTimersByTime(2000);
		await expect(slow.read()).rejects.toThrow('nobody takes');
	} finally {
		vi.useRealTimers();
	}
});

test('EX57 every format says what it leaves out', async () => {
	const words = wordsIn('en');
	const said = (format?: ExportFormat, input = hidden) =>
		leftOut(input, input.boards, words, format);
	expect(said()).toEqual(['1 hidden card is left out.']);
	for (const format of Object.keys(EXPORT_FORMATS) as ExportFormat[])
		expect(said(format)[0] === '1 hidden card is left out.').toBe(format !== 'json');
	// A participant's input has no hidden card at all.
	const given = workshop({ cards: [card('card-1', { stoppedUs: 'Shown' })] });
	given.boards[0]!.hidden = 1;
	expect(said('json', given)).toEqual(['1 hidden card is left out.']);
	expect(said('csv')).toContain('A table of cards has no place for actions.');
	expect(said('ics')).toContain('Only actions with a date are in it.');
	const held = workshop({ state: { revealed: false } });
	expect(said('pdf', held)).toEqual([expect.stringContaining('has not been revealed')]);
	const none = workshop();
	none.boards = [];
	expect(said('pdf', none)).toEqual([expect.stringContaining('never revealed')]);
});

test('EX59 what would take gigabytes to draw is not drawn; it is there as data', async () => {
	const exports = exportsWith();
	const long = (cards: number) =>
		workshop({
			cards: Array.from({ length: cards }, (_, i) =>
				card(`card-${i}`, { stoppedUs: 'x'.repeat(2500) })
			)
		});
	// So large a drawing would end the process, not only its thread.
	for (const format of ['svg', 'png'] as const)
		expect(await exports.board(long(1000), 'board-one', format)).toEqual({
			refused: 'too-much-to-draw'
		});
	expect(await exports.board(long(1000), 'board-one', 'csv')).toHaveProperty('body');
	expect(await exports.board(long(2000), 'board-one', 'pdf')).toEqual({
		refused: 'too-much-to-draw'
	});
	expect(await exports.page('take-away', { all: ['x'.repeat(5e6)] })).toEqual({
		refused: 'too-much-to-draw'
	});
	expect(exports.faults).toEqual([]);
	await exports.stop();
});
