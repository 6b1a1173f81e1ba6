/**
 * The history of a board: moments to look at, and to put it back to. What is put back is what stands
 * where, what is hidden and what facilitators took off; never a word of anybody, nor what its author
 * took back.
 */
import type { CardValue } from '#shared/doc/contents.ts';
import { boardAt } from '#shared/doc/lay.ts';
import type { Exercise, Phase } from '#shared/exercises/format.ts';
import { isFacilitator } from '#shared/facilitation/phases.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import { viewFor, type BoardView } from '#shared/facilitation/view.ts';
import {
	changesBetween,
	mayRestore,
	type MomentBoard,
	type MomentLay,
	type MomentView
} from '#shared/history.ts';
import type { AuthorKey, BoardId, CardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { Who } from '#shared/permissions.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { JournalEntry, JournalStore } from '#server/store/journal.ts';
import type { ParticipantStore } from '#server/store/participants.ts';
import type { StoredWorkshop } from '#server/store/workshops.ts';
import type { Ballots } from '#server/workshops/ballots.ts';
import type { Facilitation } from '#server/workshops/facilitation.ts';
import type { Shown } from '#server/workshops/shown.ts';
import type { Rooms } from '#server/yjs/ports.ts';
import { unpack } from './lay-bytes.ts';
import { queueOf, type Recording, type RecordingDeps } from './recording.ts';

/** What a page needs to draw any moment of a board. */
interface BoardHistory {
	workshop: { id: WorkshopId; title: string };
	board: BoardView;
	exercise: Exercise;
	/** Whether it may be put back now. */
	mayRestore: boolean;
	/** The oldest first. */
	moments: MomentView[];
	/** By author; of an anonymous board none. */
	names: Record<AuthorKey, string>;
	people: { id: ParticipantId; name: string }[];
}

/** Which board, by whose wish, and what to write into the journal. */
interface Place {
	workshop: WorkshopId;
	board: BoardId;
	who: Who;
	journal: JournalEntry;
}

export interface Histories {
	of(workshop: WorkshopId, board: BoardId, who: Who): Promise<BoardHistory | Refusal>;
	/** One moment, with the words that its cards have now. */
	moment(
		workshop: WorkshopId,
		board: BoardId,
		at: number,
		who: Who
	): Promise<MomentBoard | Refusal>;
}

export interface History extends Histories {
	/** Puts a board back; the journal is written last, so that the command can be given again. */
	restore(place: Place, at: number): Promise<true | Refusal>;
}

interface HistoryDeps extends RecordingDeps {
	recording: Recording;
	rooms: Rooms;
	participants: ParticipantStore;
	facilitation: Facilitation;
	ballots: Pick<Ballots, 'removed'>;
	shown: Shown;
	journal: JournalStore;
}

export function createHistory(deps: HistoryDeps): History {
	const { moments, workshops, recording, rooms, participants, facilitation, queues } = deps;

	async function find(
		id: WorkshopId,
		board: BoardId
	): Promise<{ workshop: StoredWorkshop; state: BoardState } | Refusal> {
		const workshop = await workshops.load(id);
		const state = workshop?.state.boards.find((one) => one.id === board);
		return workshop && state ? { workshop, state } : refuse('not-found');
	}

	/** Somebody who may look, at a board that is there. */
	const look = async (id: WorkshopId, board: BoardId, who: Who) =>
		isFacilitator(who.role) ? find(id, board) : refuse('not-allowed');

	async function views(board: BoardId): Promise<MomentView[]> {
		const all: MomentView[] = [];
		let before: MomentLay | null = null;
		for (const { at, phase, why, lay } of await moments.of(board)) {
			const now = await unpack(lay);
			const changes = before && changesBetween(before, now);
			all.push({ at, phase: phase as Phase, why, changes });
			before = now;
		}
		return all;
	}

	/** The cards that were taken off, as they would be on the board. */
	async function takenOff(workshop: WorkshopId, board: BoardId): Promise<CardValue[]> {
		const taken = await moments.takenOff(board);
		if (taken.length === 0) return [];
		const authors = await participants.authors(workshop);
		const keys = new Map(
			authors.filter((one) => one.board === board).map((one) => [one.participant, one.key])
		);
		return taken.map(({ card, participant, value: { late: _late, ...value } }) => ({
			...value,
			id: card,
			author: keys.get(participant) ?? ''
		}));
	}

	/** What restoring leads to: of what is there no more, nothing can come back. */
	const attainable = (then: MomentLay, there: Set<CardId>): MomentLay => ({
		...then,
		cards: then.cards.filter(({ id }) => there.has(id))
	});

	/** Each step looks at what there is: one that was done before is not done again. */
	async function putBack(state: BoardState, then: MomentLay, who: Who): Promise<void> {
		const { id: board } = state;
		const now = await recording.now(state);
		const there = new Set(now.cards.map(({ id }) => id));
		for (const card of then.removed)
			if (there.has(card)) await rooms.remove(board, card, 'removed', who);
		const wanted = new Set(then.cards.map(({ id }) => id));
		for (const card of now.removed) if (wanted.has(card)) await rooms.restore(board, card);
		await rooms.putBack(board, then);
	}

	async function restoreNow({ workshop: id, board, who, journal }: Place, at: number) {
		const found = await find(id, board);
		if (isRefusal(found)) return found;
		if (!mayRestore(found.state)) return refuse('wrong-phase');
		const row = await moments.at(board, at);
		if (!row) return refuse('not-found');
		const then = await unpack(row.lay);
		await recording.keep(found.state, 'restored');
		// First of all: nothing that was hidden is seen meanwhile.
		await facilitation.hide(id, board, ({ hidden }) => hiddenAt(then, hidden));
		await putBack(found.state, then, who);
		deps.shown.forget(board);
		await deps.ballots.removed(id, board);
		await deps.journal.write(journal);
		const after = await find(id, board);
		if (!isRefusal(after)) await recording.keep(after.state, 'minute');
		return true as const;
	}

	return {
		async of(id, board, who) {
			const found = await look(id, board, who);
			if (isRefusal(found)) return found;
			const { workshop, state } = found;
			const facts = await workshops.facts(board);
			if (!facts) return refuse('not-found');
			const [seats, authors] = await Promise.all([
				participants.seats(id),
				participants.authors(id)
			]);
			const { boards } = viewFor(workshop, who.role, deps.clock.now());
			const named = authors.filter((one) => one.board === board && !state.anonymous);
			return {
				workshop: { id, title: workshop.state.title },
				board: boards.find((one) => one.id === board)!,
				exercise: facts.exercise,
				mayRestore: mayRestore(state),
				moments: state.revealed ? await views(board) : [],
				names: Object.fromEntries(named.map(({ key, name }) => [key, name])),
				people: state.anonymous ? [] : seats.map(({ id: seat, name }) => ({ id: seat, name }))
			};
		},

		async moment(id, board, at, who) {
			const found = await look(id, board, who);
			if (isRefusal(found)) return found;
			const row = await moments.at(board, at);
			if (!row) return refuse('not-found');
			const then = await unpack(row.lay);
			const [{ cards }, off, now] = await Promise.all([
				rooms.read(board),
				takenOff(id, board),
				recording.now(found.state)
			]);
			const words = new Map([...off, ...cards].map((card) => [card.id, card]));
			const can = attainable(then, new Set(words.keys()));
			return {
				at,
				board: boardAt(can, [...words.values()]),
				hidden: then.hidden,
				lost: then.cards.length - can.cards.length,
				restoring: restoringOf(now, can)
			};
		},

		restore: (place, at) =>
			queues.run(place.workshop, async () => {
				await facilitation.clear(place.workshop);
				return queues.run(queueOf(place.workshop), () => restoreNow(place, at));
			})
	};
}

/** What is hidden once a moment is restored: cards that came later stay as they are. */
function hiddenAt(then: MomentLay, now: CardId[]): CardId[] {
	const known = new Set([...then.cards.map(({ id }) => id), ...then.removed]);
	return [...now.filter((card) => !known.has(card)), ...then.hidden];
}

/** What restoring changes: what came later stays. */
function restoringOf(now: MomentLay, then: MomentLay) {
	const known = new Set([...then.cards.map(({ id }) => id), ...then.removed]);
	return changesBetween(
		{
			...now,
			cards: now.cards.filter(({ id }) => known.has(id)),
			hidden: now.hidden.filter((card) => known.has(card))
		},
		then
	);
}
