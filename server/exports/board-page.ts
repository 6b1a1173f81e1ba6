/** A board as it looked, as the plain value that `templates/board.typ` sets: text, order and numbers, no look. */
import type { CardValue, CommentValue, GroupValue } from '#shared/doc/contents.ts';
import { byOrder } from '#shared/doc/order.ts';
import { mainText } from '#shared/doc/read.ts';
import type { Column } from '#shared/exercises/format.ts';
import { readableValue } from '#shared/exercises/views/cards.ts';
import { actionRows, factsOf, frontOf, type ActionRow, type Front } from './front.ts';
import { byTime, type BoardInput, type ExportInput } from './input.ts';
import { clean, oneLine, paragraphs, type Paragraph } from './text.ts';
import type { Words } from './words.ts';

interface PrintedCard {
	kind: 'card';
	/** What links to it use. */
	label: string;
	tab: Paragraph | null;
	text: Paragraph[];
	fields: { title: Paragraph; value: Paragraph[] }[];
	author: Paragraph | null;
	votes: string | null;
	/** The card that it answers: its first words, and where it stands. */
	answers: { to: string; text: Paragraph } | null;
	/** The cards that answer it, whole, under the title of their column. */
	answered: {
		title: Paragraph;
		cards: { to: string; text: Paragraph[]; author: Paragraph | null }[];
	}[];
	comments: { name: Paragraph | null; text: Paragraph[] }[];
	/** Perhaps taller than a page: then it may be divided. */
	long: boolean;
}
interface PrintedGroup {
	kind: 'group';
	title: Paragraph;
	count: string;
	votes: string | null;
	items: (PrintedCard | PrintedGroup)[];
}
interface PrintedColumn {
	id: string;
	title: Paragraph;
	count: number;
	cloth: number;
	items: (PrintedCard | PrintedGroup)[];
}
interface BoardPage {
	front: Front;
	landscape: boolean;
	/** Columns that stand side by side; the widest band decides the width of all. */
	across: number;
	bands: { set: Paragraph | null; columns: PrintedColumn[] }[];
	actions: { title: string; head: string[]; rows: ActionRow[] } | null;
	noCards: string;
	answersWord: string;
}

/** How many columns a sheet takes side by side: two upright, three across. */
const WIDEST = 3;

/** One board, ready to be set. */
export function boardPage(
	input: ExportInput,
	board: BoardInput,
	words: Words,
	now: number
): BoardPage {
	const print = printer(board, words);
	const bands = bandsOf(board.contents.exercise.columns).map(({ set, columns }) => ({
		set: set === null ? null : oneLine(set),
		columns: columns.map(print)
	}));
	const across = Math.max(...bands.map((band) => band.columns.length));
	const rows = actionRows(board, words);
	return {
		front: {
			...frontOf(input, words, now),
			title: oneLine(board.contents.exercise.title),
			over: oneLine(input.workshop.title),
			document: clean(`${input.workshop.title}: ${board.contents.exercise.title}`),
			facts: factsOf(board, words)
		},
		landscape: across === WIDEST,
		across,
		bands,
		actions:
			rows.length === 0
				? null
				: {
						title: words.say('export_actions'),
						head: [words.say('export_what'), words.say('export_who'), words.say('export_when')],
						rows
					},
		noCards: words.say('export_no_cards'),
		answersWord: words.say('export_answers')
	};
}

/** Columns of one set together, at most three side by side, as even as can be. */
function bandsOf(columns: Column[]): { set: string | null; columns: Column[] }[] {
	const sets: { set: string | null; columns: Column[] }[] = [];
	for (const column of columns) {
		const last = sets.at(-1);
		if (last && last.set === (column.set ?? null)) last.columns.push(column);
		else sets.push({ set: column.set ?? null, columns: [column] });
	}
	return sets.flatMap(({ set, columns }) => {
		const bands = Math.ceil(columns.length / WIDEST);
		const size = Math.ceil(columns.length / bands);
		return Array.from({ length: bands }, (_, i) => ({
			set: i === 0 ? set : null,
			columns: columns.slice(i * size, (i + 1) * size)
		}));
	});
}

/** Cloths go to columns in their order; what is called "other" is always plain buckram (0). */
export const clothOf = (column: Column, index: number): number =>
	/^others?$/.test(column.id) ? 0 : (index % 6) + 1;

function printer(board: BoardInput, words: Words): (column: Column) => PrintedColumn {
	const { contents, comments } = board;
	const { exercise, votes } = contents;
	const cards = contents.board.cards.filter((card) => Object.keys(card.fields).length > 0);
	const labels = new Map(cards.map((card, i) => [card.id, `card-${i + 1}`]));
	const titles = new Map(exercise.columns.map((column) => [column.id, column.title]));
	const byId = new Map(cards.map((card) => [card.id, card]));
	const votesFor = (id: string) => (votes?.[id] ? words.count('votes', votes[id]) : null);
	const author = (card: CardValue) => {
		const name = contents.names[card.author];
		return name ? oneLine(name) : null;
	};

	function printCard(card: CardValue): PrintedCard {
		const main = mainText(card, exercise);
		const text = paragraphs(main, card.language);
		const fields = exercise.fields.flatMap((field) => {
			const value = card.fields[field.id];
			if (value === undefined || field.id === exercise.tab || (field.main && value === main))
				return [];
			const shown = readableValue(value, field, contents, words.view);
			return shown
				? [{ title: oneLine(field.title), value: paragraphs(shown, card.language) }]
				: [];
		});
		const target = card.answers === undefined ? undefined : byId.get(card.answers);
		const printed: PrintedCard = {
			kind: 'card',
			label: labels.get(card.id)!,
			tab: tabOf(card),
			text,
			fields,
			author: author(card),
			votes: votesFor(card.id),
			answers: target
				? {
						to: labels.get(target.id)!,
						text: oneLine(firstWords(mainText(target, exercise)), target.language)
					}
				: null,
			answered: answersTo(card),
			comments: commentsOn(card, comments),
			long: false
		};
		return { ...printed, long: linesOf(printed) > 18 };
	}

	function tabOf(card: CardValue): Paragraph | null {
		const field = exercise.fields.find(({ id }) => id === exercise.tab);
		const value = field && readableValue(card.fields[field.id], field, contents, words.view);
		return value ? oneLine(value) : null;
	}

	function answersTo(card: CardValue): PrintedCard['answered'] {
		const answering = cards.filter((one) => one.answers === card.id).sort(byOrder);
		return [...new Set(answering.map((one) => one.column))].map((column) => ({
			title: oneLine(titles.get(column) ?? column),
			cards: answering
				.filter((one) => one.column === column)
				.map((one) => ({
					to: labels.get(one.id)!,
					text: paragraphs(mainText(one, exercise), one.language),
					author: author(one)
				}))
		}));
	}

	/** What stands directly in a group, or in none, in the order in which it lies. */
	function itemsIn(column: string | null, outer: GroupValue | null): PrintedColumn['items'] {
		const known = new Set(contents.board.groups.map((group) => group.id));
		const here = (one: { column: string; group?: string }) =>
			outer
				? one.group === outer.id
				: one.column === column && (one.group === undefined || !known.has(one.group));
		const lying = [
			...contents.board.groups.filter(here).map((group) => ({ group, at: group })),
			...cards.filter(here).map((card) => ({ card, at: card }))
		].sort((a, b) => byOrder(a.at, b.at));
		return lying.map((one) => ('card' in one ? printCard(one.card) : printGroup(one.group)));
	}

	function printGroup(group: GroupValue): PrintedGroup {
		const items = itemsIn(null, group);
		const same = group.kind === 'same' ? words.say('export_same') : words.view.untitled;
		const title = group.title.trim() || same;
		return {
			kind: 'group',
			title: oneLine(title),
			count: words.count('cards', countCards(items)),
			votes: votesFor(group.id),
			items
		};
	}

	return (column) => {
		const items = itemsIn(column.id, null);
		return {
			id: column.id,
			title: oneLine(column.title),
			count: countCards(items),
			cloth: clothOf(column, exercise.columns.indexOf(column)),
			items
		};
	};
}

const countCards = (items: (PrintedCard | PrintedGroup)[]): number =>
	items.reduce((sum, item) => sum + (item.kind === 'card' ? 1 : countCards(item.items)), 0);

const commentsOn = (card: CardValue, comments: CommentValue[]): PrintedCard['comments'] =>
	comments
		.filter((comment) => comment.card === card.id)
		.sort(byTime)
		.map((comment) => ({
			name: comment.name ? oneLine(comment.name) : null,
			text: paragraphs(comment.text)
		}));

/** Enough of a card to know it again; the card itself stands elsewhere, whole. */
function firstWords(text: string): string {
	const line = text.replace(/\s+/gu, ' ').trim();
	if (line.length <= 90) return line;
	const cut = line
		.slice(0, 80)
		.toWellFormed()
		.replace(/\ufffd$/, '');
	return `${cut.replace(/\s+\S{0,20}$/u, '')} …`;
}

/** Roughly how many lines a card takes, never too few. */
function linesOf(card: PrintedCard): number {
	const lines = (all: Paragraph[]) =>
		all.reduce((sum, { t }) => sum + 1 + Math.floor(Buffer.byteLength(t) / 45), 0);
	return (
		lines(card.text) +
		card.fields.reduce((sum, field) => sum + 1 + lines(field.value), 0) +
		card.answered.flatMap((one) => one.cards).reduce((sum, one) => sum + 2 + lines(one.text), 0) +
		card.comments.reduce((sum, comment) => sum + 1 + lines(comment.text), 0) +
		3
	);
}
