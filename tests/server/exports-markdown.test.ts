/** The summary as Markdown, read by markdown-it and, where there is one, by pandoc. */
import { spawnSync } from 'node:child_process';
import { array, assert, constantFrom, oneof, property, sample, string } from 'fast-check';
import MarkdownIt from 'markdown-it';
import { expect, test } from 'vitest';
import { markdownOf } from '#server/exports/markdown.ts';
import { wordsIn } from '#server/exports/words.ts';
import type { Summary } from '#shared/summary/model.ts';
import { HOSTILE_TEXT } from '../support/hostile-text.ts';
import { text } from './exports-workshop.ts';
import { summarySaying, unspaced } from './summary-saying.ts';

const markdown = (summary: Summary) => text(markdownOf(summary, wordsIn('en')));

/** What in some Markdown is more than text. */
const SYNTAX = [
	'# a heading',
	'a heading\n===',
	'a heading\n---',
	'heading {#id .class}',
	'> a quote',
	'- an item',
	'+ an item',
	'* an item',
	'1. one\n2. two',
	'1) one',
	'(1) one',
	'a. one',
	'iv) four',
	'B.  two',
	'#. next',
	'(@) example, (@mine) and @mine',
	'term\n: its definition',
	'term\n~ its definition',
	'::: warning\nbeware\n:::',
	'Table: a caption',
	': a caption',
	'| a | b |\n|---|---|\n| 1 | 2 |',
	'| a line\n| block',
	'a | b\n--|--\n1 | 2',
	'+---+---+\n| a | b |\n+---+---+',
	'  a     b\n----- -----\n  1     2',
	'a\\|b \\\\| c \\',
	'*em* _em_ **strong** __strong__ ~~gone~~ ~sub~ ^sup^ `code` ``code``',
	'***\n---\n___\n- - -',
	'    indented\n\tindented',
	'```js\nfenced\n```',
	'~~~\nfenced\n~~~',
	'``` {=html}\n<b>raw</b>\n```',
	'[link](https://example.org "t") [ref][1] [1] ![](x.png) [span]{.red} [[wiki]]',
	'[1]: https://example.org',
	'[^1] ^[a note]',
	'[^1]: a note',
	'*[HTML]: an abbreviation',
	'[@cite, p. 3] @cite -@cite',
	'<https://example.org> <ada@example.org> <b>bold</b> <!-- no --> <?php ?> <![CDATA[x]]>',
	'https://example.org/a_b_c www.example.org ada@example.org',
	'$x^2$ $$y$$ \\(z\\) \\[w\\] \\alpha \\begin{x}y\\end{x}',
	'&amp; &lt; &#x27; &copy &nbsp;',
	"\"quoted\" 'quoted' it's 5'10\" -- --- ---- ... .... .",
	'% title\n% author\n% date',
	'---\ntitle: x\n---',
	'---\n...\n',
	'line  \nline\\\nline',
	'- [ ] to do\n- [x] done',
	'$',
	'\\',
	'1986\\. A great year',
	'1986. A great year',
	'Mr. X, e.g. i.e. cf. p. 3',
	'==marked== ++inserted++ :smile: {{x}} {% x %}',
	'a\n\nb\n\n\nc',
	' leading and trailing ',
	'\u00a0# heading',
	'\u3000- item',
	''
];

/** Everything, one after the other; beyond the end, plain words. */
const from = (all: readonly string[]) => {
	let at = 0;
	return () => all[at++] ?? `word ${at}`;
};

/** As many summaries as these words fill. */
function summariesOf(all: readonly string[]): { summary: Summary; said: string[] }[] {
	const made: { summary: Summary; said: string[] }[] = [];
	for (let at = 0; at < all.length; at += made.at(-1)!.said.length)
		made.push(summarySaying(from(all.slice(at))));
	return made;
}

const OURS = new Set([
	'inline',
	'text',
	'softbreak',
	'hardbreak',
	'paragraph',
	'heading',
	'bullet_list',
	'ordered_list',
	'list_item',
	'table',
	'thead',
	'tbody',
	'tr',
	'th',
	'td'
]);
/** As GitHub: addresses with a scheme, or `www.`, become links by themselves. */
const reader = new MarkdownIt({ html: true, linkify: true });
reader.linkify
	.set({ fuzzyLink: false, fuzzyEmail: false })
	.add('//', null)
	.add('www.', {
		validate: (text, at) => /^[a-z]/.exec(text.slice(at))?.[0].length ?? 0
	});

/** What markdown-it makes of it: the text, and whatever is none of ours. */
function read(source: string): { text: string; strange: string[]; shape: string } {
	const tokens = reader.parse(source.replace(/^---\n.*?\n---\n/s, ''), {});
	const all = tokens.flatMap((token) => [token, ...(token.children ?? [])]);
	return {
		text: all
			.filter(({ type }) => type !== 'inline')
			.map(({ content, type }) => (type.endsWith('break') ? '\n' : content))
			.join(''),
		strange: all
			.filter(({ type }) => !OURS.has(type.replace(/_(open|close)$/, '')))
			.map(({ type, content }) => `${type}: ${content}`),
		shape: tokens.map(({ type, tag }) => `${type} ${tag}`).join('\n')
	};
}

function expectSaid(source: string, said: string[]) {
	const { text, strange } = read(source);
	expect(strange).toEqual([]);
	const whole = unspaced(text);
	for (const words of said) expect(whole).toContain(unspaced(words));
}

test('EX40 Markdown: the language, one title, headings in their order, lists and tables', () => {
	const { summary } = summarySaying(from([]));
	const source = markdown({ ...summary, language: 'ar', direction: 'rtl' });
	expect(source).toMatch(/^---\nlang: ar\ndir: rtl\n---\n\n# word/);
	const { shape } = read(source);
	const levels = [...shape.matchAll(/heading_open h(\d)/g)].map(([, level]) => Number(level));
	expect(levels.filter((level) => level === 1)).toHaveLength(1);
	for (const [i, level] of levels.entries())
		expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
	expect(shape.match(/table_open/g)).toHaveLength(6);
	expect(shape.match(/ordered_list_open/g)).toHaveLength(2);
});

test('EX40 pictures are tables: bars, a matrix with its cards, the coverage of the goals', () => {
	const { summary } = summarySaying(from([]));
	const rows = markdown(summary)
		.split('\n')
		.filter((line) => line.startsWith('|'));
	expect(rows).toContainEqual(expect.stringMatching(/^\| Cause \| Cards \|$/));
	expect(rows).toContainEqual(
		expect.stringMatching(/^\| word \d+ × word \d+ \| 1 \| 2 \| 3 \| 4 \| 5/)
	);
	expect(rows).toContainEqual(expect.stringMatching(/^\| 1 \| and 4 more, in the appendix \|/));
	expect(rows).toContainEqual(expect.stringMatching(/^\| 17 Goal 17 \| 7 \|$/));
	expect(rows).toContainEqual(expect.stringMatching(/^\| All \| 119 \|$/));
});

test('EX41 whatever is syntax somewhere is text in Markdown, all of it', () => {
	for (const { summary, said } of summariesOf([...SYNTAX, ...HOSTILE_TEXT]))
		expectSaid(markdown(summary), said);
	// And in every place, one at a time, the document has the same shape.
	const { shape } = read(markdown(summarySaying(() => 'word').summary));
	for (const words of SYNTAX.filter((one) => one && !one.includes('\n')))
		expect([words, read(markdown(summarySaying(() => words).summary)).shape]).toEqual([
			words,
			shape
		]);
});

const piece = oneof(
	string({ unit: 'binary' }),
	string({ unit: 'grapheme' }),
	string(),
	constantFrom(...SYNTAX, ...HOSTILE_TEXT, 'x'.repeat(10_000), '🏳️‍🌈', 'e' + '\u0301'.repeat(200))
);
const typed = oneof(
	piece,
	array(piece, { maxLength: 4 }).map((all) => all.join(''))
);
const runs = Number(process.env['RUNS'] ?? 40);

test('EX41 whatever a person can type is text in Markdown, all of it', () => {
	assert(
		property(array(typed, { minLength: 60, maxLength: 70 }), (all) => {
			const { summary, said } = summarySaying(from(all));
			expectSaid(markdown(summary), said);
		}),
		{ seed: 20261124, numRuns: runs }
	);
});

interface Pandoc {
	t?: string;
	c?: unknown;
}
const OF_PANDOC = new Set([
	'Header',
	'Para',
	'Plain',
	'BulletList',
	'OrderedList',
	'Table',
	'Str',
	'Space',
	'SoftBreak',
	'LineBreak',
	'Decimal',
	'DefaultStyle',
	'Period',
	'AlignDefault',
	'ColWidth',
	'ColWidthDefault'
]);

/** Every node of what pandoc makes of it that is none of ours, and its text. */
function readByPandoc(source: string): { text: string; strange: string[] } {
	const { stdout } = spawnSync('pandoc', ['-f', 'markdown', '-t', 'json'], {
		input: source,
		encoding: 'utf8',
		maxBuffer: 1e9
	});
	const { meta, blocks } = JSON.parse(stdout) as { meta: object; blocks: Pandoc[] };
	expect(Object.keys(meta)).toEqual(['dir', 'lang']);
	const strange: string[] = [];
	const texts: string[] = [];
	const walk = (node: unknown): void => {
		if (Array.isArray(node)) return node.forEach(walk);
		if (typeof node !== 'object' || node === null) return;
		const { t, c } = node as Pandoc;
		if (t !== undefined && !OF_PANDOC.has(t)) strange.push(JSON.stringify(node).slice(0, 200));
		if (t === 'Str') texts.push(c as string);
		else walk(c);
	};
	walk(blocks);
	return { text: texts.join(''), strange };
}

const pandoc = spawnSync('pandoc', ['--version']).status === 0;

test.runIf(pandoc)('EX41 pandoc, too, takes it for text, letter by letter', () => {
	const all = [...SYNTAX, ...HOSTILE_TEXT, ...sample(typed, { seed: 20261124, numRuns: runs * 5 })];
	for (const { summary, said } of summariesOf(all)) {
		// Beside a table, this would be its caption.
		for (const block of summary.parts[0]!.blocks)
			Object.assign(block, { lead: 'Table: a caption', more: ': a caption' });
		const { text, strange } = readByPandoc(markdown(summary));
		expect(strange).toEqual([]);
		expect(text.match(/Table:acaption/g)!.length).toBeGreaterThanOrEqual(8);
		for (const words of said) expect(unspaced(text)).toContain(unspaced(words));
	}
});
