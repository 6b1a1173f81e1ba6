/** Text from people is only ever text in what is taken home: CSV, PDF and JSON. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { LIMITS } from '#shared/doc/schema.ts';
import { ADDRESSES, FORMULAS, HOSTILE_TEXT, KEYS, TEMPLATES } from '../support/hostile-text.ts';
import { bytes, card, exportsWith, shipped, text, wordsOf, workshop } from './exports-workshop.ts';

const exports = exportsWith();
afterAll(async () => {
	await exports.stop();
	expect(exports.faults).toEqual([]);
});

type Told = NonNullable<Parameters<typeof workshop>[0]>;

/** Every place of a board where somebody's words may stand says these. */
const everywhere = (words: string): Told => ({
	cards: [
		card('card-1', { stoppedUs: words, cause: words, withWhom: words }, { group: 'group-one' }),
		card('card-2', { stoppedUs: `x ${words}` }, { group: 'group-one', author: 'key-chidi' }),
		card('card-3', { whatWeCouldDo: words }, { column: 'ways-round', answers: 'card-1' })
	],
	groups: [
		{
			id: 'group-one',
			kind: 'theme',
			title: words,
			column: 'barriers',
			order: 'a0',
			cards: ['card-1', 'card-2']
		}
	],
	comments: [
		{ id: 'note-1', card: 'card-1', text: words, name: words, at: 1 },
		{ id: 'note-2', card: 'card-1', text: words, at: 2 }
	],
	contents: {
		votes: { 'card-1': 1 },
		names: { 'key-ben': words, 'key-chidi': words },
		actions: [{ id: 'act-1', board: 'board-one', what: words, who: words, when: words, at: 1 }]
	},
	workshop: { title: words, facilitator: words }
});

/** As a spreadsheet divides a file whose fields are separated by this: quotes count where a field begins. */
function cellsOf(csv: string, separator: ',' | ';'): string[] {
	const cells: string[] = [];
	const pattern = new RegExp(
		`(?:"((?:[^"]|"")*)"([^${separator}\\n]*)|([^${separator}\\n]*))(${separator}|\\n|$)`,
		'g'
	);
	const lines = csv.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
	for (const [all, quoted, after, bare] of lines.matchAll(pattern)) {
		if (all === '') break;
		cells.push(quoted === undefined ? bare! : quoted.replaceAll('""', '"') + after!);
	}
	return cells;
}

/** As Excel, LibreOffice and Google's take it: what is before the sign does not count. */
const RUNS = /^[\s"'“”‘’\u200b-\u200f\u2060\ufeff\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u;
/** Ours begin so, and no formula does. */
const isDisarmed = (cell: string) => /^[\s"]*'/.test(cell);

test.for([',', ';'] as const)(
	'SE5 no cell of a CSV begins a formula, where "%s" separates lists',
	async (separator) => {
		const wrong: string[] = [];
		for (const words of [...FORMULAS, ...HOSTILE_TEXT]) {
			const input = workshop(everywhere(words));
			for (const made of [
				exports.board(input, 'board-one', 'csv'),
				exports.workshop(input, 'csv')
			]) {
				const csv = text(await bytes(made));
				const begun = cellsOf(csv, separator).filter((one) => RUNS.test(one) && !isDisarmed(one));
				wrong.push(...begun.map((one) => JSON.stringify([words, one])));
			}
		}
		expect(wrong).toEqual([]);
	}
);

test('SE5 a CSV keeps everybody’s words, but for what no table holds', async () => {
	const plain = [
		'Nobody asked; we waited',
		'a - b',
		'- not before noon',
		'C# & C++',
		'5 > 3',
		"it's"
	];
	for (const words of plain) {
		const csv = text(await bytes(exports.board(workshop(everywhere(words)), 'board-one', 'csv')));
		const cells = cellsOf(csv, ',');
		expect(cells).toContain(words.startsWith('-') ? `'${words}` : words);
	}
});

/** Without what lines are broken at, and the spaces of lines. */
const letters = (words: string) => words.replace(/[^\p{L}\p{N}]/gu, '');

test('SE6 a PDF says what was written, and fetches nothing that it names', async () => {
	const asked: string[] = [];
	const trap = createServer((request, response) => {
		asked.push(request.url ?? '');
		response.end();
	});
	await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
	const here = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
	const reaching = [
		`<img src=${here}/img>`,
		`<script src="${here}/js"></script>`,
		`<link rel=stylesheet href=${here}/css>`,
		`#image("${here}/typst.png")`,
		`#import "${here}/x.typ": *`,
		`#read("/etc/passwd")`,
		`#include "/etc/passwd"`,
		`![](${here}/markdown.png)`,
		`<iframe src="file:///etc/passwd"></iframe>`,
		'<img src="http://169.254.169.254/latest/meta-data/">',
		`${here}/plain`
	];
	const cards = reaching.map((words, i) => card(`card-${i}`, { stoppedUs: words }));
	for (const made of [
		exports.board(workshop({ ...everywhere(reaching.join('\n')), cards }), 'board-one', 'pdf'),
		exports.workshop(workshop({ ...everywhere(reaching[0]!), cards }), 'pdf')
	]) {
		const pdf = await bytes(made);
		const words = letters(wordsOf(pdf));
		expect(words).not.toContain('rootx00');
		for (const one of reaching) expect(words).toContain(letters(one));
		// Nor does it make whoever opens it fetch, run or open anything.
		expect(Buffer.from(pdf).toString('latin1')).not.toMatch(
			/\/(JavaScript|JS|Launch|EmbeddedFile|SubmitForm|URI|OpenAction|GoToR)\b/
		);
	}
	expect(asked).toEqual([]);
	await new Promise((resolve) => trap.close(resolve));
});

test('SE6 whatever stands on a board, in the title, in names and over groups, its PDF is made', async () => {
	for (const words of [HOSTILE_TEXT.join('\n').slice(0, LIMITS.otherText), ...TEMPLATES]) {
		const input = workshop(everywhere(words));
		for (const made of [exports.board(input, 'board-one', 'pdf'), exports.workshop(input, 'pdf')])
			expect(Buffer.from((await bytes(made)).subarray(0, 5)).toString()).toBe('%PDF-');
	}
	const all = HOSTILE_TEXT.map((words, i) => card(`card-${i}`, { stoppedUs: words }));
	const pdf = await bytes(exports.board(workshop({ cards: all }), 'board-one', 'pdf'));
	const said = letters(wordsOf(pdf));
	for (const words of TEMPLATES) expect(said).toContain(letters(words));
	expect(exports.faults).toEqual([]);
});

test('SE7 JSON gives every word back as it was, and no word is a key', async () => {
	for (const words of HOSTILE_TEXT) {
		const input = workshop(everywhere(words));
		const json = text(await bytes(exports.board(input, 'board-one', 'json')));
		const { boards, workshop: told } = JSON.parse(json) as {
			boards: { cards: { fields: Record<string, string> }[]; groups: { title: string }[] }[];
			workshop: { title: string };
		};
		const spoken = [
			told.title,
			boards[0]!.groups[0]!.title,
			boards[0]!.cards[0]!.fields['stoppedUs']
		];
		expect(spoken).toEqual([words, words, words]);
	}
	expect(Object.keys(Object.prototype)).toEqual([]);
});

test('SE7 a person or an organisation called like what every object has is called so', async () => {
	const names = [...KEYS, ...ADDRESSES];
	const cards = names.map((name, i) =>
		card(
			`card-${i}`,
			{ organisation: name, whoGetsInTouch: name, webPage: name, country: 'KE', goals: ['4', '4'] },
			{ column: 'un-agencies' }
		)
	);
	const input = workshop({ exercise: shipped('organisations'), cards });
	const cells = cellsOf(text(await bytes(exports.board(input, 'board-one', 'csv'))), ',');
	for (const name of KEYS) expect(cells.filter((one) => one === name).length).toBeGreaterThan(1);
	expect(cells.join()).not.toMatch(/native code|\[object/);
	const words = wordsOf(await bytes(exports.workshop(input, 'pdf')));
	expect(words).not.toMatch(/native code|\[object/);
});
