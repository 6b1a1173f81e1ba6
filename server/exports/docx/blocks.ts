/** One block of the summary: pictures where they are to be had, and tables where they are not. */
import { ImageRun, Paragraph, type Table } from 'docx';
import type { Block, ListSection } from '#shared/summary/model.ts';
import {
	barsTable,
	coverageTable,
	matrixTable,
	scaleSentences,
	type Grid
} from '../plain-tables.ts';
import { clean } from '../text.ts';
import type { Words } from '../words.ts';
import { heading, itemsOf, note, type Level } from './paragraphs.ts';
import { tableOf, type Sheet } from './tables.ts';

export interface Picture {
	png: Uint8Array;
	/** In pixels, or in whatever: how long its sides are to one another. */
	width: number;
	height: number;
}

/** What a document is written with. */
export interface Desk {
	sheet: Sheet;
	words: Words;
	picture: (block: Block) => Promise<Picture | null>;
	/** A number for each list that counts. */
	nextList: () => number;
}

type Flow = (Paragraph | Table)[];

/** `level`: of its heading. */
export async function blockOf(block: Block, level: 2 | 3, desk: Desk): Promise<Flow> {
	return [
		...heading(level, block.title),
		...note(block.lead ?? '', { keepNext: true }),
		...(await contentsOf(block, (level + 1) as Level, desk)),
		...note(block.more ?? '')
	];
}

async function contentsOf(block: Block, level: Level, desk: Desk): Promise<Flow> {
	const section = (one: ListSection) => sectionOf(one, level, desk);
	const dots = { reference: 'dots' } as const;
	switch (block.kind) {
		case 'nothing':
			return note(block.note);
		case 'bars':
			return drawn(block, barsTable(block), desk);
		case 'list':
			return [
				...(block.bars.length > 0 ? await drawn(block, barsTable(block), desk) : []),
				...block.sections.flatMap(section)
			];
		case 'ranking':
			return itemsOf(block.items, { reference: 'ranks', instance: desk.nextList() });
		case 'matrix':
			return [
				...(await drawn(block, matrixTable(block, desk.words, '\n'), desk)),
				...scaleSentences(block).flatMap((sentence) => note(sentence)),
				...(block.rest ? section(block.rest) : [])
			];
		case 'matches':
			return [
				...block.groups.flatMap(({ theme, items }) => [
					...heading(level, theme),
					...itemsOf(items, dots)
				]),
				...(block.alone.length > 0 ? heading(level, block.aloneTitle) : []),
				...itemsOf(block.alone, dots)
			];
		case 'coverage':
			return [
				...(await drawn(block, coverageTable(block), desk)),
				...block.notes.flatMap((sentence) => note(sentence))
			];
		case 'table':
			return [tableOf(block, desk.sheet), ...gap()];
		default:
			return block satisfies never;
	}
}

function sectionOf(section: ListSection, level: Level, { words }: Desk): Flow {
	const { title, count, items, more } = section;
	return [
		...(title ? heading(level, { ...title, text: `${title.text} (${count})` }) : []),
		...itemsOf(items, { reference: 'dots' }),
		...note(more > 0 ? words.count('more', more) : '')
	];
}

async function drawn(block: Block & { alt: string }, instead: Grid, desk: Desk): Promise<Flow> {
	const picture = await desk.picture(block);
	if (!picture) return [tableOf(instead, desk.sheet), ...gap()];
	const { text } = block.title;
	return [pictureOf(picture, 'png', { title: text, description: block.alt }, desk.sheet)];
}

/** Twentieths of a point in a pixel of Word's, of which there are 96 to the inch. */
const PIXEL = 15;
const HIGHEST = 860;

/** As large as the page takes it, or as `within` says, in pixels. */
export function pictureOf(
	{ png, width, height }: Picture,
	type: 'png' | 'jpg',
	{ title, description }: { title: string; description: string },
	{ across, rtl }: Sheet,
	within = { width: across / PIXEL, height: HIGHEST }
): Paragraph {
	const scale = Math.min(within.width / width, within.height / height);
	return new Paragraph({
		bidirectional: rtl,
		children: [
			new ImageRun({
				type,
				data: png,
				transformation: { width: Math.round(width * scale), height: Math.round(height * scale) },
				altText: { name: clean(title), title: clean(title), description: clean(description) }
			})
		]
	});
}

/** Word joins tables that nothing stands between. */
const gap = (): Paragraph[] => [new Paragraph({ spacing: { after: 0 } })];
