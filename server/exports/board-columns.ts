/** A board's columns with what lies in them, as plain text in the order in which it lies. */
import type { CardValue, CommentValue, GroupValue } from '#shared/doc/contents.ts';
import { byOrder } from '#shared/doc/order.ts';
import { mainText } from '#shared/doc/read.ts';
import type { Column } from '#shared/exercises/format.ts';
import { readableValue } from '#shared/exercises/views/cards.ts';
import { byTime, type BoardInput } from './input.ts';
import {
	countCards,
	type PrintedCard,
	type PrintedGroup,
	type PrintedItem
} from './printed-card.ts';
import { oneLine, paragraphs, type Paragraph } from './text.ts';
import { scoreOf } from './voted.ts';
import type { Words } from './words.ts';

export interface PrintedColumn {
	id: string;
	title: Paragraph;
	count: number;
	cloth: number;
	items: PrintedItem[];
}

/** Prints a column of a board. */
export function printer(
	board: BoardInput,
	words: Words
): (column: Column) => Omit<PrintedColumn, 'cloth'> {
	const { contents, comments } = board;
	const { exercise } = contents;
	const cards = contents.board.cards.filter((card) => Object.keys(card.fields).length > 0);
	const titles = new Map(exercise.columns.map((column) => [column.id, column.title]));
	const byId = new Map(cards.map((card) => [card.id, card]));
	const answersOf = Map.groupBy(cards, (card) => card.answers);
	const commentsOf = Map.groupBy(comments, (comment) => comment.card);
	const votesFor = (id: string) => scoreOf(contents, id, words)?.votes ?? null;
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
		const source = contents.sources?.[card.id];
		if (source)
			fields.push(
				source.carried
					? { title: oneLine(words.say('export_from')), value: paragraphs(source.of.title) }
					: {
							title: oneLine(words.say('export_for')),
							value: paragraphs(source.of.text, source.of.language)
						}
			);
		const target = card.answers === undefined ? undefined : byId.get(card.answers);
		return {
			kind: 'card',
			tab: tabOf(card),
			text,
			fields,
			author: author(card),
			votes: votesFor(card.id),
			reactions: words.reactions(contents.reactions?.[card.id]),
			answers: target ? oneLine(firstWords(mainText(target, exercise)), target.language) : null,
			answered: answersTo(card),
			comments: commentsOn(commentsOf.get(card.id) ?? []),
			height: null,
			part: null
		};
	}

	function tabOf(card: CardValue): Paragraph | null {
		const field = exercise.fields.find(({ id }) => id === exercise.tab);
		const value = field && readableValue(card.fields[field.id], field, contents, words.view);
		return value ? oneLine(value) : null;
	}

	function answersTo(card: CardValue): PrintedCard['answered'] {
		const answering = (answersOf.get(card.id) ?? []).toSorted(byOrder);
		return [...new Set(answering.map((one) => one.column))].map((column) => ({
			title: oneLine(titles.get(column) ?? column),
			cards: answering
				.filter((one) => one.column === column)
				.map((one) => ({
					text: paragraphs(mainText(one, exercise), one.language),
					author: author(one)
				}))
		}));
	}

	/** What stands directly in a group, or in none, in the order in which it lies. */
	function itemsIn(column: string | null, outer: GroupValue | null): PrintedItem[] {
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
			key: group.id,
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
			items
		};
	};
}

const commentsOn = (comments: CommentValue[]): PrintedCard['comments'] =>
	comments.toSorted(byTime).map((comment) => ({
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
