/** What an author is asked about their cards, and says to it: on a phone, or with an account. */
import * as v from 'valibot';
import type { CardValue } from '#shared/doc/contents.ts';
import { mainText } from '#shared/doc/read.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import { ANSWERS, foundBy, type AskedIdea } from '#shared/ideas.ts';
import { idSchema, type BoardId, type WorkshopId } from '#shared/ids.ts';
import { refuse } from '#shared/refusals.ts';
import type { IdeaRow } from '#server/store/ideas.ts';
import { copyOf } from './idea-copy.ts';
import type { Ideas, IdeasDeps } from './ideas.ts';

const answerSchema = v.strictObject({ idea: idSchema, answer: v.picklist(ANSWERS) });

export function createIdeaAnswers(deps: IdeasDeps): Pick<Ideas, 'mine' | 'answer'> {
	const { ideas, store, workshops, participants, rooms, clock } = deps;

	/** What stands on the boards of some rows now; each board is read once. */
	function reader() {
		const read = new Map<BoardId, ReturnType<typeof boardOf>>();
		return async ({ workshopId, boardId, cardId }: IdeaRow) => {
			if (workshopId === null) return null;
			if (!read.has(boardId)) read.set(boardId, boardOf(workshopId, boardId));
			const there = await read.get(boardId)!;
			const card = there?.cards.find(({ id }) => id === cardId);
			return there && card ? { ...there, card } : null;
		};
	}

	async function boardOf(workshopId: WorkshopId, boardId: BoardId) {
		const workshop = await workshops.load(workshopId);
		const board = workshop?.state.boards.find(({ id }) => id === boardId);
		const exercise = board && (await store.board(boardId))?.exercise;
		if (!workshop || !board || !exercise) return null;
		const { cards } = await rooms.read(boardId);
		return { workshop: workshop.state, board, exercise, cards };
	}

	return {
		async mine(author, workshop) {
			const rows = await ideas.ofAuthor(author);
			const nowOf = reader();
			const told = rows
				.filter(({ workshopId }) => workshop === undefined || workshopId === workshop)
				.map(async (row) => asked(row, await nowOf(row)));
			return (await Promise.all(told)).flat();
		},

		async answer(author, given) {
			const form = v.safeParse(answerSchema, given);
			if (!form.success) return refuse('malformed', v.summarize(form.issues));
			const { idea: id, answer } = form.output;
			const row = (await ideas.ofAuthor(author)).find((one) => one.id === id);
			const person = row?.participantId ?? null;
			if (!row || person === null) return refuse('not-found');
			const answeredAt = clock.now();
			if (answer === 'no') {
				const declined = { consent: 'declined', idea: null, found: '', answeredAt } as const;
				return (await ideas.answer(id, person, declined)) || refuse('not-found');
			}
			const now = await reader()(row);
			// What was kept stays what it was: somebody may have looked at it and published it. A name
			// can be taken off it also where the card is gone.
			const kept = row.idea ?? (now && copyOf(now, null));
			if (!kept) return refuse('no-such-card');
			const name = (await participants.byId(person))?.name ?? '';
			const isNamed = answer === 'named' && now?.board.anonymous === false && name !== '';
			const { author: _, ...unnamed } = kept;
			const idea = isNamed ? { ...unnamed, author: name } : unnamed;
			const agreed = { consent: 'agreed', idea, found: foundBy(idea), answeredAt } as const;
			return (await ideas.answer(id, person, agreed)) || refuse('not-found');
		}
	};
}

/** As its author is told; nothing where the card is gone, and was not kept. */
function asked(
	{ id, consent, idea }: IdeaRow,
	now: { card: CardValue; exercise: Exercise; board: BoardState } | null
): AskedIdea[] {
	const text = idea?.text ?? (now && mainText(now.card, now.exercise));
	if (!text) return [];
	const yes = idea?.author === undefined ? 'unnamed' : 'named';
	const answer = consent === 'asked' ? null : idea ? yes : 'no';
	const anonymous = now?.board.anonymous ?? true;
	return [{ id, text, board: now?.board.title ?? idea?.exercise.title ?? '', answer, anonymous }];
}
