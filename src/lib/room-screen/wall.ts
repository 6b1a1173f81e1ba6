/**
 * The board on the room screen: pages of lanes, each card once. Heights are in parts of the screen's
 * height: guessed from the words, and measured where pages turn, so that no page stays half empty.
 */
import type { BoardValue, CardValue, GroupValue } from '#shared/doc/contents.ts';
import { mainText } from '#shared/doc/read.ts';
import type { Column, Exercise } from '#shared/exercises/format.ts';
import type { CardId } from '#shared/ids.ts';
import { itemsIn } from '../board/arranging.ts';
import { linesOf } from '../board/lanes.ts';
import { tabOf } from '../board/tab.ts';

/** What stands in a lane: a card, or a group with as many of its cards as one lane holds. */
export type Block =
	| { kind: 'card'; id: string; card: CardValue }
	| {
			kind: 'group';
			id: string;
			group: GroupValue;
			cards: CardValue[];
			count: number;
			more: number;
	  };

interface Lane {
	column: Column;
	/** Cards in the whole column, for its heading. */
	count: number;
	blocks: Block[];
}

export interface Wall {
	/** The size of a card's words, in vh, and after how many lines they are cut. */
	size: number;
	lines: number;
	pages: Lane[][];
}

/** The desk's size in vh, and how much looser than guessed its cards turned out to lie. */
export interface Desk {
	width: number;
	height: number;
	slack: number;
}

/** How large, and how many lines of a card: tried in this order. Nothing here is smaller than the last. */
const FITS = [
	{ size: 3.7, lines: 9 },
	{ size: 3.1, lines: 9 },
	{ size: 2.7, lines: 9 },
	{ size: 2.6, lines: 6 }
] as const;
type Fit = (typeof FITS)[number];
export const SMALLEST = FITS[3];
/** Between two lanes, between two cards, and around a card in a group's tray. */
const LANE_GAP = 1.8;
const GAP = 1.4;
export const TRAY = 1.1;
/** A lane's column heading, with the gap below it. */
const heading = (size: number): number => Math.max(2.9, size) * 1.3 + 0.9 + GAP;

/** How many lanes stand side by side where a card's words are this large. */
const lanesAcross = (size: number, width: number): number =>
	Math.max(1, Math.floor((width + LANE_GAP) / (size * 11.5 + LANE_GAP)));

/** How wide the smallest cards are, for who measures them. */
export const smallestLane = (width: number): number => {
	const across = lanesAcross(SMALLEST.size, width);
	return (width - (across - 1) * LANE_GAP) / across - 1;
};

/** Heights of cards as they were measured at the smallest size, in vh. */
export type Measured = ReadonlyMap<CardId, number>;

/** The largest cards that fit on one page; the smallest, on pages that turn, where none do. */
export function wallOf(
	board: BoardValue,
	exercise: Exercise,
	desk: Desk,
	measured: Measured = new Map()
): Wall {
	const tried = FITS.map((fit) => () => ({
		...fit,
		pages: pagesAt(fit, board, exercise, desk, fit === SMALLEST ? measured : new Map())
	}));
	for (const lay of tried) {
		const wall = lay();
		if (wall.pages.length <= 1) return wall;
	}
	return tried.at(-1)!();
}

function pagesAt(
	fit: Fit,
	board: BoardValue,
	exercise: Exercise,
	desk: Desk,
	measured: Measured
): Lane[][] {
	const perPage = lanesAcross(fit.size, desk.width);
	const perLine = Math.floor(((desk.width / perPage - LANE_GAP) / fit.size - 1.6) * 2.05);
	const heightOf = (card: CardValue) =>
		measured.get(card.id) ?? cardHeight(card, fit, perLine, exercise) * desk.slack;
	const filled = exercise.columns
		.map((column) => lanesOf(column, fit.size, board, desk.height - heading(fit.size), heightOf))
		.filter((lanes) => lanes.length > 0);
	const pages: Lane[][] = [];
	for (const lanes of filled) {
		for (const lane of lanes) {
			const page = pages.at(-1);
			if (page && page.length < perPage) page.push(lane);
			else pages.push([lane]);
		}
	}
	return pages;
}

function lanesOf(
	column: Column,
	size: number,
	board: BoardValue,
	room: number,
	heightOf: (card: CardValue) => number
): Lane[] {
	const count = board.cards.filter((card) => card.column === column.id).length;
	const lanes: (Lane & { left: number })[] = [];
	for (const block of blocksOf(column, board, room, size, heightOf)) {
		const height = blockHeight(block, size, heightOf);
		// The first lane with room for it: a short card fills what a long one left.
		let lane = lanes.find(({ left }) => height <= left);
		if (!lane) lanes.push((lane = { column, count, blocks: [], left: room }));
		lane.blocks.push(block);
		lane.left -= height + GAP;
	}
	return lanes.map(({ left: _left, ...lane }) => lane);
}

function blocksOf(
	column: Column,
	board: BoardValue,
	room: number,
	size: number,
	heightOf: (card: CardValue) => number
): Block[] {
	const byId = new Map(board.cards.map((card) => [card.id, card]));
	return itemsIn(board, column.id).map((item): Block => {
		if (item.kind === 'card') return item;
		const inner = board.groups.filter((one) => one.group === item.id);
		const all = [item.group, ...inner]
			.flatMap((one) => one.cards)
			.flatMap((id) => byId.get(id) ?? []);
		let left = room - groupHead(item.group, size) - size * 1.8;
		const cards = all.filter((card, at) => {
			const height = heightOf(card) + TRAY;
			if (height > left && at > 0) return false;
			left -= height;
			return true;
		});
		const more = all.length - cards.length;
		return { ...item, cards, count: all.length, more };
	});
}

function blockHeight(block: Block, size: number, heightOf: (card: CardValue) => number): number {
	if (block.kind === 'card') return heightOf(block.card);
	const cards = block.cards.reduce((sum, card) => sum + heightOf(card) + TRAY, TRAY);
	return cards + groupHead(block.group, size) + (block.more > 0 ? size * 1.8 : 0);
}

/** The guide card's tab: the title, how many cards, and its edges. */
const groupHead = ({ title }: GroupValue, size: number): number =>
	1.6 + Math.max(3, size) * 1.25 * linesOf(title, 24) + 3.7;

function cardHeight(
	card: CardValue,
	{ size, lines: most }: Fit,
	perLine: number,
	exercise: Exercise
): number {
	const lines = Math.min(linesOf(mainText(card, exercise), Math.max(8, perLine)), most);
	const tab = tabOf(card, exercise, false) !== null;
	return lines * size * 1.3 + (tab ? 4.2 : 0.4) + 1 + 3.7;
}
