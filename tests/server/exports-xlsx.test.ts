/** The workbook, read by another library, and by LibreOffice where that is installed. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import readXlsx from 'read-excel-file/node';
import { expect, test } from 'vitest';
import type { ExportInput } from '#server/exports/input.ts';
import { wordsIn } from '#server/exports/words.ts';
import { xlsxOf } from '#server/exports/xlsx.ts';
import { advocates, contacts, organisation, partsOf, workshopOf } from './exports-data-files.ts';
import { card, shipped } from './exports-workshop.ts';

const made = (input: ExportInput) => xlsxOf(input, input.boards, wordsIn('en'));
async function sheetsOf(input: ExportInput): Promise<Map<string, unknown[][]>> {
	const sheets = await readXlsx(Buffer.from(await made(input)), { trim: false });
	return new Map(sheets.map(({ sheet, data }) => [sheet, data as unknown[][]]));
}
/** The rows of a sheet by its head. */
function rowsOf(sheet: unknown[][] | undefined): Record<string, unknown>[] {
	const [head, ...rows] = sheet!;
	return rows.map((row) => Object.fromEntries(head!.map((name, i) => [name, row[i] ?? null])));
}

const both = workshopOf(contacts, advocates);

test('EX30 a workbook has a sheet an exercise, with what is known of each card, typed', async () => {
	const sheets = await sheetsOf(both);
	expect([...sheets.keys()]).toEqual([
		'About',
		'International organisations in',
		'Think of an advocate for librar',
		'People',
		'Votes',
		'Actions'
	]);
	const rows = rowsOf(sheets.get('International organisations in'));
	expect(rows[0]).toMatchObject({
		Column: 'United Nations country team and agencies',
		Group: null,
		Organisation: 'UNESCO, Nairobi; office',
		Country: 'Kenya',
		'What they care about now': 'Media literacy\nReading',
		'Web page': 'https://example.org/kenya?a=1,2',
		'Goals we share': '4, 16.10',
		'Who gets in touch': 'Chidi',
		Author: 'Ben',
		Votes: 3,
		'Votes for the group': null,
		Comments: 'Chidi: I know her',
		Card: 'card-1'
	});
	expect(
		rows.map((row) => [row['Organisation'], row['Group'], row['Votes for the group']])
	).toEqual([
		['UNESCO, Nairobi; office', null, null],
		['=1+1', 'Far away', 5],
		['unesco nairobi office', 'Far away', 5]
	]);
	const advocate = rowsOf(sheets.get('Think of an advocate for librar'));
	expect(advocate[0]).toMatchObject({ Name: 'Ana Q.', 'How well known?': 5, Votes: null });
});

test('EX31 people, votes and actions have sheets of their own; a day is a date', async () => {
	const sheets = await sheetsOf(both);
	expect(rowsOf(sheets.get('People'))).toEqual([
		{ Name: 'Ben', Cards: 3, Comments: 0 },
		{ Name: 'Chidi', Cards: 2, Comments: 1 }
	]);
	expect(
		rowsOf(sheets.get('Votes')).map((row) => [row['Kind'], row['Text'], row['Votes']])
	).toEqual([
		['Group', 'Far away', 5],
		['Card', 'UNESCO, Nairobi; office', 3]
	]);
	expect(rowsOf(sheets.get('Actions'))).toMatchObject([
		{ What: 'Think', Who: null, By: null, 'By, in words': 'before summer' },
		{ What: 'Leap', By: null, 'By, in words': '2027-02-31' },
		{
			What: 'Call; then, write\nto them',
			Who: 'Ben',
			By: new Date('2027-02-28'),
			'By, in words': null,
			Exercise: 'International organisations in your country',
			Card: 'UNESCO, Nairobi; office'
		}
	]);
});

test('EX31 a workbook begins with what it is of and what it leaves out, and has nothing of a hidden card', async () => {
	const sheets = await sheetsOf(both);
	const about = new Map(sheets.get('About')!.map(([label, value]) => [label, value]));
	expect(about.get('Workshop')).toBe('Partners within reach');
	expect(about.get('Day')).toBe('24 November 2026');
	expect(about.get('People')).toBe(2);
	expect(sheets.get('About')).toContainEqual(['Left out', '1 hidden card is left out.']);
	expect(JSON.stringify([...sheets])).not.toMatch(/Unspeakable|Whispered|card-4/);
});

test('EX32 heads stay, columns have filters, text wraps and is never a formula, a link or an error', async () => {
	const words = [
		'=1+1',
		'+1',
		'-1',
		'@SUM(1)',
		'#REF!',
		'#N/A',
		'_x0041_',
		"'quoted",
		'http://x.example'
	];
	const cards = words.map((one, i) => organisation(`card-${i}`, { organisation: one }));
	const input = workshopOf({ ...contacts, cards, groups: [], state: {} });
	const rows = rowsOf((await sheetsOf(input)).get('International organisations in'));
	expect(rows.map((row) => row['Organisation'])).toEqual(words);

	const parts = partsOf(await made(input));
	const sheet = parts['xl/worksheets/sheet2.xml'];
	expect(sheet).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/);
	expect(sheet).toMatch(/<autoFilter ref="A1:R10"/);
	expect(sheet).not.toMatch(/<f>|<hyperlink|t="e"/);
	// "@" is the format of text: what is typed into such a cell stays what it is.
	expect(parts['xl/styles.xml']).toMatch(/formatCode="@"[\s\S]*<alignment[^>]*wrapText/);
});

test('EX33 what is longer than a cell goes on in a column beside it; sheets have names that they may have', async () => {
	const long = `${'x'.repeat(31_999)}😀${'y'.repeat(40_000)}`;
	const titles = [
		"'Who: what? [and/or] *why*\\'",
		'history',
		'History',
		'A'.repeat(40),
		'A'.repeat(50)
	];
	const input = workshopOf(
		...titles.map((title) => ({
			cards: [card('card-1', { stoppedUs: long })],
			state: { title } as object
		}))
	);
	const sheets = await sheetsOf(input);
	expect([...sheets.keys()].slice(1, 6)).toEqual([
		'Who what and or why',
		'history 1',
		'History 1 (2)',
		'A'.repeat(31),
		`${'A'.repeat(27)} (2)`
	]);
	const row = rowsOf(sheets.get('history 1'))[0]!;
	const pieces = [row['Text'], row['Text (2)'], row['Text (3)']] as string[];
	expect(pieces.join('')).toBe(long);
	expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(32_767);
});

test('EX34 an anonymous workshop’s workbook names nobody', async () => {
	const named = /Ben|Chidi/;
	const input = workshopOf(
		{ ...contacts, comments: [], workshop: { anonymous: true }, contents: { votes: null } },
		{ ...advocates, workshop: { anonymous: true } }
	);
	const sheets = await sheetsOf(input);
	expect([...sheets.keys()]).not.toContain('People');
	expect(sheets.get('International organisations in')![0]).not.toContain('Author');
	expect(JSON.stringify([...sheets])).not.toMatch(named);
});

test('EX34 in another workshop one anonymous board names nobody, and counts for nobody', async () => {
	const input = workshopOf(contacts, advocates);
	const { state, contents } = input.boards[1]!;
	state.anonymous = true;
	contents.names = {};
	contents.people = {};
	input.boards[1]!.seats = {};
	const sheets = await sheetsOf(input);
	expect(sheets.get('Think of an advocate for librar')![0]).not.toContain('Author');
	expect(rowsOf(sheets.get('People'))).toEqual([
		{ Name: 'Ben', Cards: 2, Comments: 0 },
		{ Name: 'Chidi', Cards: 1, Comments: 1 }
	]);
});

test('EX35 the same workshop gives the same workbook', async () => {
	expect(await made(both)).toEqual(await made(workshopOf(contacts, advocates)));
});

const hasOffice = spawnSync('soffice', ['--version']).status === 0;

test.runIf(hasOffice)('EX35 LibreOffice opens a workbook as it was meant', async () => {
	const dir = mkdtempSync(join(tmpdir(), 'plenary-xlsx-'));
	try {
		writeFileSync(join(dir, 'a.xlsx'), await made(both));
		// Every sheet as CSV; a file that needs to be repaired is not opened at all.
		const filter = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1';
		const profile = `-env:UserInstallation=file://${dir}/profile`;
		spawnSync('soffice', [
			profile,
			'--headless',
			'--convert-to',
			filter,
			'--outdir',
			dir,
			join(dir, 'a.xlsx')
		]);
		const actions = readFileSync(join(dir, 'a-Actions.csv'), 'utf8');
		expect(actions).toContain('"Call; then, write\nto them",Ben,2027-02-28,');
		const cards = readFileSync(join(dir, 'a-International organisations in.csv'), 'utf8');
		expect(cards).toContain('=1+1');
		expect(cards).toContain('"UNESCO, Nairobi; office",Kenya');
	} finally {
		rmSync(dir, { recursive: true });
	}
});

test('EX30 any exercise has its sheet', async () => {
	for (const id of ['barrier', 'six-ps', 'common-challenge', 'work-with', 'potential-partner']) {
		const exercise = shipped(id);
		const column = exercise.columns[0]!;
		const main = exercise.fields.find(({ id, main }) => main && column.fields.includes(id))!;
		const sheets = await sheetsOf(
			workshopOf({
				exercise,
				cards: [card('card-1', { [main.id]: 'Words' }, { column: column.id })]
			})
		);
		expect([...sheets.values()][1]!.flat()).toContain('Words');
	}
});
