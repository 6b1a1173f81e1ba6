/** What cards answer and are for, where they stand by themselves, and across workshops. */
import readXlsx from 'read-excel-file/node';
import { afterAll, expect, test } from 'vitest';
import { acrossOf } from '#server/exports/across.ts';
import { boardPage } from '#server/exports/board-page.ts';
import { summaryOf } from '#server/exports/summary/summary.ts';
import { wordsIn } from '#server/exports/words.ts';
import { answering } from './exports-linked.ts';
import { bytes, exportsWith, NOW, text } from './exports-workshop.ts';

const exports = exportsWith();
afterAll(() => exports.stop());
const words = wordsIn('en');

const across = async (of: 'contacts' | 'answers', form: 'csv' | 'xlsx', made = answering()) => {
	const asked =
		of === 'contacts'
			? { of, words: '', country: '', kind: '', workshop: '' }
			: { of, question: '', by: '' };
	const boards = made.boards
		.slice(1)
		.map((board) => ({ workshop: { id: 'w', title: 'Dakar', at: NOW }, input: made, board }));
	return (await acrossOf({ asked, form, language: 'en' }, boards))!;
};
const table = (csv: string) => {
	const [head, ...rows] = csv.replace('\ufeff', '').trim().split('\r\n');
	const names = head!.split(',');
	return rows.map((row) => {
		const cells = row.match(/"[^"]*"|[^,]+|(?<=^|,)(?=,|$)/g)!;
		return Object.fromEntries(cells.map((cell, i) => [names[i], cell]));
	});
};

test('NX8 AW6 AW14 what is read across workshops says what each card answers and what it is for', async () => {
	const linked = {
		answers: 'the-bank',
		answers_text: 'A bank',
		for: 'no-time',
		for_text: 'No time'
	};
	const none = { answers: '', answers_text: '', for: '', for_text: '' };
	const contacts = table(text(await across('contacts', 'csv')));
	// What was only carried over names nobody.
	expect(contacts.map(({ name }) => name)).toEqual(['A bank', 'A firm', 'A lost one', 'A union']);
	expect(contacts).toMatchObject([
		{ ...none, for: 'no-time', for_text: 'No time' },
		none,
		none,
		linked
	]);
	const answers = table(text(await across('answers', 'csv')));
	expect(answers.find(({ card }) => card === 'union')).toMatchObject(linked);
	expect(answers.find(({ card }) => card === 'lost')).toMatchObject(none);
	for (const of of ['contacts', 'answers'] as const) {
		const sheets = await readXlsx(Buffer.from(await across(of, 'xlsx')));
		const [head, ...rows] = sheets.at(-1)!.data;
		const row = rows.find((one) => one.includes('A union'))!;
		expect([row[head!.indexOf('Answers')], row[head!.indexOf('For')]]).toEqual([
			'A bank',
			'No time'
		]);
		// Ids are for programs.
		expect(row).not.toContain('the-bank');
	}
});

test('NX8 AW6 what is told across workshops of an anonymous board names nobody', async () => {
	for (const of of ['contacts', 'answers'] as const) {
		expect(text(await across(of, 'csv', answering(true)))).not.toMatch(/Ben|Chidi|key-/);
		const sheets = await readXlsx(Buffer.from(await across(of, 'xlsx', answering(true))));
		expect(JSON.stringify(sheets)).not.toMatch(/Ben|Chidi|key-/);
	}
	expect(JSON.stringify(answering(true).boards[1]!.contents.sources)).not.toMatch(/Ben|key-/);
});

test('NX8 EX36 EX38 a contact’s note and an event’s description say what the card answers and is for', async () => {
	const made = answering();
	const vcf = text(await bytes(exports.workshop(made, 'vcf'))).replaceAll('\r\n ', '');
	expect(vcf).toContain('Answers: A bank\\nFor: No time');
	const ics = text(await bytes(exports.workshop(made, 'ics'))).replaceAll('\r\n ', '');
	const told = ics.match(/DESCRIPTION:.*/g);
	expect(told).toEqual([
		'DESCRIPTION:Think of a potential partner\\nA bank\\nFor: No time',
		'DESCRIPTION:Think of a potential partner\\nA union\\nAnswers: A bank\\nFor: No time'
	]);
});

test('NX8 the summary says what a card answers wherever it stands by itself, in a table as a column', () => {
	const made = answering();
	const partners = made.boards[1]!.contents;
	partners.exercise = {
		...partners.exercise,
		summary: [
			{ type: 'by-column', title: 'All' },
			{ type: 'table', title: 'Partners', fields: ['partner'] }
		]
	};
	const [list, table] = summaryOf(made, words, NOW).parts[1]!.blocks;
	if (list?.kind !== 'list' || table?.kind !== 'table') throw new Error(list?.kind);
	const items = list.sections.flatMap((section) => section.items);
	const links = items.map(({ text, links }) => [text.text, links?.map((one) => one.text)]);
	expect(links).toContainEqual(['A union', ['Answers: A bank', 'For: No time']]);
	expect(links).toContainEqual(['A lost one', undefined]);
	expect(table.head.map((one) => one.text).slice(-2)).toEqual(['Answers', 'For']);
	const rows = table.rows.map((row) => row.slice(-3).map((one) => one.text));
	expect(rows).toContainEqual(['A union', 'A bank', 'No time']);
	expect(rows).toContainEqual(['A lost one', '', '']);
	// Where nothing is for anything, no column says so.
	partners.sources = {};
	const [, plain] = summaryOf(made, words, NOW).parts[1]!.blocks;
	expect(plain?.kind === 'table' && plain.head.map((one) => one.text)).not.toContain('For');
});

test('NX8 a picture’s description says what a card answers', () => {
	const made = answering();
	const { alt } = boardPage(made, made.boards[1]!, words, NOW, { layout: 'wall' });
	expect(alt.text).toContain('A union (Chidi)\nAnswers: A bank\nFor: No time');
});
