/** What a poll came to, as the room screen, the desk and the phones draw it. */
import type { BoardValue, Votes } from '#shared/doc/contents.ts';
import { mainText } from '#shared/doc/read.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import { cardsOf } from '#shared/exercises/views/cards.ts';
import { cloud } from '#shared/exercises/views/cloud.ts';
import type { BoardView, WorkshopView } from '#shared/facilitation/view.ts';
import { isPoll, pollOf, RATED, sameAsked, type Poll } from '#shared/facilitation/polls.ts';
import type { Option, Tally } from '#shared/facilitation/ways.ts';
import type { BoardId } from '#shared/ids.ts';

export interface Bar {
	id: string;
	title: string;
	count: number;
	/** Of the longest, from 0 to 1. */
	share: number;
}

/** How many picked which, in the order in which they were asked. */
export function handsOf(options: Option[], totals: Votes): Bar[] {
	const most = Math.max(1, ...options.map(({ id }) => totals[id] ?? 0));
	return options.map(({ id, title }) => {
		const count = totals[id] ?? 0;
		return { id, title, count, share: count / most };
	});
}

export interface Rated {
	people: number;
	mean: number;
	/** How many gave 1, 2, 3, 4, 5. */
	spread: number[];
}

/** Null while nobody has said anything. */
export function ratedOf(tally: Tally | null): Rated | null {
	const spread = tally?.spread[RATED] ?? [];
	const people = spread.reduce((sum, count) => sum + count, 0);
	const sum = spread.reduce((all, count, at) => all + count * (at + 1), 0);
	return people === 0 ? null : { people, mean: sum / people, spread };
}

export interface Word {
	text: string;
	/** How many people. */
	count: number;
	/** From 1 for what was named least to 3 for what was named most. */
	size: number;
	cards: string[];
}

/** The words of a cloud, most named first. */
export function wordsOf(exercise: Exercise, board: BoardValue): Word[] {
	const sections = cloud({ exercise, board, votes: null });
	const most = Math.max(1, ...sections.map(({ count }) => count));
	return sections.map(({ title, count, cards }) => ({
		text: title,
		count,
		size: most === 1 ? 1.6 : 1 + 2 * Math.sqrt((count - 1) / (most - 1)),
		cards: cards.map(({ card }) => card.id)
	}));
}

/** So large may a cloud's words be that all of it fits a place of that height and width. */
export function cloudScale(
	words: Pick<Word, 'text' | 'size'>[],
	{ width, height }: { width: number; height: number }
): number {
	const area = words.reduce(
		(sum, { text, size }) => sum + (text.length * 0.6 + 1.4) * size ** 2,
		0
	);
	return Math.sqrt((width * height * 0.5) / Math.max(1, area));
}

export interface Question {
	id: string;
	text: string;
	votes: number;
}

/** Most wanted first, and of equals as they came. */
export function questionsOf(exercise: Exercise, board: BoardValue, totals: Votes): Question[] {
	return cardsOf({ exercise, board })
		.map((card) => ({ id: card.id, text: mainText(card, exercise), votes: totals[card.id] ?? 0 }))
		.sort((a, b) => b.votes - a.votes);
}

type Exercises = Partial<Record<BoardId, Exercise>>;

/** What was asked in a workshop, each question once, the last one first. */
export function pollsAsked(boards: BoardView[], exercises: Exercises): Poll[] {
	const polls = boards.toReversed().flatMap((board) => pollIn(board, exercises) ?? []);
	return polls.filter((poll, at) => polls.findIndex((one) => sameAsked(one, poll)) === at);
}

/** The boards before this one that asked the same, and whose outcome the room has seen. */
export function askedEarlier(
	board: BoardView,
	view: Pick<WorkshopView, 'boards'>,
	exercises: Exercises
): BoardView[] {
	const poll = pollIn(board, exercises);
	if (!poll) return [];
	return view.boards.filter((other) => {
		if (other.phase !== 'done' || !other.votesShown || other.startedAt >= board.startedAt)
			return false;
		const asked = pollIn(other, exercises);
		return asked !== undefined && sameAsked(asked, poll);
	});
}

function pollIn(board: BoardView, exercises: Exercises): Poll | undefined {
	const exercise = exercises[board.id];
	return isPoll(board) && exercise ? pollOf(exercise) : undefined;
}
