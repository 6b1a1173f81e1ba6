/** A board's cards as rows, for CSV and spreadsheets: in the board's order, with all that a reader asks. */
import type { CardValue } from '#shared/doc/contents.ts';
import { byOrder } from '#shared/doc/order.ts';
import { mainText } from '#shared/doc/read.ts';
import type { Reactions } from '#shared/facilitation/reactions.ts';
import { meanPlace, standings } from '#shared/facilitation/tally.ts';
import type { Way } from '#shared/facilitation/ways.ts';
import { byTime, type BoardInput } from './input.ts';
import { roundsBefore, scoresBefore } from './voted.ts';
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
	/** How it was voted, where that was shown; its place by votes, and where it was placed (the mean). */
	voting: Way | null;
	place: number | null;
	at: { x: number; y: number } | null;
	/** What it, and its group, got in rounds before that were shown: one a line, "1 dots 8". */
	before: string;
	groupBefore: string;
	answered: { id: string; text: string } | null;
	/** The card of an earlier exercise that it is for. */
	isFor: { id: string; text: string } | null;
	/** One a line. */
	comments: string;
	reactions: Reactions;
}

/** The cards that are shown. */
export function cardRows(board: BoardInput, words: Words): CardRow[] {
	const { exercise, board: value, votes, names } = board.contents;
	const standing = standings(votes ?? {});
	const rounds = roundsBefore(board.contents, board.state.rounds);
	const way = board.contents.voted?.voting.way ?? 'dots';
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
			const source = board.contents.sources?.[card.id];
			const answered = card.answers === undefined ? undefined : cards.get(card.answers);
			return {
				card,
				column: columns.get(card.column)?.title ?? card.column,
				group: group ? group.title || words.view.untitled : '',
				text: mainText(card, exercise),
				author: names[card.author] ?? '',
				votes: votes && (votes[card.id] ?? 0),
				voting: votes && way,
				place: standing[card.id]?.place ?? null,
				at: meanPlace(board.contents.voted?.tally.places[card.id]),
				groupVotes: votes && group ? (votes[group.id] ?? 0) : null,
				before: scoresBefore(rounds, card.id),
				groupBefore: group ? scoresBefore(rounds, group.id) : '',
				answered: answered ? { id: answered.id, text: mainText(answered, exercise) } : null,
				isFor: source ? { id: source.of.card, text: source.of.text } : null,
				comments: (comments.get(card.id) ?? []).join('\n'),
				reactions: board.contents.reactions?.[card.id] ?? {}
			};
		});
}
