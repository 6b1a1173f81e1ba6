/** Whatever anybody types, in every format that holds data: no failure, nothing lost, nothing run. */
import ICAL from 'ical.js';
import {
	array,
	assert,
	asyncProperty,
	constantFrom,
	integer,
	oneof,
	string,
	type Arbitrary
} from 'fast-check';
import { parseCsv } from 'hucre/csv';
import readXlsx from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { csvOf } from '#server/exports/csv.ts';
import { icalOf } from '#server/exports/ical.ts';
import type { ExportInput } from '#server/exports/input.ts';
import { jsonOf } from '#server/exports/json.ts';
import { clean } from '#server/exports/text.ts';
import { vcardOf } from '#server/exports/vcard.ts';
import { wordsIn } from '#server/exports/words.ts';
import { xlsxOf } from '#server/exports/xlsx.ts';
import { HOSTILE_TEXT } from '../support/hostile-text.ts';
import { organisation, partsOf, workshopOf } from './exports-data-files.ts';
import { shipped, text } from './exports-workshop.ts';

const words = wordsIn('en');
const organisations = shipped('organisations');

/** Every place that somebody types into says this. */
const saying = (typed: string): ExportInput =>
	workshopOf({
		exercise: organisations,
		cards: [
			organisation(
				'card-1',
				{
					organisation: typed,
					country: typed,
					city: typed,
					priorities: typed,
					webPage: typed,
					contact: typed,
					whoGetsInTouch: typed
				},
				{ group: 'group-1', language: typed }
			),
			organisation('card-2', { organisation: `x${typed}` }, { group: 'group-1' })
		],
		groups: [
			{
				id: 'group-1',
				kind: 'theme',
				title: typed,
				column: 'un-agencies',
				order: 'a0',
				cards: ['card-1', 'card-2']
			}
		],
		comments: [{ id: 'note-1', card: 'card-1', text: typed, name: typed, at: 1 }],
		contents: {
			votes: { 'card-1': 1, 'group-1': 2 },
			names: { 'key-ben': typed },
			actions: [
				{ id: 'act-1', board: 'board-1', what: typed, who: typed, when: '2027-01-02', at: 1 },
				{ id: 'act-2', board: 'board-1', what: 'x', who: 'y', when: typed, at: 1 }
			]
		},
		state: { title: typed },
		workshop: { title: typed, facilitator: typed },
		summary: { organisation: typed, place: typed }
	});

/** A spreadsheet's, a calendar's, a markup's own signs, and those that turn, join or are no letters. */
const SIGNS = [
	...HOSTILE_TEXT,
	'\r\nBEGIN:VCARD\r\nEND:VCARD\r\n',
	'\nEND:VEVENT\nBEGIN:VEVENT\n',
	'\\n\\,\\;\\\\',
	'_x000D__x005F_',
	'#DIV/0!',
	']]>&lt;&#0;',
	'\ud83d',
	'\udc69',
	'\u202e\u2067\u200f',
	`e${'\u0301'.repeat(400)}`,
	'👩🏽‍🏫👨‍👩‍👧‍👦🇫🇯1️⃣',
	'\u0000\u0008\u000b\u001f\u007f\u0085\u2028',
	'ﷺ𒐫ᬽ',
	'x'.repeat(10_000)
];
const typed: Arbitrary<string> = oneof(
	string({ unit: 'binary', maxLength: 80 }),
	string({ unit: 'grapheme', maxLength: 80 }),
	// Halves of letters too.
	array(integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map((codes) =>
		String.fromCharCode(...codes)
	),
	array(constantFrom(...SIGNS), { minLength: 1, maxLength: 4 }).map((signs) => signs.join(''))
);

const parsed = (file: string) => ICAL.parse(file) as unknown as Jcal;
type Jcal = [string, [string, object, string, ...unknown[]][], Jcal[]];
const valuesOf = ([, properties]: Jcal, name: string) =>
	properties.filter(([one]) => one === name).map(([, , , value]) => value);

function seeCsv(input: ExportInput, said: string): void {
	const cells = parseCsv(text(csvOf(input.boards, words, true)), {
		typeInference: false
	}).flat() as string[];
	// Ours stand before what begins a formula.
	const bare = (cell: string) => cell.replaceAll("'", '');
	if (said !== '') expect(cells.map(bare)).toContain(bare(said));
}

async function seeXlsx(input: ExportInput, said: string): Promise<void> {
	const file = await xlsxOf(input, input.boards, words);
	const cells = (await readXlsx(Buffer.from(file), { trim: false })).flatMap(({ data }) =>
		data.flat()
	);
	if (said !== '') {
		expect(cells.filter((cell) => cell === said).length).toBeGreaterThan(8);
		expect(cells).toContain(`x${said}`);
	}
	const sheets = Object.entries(partsOf(file)).filter(([name]) => name.includes('worksheets/'));
	for (const [, sheet] of sheets) expect(sheet).not.toMatch(/<f[ >]|<hyperlink|t="e"/);
}

function seeVcard(input: ExportInput, said: string): void {
	const file = text(vcardOf(input, input.boards, words));
	expectLines(file);
	const cards = [parsed(file)].flat(1) as unknown as Jcal[];
	const all = (cards[0] as unknown) === 'vcard' ? [cards as unknown as Jcal] : cards;
	const named = said.replace(/\s+/gu, ' ').trim();
	expect(all.length).toBe(new Set([named, `x${named}`].filter(Boolean)).size);
	const one = all.find((card) => valuesOf(card, 'fn')[0] === named);
	if (named === '') return;
	expect(valuesOf(one!, 'note')[0]).toContain(`Contact: ${said}`);
}

function seeCalendar(input: ExportInput, said: string): void {
	const file = text(icalOf(input, input.boards, words));
	expectLines(file);
	const calendar = parsed(file);
	expect(valuesOf(calendar, 'x-wr-calname')).toEqual([said]);
	const events = calendar[2].filter((event) => valuesOf(event, 'uid')[0] === 'act-1@plenary');
	expect(events.map((event) => valuesOf(event, 'summary')[0])).toEqual([
		said.trim() === '' ? said : `${said}: ${said}`
	]);
}

/** Lines of 75 octets at most, ended as they must be, and none that was typed. */
function expectLines(file: string): void {
	const lines = file.split('\r\n');
	expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
	expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
}

function seeJson(input: ExportInput, typed: string): void {
	const { workshop } = JSON.parse(text(jsonOf(input, input.boards))) as {
		workshop: { title: string };
	};
	expect(workshop.title).toBe(typed);
}

test('EX39 whatever anybody types stands in every file as it was typed, and does nothing there', async () => {
	await assert(
		asyncProperty(typed, async (typed) => {
			const input = saying(typed);
			const said = clean(typed);
			seeCsv(input, said);
			await seeXlsx(input, said);
			seeVcard(input, said);
			seeCalendar(input, said);
			seeJson(input, typed);
		}),
		{
			seed: 20261129,
			numRuns: SIGNS.length + Number(process.env['RUNS'] ?? 40),
			examples: SIGNS.map((sign) => [sign])
		}
	);
});
