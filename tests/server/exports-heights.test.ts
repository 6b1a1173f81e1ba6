import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { array, assert, constantFrom, option, property, record, string } from 'fast-check';
import { expect, test } from 'vitest';
import type { BoardPage } from '#server/exports/board-page.ts';
import { cardHeight } from '#server/exports/card-height.ts';
import { FONTS } from '#server/exports/fonts.ts';
import type { PrintedCard } from '#server/exports/printed-card.ts';
import { oneLine } from '#server/exports/text.ts';
import { documentOf, pageOf, pagesOf, pdfOf } from './exports-drawn.ts';
import { barrier, card, wordsOf } from './exports-workshop.ts';

const templates = join(dirname(fileURLToPath(import.meta.url)), '../../server/exports/templates');
const compiler = NodeCompiler.create({ workspace: templates, fontArgs: [{ fontPaths: FONTS }] });
const page = documentOf({ cards: [card('1', { stoppedUs: 'One' })] }).data as BoardPage;
const [blank] = page.bands[0]!.columns[0]!.items as [PrintedCard];

/** As Typst sets them, in points. */
function measured(on: BoardPage, cards: PrintedCard[]): number[] {
	const { result } = compiler.compile({
		mainFileContent: `#import "strips.typ": *
#show: turned
#show: as-document
#context [#metadata(data.cards.map(one => units(((..one, height: none),), 0, data.strip * 1pt).first().height / 1pt))<heights>]`,
		inputs: { data: JSON.stringify({ ...on, cards }) }
	});
	const found = compiler.query(result!, { selector: '<heights>', field: 'value' }) as [number[]];
	return found[0];
}
const counted = (one: PrintedCard) => cardHeight(one, page.strip, page.words.answers);

const letters = constantFrom(...'aaabcdeeeefghiiiklmnoooprstuvwäéßøłAVTWYQ.,’“”()–ЖдящЩюΩλ1047&/');
const word = string({ unit: letters, minLength: 1, maxLength: 11 });
/** In the page's language, or in another. */
const saying = (most: number) =>
	record({
		words: array(word, { minLength: 1, maxLength: most }),
		lang: constantFrom('', '', 'fr')
	}).map(({ words, lang }) => ({ ...oneLine(words.join(' ')), lang }));
const line = saying(40);
const short = saying(4);
const printed = record({
	tab: option(short),
	text: array(line, { minLength: 1, maxLength: 3 }),
	fields: array(record({ title: short, value: line.map((one) => [one]) }), { maxLength: 2 }),
	author: option(short),
	votes: option(constantFrom('1 vote', '23 votes')),
	reactions: option(
		constantFrom(
			'4 agree',
			'12 agree · 3 love it · 2 have an idea · 1 has a question · 4 say thanks'
		)
	),
	answers: option(line),
	answered: array(
		record({
			title: short,
			cards: array(
				record({ text: array(line, { minLength: 1, maxLength: 2 }), author: option(short) }),
				{
					minLength: 1,
					maxLength: 3
				}
			)
		}),
		{ maxLength: 2 }
	),
	part: option(constantFrom('2 / 3'))
}).map((some): PrintedCard => ({ ...blank, ...some }));

test.each([
	['from the left', page],
	['from the right', { ...page, rtl: true, front: { ...page.front, language: 'ar' } }]
])(
	'EX80 a card of plain letters is counted never lower than it is set %s, and hardly higher',
	(_, on) => {
		assert(
			property(array(printed, { minLength: 20, maxLength: 20 }), (cards) => {
				const set = measured(on, cards);
				// A word may be wider than a line: then it is measured, too.
				const more = cards.map((one, i) => (counted(one) ?? set[i]!) - set[i]!);
				expect(Math.min(...more)).toBeGreaterThan(-0.01);
				const whole = set.reduce((sum, height) => sum + height, 0);
				expect(more.reduce((sum, height) => sum + height, 0)).toBeLessThan(0.03 * whole);
			}),
			{ seed: 20261129, numRuns: Number(process.env['RUNS'] ?? 3), endOnFailure: true }
		);
	}
);

test('EX80 what is not of plain letters is not counted, but measured', () => {
	for (const text of ['لا وقت', '想和', 'Merci 👏', 'ก', 'a\u0301', 'x'.repeat(200)])
		expect(cardHeight({ ...blank, text: [oneLine(text)] }, page.strip, '')).toBeNull();
});

test('EX81 pages are numbered, and a column that goes on says so, however the board ends', () => {
	const words = 'Some words of a barrier on a line. '.repeat(5);
	const cards = Array.from({ length: 16 }, (_, i) => card(`${i + 10}`, { stoppedUs: words }));
	for (const [count, prompt] of [
		[1, 'Why?'],
		[40, 'Why?'],
		[0, 'And why is that? '.repeat(400)]
	] as const) {
		const actions = Array.from({ length: count }, (_, i) => ({
			id: `a${i}`,
			board: 'b',
			what: `Write letter ${i}`,
			who: 'Ben',
			when: '2027-02-01',
			at: i
		}));
		const exercise = { ...barrier, prompt };
		const pdf = pdfOf({ cards, exercise, contents: { actions } }, { layout: 'pages' });
		const [pages, all] = [pagesOf(pdf), wordsOf(pdf)];
		expect(pageOf(pdf, 1)).toMatch(new RegExp(` 1 ?/ ?${pages}$`));
		expect(all).toMatch(/Barriers .*continued/);
		expect(all.split('No cards.')).toHaveLength(2);
		expect(pageOf(pdf, pages)).toMatch(new RegExp(` ${pages} ?/ ?${pages}$`));
	}
});

test('EX81 what is left of the longest column stands beside itself', () => {
	const words = 'Some words of a barrier on a line. '.repeat(5);
	const one = (i: number, column: string) =>
		card(`${i + 100}`, column === 'barriers' ? { stoppedUs: words } : { whatWeCouldDo: words }, {
			column
		});
	const barriers = Array.from({ length: 60 }, (_, i) => one(i, 'barriers'));
	const ways = Array.from({ length: 60 }, (_, i) => one(i + 60, 'ways-round'));
	const pages = (cards: typeof ways) => pagesOf(pdfOf({ cards }, { layout: 'pages' }));
	expect(pages(barriers)).toBeLessThanOrEqual(Math.ceil(pages([...barriers, ...ways]) / 2) + 1);
});
