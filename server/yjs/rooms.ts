/** The boards that are in memory: each is read once, and leaves when nobody is there any more. */
import type { WebSocket } from 'ws';
import { realClock, type Clock } from '#shared/clock.ts';
import type { BoardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { CardValue } from '#shared/doc/contents.ts';
import { readNotebook } from '#shared/doc/read.ts';
import type { RefusalReason } from '#shared/refusals.ts';
import { CLOSE, type CloseCode } from '#shared/wire/close-codes.ts';
import type { UpdateStore } from '#server/store/updates.ts';
import { layOf, putBack } from './arrangement.ts';
import { leaveLateCards, removeAllOf, removeCard, restoreCard } from './card-removal.ts';
import { COMPACTION, type CompactionPace } from './compaction.ts';
import { eraseAuthor, eraseCopies } from './erasing.ts';
import { openDocuments, takeUp } from './opening.ts';
import type { BoardFacts, Connecting, RoomNews, Rooms } from './ports.ts';
import { Room } from './room.ts';
import { BOUNDS, Unsaved, type Bounds } from './unsaved.ts';

/** How long a room stays when nobody is there: a reload of every page is not a reload of the board. */
const KEPT = 30_000;
/** How long a server that stops waits for its database. */
const LAST_COMMIT = 2000;

interface Log {
	info(about: object, message: string): void;
	warn(about: object, message: string): void;
	error(about: object, message: string): void;
}

export interface RoomDeps {
	updates: UpdateStore;
	/** What facilitation says of a board now; null where there is none. */
	facts(board: BoardId): Promise<BoardFacts | null>;
	/** A participant's name, for the mark of who moves a card. */
	nameOf(participant: ParticipantId): Promise<string | null>;
	news: RoomNews;
	/** The time that phases and rows know. */
	clock: Clock;
	/** Ticks, pings and budgets: the time of the machine, also where a test holds the other one. */
	pace: Clock;
	/** Of all the rooms together. */
	unsaved: Unsaved;
	log: Log;
	ids: () => string;
	/** A socket was ended that did not take what it was owed. */
	slow(): void;
	compaction: CompactionPace;
}

type Options = Omit<RoomDeps, 'pace' | 'compaction' | 'slow' | 'unsaved'> &
	Partial<Pick<RoomDeps, 'pace' | 'compaction'>> & {
		/** How much may be unsaved before nothing more is taken. */
		bounds?: Bounds;
	};

export function createRooms(options: Options): Rooms {
	let dropped = 0;
	const unsaved = new Unsaved(options.bounds ?? BOUNDS);
	const defaults = { pace: realClock, compaction: COMPACTION, slow: () => (dropped += 1) };
	const deps: RoomDeps = { ...defaults, ...options, unsaved };
	const open = new Map<BoardId, Promise<Room | null>>();
	/** Of rooms that are over: the next one reads when they have written their last. */
	const ending = new Map<BoardId, Promise<void>>();
	/** Nobody is there: in a moment they are over. */
	const leaving = new Map<Room, () => void>();
	let stopped = false;

	function room(board: BoardId): Promise<Room | null> {
		const known = open.get(board);
		if (known) return known;
		const loading = load(board);
		open.set(board, loading);
		const forget = () => {
			if (open.get(board) === loading) open.delete(board);
		};
		loading.then((found) => {
			if (found === null || found.over) forget();
			else unloadLater(found);
		}, forget);
		return loading;
	}

	async function load(board: BoardId): Promise<Room | null> {
		await ending.get(board);
		const facts = await deps.facts(board);
		const stored = facts && (await deps.updates.load(board));
		if (!facts || !stored) return null;
		const opened = await openDocuments(board, stored, deps);
		const one = new Room({ board, facts, ...opened, deps, left });
		takeUp(one);
		// What it had to take up is on the board before anybody reads it.
		await one.saving.now();
		return one;
	}

	function left(one: Room): void {
		if (one.over) {
			open.delete(one.board);
			leaving.get(one)?.();
			leaving.delete(one);
			const ended = one.ended.finally(() => {
				if (ending.get(one.board) === ended) ending.delete(one.board);
			});
			ending.set(one.board, ended);
		} else unloadLater(one);
	}

	function unloadLater(one: Room): void {
		leaving.get(one)?.();
		const cancel = deps.pace.after(KEPT, () => {
			leaving.delete(one);
			if (!one.audience.isEmpty) return;
			if (one.saving.isIdle && !one.tidiesUp()) one.end(CLOSE.tryAgain);
			else unloadLater(one);
		});
		leaving.set(one, cancel);
	}

	/** In the rooms of a workshop that are in memory, or are just being read. */
	function inEach(workshop: WorkshopId, act: (one: Room) => void): void {
		for (const loading of open.values())
			void loading.then(
				(one) => {
					if (one?.facts.workshop === workshop) act(one);
				},
				() => {} // whoever opens it hears of it
			);
	}

	async function present(board: BoardId): Promise<Room> {
		const found = await room(board);
		if (!found) throw new Error(`There is no board ${board}`);
		return found;
	}

	async function rest(loading: Promise<Room | null>): Promise<void> {
		const one = await loading.catch(() => null);
		if (!one) return;
		one.resting = true;
		await Promise.race([one.saving.idle(), pause(deps.pace, LAST_COMMIT)]).catch(() => {});
		one.end(CLOSE.restarting);
	}

	async function serve(socket: WebSocket, connecting: Connecting): Promise<void> {
		socket.on('error', () => {}); // it closes, and that is heard
		// What comes while the board is read waits in the network.
		socket.pause();
		let found: Room | null = null;
		try {
			const no = notServed(connecting, stopped);
			if (no) socket.close(...no);
			else {
				found = await room(connecting.board);
				if (found) await found.admit(socket, connecting);
				else socket.close(CLOSE.noSuchBoard, 'not-found' satisfies RefusalReason);
			}
		} catch (error) {
			deps.log.error({ err: error, board: connecting.board }, 'a board could not be opened');
			socket.close(CLOSE.tryAgain, 'try-again' satisfies RefusalReason);
		}
		socket.resume();
		found?.unsaved.hold();
		if (socket.readyState !== socket.CLOSED)
			await new Promise((resolve) => socket.once('close', resolve));
	}

	return {
		serve,
		unsaved: () => ({ bytes: unsaved.bytes, oldest: unsaved.oldest }),
		adopt: async (facts) => (await room(facts.state.id))?.adopt(facts),
		read: async (board) => (await present(board)).read(),
		lay: async (board) => layOf(await present(board)),
		putBack: async (board, lay) => putBack(await present(board), lay),
		counts: async (board) => (await present(board)).news.counts(),
		async shutBlank(board) {
			const one = await present(board);
			// From looking to ending nobody else's turn comes.
			if (written(one).length > 0) return null;
			one.end(CLOSE.tryAgain);
			const reopened = Promise.withResolvers<void>();
			const shut = Promise.all([one.ended, reopened.promise]).then(() => {});
			ending.set(board, shut);
			await one.ended;
			return () => {
				if (ending.get(board) === shut) ending.delete(board);
				reopened.resolve();
			};
		},
		writers: async (board) => (await present(board)).news.writers(),
		late: async (board) => (await present(board)).news.late(),
		letIn: async (board, people) => (await present(board)).letIn(people),
		leave: async (board, people) => leaveLateCards(await present(board), people),
		remove: async (board, card, why, by) => removeCard(await present(board), card, why, by),
		removeAllOf: async (board, participant) => removeAllOf(await present(board), participant),
		restore: async (board, card) => restoreCard(await present(board), card),
		async notebook(board, participant) {
			const one = await present(board);
			const doc = one.documents.ofSeat(participant)?.document.doc;
			return doc ? one.saving.atCut(() => readNotebook(doc)) : [];
		},
		notebooks: async (board) => written(await present(board)),
		erase: async (board, participant) => eraseAuthor(await present(board), participant),
		eraseCopies: async (board, isCopy) => eraseCopies(await present(board), isCopy),
		async end(board) {
			const one = await open.get(board)?.catch(() => null);
			one?.end(CLOSE.noSuchBoard);
			await ending.get(board);
		},
		disconnect(workshop, participant) {
			inEach(workshop, ({ audience }) => audience.close(CLOSE.unauthenticated, participant));
		},
		async renamed(workshop, participant) {
			try {
				const name = await deps.nameOf(participant);
				if (name !== null) inEach(workshop, ({ audience }) => audience.rename(participant, name));
			} catch (error) {
				deps.log.error({ err: error, workshop }, 'a new name was not told to the rooms');
			}
		},
		dropped: () => dropped,
		async stop() {
			stopped = true;
			await Promise.all([...open.values()].map(rest));
			await Promise.race([Promise.all(ending.values()), pause(deps.pace, LAST_COMMIT)]);
		}
	};
}

/** What everybody has in their notebooks. */
const written = ({ documents }: Room): CardValue[] =>
	[...documents.notebooks.values()].flatMap((one) => readNotebook(one.document.doc));

/** Whom no document is for. */
function notServed(
	{ who, document, seat }: Connecting,
	stopped: boolean
): [CloseCode, RefusalReason] | null {
	if (stopped) return [CLOSE.restarting, 'try-again'];
	if (who.role === 'visitor') return [CLOSE.unauthenticated, 'unauthenticated'];
	if (document === 'notebook' && (seat === null || who.role === 'screen'))
		return [CLOSE.notAllowed, 'not-allowed'];
	return null;
}

const pause = (pace: Clock, ms: number) => new Promise<void>((resolve) => pace.after(ms, resolve));
