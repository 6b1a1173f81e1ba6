/**
 * Erasing a person: their name, cards, comments, votes and the actions that they wrote, from the
 * tables, the boards' documents and the log of these. What stays is a seat without a name or a way
 * in, whose random id the history of the documents needs.
 */
import type { Logger } from 'pino';
import type { Clock } from '#shared/clock.ts';
import type { CardValue } from '#shared/doc/contents.ts';
import { mainText } from '#shared/doc/read.ts';
import { keyOf } from '#shared/earlier.ts';
import type { BoardId, CardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import { refuse, type Refusal } from '#shared/refusals.ts';
import type { Erasing } from '#server/db/cleaning.ts';
import { eraseFromMoments } from '#server/history/erasing.ts';
import type { News } from '#server/news.ts';
import type { Shown } from './shown.ts';
import { tellBallots } from './telling-ballots.ts';
import type { Erased, ErasureStore, IsCopy } from '#server/store/erasure.ts';
import type { Queues } from '#server/queues.ts';
import type { MomentStore } from '#server/store/moments.ts';
import type { ParticipantStore } from '#server/store/participants.ts';
import type { StoredWorkshop, WorkshopStore } from '#server/store/workshops.ts';
import type { StoredWorkshops } from './stored-workshops.ts';
import type { Rooms } from '#server/yjs/ports.ts';

export interface Erasure {
	/** Somebody who has been sent away already. Where it failed, it can be done again. */
	person(workshop: WorkshopId, participant: ParticipantId): Promise<true | Refusal>;
}

interface ErasureDeps {
	store: ErasureStore;
	exercises: WorkshopStore['exercises'];
	moments: MomentStore;
	queues: Queues;
	participants: ParticipantStore;
	workshops: StoredWorkshops;
	rooms: Pick<Rooms, 'erase' | 'eraseCopies' | 'notebook' | 'notebooks'>;
	shown: Shown;
	erasing: Erasing;
	news: News;
	clock: Clock;
	log: Logger;
}

export function createErasure(deps: ErasureDeps): Erasure {
	const { store, participants, workshops, rooms, shown, erasing, news, clock, log } = deps;

	async function tell(workshop: StoredWorkshop, board: BoardId, erased: Erased): Promise<void> {
		const { id, state } = workshop;
		shown.forget(board);
		news.tell({ kind: 'removed', workshop: id, board });
		for (const comment of erased.comments)
			news.tell({ kind: 'comment-removed', workshop: id, board, comment });
		if (erased.reacted.length > 0)
			news.tell({ kind: 'reactions', workshop: id, board, cards: erased.reacted });
		for (const action of erased.actions.gone)
			news.tell({ kind: 'action-removed', workshop: id, board, action });
		for (const action of erased.actions.changed)
			news.tell({ kind: 'action', workshop: id, board, action });
		const now = state.boards.find((one) => one.id === board);
		if (!now) return;
		await tellBallots(deps, { workshop: id, board, voters: erased.voters });
		news.tell({ kind: 'cast', workshop: id, board });
	}

	/**
	 * Whether a card was carried over from one that they wrote, or from such a copy, and still says
	 * what that says.
	 */
	async function copies(workshop: WorkshopId, boards: BoardId[], person: ParticipantId) {
		const exercises = new Map(
			(await deps.exercises(workshop)).map(({ id, exercise }) => [id, exercise])
		);
		const words = (board: BoardId, card: Pick<CardValue, 'column' | 'fields'>) => {
			const exercise = exercises.get(board);
			return exercise ? mainText(card, exercise).trim() : '';
		};
		const said = new Map<string, string>();
		for (const board of boards)
			for (const card of await rooms.notebook(board, person))
				said.set(keyOf({ board, card: card.id }), words(board, card));
		for (const { board, id, card } of await store.removedOf(person))
			said.set(keyOf({ board, card: id }), words(board, card));
		const isCopy: IsCopy = (board, card) => {
			const was = card.from && said.get(keyOf(card.from));
			return was !== undefined && was !== '' && was === words(board, card);
		};
		const all = await store.removedIn(workshop);
		for (const board of exercises.keys())
			for (const card of await rooms.notebooks(board)) all.push({ board, id: card.id, card });
		let before: number;
		do {
			before = said.size;
			for (const { board, id, card } of all)
				if (isCopy(board, card)) said.set(keyOf({ board, card: id }), words(board, card));
		} while (said.size > before);
		return isCopy;
	}

	/**
	 * Takes away what was carried over from their cards, the last board first: where this is broken
	 * off, what is left can be found again from what stands before it. Answers the ids by board.
	 */
	async function eraseCopies(workshop: StoredWorkshop, isCopy: IsCopy) {
		const gone = new Map<BoardId, CardId[]>();
		for (const { id: board } of workshop.state.boards.toReversed())
			gone.set(board, [
				...(await store.removedCopies(board, isCopy)),
				...(await rooms.eraseCopies(board, (card) => isCopy(board, card)))
			]);
		return gone;
	}

	return {
		async person(id, participant) {
			const workshop = await workshops.load(id);
			if (!workshop) return refuse('not-found');
			const person = await participants.byId(participant);
			if (person?.workshopId !== id || person.accountId !== null) return refuse('no-such-person');

			const erased = await erasing(async () => {
				const theirs = await store.boardsOf(participant);
				// First, while it can be told what they said: once they have no card there, no copy is left.
				const cards =
					workshop.state.boards.length > 1
						? await eraseCopies(workshop, await copies(id, theirs, participant))
						: new Map<BoardId, CardId[]>();
				for (const board of theirs)
					cards.set(board, [
						...(cards.get(board) ?? []),
						...(await rooms.erase(board, participant))
					]);
				const { name } = person;
				const from = { id: participant, name, workshop: id };
				const gone = await store.person(from, cards, clock.now());
				await eraseFromMoments(deps, id, cards);
				return gone;
			});
			for (const [board, what] of erased) await tell(workshop, board, what);
			log.info({ workshop: id, person: participant }, 'erased');
			return true;
		}
	};
}
