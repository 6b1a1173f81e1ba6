/**
 * Keeps how a board lies, as it is committed: when a phase begins, and a minute after something was
 * arranged, hidden or taken off. In a queue of the workshop's history, where nobody's command waits
 * for it; who puts a board back, or erases somebody, takes a turn there too: so no moment is of the
 * middle of that, and nobody who was erased is written down by a reading that began before.
 */
import type { Logger } from 'pino';
import type { Clock } from '#shared/clock.ts';
import type { Phase } from '#shared/exercises/format.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import type { MomentLay, Why } from '#shared/history.ts';
import type { BoardId, CardId, WorkshopId } from '#shared/ids.ts';
import { reasonOf } from '#server/faults.ts';
import type { News } from '#server/news.ts';
import type { Queues } from '#server/queues.ts';
import type { MomentStore } from '#server/store/moments.ts';
import type { StoredWorkshop } from '#server/store/workshops.ts';
import type { StoredWorkshops } from '#server/workshops/stored-workshops.ts';
import type { Rooms } from '#server/yjs/ports.ts';
import { isSameLay, pack, unpack } from './lay-bytes.ts';

const MINUTE = 60_000;
/** So many moments a board keeps: five hours without a quiet minute. */
export const MOST_MOMENTS = 300;

/** What is done to the history of a workshop is done one after the other, under this key. */
export const queueOf = (workshop: WorkshopId): string => `${workshop}/history`;

/** A board as it was told last. */
type Seen = Pick<BoardState, 'phase' | 'revealed' | 'hidden'>;

export interface Recording {
	/** How the board lies now, with what is hidden and taken off. */
	now(state: Pick<BoardState, 'id' | 'hidden'>): Promise<MomentLay>;
	/** Keeps the present, in the history's queue; where it is kept already, only as a phase's beginning. */
	keep(state: Pick<BoardState, 'id' | 'phase' | 'hidden'>, why: Why): Promise<void>;
	/** Boards that may have changed while nobody looked: after a restart. */
	watch(workshop: StoredWorkshop): void;
	stop(): void;
}

export interface RecordingDeps {
	moments: MomentStore;
	workshops: StoredWorkshops;
	rooms: Pick<Rooms, 'lay'>;
	queues: Queues;
	news: News;
	clock: Clock;
	log: Logger;
}

export function createRecording(deps: RecordingDeps): Recording {
	const { moments, workshops, rooms, queues, news, clock, log } = deps;
	/** Boards that have changed, each with how to take its minute back. */
	const due = new Map<BoardId, () => void>();
	const seen = new Map<BoardId, Seen>();
	let stopped = false;

	async function now({ id, hidden }: Pick<BoardState, 'id' | 'hidden'>): Promise<MomentLay> {
		const lay = await rooms.lay(id);
		const removed = (await moments.takenOff(id)).map(({ card }) => card);
		const known = new Set([...lay.cards.map((card) => card.id), ...removed]);
		// What is hidden need not be there, and who was erased is not.
		const isKnown = (card: CardId) => known.has(card);
		return { ...lay, hidden: hidden.filter(isKnown).sort(), removed: removed.sort() };
	}

	const keep: Recording['keep'] = async (state, why) => {
		const { id: boardId, phase } = state;
		const lay = await now(state);
		const last = await moments.last(boardId);
		const isKept = why === 'minute' || (why === 'restored' && last?.why === why);
		if (last && isKept && isSameLay(await unpack(last.lay), lay)) return;
		const at = Math.max(clock.now(), (last?.at ?? 0) + 1);
		await moments.add({ boardId, at, phase, why, lay: await pack(lay) }, MOST_MOMENTS);
	};

	async function record(id: WorkshopId, board: BoardId, began: Phase | null): Promise<void> {
		const workshop = await workshops.load(id);
		const state = workshop?.state.boards.find((one) => one.id === board);
		if (stopped || !state?.revealed) return;
		await keep({ ...state, phase: began ?? state.phase }, began ? 'phase' : 'minute');
	}

	function run(id: WorkshopId, board: BoardId, began: Phase | null): void {
		queues
			.run(queueOf(id), () => record(id, board, began))
			.catch(async (error: unknown) => {
				// Deleted meanwhile, with its workshop or alone: there is nothing to keep.
				if (stopped || (await workshops.facts(board).catch(() => undefined)) === null) return;
				const about = { err: error, board };
				if (reasonOf(error) !== 'try-again') return log.error(about, 'a moment was not kept');
				// The board itself waits as well.
				log.info(about, 'a moment is not kept yet');
				soon(board);
			});
	}

	/** A minute after the first change: later ones go with it. */
	function soon(board: BoardId): void {
		if (stopped || due.has(board)) return;
		const cancel = clock.after(MINUTE, () => {
			due.delete(board);
			void workshops.ofBoard(board).then(
				(id) => id !== null && run(id, board, null),
				() => soon(board)
			);
		});
		due.set(board, cancel);
	}

	function look({ id, state }: StoredWorkshop, started?: BoardId): void {
		for (const board of state.boards) {
			const before = seen.get(board.id);
			const began = before ? hasBegun(before, board) : board.id === started;
			if (state.status === 'closed') seen.delete(board.id);
			else see(board);
			if (!board.revealed) continue;
			if (began) run(id, board.id, board.phase);
			else if (before?.hidden !== board.hidden) soon(board.id);
		}
	}

	const see = ({ id, phase, revealed, hidden }: BoardState) =>
		seen.set(id, { phase, revealed, hidden });

	const unheard = news.listen((item) => {
		if (item.kind === 'state') look(item.workshop, item.started);
		else if (item.kind === 'board-changed' || item.kind === 'removed') soon(item.board);
	});

	return {
		now,
		keep,
		watch(workshop) {
			for (const board of workshop.state.boards) {
				see(board);
				if (board.revealed && board.id === workshop.state.live) soon(board.id);
			}
		},
		stop() {
			stopped = true;
			unheard();
			for (const cancel of due.values()) cancel();
			due.clear();
		}
	};
}

/** Its phase, or the reveal, wherever it was. */
const hasBegun = (before: Seen, after: BoardState): boolean =>
	before.phase !== after.phase || before.revealed !== after.revealed;
