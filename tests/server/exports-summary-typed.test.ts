import { assert, asyncProperty, constantFrom, nat, oneof, string } from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { printedPicture } from '#server/exports/summary/print.ts';
import { clean } from '#server/exports/text.ts';
import type { ExportInput } from '#server/exports/input.ts';
import { HOSTILE_TEXT } from '../support/hostile-text.ts';
import { asking, everything, summed, workshopOfBoards } from './exports-summaries.ts';
import {
	bookmarksOf,
	bytes,
	card,
	exportsWith,
	infoOf,
	shipped,
	wordsOf,
	workshop
} from './exports-workshop.ts';

const exports = exportsWith();
afterAll(() => exports.stop());

const pdfOf = (input: ExportInput) => bytes(exports.workshop(input, 'pdf'));
const isAccessible = (pdf: Uint8Array) =>
	Buffer.from(pdf).toString('latin1').includes('pdfuaid:part');

/** Everything that somebody types says this. */
const saying = (typed: string, other = typed, language = 'en'): ExportInput => {
	const input = everything({
		workshop: { title: typed, facilitator: other },
		summary: {
			organisation: typed,
			place: other,
			introduction: typed,
			conclusions: other
		},
		contents: {
			votes: { 'card-1': 2, 'card-2': 1 },
			names: { 'key-ben': other },
			actions: [{ id: 'a', board: 'b', what: typed, who: other, when: typed, at: 1 }]
		}
	});
	for (const { contents } of input.boards) {
		const { fields, columns } = contents.exercise;
		const isWritten = (id: string) =>
			['text', 'paragraph'].includes(fields.find((field) => field.id === id)?.type ?? '');
		contents.board.cards = contents.board.cards.map((one) => ({
			...one,
			language,
			fields: Object.fromEntries(
				Object.entries(one.fields).map(([id, value]) => [id, isWritten(id) ? typed : value])
			)
		}));
		// The exercise may be a facilitator's own.
		contents.exercise = {
			...contents.exercise,
			title: typed,
			prompt: other,
			fields: fields.map((field) => ({ ...field, title: typed })),
			columns: columns.map((column) => ({ ...column, title: typed, set: other })),
			summary: contents.exercise.summary.map((view) => ({ ...view, title: typed }))
		};
	}
	return input;
};

test('SU19 whatever a person can type is set, in the summary and in its pictures', async () => {
	const anything = string({ unit: 'binary', maxLength: 80 });
	const wild = string({
		unit: oneof(
			constantFrom('\0', '\u0007', '\ud83d', '\ufffe', '\u202e', '\ufeff', '\u2028', '\u0378'),
			constantFrom('\n', '\t', ' ', '#', '\\', '"', '👩🏽‍🏫', 'ش', '한', 'ก', '\u0301'),
			nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit))
		),
		maxLength: 80
	});
	const typed = oneof(
		anything,
		wild,
		constantFrom('x'.repeat(2000), 'ء'.repeat(300), '\u0301'.repeat(200))
	);
	await assert(
		asyncProperty(typed, typed, string(), async (one, other, language) => {
			const input = saying(one, other, language);
			expect((await pdfOf(input)).length).toBeGreaterThan(1000);
			for (const picture of picturesOf(input))
				expect(await exports.page('picture', picture)).toBeInstanceOf(Uint8Array);
		}),
		{ numRuns: Number(process.env['RUNS'] ?? 4) }
	);
	expect(exports.faults).toEqual([]);
});

/** One of each kind. */
function picturesOf(input: ExportInput): object[] {
	const of = summed(input);
	const kinds = new Map<string, object>();
	for (const block of of.parts.flatMap(({ blocks }) => blocks))
		if ('alt' in block && block.alt !== '' && !kinds.has(block.kind))
			kinds.set(block.kind, printedPicture(block, of));
	return [...kinds.values()];
}

test('SU19 what no PDF can hold is left out wherever it stands, and costs nothing', async () => {
	const pdf = await pdfOf(saying('One\0 t\u0007wo\ud83d \u202ethree\ufffe', 'Ben\u0007'));
	expect(isAccessible(pdf)).toBe(true);
	expect(wordsOf(pdf)).toContain('One two\ufffd three');
	expect(bookmarksOf(pdf)[0]).toBe('One two\ufffd three');
	expect(wordsOf(pdf)).toContain('Not named yet: One two\ufffd three, 16.6.');
});

test('SU19 hostile text, long words and markup are text, and whole', async () => {
	const typed = [
		...HOSTILE_TEXT,
		'#eval("1+1") = *bold* $x$ @ref <lab> // note',
		`Donaudampfschifffahrts${'gesellschaft'.repeat(20)}`
	];
	const cards = typed.map((stoppedUs, i) =>
		card(`card-${i + 10}`, { stoppedUs }, { author: 'key-chidi' })
	);
	const words = wordsOf(await pdfOf(workshop({ cards })), '-raw').replace(/\s/g, '');
	for (const one of typed) {
		const bare = clean(one).replace(/[\s\u200b-\u200f]/g, '');
		if (/^[\x20-\x7e]*$/.test(bare)) expect(words).toContain(bare);
	}
	expect(exports.faults).toEqual([]);
});

test('SU19 a card is not divided over pages unless it is longer than one, and then all of it is there', async () => {
	const line = 'Thirty words of a barrier that fill some lines on the paper. ';
	const cards = Array.from({ length: 16 }, (_, i) =>
		card(`card-${i + 10}`, { stoppedUs: `begin${i} ${line.repeat(4 + i)} end${i}.` })
	);
	cards.push(card('card-99', { stoppedUs: `begin99 ${'all of it\n'.repeat(190)} end99.` }));
	const offices = Array.from({ length: 16 }, (_, i) =>
		card(
			`card-${i + 10}`,
			{
				organisation: `begin${i + 30}`,
				country: 'KE',
				priorities: `${line.repeat(3 + (i % 5))} end${i + 30}.`
			},
			{ column: 'others' }
		)
	);
	const { summary } = shipped('organisations');
	const pdf = await pdfOf(
		workshopOfBoards(
			{ cards, contents: { votes: { 'card-10': 2, 'card-99': 1 } } },
			{ exercise: asking(shipped('organisations'), summary[0]!), cards: offices }
		)
	);
	const pages = Number(/Pages:\s+(\d+)/.exec(infoOf(pdf))![1]);
	const divided = new Set<string>();
	for (let page = 1; page <= pages; page++) {
		const words = wordsOf(pdf, '-f', String(page), '-l', String(page));
		for (const [, id] of words.matchAll(/begin(\d+) /g))
			if (!words.includes(`end${id}.`)) divided.add(id!);
	}
	expect([...divided]).toEqual(['99']);
	expect(wordsOf(pdf).split('end99.').length).toBeGreaterThan(2);
	expect(wordsOf(pdf).match(/all of it/g)!.length % 190).toBe(0);
});

test('SU19 in every kind of picture, list and table, what is longer than a page is there whole', async () => {
	const long = 'all of it\n'.repeat(90);
	const boards = [
		'common-challenge',
		'potential-partner',
		'organisations',
		'work-with',
		'six-ps'
	].map((id) => {
		const exercise = shipped(id);
		const { columns, fields } = exercise;
		const cards = ['key-ben', 'key-chidi', 'key-dana'].map((author, i) =>
			card(
				`card-${i}`,
				Object.fromEntries(
					fields
						.filter(({ id: field }) => columns[0]!.fields.includes(field))
						.map(({ id: field, type }) => [field, type === 'scale' ? 4 : ownWords(type, i, long)])
				),
				{ column: columns[0]!.id, author }
			)
		);
		return { exercise, cards, contents: { votes: { 'card-0': 1 } } };
	});
	const words = wordsOf(await pdfOf(workshopOfBoards(...boards)));
	const times = words.match(/all of it/g)!.length;
	expect(times % 90).toBe(0);
	expect(times / 90).toBeGreaterThan(30);
});

/** What a field of a type may hold, as long as it may be. */
function ownWords(type: string, i: number, long: string): string | string[] {
	if (type === 'country') return ['KE', 'FI', 'FJ'][i]!;
	if (type === 'sdg-target') return ['16.10'];
	return type === 'paragraph' || type === 'text' ? long : `Own ${i}`;
}
