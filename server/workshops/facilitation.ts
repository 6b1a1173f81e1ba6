/**
 * Facilitation commands: load → step → commit → tell. State, version, the command's outcome and,
 * where one starts, the board itself are one transaction; only then the rooms hear of it, and then
 * everybody.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import type { Clock } from '#shared/clock.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { FacilitationCommand } from '#shared/facilitation/commands.ts';
import { isPoll } from '#shared/facilitation/polls.ts';
import { mayGive, type Who } from '#shared/permissions.ts';
import type { BoardState, WorkshopState } from '#shared/facilitation/state.ts';
import { step } from '#shared/facilitation/step.ts';
import { isUndoable, remembering } from '#shared/facilitation/undo.ts';
import { seatedAt, tableOf } from '#shared/facilitation/tables.ts';
import type { BoardId, CardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import { isRefusal, refuse } from '#shared/refusals.ts';
import type { Outcome } from '#shared/wire/events.ts';
import { aboutFacilitation, accountOf, type Audit } from './audit.ts';
import type { Ballots } from './ballots.ts';
import { freshCode, retiredUntil } from '#server/doors/codes.ts';
import type { Exercises } from '#server/exercises/exercises.ts';
import { bringAlong, exercisesFor } from '#server/exercises/for-command.ts';
import type { News } from '#server/news.ts';
import { no } from './outcomes.ts';
import type { Seating } from './seating.ts';
import type {
	BoardRow,
	Change,
	Committed,
	StoredWorkshop,
	WorkshopStore
} from '#server/store/workshops.ts';
import type { VoteStore } from '#server/store/votes.ts';
import { startedSince, takenBack, type TakenBack } from './taking-back.ts';
import { shownResult } from './tallies.ts';
import type { StoredWorkshops } from './stored-workshops.ts';
import type { Rooms } from '#server/yjs/ports.ts';

/** Who goes on where nobody has pressed. */
export const BY_CLOCK: Who = { role: 'facilitator', account: 'the clock' };

export interface Facilitation {
	/**
	 * Where the answer to a commit was lost, finds out what became of it: before anything else is
	 * done with the workshop, in its queue.
	 */
	clear(workshop: WorkshopId): Promise<void>;
	/**
	 * Makes other cards of a board the hidden ones, for a history that is put back. In the workshop's
	 * queue.
	 */
	hide(
		workshop: WorkshopId,
		board: BoardId,
		hidden: (board: BoardState) => CardId[]
	): Promise<void>;
	/** Who has come since gets a seat, where the room is split. In the workshop's queue. */
	seat(workshop: WorkshopId, came: ReadonlySet<ParticipantId>): Promise<void>;
	/** Who has gone has none. In the workshop's queue. */
	unseat(workshop: WorkshopId, person: ParticipantId): Promise<void>;
	/** Runs in the workshop's queue. */
	apply(
		workshop: WorkshopId,
		who: Who,
		command: FacilitationCommand,
		how: { entry: string; version: number | undefined }
	): Promise<Outcome>;
}

interface FacilitationDeps {
	store: WorkshopStore;
	votes: VoteStore;
	workshops: StoredWorkshops;
	ballots: Ballots;
	seating: Seating;
	exercises: Pick<Exercises, 'finder' | 'bringTo'>;
	rooms: Rooms;
	audit: Audit;
	news: News;
	clock: Clock;
	ids: () => string;
	log: Logger;
}

export function createFacilitation(deps: FacilitationDeps): Facilitation {
	const { store, workshops, ballots, rooms, audit, news, clock, ids, log } = deps;

	/** The board that a `start`, a `collect` or an `ask` makes: with its exercise as it is now, and a history of its own. */
	async function boardRow(
		workshop: WorkshopId,
		state: BoardState,
		exercise: Exercise | undefined,
		now: number
	): Promise<BoardRow | null> {
		if (!exercise || (await store.board(state.id))) return null;
		return { id: state.id, workshopId: workshop, exercise, epoch: ids(), createdAt: now };
	}

	/** The rooms take the new state on. It is committed: what fails here is theirs to mend. */
	async function adopt(before: WorkshopState, after: StoredWorkshop): Promise<void> {
		const statusChanged = before.status !== after.state.status;
		const known = new Set(before.boards);
		for (const board of after.state.boards) {
			if (known.has(board) && !statusChanged) continue;
			try {
				const facts = await workshops.facts(board.id);
				if (facts) await rooms.adopt(facts);
			} catch (error) {
				log.error({ err: error, board: board.id }, 'a room did not take on its new state');
			}
		}
	}

	async function tellTotals(before: WorkshopState, after: StoredWorkshop): Promise<void> {
		for (const board of after.state.boards) {
			const was = before.boards.find(({ id }) => id === board.id);
			const isOther = was !== undefined && was.round !== board.round;
			if (isOther) news.tell({ kind: 'round', workshop: after.id, board: board.id });
			if ((was?.votesShown ?? false) === board.votesShown && !isOther) continue;
			const result = await shownResult(deps.votes, after.state, board);
			const { totals = null, tally = null } = result ?? {};
			news.tell({ kind: 'totals', workshop: after.id, board: board.id, totals, tally });
			// Whoever facilitates goes on seeing what a poll comes to.
			if (!board.votesShown && isPoll(board))
				news.tell({ kind: 'cast', workshop: after.id, board: board.id });
		}
	}

	/** What was taken away with its author while writing was private is told from the reveal on. */
	function tellRemoved(before: WorkshopState, after: StoredWorkshop): void {
		for (const { id: board, revealed } of after.state.boards) {
			const was = before.boards.find(({ id }) => id === board)?.revealed ?? revealed;
			if (revealed && !was) news.tell({ kind: 'removed', workshop: after.id, board });
		}
	}

	/** What follows a commit: the rooms first, then everybody. */
	async function spread(before: StoredWorkshop, after: StoredWorkshop): Promise<void> {
		const started = startedSince(before.state, after.state);
		await adopt(before.state, after);
		news.tell({ kind: 'state', workshop: after, ...(started ? { started: started.id } : {}) });
		await tellTotals(before.state, after);
		tellRemoved(before.state, after);
		ballots.watch(after);
	}

	/** Workshops of which a commit failed, as they were before it: it may have been carried out. */
	const doubtful = new Map<WorkshopId, StoredWorkshop>();

	/** Where somebody else writes this database, it is loaded again by whoever is next. */
	async function commit(
		before: StoredWorkshop,
		after: StoredWorkshop,
		change: Change
	): Promise<Committed> {
		const committed = await store.commit(change).catch((error: unknown) => {
			workshops.forget(before.id);
			doubtful.set(before.id, before);
			throw error;
		});
		if (committed === 'committed') workshops.replace(after);
		else if (committed === 'moved-on') workshops.forget(before.id);
		return committed;
	}

	/**
	 * Without a command: what follows from something else. Where the version stays, whoever decides
	 * something meanwhile has decided it on this state.
	 */
	async function amend(
		id: WorkshopId,
		amended: (state: WorkshopState) => WorkshopState | Promise<WorkshopState>,
		{ versionStays = false } = {}
	): Promise<void> {
		const before = await workshops.load(id);
		const state = before && (await amended(before.state));
		if (!before || !state || state === before.state) return;
		const version = versionStays ? before.version : before.version + 1;
		const next = { ...before, state, version };
		const change = { workshop: id, from: before.version, version, state };
		if ((await commit(before, next, change)) !== 'committed')
			throw new Error(`Workshop ${id} was changed by somebody else`);
		await spread(before, next);
	}

	/** What a command leads to, committed and told. `back`: how it was before what is taken back. */
	async function carryOut(
		workshop: StoredWorkshop,
		who: Who,
		asked: FacilitationCommand,
		{ entry, now, back }: { entry: string; now: number; back?: TakenBack }
	): Promise<Outcome> {
		const { id } = workshop;
		const exerciseOf = await exercisesFor(deps, workshop, asked);
		const stepped = back?.state ?? step(workshop.state, asked, who, now, exerciseOf);
		if (isRefusal(stepped)) return no(stepped, workshop.version);
		const steps = { before: workshop.state, after: stepped, since: back?.at };
		const seated = await deps.seating.settle(id, steps, asked);
		if (isRefusal(seated)) return no(seated, workshop.version);

		const started = startedSince(workshop.state, seated);
		const row = started && (await boardRow(id, started, exerciseOf(started.exercise), now));
		if (started && !row) return no(refuse('already-run'), workshop.version);
		const version = workshop.version + 1;
		const known = remembering(workshop.state, seated, asked, version);
		const { state, votesBack } = await ballots.settle(workshop.state, known);

		const code = asked.type === 'change-code' ? await freshCode(store, now) : workshop.code;
		const next: StoredWorkshop = { ...workshop, code, state, version };
		const outcome: Outcome = { ok: true, version, ...boardOf(started) };
		const change: Change = {
			workshop: id,
			from: workshop.version,
			version,
			state,
			journal: { workshopId: id, id: entry, outcome, at: now },
			audit: audit.row({
				workshop: id,
				account: who === BY_CLOCK ? null : accountOf(who),
				deed: asked.type,
				about: aboutFacilitation(asked, state)
			}),
			...(code === workshop.code
				? {}
				: { code: { code, old: workshop.code, until: retiredUntil(now) } }),
			...(row ? { board: row } : {}),
			...(votesBack ? { votesBack } : {}),
			...(isUndoable(asked, workshop.state)
				? {
						former: {
							workshopId: id,
							version,
							deed: asked.type,
							state: workshop.state,
							at: now
						}
					}
				: {}),
			...(back ? { undoes: back.undoes } : {})
		};
		const became = await commit(workshop, next, change);
		if (became === 'already-written') return no(refuse(became), workshop.version);
		if (became === 'moved-on') return no(refuse(became));
		await spread(workshop, next);
		if (votesBack) await ballots.tellReturned(next, votesBack);
		return outcome;
	}

	return {
		async clear(id) {
			const before = doubtful.get(id);
			if (!before) return;
			workshops.forget(id);
			const now = await workshops.load(id);
			doubtful.delete(id);
			if (now && !isDeepStrictEqual(now.state, before.state)) await spread(before, now);
		},
		hide: (id, board, hidden) =>
			amend(id, (state) => {
				const boards = state.boards.map((one) =>
					one.id === board ? { ...one, hidden: hidden(one) } : one
				);
				if (JSON.stringify(boards) === JSON.stringify(state.boards)) return state;
				// Taking back what came before would show again what is hidden now.
				return { ...state, boards, past: [] };
			}),
		seat: (id, came) =>
			amend(id, (state) => deps.seating.withNewcomers(id, state, came), { versionStays: true }),
		async unseat(id, person) {
			await store.unseatFormer(id, person);
			await amend(id, (state) =>
				tableOf(state.tables, person)
					? { ...state, tables: seatedAt(state.tables ?? [], person, null) }
					: state
			);
		},
		async apply(id, who, command, { entry, version: decidedOn }) {
			const workshop = await workshops.load(id);
			if (!workshop) return no(refuse('not-found'));
			if (decidedOn !== undefined && decidedOn !== workshop.version)
				return no(refuse('moved-on'), workshop.version);

			const now = clock.now();
			const asked: FacilitationCommand =
				command.type === 'start' || command.type === 'ask' || command.type === 'collect'
					? { ...command, board: command.board ?? ids() }
					: command;
			const brought = await bringAlong(deps, workshop, { who, command: asked }, (exerciseOf) => {
				const stepped = step(workshop.state, asked, who, now, exerciseOf);
				return isRefusal(stepped) ? stepped : null;
			});
			if (isRefusal(brought)) return no(brought, workshop.version);
			if (asked.type !== 'undo') return carryOut(workshop, who, asked, { entry, now });
			// Taken back, a deed is done by who takes it back.
			const deed = workshop.state.past.at(-1)?.deed;
			if (deed && !mayGive(who, deed)) return no(refuse('not-allowed'), workshop.version);
			const back = await takenBack(deps, workshop, now);
			if (isRefusal(back)) return no(back, workshop.version);
			try {
				return await carryOut(workshop, who, asked, { entry, now, back });
			} finally {
				back.reopen();
			}
		}
	};
}

const boardOf = (started: BoardState | undefined): { board?: BoardId } =>
	started ? { board: started.id } : {};
