import { afterAll, expect, test } from 'vitest';
import { pictureOf } from '#server/exports/summary/picture.ts';
import { createTypesetter } from '#server/exports/typesetter.ts';
import type { ExportInput } from '#server/exports/input.ts';
import type { ExportOptions } from '#shared/export-formats.ts';
import { png } from '../support/pictures.ts';
import { everything, summed } from './exports-summaries.ts';
import {
	bookmarksOf,
	bytes,
	card,
	exportsWith,
	infoOf,
	placesOf,
	tagsOf,
	wordsOf,
	workshop
} from './exports-workshop.ts';

const exports = exportsWith();
afterAll(() => exports.stop());

const pdfOf = (input: ExportInput, options?: Partial<ExportOptions>) =>
	bytes(exports.workshop(input, 'pdf', { layout: 'pages', picture: 'board', ...options }));
const isAccessible = (pdf: Uint8Array) =>
	Buffer.from(pdf).toString('latin1').includes('pdfuaid:part');

/** To read a structure takes a while: it is made once, and of what is asked for below. */
const UNASKED = [
	'board-1/2',
	'board-2/2',
	'board-2/3',
	'board-3/1',
	'board-3/2',
	'board-3/3',
	'board-4/1',
	'board-4/2',
	'board-5'
];
let made: { pdf: Uint8Array; tags: string[] } | null = null;
async function whole(): Promise<{ pdf: Uint8Array; tags: string[] }> {
	if (!made) {
		const input = everything({ summary: { conclusions: 'Begin small.', leftOut: UNASKED } });
		const pdf = await pdfOf(input);
		made = { pdf, tags: tagsOf(pdf) };
	}
	return made;
}

test('SU17 the PDF is PDF/UA with title and language; its headings are its bookmarks', async () => {
	const { pdf, tags } = await whole();
	expect(isAccessible(pdf)).toBe(true);
	expect(infoOf(pdf)).toMatch(/Title:\s+Partners within reach: Summary/);
	expect(Buffer.from(pdf).toString('latin1')).toMatch(/\/Lang\s*\(en\)/);
	const marks = bookmarksOf(pdf);
	expect(marks.slice(0, 6)).toEqual([
		'Partners within reach',
		'What we did',
		'The ideas with most votes',
		'Who does what, by when',
		'Think of a barrier to collaboration',
		'What stands in the way'
	]);
	expect(marks.at(-1)).toBe('Conclusions');
	for (const heading of [
		'H1 Partners within reach',
		'H2 What we did',
		'H2 Think of a barrier to collaboration',
		'H3 What stands in the way',
		'H4 Non-governmental organisation'
	])
		expect(tags).toContain(heading);
	expect(exports.faults).toEqual([]);
});

test('SU17 tables have header cells, and bars are figures that say every number', async () => {
	const { pdf, tags } = await whole();
	for (const header of ['What', 'By', 'Organisation', 'Kenya', '17', 'Cards'])
		expect(tags).toContain(`TH ${header}`);
	// In the matrix, with the letter of its column.
	expect(tags).toContain('TD B Girl guides');
	expect(tags).toContain('TD UNESCO');
	const figures = alternativesOf(pdf);
	expect(figures).toContainEqual(
		expect.stringMatching(/^A bar chart of 9\. .*Time: 1; Rules or law: 1; .*Skills: 0; /)
	);
	expect(figures).toContainEqual(expect.stringContaining('High on both: 1.'));
	expect(figures).toContainEqual(expect.stringContaining('1 of the goals are named.'));
});

test('EX85 the columns of actions stand in one order, in every form', async () => {
	const heads = ['What', 'Who', 'By', 'From'];
	const { tags } = await whole();
	const at = tags.indexOf('TH What');
	expect(tags.slice(at, at + 4)).toEqual(heads.map((head) => `TH ${head}`));
	const input = everything();
	expect(summed(input).actions!.head).toEqual(heads);
	const markdown = new TextDecoder().decode(await bytes(exports.workshop(input, 'md')));
	expect(markdown).toMatch(/\| What +\| Who +\| By +\| From +\|/);
});

/** What figures say, as it stands in the file. */
function alternativesOf(pdf: Uint8Array): string[] {
	const raw = Buffer.from(pdf).toString('latin1');
	return [...raw.matchAll(/\/Alt ?\(((?:[^()\\]|\\.)*)\)/g)].map(([, alt]) =>
		alt!.replace(/\\(.)/g, '$1')
	);
}

test('SU18 A4 or Letter, as was asked or as the workshop has it', async () => {
	expect(infoOf(await pdfOf(everything()))).toMatch(/\(A4\)/);
	expect(infoOf(await pdfOf(everything({ summary: { paper: 'letter' } })))).toMatch(/\(letter\)/);
	expect(
		infoOf(await pdfOf(everything({ summary: { paper: 'letter' } }), { paper: 'a4' }))
	).toMatch(/\(A4\)/);
});

test('SU18 in Arabic the columns run from the right, and sentences as they read', async () => {
	const said = 'لا وقت أنا أمينة المكتبة الوحيدة في المدرسة';
	const cards = [
		card('card-1', { stoppedUs: said, cause: 'time' }, { language: 'ar' }),
		card('card-2', { stoppedUs: 'It rained (twice).', cause: 'rules' }, { language: 'en' })
	];
	const actions = [{ id: 'a', board: 'b', what: 'Zebra', who: 'Ben', when: '2027-02-01', at: 1 }];
	const at = async (language: 'en' | 'ar') => {
		const input = workshop({ cards, contents: { actions }, workshop: { language } });
		const pdf = await pdfOf(input);
		expect(wordsOf(pdf)).toContain(said);
		expect(wordsOf(pdf)).toContain('It rained (twice).');
		expect(wordsOf(pdf)).toContain('never revealed is not in here.');
		expect(isAccessible(pdf)).toBe(true);
		const places = placesOf(pdf);
		return { by: places('By'), what: places('Zebra'), time: places('Time'), one: places('1') };
	};
	const [left, right] = [await at('en'), await at('ar')];
	expect(left.by).toBeGreaterThan(left.what);
	expect(right.by).toBeLessThan(right.what);
	expect(left.time).toBeLessThan(300);
	expect(right.time).toBeGreaterThan(300);
});

test('SU18 the logo has alternative text; one that cannot be drawn costs nothing else', async () => {
	const summary = { organisation: 'Libraries of the Lakes' };
	const pdf = await pdfOf(everything({ summary, logo: { type: 'image/png', bytes: png(8, 8) } }));
	expect(alternativesOf(pdf)).toContain('The logo of Libraries of the Lakes');
	expect(isAccessible(pdf)).toBe(true);
	const broken = png(8, 8).slice(0, 40);
	const without = await pdfOf(everything({ summary, logo: { type: 'image/png', bytes: broken } }));
	expect(wordsOf(without)).toContain('Libraries of the Lakes');
	expect(alternativesOf(without)).not.toContain('The logo of Libraries of the Lakes');
});

test('SU14 bars, a matrix and a coverage are drawn for a document of somebody else, and what is none is not', async () => {
	const input = everything();
	const of = summed(input);
	const typeset = createTypesetter();
	const drawn = await Promise.all(
		of.parts
			.flatMap(({ blocks }) => blocks)
			.map(async (block) => [block.kind, await pictureOf(block, of, typeset)] as const)
	);
	for (const [kind, picture] of drawn) {
		if (!['bars', 'matrix', 'coverage'].includes(kind)) continue;
		expect(Buffer.from(picture!.png.subarray(1, 4)).toString()).toBe('PNG');
		expect(picture!.width).toBe(1400);
		expect(picture!.height).toBeGreaterThan(200);
	}
	expect(drawn.filter(([kind]) => kind === 'table' || kind === 'ranking').length).toBeGreaterThan(
		1
	);
	expect(drawn.filter(([kind, picture]) => kind === 'ranking' && picture)).toEqual([]);
	const bars = of.parts[0]!.blocks[0]!;
	const cannot = { png: () => Promise.reject(new Error('no')) };
	expect(await pictureOf(bars, of, cannot)).toBeNull();
});
