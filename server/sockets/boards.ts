/** What of a workshop's boards is told beside their documents, gathered from rows and rooms. */
import { mainFieldOf } from '#shared/exercises/format.ts';
import type { ActionValue, CommentValue } from '#shared/doc/contents.ts';
import type { RemovedCard } from '#server/db/schema.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { Who } from '#shared/permissions.ts';
import type { AuthorKey, BoardId, CardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { LateView, LeftView } from '#shared/wire/events.ts';
import type { Plenary } from '../app.ts';
import type { StoredWorkshop } from '../store/workshops.ts';
import type { ActionRow, CommentRow, LeftRow } from '../store/notes.ts';
import { actionValue, commentValue } from '#server/workshops/telling.ts';
import type { BoardFacts, Late } from '../yjs/ports.ts';
import { readMatched, type Matched } from './matches.ts';

export type Authors = Record<AuthorKey, { participant: ParticipantId; name: string }>;

export const isAnonymous = ({ state }: StoredWorkshop, board: BoardId): boolean =>
	state.boards.find(({ id }) => id === board)?.anonymous ?? true;

/** The names behind the authors of each board that has names. */
export async function authorsOf(
	app: Plenary,
	workshop: StoredWorkshop
): Promise<Map<BoardId, Authors>> {
	const named = new Map<BoardId, Authors>();
	for (const { id, anonymous } of workshop.state.boards) if (!anonymous) named.set(id, {});
	for (const { board, key, participant, name } of await app.stores.participants.authors(
		workshop.id
	)) {
		const authors = named.get(board);
		if (authors) authors[key] = { participant, name };
	}
	return named;
}

/**
 * Who has late cards held back, as they are when `late` is asked: by name where the board has names.
 * Where it has none, by the author that the board knows, so that nobody learns whose cards these are.
 */
export async function lateViews(
	app: Plenary,
	workshop: StoredWorkshop,
	board: BoardId,
	asked: () => Promise<Late[]>
): Promise<LateView[]> {
	if (isAnonymous(workshop, board)) {
		const keys = new Map(
			(await app.stores.participants.authors(workshop.id))
				.filter((author) => author.board === board)
				.map(({ participant, key }) => [participant, key])
		);
		const late = (await asked()).flatMap(({ participant, cards }) => {
			const author = keys.get(participant);
			return author === undefined ? [] : [{ author, cards }];
		});
		return late.toSorted((a, b) => (a.author < b.author ? -1 : 1));
	}
	const seats = await app.stores.participants.seats(workshop.id);
	const names = new Map(seats.map(({ id, name }) => [id, name]));
	return (await asked()).map(({ participant, cards }) => ({
		participant,
		cards,
		...(names.has(participant) ? { name: names.get(participant)! } : {})
	}));
}

/**
 * The cards that facilitators took off a board or left outside, each with the words that it showed
 * large. What was taken away with its author before the reveal is nobody's to read until then.
 */
export async function removedCards(
	app: Plenary,
	{ exercise, state }: BoardFacts
): Promise<{ card: CardId; text: string }[]> {
	if (!state.revealed) return [];
	const removed = await app.stores.notes.removed(state.id);
	return removed.map(({ card, value }) => ({ card, text: textOf(value, exercise) }));
}

function textOf({ column, fields }: RemovedCard, exercise: Exercise): string {
	const main = mainFieldOf(exercise, column);
	const text = main && fields[main.id];
	return typeof text === 'string' ? text : '';
}

/** Rows of a workshop under the board that they belong to. */
const of = <Row extends { boardId: BoardId }>(rows: Row[], board: BoardId): Row[] =>
	rows.filter((row) => row.boardId === board);

export const commentsFor = (
	rows: CommentRow[],
	workshop: StoredWorkshop,
	board: BoardId,
	who: Who
): CommentValue[] =>
	of(rows, board).map((row) => commentValue(row, who, isAnonymous(workshop, board)));

export const actionsFor = (rows: ActionRow[], board: BoardId, who: Who): ActionValue[] =>
	of(rows, board).map((row) => actionValue(row, who));

/** What somebody's late cards said that were left out: their own words, for nobody else. */
export const leftFor = (
	rows: LeftRow[],
	board: BoardId,
	exercise: Exercise,
	author: ParticipantId
): LeftView[] =>
	of(rows, board)
		.filter(({ participant }) => participant === author)
		.map(({ card, value, at }) => ({ card, text: textOf(value, exercise), at }));

/** Everything of a workshop that is the same whoever asks. */
export interface Lists {
	comments: CommentRow[];
	actions: ActionRow[];
	left: LeftRow[];
	matched: Matched;
	exercises: { id: BoardId; exercise: Exercise }[];
}

export async function readLists(app: Plenary, workshop: WorkshopId): Promise<Lists | null> {
	const stored = await app.stored.load(workshop);
	if (!stored) return null;
	const [comments, actions, left, matched, exercises] = await Promise.all([
		app.stores.notes.comments(workshop),
		app.stores.notes.actions(workshop),
		app.stores.notes.left(workshop),
		readMatched(app, workshop),
		app.stores.workshops.exercises(workshop)
	]);
	return { comments, actions, left, matched, exercises };
}
