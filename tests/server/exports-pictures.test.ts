import { Resvg } from '@resvg/resvg-js';
import { assert, constantFrom, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { LEGIBLE, MOST_PIXELS, painted } from '#server/exports/raster.ts';
import {
	documentOf,
	headOf,
	pageOf,
	pagesOf,
	pdfOf,
	pngOf,
	sizeOf,
	svgOf,
	typesetter
} from './exports-drawn.ts';
import { barrier, card, infoOf, placesOf, wordsOf } from './exports-workshop.ts';

type Picture = ReturnType<Resvg['render']>;

/** So many cards, each with a beginning and an end of its own. */
const cardsOf = (count: number, lines = 3) =>
	Array.from({ length: count }, (_, i) =>
		card(
			String(i + 1000),
			{
				stoppedUs: `begin${i} ${'Some words of a barrier on a line. '.repeat((i % lines) + 1)} end${i}.`
			},
			{ column: i % 3 === 2 ? 'ways-round' : 'barriers' }
		)
	);
const acted = {
	actions: [{ id: 'a', board: 'b', what: 'Write it', who: 'Ben', when: '2027-02-01', at: 1 }]
};

test('EX65 the paper is the one asked for, or else the workshop’s', () => {
	for (const layout of ['pages', 'tiles'] as const) {
		expect(infoOf(pdfOf({}, { layout }))).toMatch(/\(A4\)/);
		expect(infoOf(pdfOf({ summary: { paper: 'letter' } }, { layout }))).toMatch(/\(letter\)/);
		expect(infoOf(pdfOf({}, { layout, paper: 'letter' }))).toMatch(/\(letter\)/);
	}
});

test.for(['pages', 'wall', 'tiles'] as const)(
	'EX66 in Arabic the columns run from the right, on %s',
	(layout) => {
		const cards = [
			card('1', { stoppedUs: 'Barrierword' }),
			card('2', { whatWeCouldDo: 'Wayword' }, { column: 'ways-round' })
		];
		const inside = (language: 'en' | 'ar') => {
			const at = placesOf(pdfOf({ cards, workshop: { language } }, { layout }));
			return at('Barrierword') < at('Wayword');
		};
		expect([inside('en'), inside('ar')]).toEqual([true, false]);
	}
);

test('EX67 a wall is one page of the board’s own size and shape, with the actions as a column', () => {
	const small = pdfOf({ cards: cardsOf(3), contents: acted });
	const large = pdfOf({ cards: cardsOf(150), contents: acted });
	for (const pdf of [small, large]) {
		expect(pagesOf(pdf)).toBe(1);
		expect(wordsOf(pdf)).toContain('Write it');
	}
	const [width, height] = sizeOf(large);
	expect(width).toBeGreaterThan(2 * sizeOf(small)[0]);
	expect(width / height).toBeGreaterThan(1.1);
	expect(width / height).toBeLessThan(2.2);
	const words = wordsOf(large);
	for (let i = 0; i < 150; i++) {
		expect(words).toContain(`begin${i} `);
		expect(words).toContain(`end${i}.`);
	}
});

test('EX68 a wall is never larger than a PDF’s page may be', () => {
	const columns = Array.from({ length: 60 }, (_, i) => ({ ...barrier.columns[0]!, id: `c${i}` }));
	const cards = columns.map(({ id }, i) =>
		card(id, { stoppedUs: `begin${i}\n${'x\n'.repeat(i === 5 ? 900 : 1)}end${i}.` }, { column: id })
	);
	const pdf = pdfOf({ exercise: { ...barrier, columns }, cards });
	expect(Math.max(...sizeOf(pdf))).toBeLessThan(14_400);
	expect(pagesOf(pdf)).toBeGreaterThan(1);
	const words = wordsOf(pdf);
	expect(cards.filter((_, i) => !words.includes(`end${i}.`))).toEqual([]);
});

test('EX69 tiles: a plan, then sheets with their places; no card is cut, none is lost', () => {
	const pdf = pdfOf({ cards: cardsOf(60, 6), contents: acted }, { layout: 'tiles' });
	expect(pageOf(pdf, 1)).toContain('How the sheets go together');
	const pages = pagesOf(pdf);
	expect(pages).toBeGreaterThan(3);
	const whole = new Set<string>();
	const places = new Set<string>();
	for (let page = 2; page <= pages; page++) {
		const words = pageOf(pdf, page);
		places.add(/Row \d, column \d/.exec(words)![0]);
		for (const [, id] of words.matchAll(/begin(\d+) /g))
			if (words.includes(`end${id}.`)) whole.add(id!);
	}
	expect(whole.size).toBe(60);
	// What did not fit on its sheet would have gone on to another of the same place.
	expect(places.size).toBe(pages - 1);
	// No sheet has nothing on it.
	const longOne = cardsOf(40, 6).map((one) => ({ ...one, column: 'barriers' }));
	const uneven = pdfOf({ cards: longOne }, { layout: 'tiles' });
	for (let page = 2; page <= pagesOf(uneven); page++)
		expect(pageOf(uneven, page)).toMatch(/begin|Row 1,/);
});

test.for(['wall', 'tiles'] as const)('EX70 what is too tall is divided, on %s', (layout) => {
	const words = Array.from({ length: 900 }, (_, i) => `w${i}`);
	const wide = Array.from({ length: 700 }, (_, i) => `W${i}W`);
	const pdf = pdfOf(
		{
			cards: [
				card('1', { stoppedUs: words.join('\n') }),
				card('2', { stoppedUs: wide.join(' ') }),
				...['3', '4', '5', '6'].map((id) =>
					card(id, { stoppedUs: 'in the group\n'.repeat(30) }, { group: 'g' })
				)
			],
			comments: [{ id: 'c', card: '1', text: 'a comment\n'.repeat(99), name: 'Chidi', at: 1 }],
			groups: [{ id: 'g', kind: 'theme', title: 'All', column: 'barriers', order: 'a9', cards: [] }]
		},
		{ layout }
	);
	const said = new Set(wordsOf(pdf).split(' '));
	expect([...words, ...wide].filter((word) => !said.has(word))).toEqual([]);
	expect(wordsOf(pdf).match(/a comment/g)).toHaveLength(99);
	expect(wordsOf(pdf)).toMatch(/\b2 ?\/ ?\d/);
	if (layout === 'tiles') expect(wordsOf(pdf)).toContain('continued');
});

test('EX71 an SVG says every word of it, needs nothing, and runs nothing', () => {
	const svg = svgOf({
		cards: [
			card('1', { stoppedUs: 'The <agreement> & more', withWhom: 'outside' }),
			card('2', { whatWeCouldDo: 'One page' }, { column: 'ways-round', answers: '1' }),
			card('secret', { stoppedUs: 'Unspeakable' })
		],
		comments: [{ id: 'n', card: '1', text: 'Same here', name: 'Chidi', at: 1 }],
		state: { hidden: ['secret'] },
		contents: { ...acted, votes: { '1': 3 } }
	});
	expect(svg).toMatch(/^<svg role="img" aria-labelledby="title desc" /);
	expect(svg).toContain('<title id="title">Partners within reach: Think of a barrier');
	const told = /<desc id="desc">([^<]*)<\/desc>/.exec(svg)![1]!;
	for (const said of [
		'The &lt;agreement&gt; &amp; more',
		'Someone outside the library field',
		'One page',
		'Same here',
		'Ben',
		'3 votes',
		'Write it',
		'1 hidden card is left out.'
	])
		expect(told).toContain(said);
	expect(svg).not.toContain('Unspeakable');
	expect(svg).not.toMatch(/<(script|foreignObject|a|text|image|style)\b|\son\w+=|oklch/);
	expect([...svg.matchAll(/href="([^"]*)"/g)].filter(([, to]) => !to!.startsWith('#'))).toEqual([]);
	expect(new Resvg(svg).getBBox()!.width).toBeGreaterThan(100);
});

test('EX72 a PNG is wide enough to read, and bounded', async () => {
	const { width, height, png } = await pngOf({ cards: cardsOf(3) });
	expect(width).toBeGreaterThanOrEqual(2399);
	// Paper at its corner, ink within: it was painted.
	expect(png.length).toBeGreaterThan(20_000);
	expect(width * height).toBeLessThan(MOST_PIXELS);
	const vast = `<svg viewBox="0 0 14000 9000"><defs></defs><g><path fill="#000" d="M 0 0v 9 h 9 v -9 Z"/></g></svg>`;
	const bounded = headOf(
		await painted(vast.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"'), 2400)
	);
	expect(bounded.width * bounded.height).toBeLessThanOrEqual(MOST_PIXELS);
	expect(bounded.width).toBeGreaterThan(6000);
});

test('EX72 what is painted in pieces is what the painter paints at once', async () => {
	// More letters than one piece takes, some of them lying over others.
	const runs = Array.from({ length: 250 }, (_, i) => {
		const letters = Array.from({ length: 100 }, (_, x) => `<use xlink:href="#g0" x="${x * 9}"/>`);
		return `<g transform="matrix(1 0 0 -1 ${(i * 7) % 600} ${i * 3 + 9})" fill="rgb(${i}, 0, 0)">${letters.join('')}</g>`;
	});
	const svg = `<svg viewBox="0 0 1700 800" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><defs><symbol id="g0" overflow="visible"><path d="M 0 0m 1 1 l 3.456 4.5 h 2 v -6 Z"/></symbol></defs><path fill="#ffffff" d="M 0 0v 800 h 1700 v -800 Z"/><g transform="matrix(1 0 0 1 10.5 20)"><g>${runs.join('')}</g></g></svg>`;
	const pieced = await painted(svg, 1);
	const [once, again] = [
		new Resvg(svg, {
			fitTo: { mode: 'zoom', value: LEGIBLE }
		}),
		new Resvg(
			`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${headOf(pieced).width}" height="${headOf(pieced).height}"><image xlink:href="data:image/png;base64,${Buffer.from(pieced).toString('base64')}"/></svg>`
		)
	].map((painter) => painter.render()) as [Picture, Picture];
	let [unlike, inked] = [0, 0];
	const [width, height] = [Math.min(once.width, again.width), Math.min(once.height, again.height)];
	const [one, other] = [once.pixels, again.pixels];
	for (let y = 0; y < height; y++)
		for (let x = 0; x < width; x++) {
			const red = one[(y * once.width + x) * 4]!;
			if (red < 128) inked++;
			if (Math.abs(red - other[(y * again.width + x) * 4]!) > 90) unlike++;
		}
	expect(width).toBeGreaterThan(2000);
	expect(inked).toBeGreaterThan(50_000);
	expect(unlike / inked).toBeLessThan(0.01);
});

test('EX73 whatever a person can type can be drawn, and is text', () => {
	const typed = oneof(
		string({ unit: 'binary', maxLength: 80 }),
		constantFrom(
			'</desc><script>alert(1)</script>',
			']]>&amp;&#0;<!--',
			'\0\u0007\ud83d\udc00\ufffe\u202e',
			'#eval("1") $x$ @ref',
			`${'a\u0301'.padEnd(400, '\u0301')}`,
			'x'.repeat(2000),
			'👩🏽‍🏫 🇫🇯 ش 한 ก'
		)
	);
	assert(
		property(typed, typed, (main, other) => {
			const told = {
				cards: [
					card('1', { stoppedUs: main, cause: other }),
					card('2', { stoppedUs: `x${other}` })
				],
				contents: { names: { 'key-ben': other } },
				workshop: { title: main }
			};
			const svg = svgOf(told);
			// As another reader of XML takes it: it throws where it is not well-formed.
			expect(new Resvg(svg).width).toBeGreaterThan(100);
			expect(svg).not.toMatch(/<(script|!--)/);
			const { template, data } = documentOf(told, { layout: 'tiles' });
			expect(typesetter.pdf(template, data, 1).bytes.length).toBeGreaterThan(1000);
		}),
		{ numRuns: Number(process.env['RUNS'] ?? 5) }
	);
});
