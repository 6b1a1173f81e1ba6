/** What cards are for, in every form in which they leave, and back in. */
import readXlsx from 'read-excel-file/node';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { earlierCards } from '#shared/earlier.ts';
import type { WorkshopFile } from '#shared/workshop-file.ts';
import { boardPage } from '#server/exports/board-page.ts';
import type { BoardInput, ExportInput } from '#server/exports/input.ts';
import { summaryOf } from '#server/exports/summary/summary.ts';
import { takeAwayOf } from '#server/exports/take-away.ts';
import { wordsIn } from '#server/exports/words.ts';
import { renamed } from '#server/imports/renamed.ts';
import { from, partner, twoExercises } from './exports-linked.ts';
import { bytes, exportsWith, NOW, text } from './exports-workshop.ts';

const exports = exportsWith();
afterAll(() => exports.stop());
const words = wordsIn('en');

let input: ExportInput;
let second: BoardInput;
beforeEach(() => {
	input = twoExercises();
	second = input.boards[1]!;
});

test('NX8 CSV, vCard, Markdown and JSON say what a card is for, and nothing of one that is hidden', async () => {
	const csv = text(await bytes(exports.board(input, 'board-two', 'csv')));
	const [head, ...rows] = csv.trim().split('\r\n');
	const at = head!.split(',').indexOf('for');
	const told = rows.map((row) =>
		row
			.split(',')
			.slice(at, at + 2)
			.join(',')
	);
	expect(head!.split(',')[at + 1]).toBe('for_text');
	expect(told.toSorted()).toEqual([',', 'no-time,No time', 'no-time,No time']);

	const vcf = text(await bytes(exports.workshop(input, 'vcf')));
	expect(vcf.replaceAll('\r\n ', '')).toContain('For: No time');
	const markdown = text(await bytes(exports.workshop(input, 'md')));
	expect(markdown).toContain('For: No time');
	for (const file of [csv, vcf, markdown]) expect(file).not.toContain('Unspeakable');

	const json = JSON.parse(text(await bytes(exports.workshop(input, 'json')))) as WorkshopFile;
	expect(json.boards[1]!.cards.find(({ id }) => id === 'the-bank')?.from).toEqual({
		board: 'board-one',
		card: 'no-time'
	});
	const alone = JSON.parse(text(await bytes(exports.board(input, 'board-two', 'json'))));
	expect(JSON.stringify(alone)).not.toContain('board-one');
});

test('NX8 so does a workbook where there is something to say, and a board’s PDF', async () => {
	const xlsx = async (board: string) => {
		const made = await bytes(exports.board(input, board, 'xlsx'));
		const sheets = await readXlsx(Buffer.from(made));
		return sheets[1]!.data.map((row) => row.map((cell) => String(cell ?? '')));
	};
	const [head, ...rows] = await xlsx('board-two');
	const at = head!.indexOf('For');
	expect(rows.map((row) => row[at]).toSorted()).toEqual(['', 'No time', 'No time']);
	expect((await xlsx('board-one'))[0]).not.toContain('For');

	const page = boardPage(input, second, words, NOW);
	const printed = page.bands.flatMap(({ columns }) => columns).flatMap(({ items }) => items);
	const told = printed.flatMap((item) =>
		item.kind === 'card'
			? [[item.text[0]?.t, ...item.fields.flatMap(({ title, value }) => [title.t, value[0]?.t])]]
			: []
	);
	expect(told).toEqual([
		['No time', 'From', 'Think of a barrier to collaboration'],
		['A bank', 'For', 'No time'],
		['A firm']
	]);
});

test('NX9 a participant takes home what their cards are for, a draft too', () => {
	const own = [
		partner('draft', 'A draft', { ...from('board-one', 'no-time'), draft: true }),
		partner('other', 'Another', from('board-one', 'secret'))
	];
	const { id, title, revealed, anonymous } = second.state;
	const about = { id, title, revealed, anonymous, exercise: second.contents.exercise };
	const mine = { ...about, cards: own, contacts: [], hidden: new Set<string>() };
	const home = takeAwayOf(
		input,
		{ name: 'Chidi', boards: [mine], actions: new Set() },
		null,
		words
	);
	const fields = home.boards[0]!.cards.map(({ fields }) =>
		fields.map(({ label, value }) => [label.text, value.text])
	);
	expect(fields).toEqual([[['For', 'No time']], []]);
});

test('NX10 what is for what is so under new ids, too', async () => {
	const file = JSON.parse(text(await bytes(exports.workshop(input, 'json')))) as WorkshopFile;
	let count = 0;
	const again = renamed(file, () => `new-id-${String(count++).padStart(6, '0')}`);
	const [barriers, partners] = again.boards;
	const time = barriers!.cards.find(({ fields }) => fields['stoppedUs'] === 'No time')!;
	const bank = partners!.cards.find(({ fields }) => fields['partner'] === 'A bank')!;
	expect(time.id).toMatch(/^new-id/);
	expect(bank.from).toEqual({ board: barriers!.id, card: time.id });
	// Of a card that is nowhere in the file nothing is kept.
	const lost = { ...file, boards: file.boards.slice(1) };
	expect(renamed(lost, () => `new-id-${count++}aaaa`).boards[0]!.cards[0]).not.toHaveProperty(
		'from'
	);
});

test('NX13 the summary has the chains, each link by what it is called, and says at a card what is for it', () => {
	const summary = summaryOf(input, words, NOW);
	const [chain] = summary.chains!.items;
	expect(summary.chains!.items).toHaveLength(1);
	expect([chain!.text.text, chain!.from?.text]).toEqual([
		'No time',
		'Barrier · Think of a barrier to collaboration'
	]);
	const told = chain!.members!.map(({ text, from }) => [text.text, from?.text]);
	expect(told).toEqual([
		['By phone', 'Way round it'],
		['A bank', 'Business · Think of a potential partner']
	]);
	expect(chain!.members![1]!.members).toMatchObject([
		{ text: { text: 'Call the bank' }, from: { text: 'Action · Ben · 28 February 2027' } }
	]);
	const blocks = summary.parts[0]!.blocks;
	const ranking = blocks.find((block) => block.kind === 'ranking');
	expect(ranking?.kind === 'ranking' && ranking.items[0]!.links).toEqual([
		{ text: 'For it: 1 card in “Think of a potential partner”', lang: 'en' }
	]);
	expect(JSON.stringify(summary)).not.toContain('Unspeakable');
});

test('NX13 the chains are left out like any section, and a card that is left out is not in them', () => {
	expect(summaryOf(twoExercises({ leftOut: ['chains'] }), words, NOW).chains).toBeNull();
	const without = summaryOf(twoExercises({ cards: ['the-bank'] }), words, NOW);
	expect(JSON.stringify(without.chains)).not.toContain('A bank');
	const rootless = summaryOf(twoExercises({ cards: ['no-time'] }), words, NOW);
	expect(rootless.chains).toBeNull();
	expect(JSON.stringify(rootless)).not.toContain('"For: No time"');
});

test('NX13 the chains are set, written and drawn', async () => {
	for (const format of ['pdf', 'docx'] as const)
		expect((await bytes(exports.workshop(input, format))).byteLength).toBeGreaterThan(1000);
	expect(text(await bytes(exports.workshop(input, 'md')))).toContain('## From barrier to action');
	expect(exports.faults).toEqual([]);
	expect(earlierCards(input.boards).map(({ card }) => card)).not.toContain('secret');
});
