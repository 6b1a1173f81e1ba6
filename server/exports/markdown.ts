/**
 * The summary as Markdown: GitHub's, which pandoc and every wiki read. Pictures are tables here.
 * What people typed is text in all of these readers' eyes: `escaped` knows their syntax together.
 */
import type { BlockContent, List, ListItem, PhrasingContent, Root, Table } from 'mdast';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { toMarkdown } from 'mdast-util-to-markdown';
import type { Block, Item, ListSection, Part, Said, Summary } from '#shared/summary/model.ts';
import {
	barsTable,
	coverageTable,
	matrixTable,
	scaleSentences,
	type Grid
} from './plain-tables.ts';
import { clean } from './text.ts';
import type { Words } from './words.ts';

type Flow = Root['children'][number];

/** The summary, ready to be saved; its language and direction stand before it, as pandoc reads them. */
export function markdownOf(summary: Summary, words: Words): Uint8Array {
	const head = `---\nlang: ${summary.language}\ndir: ${summary.direction}\n---\n\n`;
	const children: Flow[] = [
		...front(summary),
		...titled(
			summary.chains?.title,
			summary.chains && [...texts(summary.chains.lead), ...listOf(summary.chains.items.map(cardOf))]
		),
		...actions(summary),
		...summary.parts.flatMap((part) => partOf(part, words)),
		...titled(summary.conclusions?.title, summary.conclusions && texts(summary.conclusions.text)),
		...titled(
			summary.appendix?.title,
			summary.appendix?.parts.flatMap(({ title, blocks }) => [
				...heading(3, title.text),
				...blocks.flatMap((block) => blockOf(block, words, 4))
			])
		),
		...texts(summary.colophon)
	];
	const markdown = toMarkdown(
		{ type: 'root', children },
		{
			extensions: [gfmTableToMarkdown({ tablePipeAlign: false })],
			handlers: { text: ({ value }: { value: string }) => escaped(value) },
			bullet: '-',
			rule: '-'
		}
	);
	return new TextEncoder().encode(head + markdown);
}

function front({ front, did, ideas }: Summary): Flow[] {
	return [
		...heading(1, front.title.text),
		...texts(row(front.organisation?.text, front.kind)),
		...texts(row(front.day, front.place?.text, front.facilitator?.text)),
		...texts(row(...front.counts)),
		...front.left.flatMap(texts),
		...(front.introduction ? texts(front.introduction) : []),
		...titled(
			did?.title,
			did && listOf(did.rows.map(({ title, counts }) => itemOf([title.text, row(...counts)])))
		),
		...titled(ideas?.title, ideas && listOf(ideas.items.map(cardOf), true))
	];
}

function actions({ actions }: Summary): Flow[] {
	if (!actions) return [];
	const rows = actions.people.flatMap(({ rows }) =>
		rows.map(({ what, who, when, from }) => [what, who, when, from].map(({ text }) => text))
	);
	return titled(
		actions.title,
		rows.length > 0 ? tableOf({ head: actions.head, rows }) : texts(actions.none)
	);
}

function partOf(part: Part, words: Words): Flow[] {
	return [
		...heading(2, part.title.text),
		...texts(row(...part.references.map(({ text }) => text))),
		...texts(part.prompt),
		...texts(row(...part.counts)),
		...part.left.flatMap(texts),
		...part.blocks.flatMap((block) => blockOf(block, words, 3))
	];
}

function blockOf(block: Block, words: Words, depth: 3 | 4): Flow[] {
	return [
		...heading(depth, block.title.text),
		...(block.lead === undefined ? [] : texts(block.lead)),
		...contentsOf(block, words, depth === 3 ? 4 : 5),
		...(block.more === undefined ? [] : texts(block.more))
	];
}

function contentsOf(block: Block, words: Words, depth: 4 | 5): Flow[] {
	const section = (one: ListSection) => sectionOf(one, words, depth);
	switch (block.kind) {
		case 'nothing':
			return texts(block.note);
		case 'bars':
			return barsOf(block);
		case 'list':
			return [...barsOf(block), ...block.sections.flatMap(section)];
		case 'ranking':
			return listOf(block.items.map(cardOf), true);
		case 'matrix':
			return [
				...scaleSentences(block).flatMap(texts),
				...tableOf(matrixTable(block, words, ' · ')),
				...(block.rest ? section(block.rest) : [])
			];
		case 'matches':
			return [
				...block.groups.flatMap(({ theme, items }) => [
					...heading(depth, theme.text),
					...listOf(items.map(cardOf))
				]),
				...(block.alone.length > 0 ? heading(depth, block.aloneTitle) : []),
				...listOf(block.alone.map(cardOf))
			];
		case 'coverage':
			return [...tableOf(coverageTable(block)), ...block.notes.flatMap(texts)];
		case 'table':
			return tableOf({
				head: block.head.map(({ text }) => text),
				rows: block.rows.map((row) => row.map(({ text }) => text))
			});
		default:
			return block satisfies never;
	}
}

const barsOf = (block: Extract<Block, { kind: 'bars' | 'list' }>): Flow[] =>
	block.bars.length > 0 ? tableOf(barsTable(block)) : [];

function sectionOf(section: ListSection, words: Words, depth: 4 | 5): Flow[] {
	const { title, count, items, more } = section;
	return [
		...(title ? heading(depth, `${title.text} (${count})`) : []),
		...listOf(items.map(cardOf)),
		...(more > 0 ? texts(words.count('more', more)) : [])
	];
}

/** A card with who wrote it and its votes; under it its group's cards, and what answers it. */
function cardOf(item: Item): ListItem {
	const by = row(item.author?.text, item.votes, item.standing, item.reactions, item.from?.text);
	return itemOf(
		[
			item.text.text,
			by && `— ${by}`,
			...(item.links ?? []).map(({ text }) => inOneLine(text)),
			item.more ?? ''
		],
		[...(item.members ?? []).map(cardOf), ...item.notes.map(({ text }) => itemOf([text]))]
	);
}

function itemOf(said: string[], inner: ListItem[] = []): ListItem {
	const children: BlockContent[] = [
		{ type: 'paragraph', children: phrasing(said.filter(Boolean).join('\n')) }
	];
	return { type: 'listItem', spread: false, children: [...children, ...listOf(inner)] };
}

const listOf = (children: ListItem[], ordered = false): List[] =>
	children.length > 0 ? [{ type: 'list', ordered, spread: false, children }] : [];

function tableOf({ head, rows }: Grid): Table[] {
	const rowOf = (cells: readonly string[]): Table['children'][number] => ({
		type: 'tableRow',
		children: cells.map((cell) => ({ type: 'tableCell', children: phrasing(inOneLine(cell)) }))
	});
	return [{ type: 'table', children: [rowOf(head), ...rows.map(rowOf)] }];
}

/** Nothing where there is nothing under it. */
const titled = (title: string | undefined, contents: Flow[] | null | undefined): Flow[] =>
	title === undefined || !contents || contents.length === 0
		? []
		: [...heading(2, title), ...contents];

const heading = (depth: 1 | 2 | 3 | 4 | 5, title: string): Flow[] => {
	const children = phrasing(inOneLine(title));
	return children.length > 0 ? [{ type: 'heading', depth, children }] : [];
};

/** Paragraphs, divided at empty lines. */
const texts = (said: Said | string): Flow[] =>
	clean(typeof said === 'string' ? said : said.text)
		.split(/\n\s*\n/)
		.map(phrasing)
		.filter((children) => children.length > 0)
		.map((children) => ({ type: 'paragraph', children }));

/** Text whose lines stay lines; empty ones, which would end a paragraph, are left out. */
const phrasing = (text: string): PhrasingContent[] =>
	clean(text)
		.split('\n')
		.map(trimmed)
		.filter(Boolean)
		.flatMap((value, i): PhrasingContent[] => [
			...(i > 0 ? [{ type: 'break' } as const] : []),
			{ type: 'text', value }
		]);

const inOneLine = (text: string): string => clean(text).replaceAll('\n', ' ');

/** Short words beside one another, in one line. */
const row = (...words: (string | undefined)[]): string =>
	words
		.map((one) => trimmed(inOneLine(one ?? '')))
		.filter(Boolean)
		.join(' · ');

/** Without the spaces at a line's ends, and the tabs, which Markdown gives a meaning. */
const trimmed = (line: string): string => line.replaceAll('\t', ' ').trim();

/**
 * One line, of which no reader makes anything but these letters: neither CommonMark, nor GitHub's
 * (tables, bare addresses), nor pandoc's (maths, citations, footnotes, sub- and superscript, spans,
 * definitions, captions, lists by letters, line blocks, quotes and dashes made typographic).
 * A backslash before punctuation is, in all of them, that punctuation.
 */
const escaped = (line: string): string =>
	line
		.replace(/[\\`*_{}[\]<>|~^$@&#"'!]/g, '\\$&')
		// Dashes and dots of which typography would make one.
		.replace(/-(?=-)|(?<=-)-|\.(?=\.)|(?<=\.)\./g, '\\$&')
		// An address begins `www.`, or has these after its scheme.
		.replace(/(?<=www)\.|:(?=[/:])/gi, '\\$&')
		// At the beginning of a line: lists, rules, headings, definitions, captions, title blocks.
		.replace(/^(\s*)([-+=%:(])/, '$1\\$2')
		.replace(/^(\s*\\?\(?(?:\d+|[a-z]|[ivxlcdm]+|\\#|\\@[\w-]*))([.)])/i, '$1\\$2')
		.replace(/^(\s*table):/i, '$1\\:');
