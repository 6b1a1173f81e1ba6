/** A board's cards as rows, for CSV and spreadsheets: in the board's order, with all that a reader asks. */
import type { CardValue } from '#shared/doc/contents.ts';
import { byOrder } from '#shared/doc/order.ts';
import { mainText } from '#shared/doc/read.ts';
import { byTime, type BoardInput } from './input.ts';
import type { Words } from './words.ts';

export interface CardRow {
	card: CardValue;
	/** Titles; empty where it stands in no group. */
	column: string;
	group: string;
	/** The main field. */
	text: string;
	/** Empty where nobody is named. */
	author: string;
	/** Null until they are shown; of the group, also where there is none. */
	votes: number | null;
	groupVotes: number | null;
	answered: { id: string; text: string } | null;
	/** One a line. */
	comments: string;
}

/** The cards that are shown. */
export function cardRows(board: BoardInput, words: Words): CardRow[] {
	const { exercise, board: value, votes, names } = board.contents;
	const columns = new Map(exercise.columns.map(({ id, title }, at) => [id, { title, at }]));
	const place = ({ column }: CardValue) => columns.get(column)?.at ?? columns.size;
	const groups = new Map(value.groups.map((group) => [group.id, group]));
	const cards = new Map(value.cards.map((card) => [card.id, card]));
	const comments = new Map<string, string[]>();
	for (const { card, name, text } of [...board.comments].sort(byTime))
		comments.set(card, [...(comments.get(card) ?? []), name ? `${name}: ${text}` : text]);

	return [...value.cards]
		.sort((a, b) => place(a) - place(b) || byOrder(a, b))
		.map((card) => {
			const group = card.group === undefined ? undefined : groups.get(card.group);
			const answered = card.answers === undefined ? undefined : cards.get(card.answers);
			return {
				card,
				column: columns.get(card.column)?.title ?? card.column,
				group: group ? group.title || words.view.untitled : '',
				text: mainText(card, exercise),
				author: names[card.author] ?? '',
				votes: votes && (votes[card.id] ?? 0),
				groupVotes: votes && group ? (votes[group.id] ?? 0) : null,
				answered: answered ? { id: answered.id, text: mainText(answered, exercise) } : null,
				comments: (comments.get(card.id) ?? []).join('\n')
			};
		});
}
