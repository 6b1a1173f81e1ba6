/**
 * The ballot: each group's members as they stood when voting opened. Entering `vote` ends
 * arranging; what was on its way still lands for the grace, and then the ballot is recorded, once.
 * Where a vote is opened a second time, groups whose members are others now give their votes back,
 * and so do cards that were taken off.
 */
import type { Logger } from 'pino';
import type { Clock } from '#shared/clock.ts';
import type { GroupValue } from '#shared/doc/contents.ts';
import { GRACE, isVoting } from '#shared/facilitation/phases.ts';
import type { Ballot, BoardState, WorkshopState } from '#shared/facilitation/state.ts';
import { brokenGroups, recordBallot } from '#shared/facilitation/votes.ts';
import type { BoardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { News } from '#server/news.ts';
import type { Queues } from '#server/queues.ts';
import type { ParticipantStore } from '#server/store/participants.ts';
import { tellBallots } from './telling-ballots.ts';
import type { VoteStore } from '#server/store/votes.ts';
import type { StoredWorkshop, WorkshopStore } from '#server/store/workshops.ts';
import type { StoredWorkshops } from './stored-workshops.ts';
import { shownResult } from './tallies.ts';
import type { Rooms } from '#server/yjs/ports.ts';

/** Arrangements of the grace's last moment are committed at the next tick. */
const AFTER_GRACE = GRACE + 250;

interface VotesBack {
	board: BoardId;
	round: number;
	targets: string[];
	voters: ParticipantId[];
}

export interface Ballots {
	/** What a change of state means for the votes: in the same transaction as the change. */
	settle(
		before: WorkshopState,
		after: WorkshopState
	): Promise<{ state: WorkshopState; votesBack: VotesBack | null }>;
	tellReturned(workshop: StoredWorkshop, votesBack: VotesBack): Promise<void>;
	/**
	 * After cards were taken off, or are back: what was cast on the former is given back for good where
	 * the room votes, and else counts for nothing until they are back. Everybody is told.
	 */
	removed(workshop: WorkshopId, board: BoardId): Promise<void>;
	/** Records the ballot of a board that has begun to vote, when its grace is over; after a restart too. */
	watch(workshop: StoredWorkshop): void;
	/** Takes back what was to happen later. */
	stop(): void;
}

interface BallotDeps {
	store: WorkshopStore;
	votes: VoteStore;
	participants: Pick<ParticipantStore, 'byId'>;
	workshops: StoredWorkshops;
	rooms: Pick<Rooms, 'read'>;
	queues: Queues;
	news: News;
	clock: Clock;
	log: Logger;
}

const asBallot = (groups: GroupValue[]): NonNullable<Ballot> =>
	Object.fromEntries(groups.map(({ id, cards }) => [id, cards]));
const isOpenBallot = (board: BoardState | undefined) =>
	board?.phase === 'vote' && board.ballot === null;
const find = (state: WorkshopState, id: BoardId) => state.boards.find((board) => board.id === id);

export function createBallots(deps: BallotDeps): Ballots {
	const { store, votes, participants, workshops, rooms, queues, news, clock, log } = deps;
	const waiting = new Map<BoardId, () => void>();
	/** The groups as votes were given to them, while a second vote's grace runs. */
	const votedFor = new Map<BoardId, Ballot>();
	let stopped = false;

	/** Of the round that is on alone: what was cast in those before stays. */
	async function returned(
		board: BoardState,
		ballot: Ballot,
		groups: GroupValue[]
	): Promise<VotesBack | null> {
		const there = new Set(groups.map(({ id }) => id));
		const gone = (await votes.groupsVotedFor(board)).filter((group) => !there.has(group));
		const off = await votes.removedFrom(board.id);
		return backOf(board, [...new Set([...brokenGroups(ballot, groups), ...gone, ...off])]);
	}

	async function backOf(board: BoardState, targets: string[]): Promise<VotesBack | null> {
		const voters = await votes.voters(board, targets);
		return voters.length > 0 ? { board: board.id, round: board.round, targets, voters } : null;
	}

	async function tellReturned(workshop: StoredWorkshop, { board, voters }: VotesBack) {
		if (!find(workshop.state, board)) return;
		await tellBallots({ participants, news }, { workshop: workshop.id, board, voters });
		news.tell({ kind: 'cast', workshop: workshop.id, board });
	}

	/** What it came to, as it is now; what is shut meanwhile is told to nobody. */
	async function tellShown(id: WorkshopId, board: BoardId): Promise<void> {
		for (;;) {
			const workshop = await workshops.load(id);
			const now = workshop && find(workshop.state, board);
			const shown = now && (await shownResult(votes, workshop.state, now));
			if ((await workshops.load(id))?.version !== workshop?.version) continue;
			if (shown) news.tell({ kind: 'totals', workshop: id, board, ...shown });
			return;
		}
	}

	/** In the workshop's queue. The version stays: nobody sees a ballot, so nobody has moved on. */
	async function record(id: WorkshopId, board: BoardId): Promise<void> {
		const workshop = await workshops.load(id);
		const now = workshop && find(workshop.state, board);
		if (!workshop || !now || !isOpenBallot(now)) return;
		const { groups } = await rooms.read(board);
		const votesBack = await returned(now, votedFor.get(board) ?? null, groups);
		const next = { ...workshop, state: recordBallot(workshop.state, board, asBallot(groups)) };
		const committed = await store.commit({
			workshop: id,
			from: workshop.version,
			version: workshop.version,
			state: next.state,
			...(votesBack ? { votesBack } : {})
		});
		if (committed !== 'committed') return workshops.forget(id);
		workshops.replace(next);
		votedFor.delete(board);
		if (votesBack) await tellReturned(next, votesBack);
	}

	function watchBoard(id: WorkshopId, board: BoardState): void {
		waiting.get(board.id)?.();
		// A vote that was come back to by undo has the beginning that it had, and a grace of its own.
		const opened = Math.max(board.phaseStartedAt, board.closing?.at ?? 0);
		const wait = Math.max(0, opened + AFTER_GRACE - clock.now());
		const again = (ms: number) =>
			!stopped &&
			waiting.set(
				board.id,
				clock.after(ms, () => {
					waiting.delete(board.id);
					queues
						.run(id, () => record(id, board.id))
						.catch((error: unknown) => {
							log.error({ err: error, board: board.id }, 'a ballot could not be recorded yet');
							again(AFTER_GRACE);
						});
				})
			);
		again(wait);
	}

	return {
		async settle(before, after) {
			let state = after;
			let votesBack: VotesBack | null = null;
			for (const board of after.boards) {
				const was = find(before, board.id);
				if (!was) continue;
				const moved = was.phase !== board.phase;
				if (moved && isOpenBallot(was)) {
					// Left before the grace was over: as it stands now is how it stood.
					const { groups } = await rooms.read(board.id);
					state = recordBallot(state, board.id, asBallot(groups));
				}
				if (moved && board.phase === 'vote' && was.ballot !== null) {
					votedFor.set(board.id, was.ballot);
					const { groups } = await rooms.read(board.id);
					votesBack = await returned(board, was.ballot, groups);
				} else if (isVoting(board) && (!isVoting(was) || was.round !== board.round))
					votesBack = await backOf(board, await votes.removedFrom(board.id));
			}
			return { state, votesBack };
		},
		tellReturned,
		async removed(id, board) {
			const workshop = await workshops.load(id);
			const now = workshop && find(workshop.state, board);
			if (!workshop || !now) return;
			const voters = isVoting(now) ? await votes.takeBackRemoved(now) : [];
			news.tell({ kind: 'removed', workshop: id, board });
			if (!now.revealed) return;
			await tellShown(id, board);
			await tellReturned(workshop, { board, round: now.round, targets: [], voters });
			// After the vote everybody's own are others now, or are again what they were.
			if (!isVoting(now) && (await votes.isCast(now)))
				news.tell({ kind: 'round', workshop: id, board });
		},
		watch(workshop) {
			for (const board of workshop.state.boards)
				if (isOpenBallot(board)) watchBoard(workshop.id, board);
		},
		stop() {
			stopped = true;
			for (const cancel of waiting.values()) cancel();
			waiting.clear();
		}
	};
}
