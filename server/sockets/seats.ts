/**
 * Seats without a device, as whoever writes and votes for them hears of them. Who keeps one is told of
 * it what its person would be told themself, had they a device: facilitators, who may write there as
 * well, are told of it no more than of anybody else.
 */
import { isFacilitator } from '#shared/facilitation/phases.ts';
import { votesLeft } from '#shared/facilitation/votes.ts';
import type { ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { KeptSeat } from '#shared/wire/events.ts';
import type { Plenary } from '../app.ts';
import { createGathering } from '../gathering.ts';
import type { ParticipantRow } from '../store/participants.ts';
import type { StoredWorkshop } from '../store/workshops.ts';
import type { OneSocket } from './addresses.ts';
import { ownNow } from './votes.ts';

export interface Seats {
	/** Whom a participant writes for, as they came. */
	keptBy(workshop: WorkshopId, keeper: ParticipantId): Promise<KeptSeat[]>;
	/** Who has somebody that keeps their seat, and who that is. */
	keepers(workshop: WorkshopId): Promise<ReadonlyMap<ParticipantId, ParticipantId>>;
	/** On connecting: whom this person writes for, and how they voted. */
	tell(socket: OneSocket, workshop: StoredWorkshop): Promise<void>;
}

export function createSeats(app: Plenary): Seats {
	/** For a room that comes back at once the people are read once. */
	const peopleOf = createGathering(async (asked: WorkshopId[]) => {
		const read = new Map<WorkshopId, ParticipantRow[]>();
		for (const id of new Set(asked)) read.set(id, await app.stores.participants.people(id));
		return (id) => read.get(id) ?? [];
	});

	async function kept(
		{ id, state }: StoredWorkshop,
		keeper: ParticipantId | null
	): Promise<KeptSeat[]> {
		return (await peopleOf(id))
			.filter(({ withoutDevice, keptBy }) => withoutDevice && (!keeper || keptBy === keeper))
			.map(({ id: seat, name }) => (state.anonymous ? { id: seat } : { id: seat, name }));
	}

	return {
		async keptBy(id, keeper) {
			const workshop = await app.stored.load(id);
			return workshop ? kept(workshop, keeper) : [];
		},
		async keepers(id) {
			const keepers = new Map<ParticipantId, ParticipantId>();
			for (const { id: seat, withoutDevice, keptBy } of await peopleOf(id))
				if (withoutDevice && keptBy !== null) keepers.set(seat, keptBy);
			return keepers;
		},
		async tell(socket, workshop) {
			const { who } = socket.data;
			const keeper = who.role === 'participant' ? who.participant : null;
			if (keeper === null && !isFacilitator(who.role)) return;
			const seats = await kept(workshop, keeper);
			if (keeper !== null) socket.emit('seats:changed', seats);
			for (const { id } of seats) {
				for (const { board, own } of await ownNow(app, workshop.id, id))
					socket.emit('ballot:of', board.id, id, own.mine, votesLeft(board, own.mine), own.choices);
			}
		}
	};
}
