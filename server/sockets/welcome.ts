/**
 * What a socket is told as soon as it is there: everything that its role may know, as Socket.IO
 * delivers at most once and remembers nothing for who was away. The socket is in its rooms by then,
 * so it hears news as well; were something added while the lists are being read, they would be a
 * list too old told after news too new. So they are read again, until nothing came between.
 */
import { isFacilitator } from '#shared/facilitation/phases.ts';
import { viewFor } from '#shared/facilitation/view.ts';
import type { BoardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { SavingView } from '#shared/wire/events.ts';
import type { Plenary } from '../app.ts';
import type { StoredWorkshop } from '../store/workshops.ts';
import type { OneSocket } from './addresses.ts';
import { actionsFor, commentsFor, lateViews, leftFor, readLists, removedCards } from './boards.ts';
import { createShared } from '../shared-reading.ts';
import type { AuthorNames } from './authors.ts';
import { tellMatched } from './matches.ts';
import type { ReactionNews } from './reactions.ts';
import type { Facilitators } from './facilitators.ts';
import type { Roster } from './roster.ts';
import type { ScreenNews } from './screens.ts';
import type { Seats } from './seats.ts';
import type { VoteNews } from './votes.ts';
import type { Tables } from './tables.ts';

export interface Welcome {
	/** Something that the lists hold has changed. */
	changed(workshop: WorkshopId): void;
	/** What of a board waits to be saved: who was away hears of it, and that it is over. */
	waits(board: BoardId, saving: SavingView | null): void;
	tell(socket: OneSocket): Promise<void>;
}

export function createWelcome(
	app: Plenary,
	{
		facilitators,
		screens,
		roster,
		authors,
		seats,
		reactions,
		votes,
		tables
	}: {
		facilitators: Facilitators;
		screens: ScreenNews;
		roster: Roster;
		authors: AuthorNames;
		seats: Seats;
		reactions: ReactionNews;
		votes: VoteNews;
		tables: Tables;
	}
): Welcome {
	const generations = new Map<WorkshopId, number>();
	const waiting = new Map<BoardId, SavingView>();
	const generationOf = (workshop: WorkshopId) => generations.get(workshop) ?? 0;

	/** A whole room that comes back at once is served by one reading of each generation. */
	const reading = createShared(app.clock, (key: string) =>
		readLists(app, key.slice(key.indexOf('/') + 1))
	);
	const lists = (workshop: WorkshopId) => reading.of(`${generationOf(workshop)}/${workshop}`);

	async function tellLists(socket: OneSocket, kept: ParticipantId[]): Promise<void> {
		const { workshop: id, who } = socket.data;
		for (;;) {
			const generation = generationOf(id);
			const read = await lists(id);
			const workshop = await app.stored.load(id);
			if (!read || !workshop) return;
			if (generationOf(id) !== generation) continue;
			for (const { id: board, exercise } of read.exercises) {
				socket.emit('board:described', board, exercise);
				if (who.role === 'participant')
					socket.emit('left:changed', board, leftFor(read.left, board, exercise, who.participant));
				for (const seat of kept)
					socket.emit('left:of', board, seat, leftFor(read.left, board, exercise, seat));
			}
			socket.emit('state:changed', viewFor(workshop, who.role, app.clock.now()));
			await authors.tell(socket);
			if (generationOf(id) !== generation) continue; // what follows would be too old
			for (const { id: board } of workshop.state.boards) {
				socket.emit('comments:told', board, commentsFor(read.comments, workshop, board, who));
				socket.emit('actions:told', board, actionsFor(read.actions, board, who));
			}
			tellMatched(socket, read.matched, kept);
			return;
		}
	}

	/** What only the rooms know. A finished board's counts only the desk shows. */
	async function tellRooms(
		socket: OneSocket,
		workshop: StoredWorkshop,
		kept: ParticipantId[]
	): Promise<void> {
		const { who } = socket.data;
		for (const { id: board, phase } of workshop.state.boards) {
			socket.emit('saving:changed', board, waiting.get(board) ?? null);
			if (phase !== 'done' || isFacilitator(who.role))
				socket.emit('counts:changed', board, await app.rooms.counts(board));
			if (who.role === 'screen') continue;
			if (who.role === 'participant') {
				const late = await app.rooms.late(board);
				const heldOf = (id: ParticipantId) =>
					late.find(({ participant }) => participant === id)?.cards ?? 0;
				socket.emit('held:changed', board, heldOf(who.participant));
				for (const seat of kept) socket.emit('held:of', board, seat, heldOf(seat));
			}
			if (!isFacilitator(who.role)) continue;
			socket.emit('writers:changed', board, await app.rooms.writers(board));
			socket.emit(
				'late:changed',
				board,
				await lateViews(app, workshop, board, () => app.rooms.late(board))
			);
			const facts = await app.stored.facts(board);
			if (facts) socket.emit('removed:changed', board, await removedCards(app, facts));
		}
	}

	async function tellAll(socket: OneSocket): Promise<void> {
		const workshop = await app.stored.load(socket.data.workshop);
		if (!workshop) return;
		const { who } = socket.data;
		const keeps = who.role === 'participant' ? who.participant : null;
		const kept = keeps === null ? [] : await seats.keptBy(workshop.id, keeps);
		const keptIds = kept.map(({ id }) => id);
		await tellLists(socket, keptIds);
		await roster.tell(socket);
		await votes.tell(socket, workshop);
		await reactions.tell(socket, workshop);
		await seats.tell(socket, workshop);
		await tables.tell(socket);
		await tellRooms(socket, workshop, keptIds);
		await tellSignals(socket);
		await facilitators.tell(socket);
		screens.tell(socket);
	}

	async function tellSignals(socket: OneSocket): Promise<void> {
		const { who, workshop } = socket.data;
		if (who.role === 'participant')
			socket.emit('signals:mine', await app.signals.own(who.participant));
		if (isFacilitator(who.role)) socket.emit('signals:changed', await app.signals.view(workshop));
	}

	return {
		changed: (workshop) => generations.set(workshop, generationOf(workshop) + 1),
		waits(board, saving) {
			if (saving) waiting.set(board, saving);
			else waiting.delete(board);
		},
		async tell(socket) {
			const { workshop } = socket.data;
			try {
				await tellAll(socket);
			} catch (error) {
				// Deleted while it was told: the socket goes with it, and nothing has gone wrong.
				if (await app.stored.load(workshop)) throw error;
			}
		}
	};
}
