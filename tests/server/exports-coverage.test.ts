import { afterAll, expect, test } from 'vitest';
import { SDG_TARGETS } from '#shared/exercises/sdg.ts';
import { isRefusal } from '#shared/refusals.ts';
import { documentOf, pagesOf, pdfOf, pngOf, svgOf } from './exports-drawn.ts';
import { card, exportsWith, infoOf, shipped, wordsOf, workshop } from './exports-workshop.ts';

const exports = exportsWith();
afterAll(() => exports.stop());
const six = shipped('six-ps');

const examples = {
	exercise: six,
	cards: [
		card('1', { whatWeDo: 'Tapes', targets: ['11.4', '16.10'] }, { column: 'protectors' }),
		card('2', { whatWeDo: 'Books', targets: ['11.4'] }, { column: 'protectors' }),
		card('3', { whatWeDo: 'A hall', targets: ['4'] }, { column: 'platforms' }),
		card('secret', { whatWeDo: 'Unspeakable', targets: ['14.1'] }, { column: 'platforms' })
	],
	state: { hidden: ['secret'] }
};

test('EX74 the coverage is a poster of 17 goals by columns, with what is named and what is not', () => {
	const pdf = pdfOf(examples, { picture: 'coverage' });
	expect(infoOf(pdf)).toMatch(/1190\.5\d* x 841\.8\d*/);
	const words = wordsOf(pdf, '-raw');
	for (const said of [
		'The six Ps and the goals',
		'Partners within reach',
		'24 November 2026',
		'2 of 169 targets named, in 3 of 17 goals',
		'11.4 Safeguard cultural and natural heritage ×2',
		'16.10 Public access to information ×1',
		'4 The goal as a whole ×1',
		'16.6 Accountable institutions',
		'Asked for, and not named yet',
		'1 hidden card is left out.'
	])
		expect(words).toContain(said);
	for (const { title } of six.columns) expect(words).toContain(title);
	expect(words).toContain('Partnerships for the goals');
	expect(words.split('11.4')).toHaveLength(2);
	expect(words).not.toContain('14.1');
	expect(words).not.toContain('×0');
});

test('EX75 the poster is one accessible page whatever was named', () => {
	const naming = (exercise: typeof six, targets: string[]) => ({
		exercise,
		cards: exercise.columns.flatMap((column) =>
			targets.map((target, i) =>
				card(`${column.id}x${i}`, { whatWeDo: 'All', targets: [target] }, { column: column.id })
			)
		)
	});
	const all = SDG_TARGETS.map(({ id }) => id);
	const everything = naming(six, all);
	const columns = Array.from({ length: 18 }, (_, i) => ({ ...six.columns[0]!, id: `c${i}` }));
	const wide = naming(
		{ ...six, columns },
		all.filter((id) => /^(3|8|16|17)\./.test(id))
	);
	const posters: [Parameters<typeof pdfOf>[0], string][] = [
		[everything, '17.19 ×1'],
		[wide, '17.19'],
		[{ exercise: six, cards: [] }, '0 of 169']
	];
	for (const [told, named] of posters) {
		const pdf = pdfOf(told, { picture: 'coverage' });
		expect(wordsOf(pdf)).toContain(named);
		expect(pagesOf(pdf)).toBe(1);
		expect(infoOf(pdf)).toMatch(/Tagged:\s+yes/);
	}
});

test('EX75 the poster’s picture says the same in words, and shows nobody’s emblems', async () => {
	const svg = svgOf(examples, { picture: 'coverage' });
	expect(svg).toContain(
		'11 Sustainable cities and communities, Protectors: 11.4 Safeguard cultural and natural heritage (× 2)'
	);
	expect(svg).toContain('16.6 Accountable institutions (Asked for, and not named yet)');
	expect(svg).not.toMatch(/<image/);
	expect((await pngOf(examples, { picture: 'coverage' })).width).toBeGreaterThanOrEqual(2399);
});

test('EX76 there is no coverage of an exercise that has none', async () => {
	expect(documentOf({}, { picture: 'coverage' })).toBeNull();
	for (const format of ['pdf', 'svg', 'png'] as const) {
		const made = await exports.board(workshop({}), 'board-one', format, {
			layout: 'pages',
			picture: 'coverage'
		});
		expect(isRefusal(made) && made.refused).toBe('unknown-format');
	}
});
