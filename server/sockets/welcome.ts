/**
 * What a socket is told as soon as it is there: everything that its role may know, as Socket.IO
 * delivers at most once and remembers nothing for who was away. The socket is in its rooms by then,
 * so it hears news as well; were something added while the lists are being read, they would be a
 * list too old told after news too new. So they are read again, until nothing came between.
 */
import { isFacilitator } from '#shared/facilitation/phases.ts';
import { votesLeft } from '#shared/facilitation/votes.ts';
import { viewFor } from '#shared/facilitation/view.ts';
import type { WorkshopId } from '#shared/ids.ts';
import type { Plenary } from '../app.ts';
import type { StoredWorkshop } from '../store/workshops.ts';
import type { OneSocket } from './addresses.ts';
import {
	actionsFor,
	commentsFor,
	lateViews,
	leftFor,
	readLists,
	removedCards,
	type Lists
} from './boards.ts';
import type { Roster } from './roster.ts';

export interface Welcome {
	/** Something that the lists hold has changed. */
	changed(workshop: WorkshopId): void;
	tell(socket: OneSocket): Promise<void>;
}

export function createWelcome(app: Plenary, roster: Roster): Welcome {
	const generations = new Map<WorkshopId, number>();
	const reading = new Map<string, Promise<Lists | null>>();
	const generationOf = (workshop: WorkshopId) => generations.get(workshop) ?? 0;

	/** A whole room that comes back at once is served by one reading. */
	function lists(workshop: WorkshopId): Promise<Lists | null> {
		const key = `${workshop}/${generationOf(workshop)}`;
		const underWay = reading.get(key);
		if (underWay) return underWay;
		const now = readLists(app, workshop).finally(() => reading.delete(key));
		reading.set(key, now);
		return now;
	}

	async function tellLists(socket: OneSocket): Promise<void> {
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
			}
			socket.emit('state:changed', viewFor(workshop, who.role, app.clock.now()));
			for (const [board, authors] of read.authors) socket.emit('authors:changed', board, authors);
			for (const { id: board } of workshop.state.boards) {
				socket.emit('comments:told', board, commentsFor(read.comments, workshop, board, who));
				socket.emit('actions:told', board, actionsFor(read.actions, board, who));
			}
			return;
		}
	}

	async function tellVotes(socket: OneSocket, workshop: StoredWorkshop): Promise<void> {
		const { who } = socket.data;
		const mine =
			who.role === 'participant'
				? await app.stores.votes.allMine(workshop.id, who.participant)
				: null;
		for (const board of workshop.state.boards) {
			if (mine) {
				const votes = mine.get(board.id) ?? {};
				socket.emit('ballot:changed', board.id, votes, votesLeft(board, votes));
			}
			if (board.votesShown)
				socket.emit('totals:changed', board.id, await app.stores.votes.totals(board.id));
		}
	}

	/** What only the rooms know. A finished board's counts nobody asks for. */
	async function tellRooms(socket: OneSocket, workshop: StoredWorkshop): Promise<void> {
		const { who } = socket.data;
		for (const { id: board, phase } of workshop.state.boards) {
			if (phase !== 'done') socket.emit('counts:changed', board, await app.rooms.counts(board));
			if (who.role === 'screen') continue;
			if (who.role === 'participant') {
				const late = await app.rooms.late(board);
				const own = late.find(({ participant }) => participant === who.participant);
				socket.emit('held:changed', board, own?.cards ?? 0);
			}
			if (!isFacilitator(who.role)) continue;
			socket.emit(
				'late:changed',
				board,
				await lateViews(app, workshop, board, () => app.rooms.late(board))
			);
			const facts = await app.stored.facts(board);
			if (facts) socket.emit('removed:changed', board, await removedCards(app, facts));
		}
	}

	return {
		changed: (workshop) => generations.set(workshop, generationOf(workshop) + 1),
		async tell(socket) {
			const workshop = await app.stored.load(socket.data.workshop);
			if (!workshop) return;
			await tellLists(socket);
			await roster.tell(socket);
			await tellVotes(socket, workshop);
			await tellRooms(socket, workshop);
		}
	};
}
