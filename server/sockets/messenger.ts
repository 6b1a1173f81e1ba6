/** News from inside the server, passed on to the sockets that it concerns and to no other. */
import type { Exercise } from '#shared/exercises/format.ts';
import { viewFor } from '#shared/facilitation/view.ts';
import type { BoardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { Plenary } from '../app.ts';
import type { NewsItem } from '../news.ts';
import { createQueues } from '../queues.ts';
import { actionValue, commentValue } from '#server/workshops/telling.ts';
import type { Late } from '../yjs/ports.ts';
import {
	everyone,
	facilitatorsOf,
	HEARERS,
	ofAccount,
	ofAccountIn,
	ofRole,
	person,
	type Sockets
} from './addresses.ts';
import type { AuthorNames } from './authors.ts';
import { isAnonymous, lateViews, leftFor, removedCards } from './boards.ts';
import { tellMatches } from './matches.ts';
import type { Facilitators } from './facilitators.ts';
import type { Roster } from './roster.ts';
import type { ScreenNews } from './screens.ts';
import type { Seats } from './seats.ts';
import type { ReactionNews } from './reactions.ts';
import type { Soon } from './soon.ts';
import type { Tables } from './tables.ts';
import type { VoteNews } from './votes.ts';
import type { Welcome } from './welcome.ts';

type Item<Kind extends NewsItem['kind']> = Extract<NewsItem, { kind: Kind }>;

/** Who wrote a row, as whoever is to hear that it is theirs. */
const writer = (row: { participantId: string | null }) =>
	row.participantId === null ? [] : [person(row.participantId)];

/** In ms: signals of a roomful are told together. */
const TOGETHER = 250;

interface Telling {
	facilitators: Facilitators;
	screens: ScreenNews;
	roster: Roster;
	authors: AuthorNames;
	welcome: Welcome;
	seats: Seats;
	reactions: ReactionNews;
	votes: VoteNews;
	tables: Tables;
	soon: Soon;
}

export function createMessenger(
	io: Sockets,
	app: Plenary,
	{
		facilitators,
		screens,
		roster,
		authors,
		welcome,
		seats,
		reactions,
		votes,
		tables,
		soon
	}: Telling
): (item: NewsItem) => Promise<void> {
	/** News of one board that have to be looked up first: the older must not come after the newer. */
	const inOrder = createQueues();

	function state({ workshop, started }: Item<'state'>): void {
		if (started)
			void app.stored
				.facts(started)
				.then((facts) => {
					if (facts) io.to(everyone(workshop.id)).emit('board:described', started, facts.exercise);
				})
				.catch((error: unknown) => app.fault(error, 'a board was not described'));
		for (const role of HEARERS)
			io.to(ofRole(workshop.id, role)).emit(
				'state:changed',
				viewFor(workshop, role, app.clock.now())
			);
	}

	async function late(board: BoardId, people: Late[]): Promise<void> {
		const id = await app.stored.ofBoard(board);
		const workshop = id === null ? null : await app.stored.load(id);
		if (!workshop) return;
		const views = await lateViews(app, workshop, board, () => Promise.resolve(people));
		io.to(facilitatorsOf(workshop.id)).emit('late:changed', board, views);
		// All others are told that nothing is held, too: somebody may have heard otherwise by asking.
		const theirs = people.map(({ participant }) => person(participant));
		io.to(ofRole(workshop.id, 'participant')).except(theirs).emit('held:changed', board, 0);
		for (const { participant, cards } of people)
			io.to(person(participant)).emit('held:changed', board, cards);
		const held = new Map(people.map(({ participant, cards }) => [participant, cards]));
		for (const [seat, keeper] of await seats.keepers(workshop.id))
			io.to(person(keeper)).emit('held:of', board, seat, held.get(seat) ?? 0);
	}

	async function comment({ workshop, board, comment: row }: Item<'comment'>): Promise<void> {
		const stored = await app.stored.load(workshop);
		if (!stored) return;
		const anonymous = isAnonymous(stored, board);
		const plain = commentValue(row, { role: 'visitor' }, anonymous);
		const theirs = { ...plain, mine: true };
		const who = [...facilitatorsOf(workshop), ...writer(row)];
		io.to(who).emit('comment:added', board, theirs);
		io.to(everyone(workshop)).except(who).emit('comment:added', board, plain);
	}

	let taken = 0;

	/** What somebody has said is told anew, under the name that they have now. */
	async function comments(workshop: WorkshopId, participant: ParticipantId): Promise<void> {
		for (;;) {
			const before = taken;
			const rows = await app.stores.notes.comments(workshop);
			if (taken !== before) continue; // one that was taken away meanwhile must not come back
			const theirs = rows.filter((row) => row.participantId === participant);
			for (const row of theirs)
				await comment({ kind: 'comment', workshop, board: row.boardId, comment: row });
			return;
		}
	}

	/** Before anything else is told, so that nothing more of it is heard by who is sent away. */
	function accessEnded(item: Item<'access-ended'>): void {
		const { workshop, participant, account, screens } = item;
		if (participant !== undefined) roster.forget(workshop);
		const who = [
			...(participant === undefined ? [] : [person(participant)]),
			...(account === undefined ? [] : [ofAccountIn(workshop, account)]),
			...(screens ? [ofRole(workshop, 'screen')] : [])
		];
		if (who.length === 0) return; // an empty address is everybody's
		io.to(who).emit('access:ended');
		io.in(who).disconnectSockets(true);
	}

	function action({ workshop, board, action: row }: Item<'action'>): void {
		const plain = actionValue(row, { role: 'visitor' });
		const who = [...facilitatorsOf(workshop), ...writer(row)];
		io.to(who).emit('action:changed', board, { ...plain, mine: true });
		io.to(everyone(workshop)).except(who).emit('action:changed', board, plain);
	}

	async function removed({ workshop, board }: Item<'removed'>): Promise<void> {
		const facts = await app.stored.facts(board);
		if (!facts) return;
		// Nobody knows of it while writing is private.
		if (facts.state.revealed) io.to(everyone(workshop)).emit('cards:removed', board);
		const cards = await removedCards(app, facts);
		io.to(facilitatorsOf(workshop)).emit('removed:changed', board, cards);
		await left(workshop, board, facts.exercise);
	}

	/** To each author their own; to all others that there is nothing: what came back is told so, too. */
	async function left(workshop: WorkshopId, board: BoardId, exercise: Exercise): Promise<void> {
		const rows = (await app.stores.notes.left(workshop)).filter((row) => row.boardId === board);
		const authors = [...new Set(rows.map(({ participant }) => participant))];
		io.to(ofRole(workshop, 'participant'))
			.except(authors.map(person))
			.emit('left:changed', board, []);
		for (const author of authors)
			io.to(person(author)).emit('left:changed', board, leftFor(rows, board, exercise, author));
		for (const [seat, keeper] of await seats.keepers(workshop))
			io.to(person(keeper)).emit('left:of', board, seat, leftFor(rows, board, exercise, seat));
	}

	async function seated(board: BoardId): Promise<void> {
		const workshop = await app.stored.ofBoard(board);
		if (workshop === null) return;
		authors.changed(workshop);
		tables.changed(workshop);
	}

	async function counted({ board, counts }: Item<'counted'>): Promise<void> {
		const workshop = await app.stored.ofBoard(board);
		if (workshop !== null) io.to(everyone(workshop)).emit('counts:changed', board, counts);
	}

	async function wrote({ board, people }: Item<'wrote'>): Promise<void> {
		const workshop = await app.stored.ofBoard(board);
		if (workshop !== null) io.to(facilitatorsOf(workshop)).emit('writers:changed', board, people);
	}

	/** To those who facilitate, with what others say meanwhile; in another phase nobody is ready. */
	const signals = (workshop: WorkshopId): void =>
		soon.run(`signals/${workshop}`, TOGETHER, async () => {
			io.to(facilitatorsOf(workshop)).emit('signals:changed', await app.signals.view(workshop));
		});

	/** To whoever said it at once. */
	async function signal({ workshop, participant }: Item<'signal'>): Promise<void> {
		signals(workshop);
		io.to(person(participant)).emit('signals:mine', await app.signals.own(participant));
	}

	async function pass(item: NewsItem): Promise<void> {
		switch (item.kind) {
			case 'state':
				welcome.changed(item.workshop.id);
				signals(item.workshop.id);
				facilitators.changed(item.workshop.id);
				tables.state(item.workshop);
				if (item.started) authors.forget(item.workshop.id);
				return state(item);
			case 'deleted':
				tables.forget(item.workshop);
				io.to(everyone(item.workshop)).emit('access:ended');
				io.in(everyone(item.workshop)).disconnectSockets(true);
				return;
			case 'logged-out':
				io.in(ofAccount(item.account)).disconnectSockets(true);
				return;
			case 'roster':
				return roster.changed(item.workshop);
			case 'renamed':
				welcome.changed(item.workshop);
				authors.forget(item.workshop);
				authors.changed(item.workshop);
				roster.forget(item.workshop);
				tables.changed(item.workshop);
				if (item.participant !== undefined) return comments(item.workshop, item.participant);
				return;
			case 'access-ended':
				return accessEnded(item);
			case 'board-changed':
				return;
			case 'seated':
				return seated(item.board);
			case 'signal':
				return signal(item);
			case 'turn':
				return screens.turn(item.workshop, item.to);
			case 'page':
				return screens.changed(item.workshop);
			case 'wrote':
				return wrote(item);
			case 'counted':
				return counted(item);
			case 'late':
				return inOrder.run(item.board, () => late(item.board, item.late));
			case 'saving':
				welcome.waits(item.board, item.saving);
				io.to(everyone(item.workshop)).emit('saving:changed', item.board, item.saving);
				return;
			case 'removed':
				welcome.changed(item.workshop);
				return inOrder.run(item.board, () => removed(item));
			case 'ballot':
				return votes.ballot(item);
			case 'cast':
				return votes.cast(item);
			case 'round':
				return votes.round(item);
			case 'seats': {
				const kept = await seats.keptBy(item.workshop, item.keeper);
				io.to(person(item.keeper)).emit('seats:changed', kept);
				return;
			}
			case 'totals':
				votes.forget(item.board);
				io.to(everyone(item.workshop)).emit(
					'totals:changed',
					item.board,
					item.totals,
					item.tally ?? null
				);
				return;
			case 'reactions':
				return reactions.changed(item);
			case 'comment':
				welcome.changed(item.workshop);
				return comment(item);
			case 'comment-removed':
				taken += 1;
				welcome.changed(item.workshop);
				io.to(everyone(item.workshop)).emit('comment:removed', item.board, item.comment);
				return;
			case 'action':
				welcome.changed(item.workshop);
				return action(item);
			case 'action-removed':
				welcome.changed(item.workshop);
				io.to(everyone(item.workshop)).emit('action:removed', item.board, item.action);
				return;
			case 'matches':
			case 'contact':
				welcome.changed(item.workshop);
				return inOrder.run(item.workshop, async () =>
					tellMatches(io, app, item.workshop, item, await seats.keepers(item.workshop))
				);
			case 'ideas':
				// An empty address is everybody's.
				if (item.people.length > 0) io.to(item.people.map(person)).emit('ideas:asked');
				return;
			default:
				return item satisfies never;
		}
	}

	return (item) =>
		pass(item).catch(
			(error: unknown) => void app.fault(error, `news was not passed on: ${item.kind}`)
		);
}
