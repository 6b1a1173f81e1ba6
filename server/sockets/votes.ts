/**
 * Votes, told: to each voter their own, to everybody what they came to once that is shown, and to who
 * facilitates, and of a poll to the room screen, how many have voted; what a roomful casts in a moment together.
 */
import { isFacilitator } from '#shared/facilitation/phases.ts';
import { isPoll } from '#shared/facilitation/polls.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import { ownVotes, votedOf, type OwnVotes } from '#shared/facilitation/tally.ts';
import { targetId, votesLeft } from '#shared/facilitation/votes.ts';
import type { BoardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { Role } from '#shared/permissions.ts';
import { asShown, cameTo, isAnyShown, type ShownResult } from '#server/workshops/tallies.ts';
import type { Plenary } from '../app.ts';
import type { NewsItem } from '../news.ts';
import { createQueues } from '../queues.ts';
import { createShared } from '../shared-reading.ts';
import type { StoredWorkshop } from '../store/workshops.ts';
import {
	everyone,
	facilitatorsOf,
	HEARERS,
	ofRole,
	person,
	type OneSocket,
	type Sockets
} from './addresses.ts';
import type { Soon } from './soon.ts';

type Item<Kind extends NewsItem['kind']> = Extract<NewsItem, { kind: Kind }>;

export interface VoteNews {
	/** Somebody's own votes are otherwise. */
	ballot(item: Item<'ballot'>): Promise<void>;
	/** Something was cast, or taken back. */
	cast(item: Item<'cast'>): void;
	/** What its votes come to is shown, or shut. */
	forget(board: BoardId): void;
	/** Another round is on: everybody's own votes are those of that one. */
	round(item: Item<'round'>): Promise<void>;
	/** To who is there now: their own, what is shown, and to whom it is told how many have voted. */
	tell(socket: OneSocket, workshop: StoredWorkshop): Promise<void>;
}

/** In ms. */
const TOGETHER = 250;
const NOBODY = { some: 0, all: 0 };
/** Who is told how many have voted: whoever facilitates, and of a poll the room screen. */
const isTold = (role: Role, board: BoardState): boolean =>
	isFacilitator(role) || (role === 'screen' && isPoll(board));

export function createVoteNews(io: Sockets, app: Plenary, soon: Soon): VoteNews {
	const { votes } = app.stores;
	/** Looked up and told one after the other: the older never comes after the newer. */
	const inOrder = createQueues();

	async function standing(id: WorkshopId, board: BoardId) {
		const workshop = await app.stored.load(id);
		const state = workshop?.state.boards.find((one) => one.id === board);
		return workshop && state ? { workshop, state } : null;
	}

	/** Somebody without a device has no screen: who votes for them hears it, and who facilitates. */
	function send(
		workshop: WorkshopId,
		board: BoardState,
		voter: { participant: ParticipantId; keptBy?: ParticipantId | null },
		{ mine, choices }: OwnVotes
	): void {
		const { participant, keptBy } = voter;
		const left = votesLeft(board, mine);
		if (keptBy === undefined)
			return void io.to(person(participant)).emit('ballot:changed', board.id, mine, left, choices);
		const keepers = keptBy === null ? [] : [person(keptBy)];
		io.to([...facilitatorsOf(workshop), ...keepers]).emit(
			'ballot:of',
			board.id,
			participant,
			mine,
			left,
			choices
		);
	}

	async function ballot(item: Item<'ballot'>): Promise<void> {
		for (;;) {
			const before = await standing(item.workshop, item.board);
			if (!before) return;
			const own = await votes.mine(before.state, item.participant);
			const now = await standing(item.workshop, item.board);
			if (now?.state.round !== before.state.round) continue;
			return send(item.workshop, now.state, item, own);
		}
	}

	async function round({ workshop, board }: Item<'round'>): Promise<void> {
		const [cast, people] = await Promise.all([
			votes.cast(board),
			app.stores.participants.people(workshop)
		]);
		const now = await standing(workshop, board);
		if (!now) return;
		const of = Map.groupBy(cast, ({ participant }) => participant);
		const own = (id: ParticipantId) => ownVotes(of.get(id) ?? [], now.state);
		for (const { id, keptBy } of people.filter(({ withoutDevice }) => withoutDevice))
			send(workshop, now.state, { participant: id, keptBy }, own(id));
		const nothing = ownVotes([], now.state);
		io.to(ofRole(workshop, 'participant'))
			.except([...of.keys()].map(person))
			.emit('ballot:changed', board, nothing.mine, votesLeft(now.state, {}), nothing.choices);
		for (const id of of.keys()) send(workshop, now.state, { participant: id }, own(id));
	}

	/** Who knows what it came to: everybody once it is shown, and of a poll whoever facilitates before. */
	function hearers(workshop: WorkshopId, board: BoardState): string | string[] | null {
		if (board.votesShown) return everyone(workshop);
		return isPoll(board) ? facilitatorsOf(workshop) : null;
	}

	/** A whole room that comes back at once is served by one count. */
	const counted = createShared(app.clock, async (board: BoardId) => {
		const id = await app.stored.ofBoard(board);
		const now = id === null ? null : await standing(id, board);
		return (
			now && { round: now.state.round, result: await cameTo(votes, now.workshop.state, now.state) }
		);
	});
	/** Null where nothing was cast. */
	const voters = createShared(app.clock, async (board: BoardId) => {
		const id = await app.stored.ofBoard(board);
		const now = id === null ? null : await standing(id, board);
		return now && voted(now.state);
	});
	function forget(board: BoardId): void {
		counted.forget(board);
		voters.forget(board);
	}

	/** What whoever has this role may know of a board now; null where that is nothing. */
	async function known(
		workshop: WorkshopId,
		board: BoardId,
		facilitates: boolean
	): Promise<ShownResult | null> {
		for (;;) {
			const before = await standing(workshop, board);
			const knowsAll = facilitates && before && isPoll(before.state);
			if (!before || !(knowsAll || isAnyShown(before.state))) return null;
			const came = await counted.of(board);
			const now = await standing(workshop, board);
			if (!came || !now) return null;
			// Shut meanwhile, nobody is told any more; and of another round nothing that was in this one.
			if (came.round === now.state.round)
				return knowsAll ? came.result : asShown(came.result, now.state);
			forget(board);
		}
	}

	/** What comes while it waits is told with it. */
	const tellTotals = (workshop: WorkshopId, board: BoardId): void =>
		soon.run(`totals/${board}`, TOGETHER, () =>
			inOrder.run(board, async () => {
				const before = await standing(workshop, board);
				if (!before || !hearers(workshop, before.state)) return;
				const result = await cameTo(votes, before.workshop.state, before.state);
				const now = await standing(workshop, board);
				// Shut meanwhile, nobody is told any more.
				const to = now && hearers(workshop, now.state);
				if (!to || now.state.round !== before.state.round) return;
				io.to(to).emit('totals:changed', board, result.totals, result.tally);
			})
		);

	async function voted(state: BoardState) {
		const cast = await votes.castNow(state);
		return cast.length === 0
			? null
			: votedOf(state, cast, (await app.shown.asked(state)).map(targetId));
	}

	const tellVoted = (workshop: WorkshopId, board: BoardId): void =>
		soon.run(`voted/${board}`, TOGETHER, async () => {
			const now = await standing(workshop, board);
			if (!now) return;
			const people = (await voted(now.state)) ?? NOBODY;
			const told = HEARERS.filter((role) => isTold(role, now.state));
			io.to(told.map((role) => ofRole(workshop, role))).emit('voted:changed', board, people);
		});

	return {
		ballot: (item) => inOrder.run(`${item.board}/${item.participant}`, () => ballot(item)),
		forget,
		cast({ workshop, board }) {
			forget(board);
			tellVoted(workshop, board);
			tellTotals(workshop, board);
		},
		async round(item) {
			forget(item.board);
			tellVoted(item.workshop, item.board);
			await inOrder.run(item.board, () => round(item));
		},
		async tell(socket, { id }) {
			const { who } = socket.data;
			if (who.role === 'participant')
				for (const { board, own } of await ownNow(app, id, who.participant))
					socket.emit(
						'ballot:changed',
						board.id,
						own.mine,
						votesLeft(board, own.mine),
						own.choices
					);
			const { boards } = (await app.stored.load(id))?.state ?? { boards: [] };
			const tell = async (board: BoardId) => {
				// Told as soon as it is known: what is shut meanwhile is news that comes later.
				const { totals = null, tally = null } =
					(await known(id, board, isFacilitator(who.role))) ?? {};
				socket.emit('totals:changed', board, totals, tally);
				const now = await standing(id, board);
				// Nobody as well: who was away may know of a round that is not on any more.
				if (now && isTold(who.role, now.state))
					socket.emit('voted:changed', board, (await voters.of(board)) ?? NOBODY);
			};
			await Promise.all(boards.map((board) => tell(board.id)));
		}
	};
}

/** What somebody has cast on each board, in the round that is on now. */
export async function ownNow(
	app: Pick<Plenary, 'stored' | 'stores'>,
	workshop: WorkshopId,
	participant: ParticipantId
): Promise<{ board: BoardState; own: OwnVotes }[]> {
	for (;;) {
		const before = await app.stored.load(workshop);
		const cast = await app.stores.votes.allMine(participant);
		const now = await app.stored.load(workshop);
		// Another round, or other cards that are hidden: what was read would be told of the one before.
		if (now?.version !== before?.version) continue;
		const boards = now?.state.boards ?? [];
		return boards.map((board) => ({ board, own: ownVotes(cast.get(board.id) ?? [], board) }));
	}
}
