import { assert, asyncProperty, string } from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { CardValue, GroupValue } from '#shared/doc/contents.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import {
	BEN,
	CHIDI,
	NOW,
	bytes,
	card,
	exportsWith,
	shipped,
	text,
	workshop
} from './exports-workshop.ts';

const exports = exportsWith();
afterAll(() => exports.stop());

type Told = Parameters<typeof workshop>[0];
const ofBoard = async (told: Told, format: 'csv' | 'json') =>
	text(await bytes(exports.board(workshop(told), 'board-one', format)));
const ofWorkshop = async (told: Told, format: 'csv' | 'json') =>
	text(await bytes(exports.workshop(workshop(told), format)));

const theme: GroupValue = {
	id: 'group-one',
	kind: 'theme',
	title: 'Paper',
	column: 'barriers',
	order: 'a0',
	cards: ['card-1', 'card-2']
};
const told: Told = {
	cards: [
		card('card-2', { stoppedUs: 'Second', cause: 'rules' }, { order: 'a2', group: 'group-one' }),
		card('card-1', { stoppedUs: 'First, "quoted"\nline' }, { order: 'a1', group: 'group-one' }),
		card(
			'card-3',
			{ whatWeCouldDo: 'A way' },
			{ column: 'ways-round', answers: 'card-1', author: 'key-chidi', language: 'en' }
		),
		card('secret', { stoppedUs: 'Unspeakable' }, { order: 'a9' })
	],
	groups: [theme],
	comments: [
		{ id: 'note-2', card: 'card-1', text: 'Me too', name: 'Chidi', participant: CHIDI, at: 2 },
		{ id: 'note-1', card: 'card-1', text: 'Yes', name: 'Ben', participant: BEN, at: 1, mine: true }
	],
	state: { hidden: ['secret'] },
	contents: {
		votes: { 'card-3': 2, 'group-one': 4 },
		actions: [{ id: 'act-1', board: 'board-one', what: 'Go', who: 'Ben', when: 'soon', at: 1 }]
	}
};

/** Reads CSV as RFC 4180 has it. */
function rowsOf(csv: string): Record<string, string>[] {
	const cells: string[][] = [[]];
	const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g;
	for (const [all, quoted, bare, end] of csv.replace(/^\ufeff/, '').matchAll(pattern)) {
		if (all === '') break;
		cells.at(-1)!.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
		if (end !== ',') cells.push([]);
	}
	const [head, ...rows] = cells.filter((row) => row.length > 0);
	return rows.map((row) => Object.fromEntries(head!.map((name, i) => [name, row[i] ?? ''])));
}

test('EX13 CSV: a byte order mark, one row a card in the board’s order, readable values', async () => {
	const csv = await ofBoard(told, 'csv');
	expect(csv.startsWith('\ufeffcard,column,group,text,cause,withWhom,author,votes,')).toBe(true);
	expect(rowsOf(csv)).toEqual([
		expect.objectContaining({
			card: 'card-1',
			column: 'Barriers',
			group: 'Paper',
			text: 'First, "quoted"\nline',
			cause: '',
			withWhom: '',
			author: 'Ben',
			votes: '0',
			group_votes: '4',
			answers: '',
			answers_text: '',
			comments: 'Ben: Yes\nChidi: Me too',
			language: '',
			voting: 'dots',
			votes_place: ''
		}),
		expect.objectContaining({ card: 'card-2', cause: 'Rules or law' }),
		expect.objectContaining({
			card: 'card-3',
			column: 'Ways round it',
			text: 'A way',
			author: 'Chidi',
			votes: '2',
			votes_place: '2',
			answers: 'card-1',
			answers_text: 'First, "quoted"\nline',
			language: 'en'
		})
	]);
});

test('EX13 CSV of a workshop: the exercise and the board come first', async () => {
	const [row] = rowsOf(await ofWorkshop(told, 'csv'));
	expect(Object.keys(row!).slice(0, 4)).toEqual(['exercise', 'board', 'card', 'column']);
	expect(row).toMatchObject({ exercise: 'barrier', board: 'board-one' });
	const organisations = await ofBoard(
		{
			exercise: shipped('organisations'),
			cards: [
				card(
					'card-1',
					{ organisation: 'UNESCO', country: 'KE', goals: ['4.6', '16.10'], whoGetsInTouch: BEN },
					{ column: 'un-agencies' }
				)
			]
		},
		'csv'
	);
	expect(rowsOf(organisations)[0]).toMatchObject({
		text: 'UNESCO',
		country: 'Kenya',
		goals: '4.6, 16.10',
		whoGetsInTouch: 'Ben',
		votes: ''
	});
});

test('EX14 no cell is a formula, whatever stands before it', async () => {
	const starts = [
		'=',
		'+',
		'-',
		'@',
		' =',
		'"=',
		'\t=',
		'＝',
		'＠',
		'\0=',
		'\r@',
		'\u200b+',
		'\u000e\t'
	];
	const cards = starts.map((start, i) => card(`card-${i}`, { stoppedUs: `${start}1+1` }));
	const cells = rowsOf(await ofBoard({ cards }, 'csv')).map((row) => row.text!);
	expect(cells).toHaveLength(starts.length);
	expect(cells.filter((cell) => !cell.startsWith("'"))).toEqual([]);
});

test('EX14 whatever a person can type is one row, and no formula', async () => {
	await assert(
		asyncProperty(string({ unit: 'binary' }), string(), async (stoppedUs, name) => {
			const input: Told = {
				cards: [card('card-1', { stoppedUs })],
				contents: { names: { 'key-ben': name } }
			};
			const rows = rowsOf(await ofBoard(input, 'csv'));
			expect(rows).toHaveLength(1);
			for (const cell of Object.values(rows[0]!)) expect(cell).not.toMatch(/^[=+\-@\t\r\0]/);
		})
	);
});

test('EX15 JSON: everything revealed, hidden cards marked, no time of the export', async () => {
	const json = await ofBoard(told, 'json');
	const value = JSON.parse(json) as Record<string, never> & { boards: Record<string, unknown>[] };
	expect(value).toMatchObject({
		format: 'plenary',
		version: 2,
		workshop: { id: 'workshop-one', title: 'Partners within reach', people: 2 },
		people: [
			{ id: BEN, name: 'Ben' },
			{ id: CHIDI, name: 'Chidi' }
		]
	});
	const board = value.boards[0]!;
	expect(board).toMatchObject({
		id: 'board-one',
		phase: 'done',
		exercise: shipped('barrier'),
		authors: { 'key-ben': BEN, 'key-chidi': CHIDI },
		groups: [theme],
		votes: { 'card-3': 2, 'group-one': 4 },
		comments: [
			{ id: 'note-1', card: 'card-1', text: 'Yes', participant: BEN, at: 1 },
			{ id: 'note-2' }
		],
		actions: [{ id: 'act-1', what: 'Go', who: 'Ben', when: 'soon', at: 1 }]
	});
	const cards = board.cards as { id: string; hidden?: true }[];
	expect(cards.map(({ id, hidden }) => [id, hidden])).toEqual([
		['card-1', undefined],
		['card-2', undefined],
		['secret', true],
		['card-3', undefined]
	]);
	expect(json).not.toContain('mine');
	const later = exportsWith();
	expect(text(await bytes(later.board(workshop(told), 'board-one', 'json')))).toBe(json);
	expect(json.match(new RegExp(String(NOW), 'g'))).toHaveLength(2);
});

test('EX15 the same board gives the same bytes, in whatever order it was read', async () => {
	const turned = workshop({
		...told,
		cards: told.cards!.toReversed(),
		comments: told.comments!.toReversed(),
		exercise: Object.fromEntries(Object.entries(shipped('barrier')).reverse()) as Exercise,
		contents: { ...told.contents, votes: { 'group-one': 4, 'card-3': 2 } }
	});
	const json = text(await bytes(exports.board(turned, 'board-one', 'json')));
	expect(json).toBe(await ofBoard(told, 'json'));
});

test('EX16 an anonymous board: no name, and nothing leads from an author to a person', async () => {
	const json = await ofWorkshop({ ...told, workshop: { anonymous: true } }, 'json');
	for (const known of [BEN, CHIDI, '"Chidi"', '"authors"', '"people": ['])
		expect(json).not.toContain(known);
	expect(json).toContain('key-ben');
});

test('EX89 on an anonymous board of a workshop with names no card leads to somebody', async () => {
	const of = (anonymous: boolean) =>
		ofWorkshop(
			{
				exercise: shipped('organisations'),
				state: { anonymous },
				contents: anonymous ? { names: {}, people: {} } : {},
				cards: [
					card(
						'card-1',
						{ organisation: 'UNESCO', whoGetsInTouch: BEN },
						{ column: 'un-agencies', from: { board: 'board-elsewhere', card: 'card-8' } }
					),
					card(
						'card-2',
						{ organisation: BEN, whoGetsInTouch: 'Ada’s office' },
						{ column: 'un-agencies', from: { board: 'board-one', card: 'card-9' } }
					)
				]
			},
			'json'
		);
	const cards = (json: string) =>
		JSON.parse(json).boards[0].cards.map(({ fields, from }: Partial<CardValue>) => [fields, from]);
	expect(cards(await of(true))).toEqual([
		[{ organisation: 'UNESCO' }, undefined],
		[
			{ organisation: BEN, whoGetsInTouch: 'Ada’s office' },
			{ board: 'board-one', card: 'card-9' }
		]
	]);
	expect(cards(await of(false))[0]).toEqual([
		{ organisation: 'UNESCO', whoGetsInTouch: BEN },
		undefined
	]);
	// What is not in the file is nowhere for who reads it.
	expect(cards(await of(false))[1][1]).toEqual({ board: 'board-one', card: 'card-9' });
});

test('EX17 a file’s name is plain, whatever the title; another board is not found', async () => {
	const named = async (title: string) => {
		const file = await exports.workshop(workshop({ workshop: { title } }), 'json');
		return 'filename' in file ? file.filename : file.refused;
	};
	expect(await named('Été à Dakar: “partners” / 2')).toBe('ete-a-dakar-partners-2.json');
	expect(await named('ورشة')).toBe('plenary.json');
	expect(await exports.board(workshop(told), 'elsewhere', 'csv')).toEqual({ refused: 'not-found' });
});
