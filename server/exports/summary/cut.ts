/** A block's top part, for where an exercise is told; what is cut from it stands in the appendix, whole. */
import type { Bar, Block, Item, ListSection } from '#shared/summary/model.ts';
import type { Words } from '../words.ts';

const DOZEN = 12;
/** Rather a few more than "and 1 more". */
const SLACK = 4;
const ROWS = 60;
/** Of one list in all its sections, and of a section at least. */
const ITEMS = 60;
const FEW = 4;

/** The block as it stands in its place, and whether that is all of it. */
export function topOf(block: Block, words: Words): { top: Block; cut: boolean } {
	let beyond = 0;
	/** Cuts what the block's own `more` counts. */
	const cut = <T>(all: T[], most = DOZEN): T[] => {
		const few = fewOf(all, most);
		beyond += all.length - few.length;
		return few;
	};
	const top = cutBlock(block, cut, words);
	if (beyond > 0) top.more = words.count('more', beyond);
	return { top, cut: beyond > 0 || isCutInside(top) };
}

const fewOf = <T>(all: T[], most: number): T[] =>
	all.length <= most + SLACK ? all : all.slice(0, most);

function cutBlock(block: Block, cut: <T>(all: T[], most?: number) => T[], words: Words): Block {
	switch (block.kind) {
		case 'bars':
			return { ...block, bars: barsFrom(block.bars, cut) };
		case 'list': {
			const sections = cut(block.sections, sectionsThatFit(block.sections));
			const most = Math.min(DOZEN, Math.max(FEW, Math.floor(ITEMS / sections.length)));
			return {
				...block,
				// What is cut of the sections is told once.
				bars: barsFrom(block.bars, (bars) => fewOf(bars, DOZEN)),
				sections: sections.map((section) => cutSection(section, most))
			};
		}
		case 'ranking':
			return { ...block, items: cut(block.items).map((item) => cutItem(item, words)) };
		case 'matrix':
			return { ...block, rest: block.rest && cutSection(block.rest, DOZEN) };
		case 'matches':
			return { ...block, groups: cut(block.groups), alone: cut(block.alone) };
		case 'table':
			return { ...block, rows: cut(block.rows, ROWS) };
		case 'nothing':
		case 'coverage':
			return { ...block };
		default:
			return block satisfies never;
	}
}

/** At least a dozen; as many more as there is room for, where they are small. */
function sectionsThatFit(sections: ListSection[]): number {
	let room = ITEMS;
	const first = sections.findIndex(({ items }) => (room -= Math.min(items.length, FEW)) < 0);
	return first < 0 ? sections.length : Math.max(DOZEN, first);
}

/** What is left over is never cut away: it is one bar, and stands last. */
const barsFrom = (bars: Bar[], cut: (bars: Bar[]) => Bar[]): Bar[] => [
	...cut(bars.filter(({ rest }) => !rest)),
	...bars.filter(({ rest }) => rest)
];

function cutSection(section: ListSection, most: number): ListSection {
	const items = fewOf(section.items, most);
	return { ...section, items, more: section.items.length - items.length };
}

/** A group's cards, and the answers to a card. */
function cutItem(item: Item, words: Words): Item {
	const notes = fewOf(item.notes, DOZEN);
	const members = item.members && fewOf(item.members, DOZEN);
	const beyond =
		item.notes.length - notes.length + (item.members?.length ?? 0) - (members?.length ?? 0);
	return {
		...item,
		notes,
		...(members && { members: members.map((member) => cutItem(member, words)) }),
		...(beyond > 0 && { more: words.count('more', beyond) })
	};
}

function isCutInside(block: Block): boolean {
	if (block.kind === 'list') return block.sections.some(({ more }) => more > 0);
	if (block.kind === 'matrix')
		return (block.rest?.more ?? 0) > 0 || block.rows.flat().some(({ more }) => more > 0);
	const isCut = (item: Item): boolean => item.more !== undefined || !!item.members?.some(isCut);
	return block.kind === 'ranking' && block.items.some(isCut);
}
