/** Two scales against each other: names in the cells that have room for them, and all of them in a list where one has not. */
import type { CardValue } from '#shared/doc/contents.ts';
import { middleOf } from '#shared/facilitation/tally.ts';
import type { Axis } from '#shared/facilitation/ways.ts';
import type { View } from '#shared/exercises/format.ts';
import type { ViewResult, ViewSection } from '#shared/exercises/views.ts';
import { fieldOf } from '#shared/exercises/views/cards.ts';
import type { Block, Item, ListSection, MatrixCell, Said, Scale } from '#shared/summary/model.ts';
import { clothOf } from '#shared/exercises/cloth.ts';
import { askedHow } from '../voted.ts';
import { asked, itemOf, said, votedItem, type Looking } from './items.ts';

type Matrix = Extract<Block, { kind: 'matrix' }>;
const STEPS = [1, 2, 3, 4, 5];
/** From here on a scale counts as high. */
const HIGH = 4;

/** Lines in a cell, each name taking half a line of air; and letters in a line where it is narrow. */
const ROOM = 9;
const LETTERS = 15;

/** The matrix of two fields, and all the names of each cell where one of them was too full. */
export function matrixOf(
	view: Extract<View, { type: 'matrix' }>,
	result: Extract<ViewResult, { kind: 'sections' }>,
	looking: Looking
): DrawnMatrix {
	const [x, y] = [scaleOf(view.x, looking), scaleOf(view.y, looking)];
	const placed = result.sections
		.filter(({ rest }) => !rest)
		.flatMap(({ cards }) => cards)
		.flatMap(({ card, at }): Placed[] => (at ? [{ item: itemOf(card, looking), card, at }] : []));
	const rest = result.sections.find((section) => section.rest);
	const lead = looking.words.say('export_lead_matrix');
	return drawn({ x, y, placed, rest, lead }, looking);
}

/** Where the room has placed things, each in the middle of its places. */
export function placedMatrix(sections: ViewSection[], looking: Looking): DrawnMatrix | null {
	const { voted } = looking.contents;
	if (!voted?.voting.axes) return null;
	const { axes } = voted.voting;
	const placed = sections.flatMap((section): Placed[] => {
		const places = voted.tally.places[section.target ?? ''];
		const item = votedItem(section, looking);
		return places ? [{ item, card: section.cards[0]?.card, at: middleOf(places) }] : [];
	});
	const [x, y] = [asScale(axes.x, looking), asScale(axes.y, looking)];
	const { contents, words } = looking;
	const lead = `${askedHow(contents, words)} ${words.say('export_lead_matrix')}`;
	return drawn({ x, y, placed, rest: undefined, lead }, looking);
}

/** The picture, and all the names of each cell where one of them was too full. */
interface DrawnMatrix {
	matrix: Omit<Matrix, 'id' | 'title'>;
	cells: ListSection[] | null;
}

interface Placed {
	item: Item;
	/** Itself, or a group's first; an option has none. */
	card: CardValue | undefined;
	at: { x: number; y: number };
}

function drawn(
	{
		x,
		y,
		placed,
		rest,
		lead
	}: { x: Scale; y: Scale; placed: Placed[]; rest: ViewSection | undefined; lead: string },
	looking: Looking
): DrawnMatrix {
	const { contents } = looking;
	const { columns } = contents.exercise;
	const marks = columns.length > 1;
	const named = (some: Placed[]): Item[] =>
		some.map(({ item: { card: id, text, notes, cloth }, card }) => {
			const at = columns.findIndex((column) => column.id === card?.column);
			return {
				...(id !== undefined && { card: id }),
				text,
				notes,
				cloth,
				...(marks && at >= 0 && { mark: markOf(at) })
			};
		});

	const all = STEPS.toReversed().map((row) =>
		STEPS.map((column) => ({
			x: column,
			y: row,
			best: column >= HIGH && row >= HIGH,
			items: named(placed.filter(({ at }) => at.x === column && at.y === row))
		}))
	);
	const rows = all.map((cells) => cells.map(fitted));
	const tooFull = rows.flat().some(({ more }) => more > 0);
	return {
		matrix: {
			kind: 'matrix',
			lead,
			x,
			y,
			rows,
			rest: rest
				? {
						title: said(rest.title),
						count: rest.count,
						rest: true,
						items: rest.cards.map(({ card }) => itemOf(card, looking)),
						more: 0
					}
				: null,
			key: marks
				? columns.map((column, i) => ({
						title: asked(column.title, looking),
						cloth: clothOf(contents.exercise, column.id).cloth,
						mark: markOf(i)
					}))
				: [],
			alt: altOf(all.flat(), x, y, looking)
		},
		cells: tooFull ? listOf(all.flat(), x, y) : null
	};
}

/** What tells columns apart without their colour. */
const markOf = (column: number): string => String.fromCharCode(65 + Math.max(0, column));

function fitted({ items, ...cell }: Omit<MatrixCell, 'more'>): MatrixCell {
	const shown: Item[] = [];
	let room = ROOM;
	for (const item of items) {
		room -= linesOf(item.text);
		if (room < 0) break;
		shown.push(item);
	}
	return { ...cell, items: shown, more: items.length - shown.length };
}

const WIDE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{Extended_Pictographic}]/u;

function linesOf({ text }: Said): number {
	if (text.length > ROOM * LETTERS) return ROOM + 1;
	const width = [...text].reduce((sum, letter) => sum + (WIDE.test(letter) ? 2 : 1), 0);
	return text.split('\n').length - 1 + Math.ceil(width / LETTERS) + 0.5;
}

const asScale = ({ title, low, high }: Axis, looking: Looking): Scale => ({
	title: asked(title, looking),
	low: asked(low, looking),
	high: asked(high, looking)
});

function scaleOf(id: string, looking: Looking): Scale {
	const field = fieldOf(looking.contents, id);
	const { low, high } = field?.type === 'scale' ? field : { low: '', high: '' };
	return asScale({ title: field?.title ?? '', low, high }, looking);
}

type Cell = Pick<MatrixCell, 'x' | 'y' | 'items' | 'best'>;

/** "Well known 5 · Skilled 4", the best first. */
const listOf = (cells: Cell[], x: Scale, y: Scale): ListSection[] =>
	cells
		.filter(({ items }) => items.length > 0)
		.sort((a, b) => b.x + b.y - a.x - a.y)
		.map((cell) => ({
			title: said(`${x.title.text} ${cell.x} · ${y.title.text} ${cell.y}`),
			count: cell.items.length,
			rest: false,
			items: cell.items,
			more: 0
		}));

/** How many are high on both, on one, on none; and the fullest cell. */
function altOf(cells: Cell[], x: Scale, y: Scale, { words }: Looking): string {
	const count = (of: (cell: Cell) => boolean) =>
		cells.filter(of).reduce((sum, { items }) => sum + items.length, 0);
	const names = { x: x.title.text, y: y.title.text };
	const best = cells.filter((cell) => cell.best).flatMap(({ items }) => items);
	const fullest = [...cells].sort((a, b) => b.items.length - a.items.length)[0]!;
	return [
		words.say('export_alt_matrix', {
			...names,
			cards: words.count(
				'cards',
				count(() => true)
			)
		}),
		words.say('export_alt_both', { count: best.length }),
		words.say('export_alt_x', { ...names, count: count((at) => at.x >= HIGH && !at.best) }),
		words.say('export_alt_y', { ...names, count: count((at) => at.y >= HIGH && !at.best) }),
		words.say('export_alt_neither', { count: count((at) => at.x < HIGH && at.y < HIGH) }),
		words.say('export_alt_fullest', {
			xName: names.x,
			yName: names.y,
			x: fullest.x,
			y: fullest.y,
			count: fullest.items.length
		})
	].join(' ');
}
