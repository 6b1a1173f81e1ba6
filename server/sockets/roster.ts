/**
 * Who is here. Someone is here while a socket of theirs lives: counted by socket, so that a late
 * goodbye of an old one does not send away who has come back already.
 */
import { isFacilitator } from '#shared/facilitation/phases.ts';
import type { ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { Role } from '#shared/permissions.ts';
import type { PersonView } from '#shared/wire/events.ts';
import type { Plenary } from '../app.ts';
import { createGathering } from '../gathering.ts';
import { createShared } from '../shared-reading.ts';
import type { ParticipantRow } from '../store/participants.ts';
import { facilitatorsOf, ofRole, type OneSocket, type Sockets } from './addresses.ts';
import type { Soon } from './soon.ts';

/** A roster is told after this long; a big one later, as it goes to as many. */
const SOONEST = 300;
const A_PERSON = 3;

export interface Roster {
	came(socket: OneSocket): void;
	left(socket: OneSocket): void;
	/** Tells everyone, soon. */
	changed(workshop: WorkshopId): void;
	/** Somebody has another name, or no seat any more: nobody is told what was. */
	forget(workshop: WorkshopId): void;
	tell(socket: OneSocket): Promise<void>;
}

export function createRoster(io: Sockets, app: Plenary, soon: Soon): Roster {
	const here = new Map<WorkshopId, Map<ParticipantId, Set<string>>>();
	/** A room that comes back at once is read once; who joins meanwhile is told soon after. */
	const rows = createShared(app.clock, (workshop: WorkshopId) =>
		app.stores.participants.people(workshop)
	);

	async function read(workshop: WorkshopId, rowsOf: () => Promise<ParticipantRow[]>) {
		const [stored, seats] = await Promise.all([app.stored.load(workshop), rowsOf()]);
		const anonymous = stored?.state.anonymous ?? true;
		const sockets = here.get(workshop);
		const people = seats.map(({ id, name, joinedAt, withoutDevice, keptBy }): PersonView => ({
			id,
			...(anonymous ? {} : { name }),
			// Whoever has no device sits in the room.
			here: withoutDevice || (sockets?.has(id) ?? false),
			joinedAt,
			...(withoutDevice ? { withoutDevice } : {}),
			...(keptBy === null ? {} : { keptBy })
		}));
		const count = people.filter((one) => one.here).length;
		// In an anonymous room nobody needs to see even a nameless list of the others, and a screen
		// needs to know how many seats are taken, not which nor since when.
		return {
			people,
			forParticipants: anonymous ? [] : people,
			forScreens: anonymous ? seats.map((_, i) => seat(i, i < count)) : people,
			count
		};
	}

	function changed(workshop: WorkshopId): void {
		const wait = Math.max(SOONEST, (here.get(workshop)?.size ?? 0) * A_PERSON);
		soon.run(`roster/${workshop}`, wait, async () => {
			const { people, forParticipants, forScreens, count } = await read(workshop, () =>
				rows.anew(workshop)
			);
			io.to(facilitatorsOf(workshop)).emit('roster:changed', people, count);
			io.to(ofRole(workshop, 'screen')).emit('roster:changed', forScreens, count);
			io.to(ofRole(workshop, 'participant')).emit('roster:changed', forParticipants, count);
		});
	}

	/** Of a room that comes at once all are told together: one list, written once. */
	async function tellEach(workshop: WorkshopId, sockets: OneSocket[]): Promise<void> {
		// Who has just sat down finds themself in it.
		const isIn = (seats: ParticipantRow[]) => {
			const known = new Set(seats.map(({ id }) => id));
			return sockets.every(
				({ data: { who } }) => who.role !== 'participant' || known.has(who.participant)
			);
		};
		const lists = await read(workshop, async () => {
			const seats = await rows.of(workshop);
			return isIn(seats) ? seats : rows.anew(workshop);
		});
		const of = (is: (role: Role) => boolean) => sockets.filter(({ data: { who } }) => is(who.role));
		const tell = (to: OneSocket[], list: PersonView[]) => {
			if (to.length > 0) io.to(to.map(({ id }) => id)).emit('roster:changed', list, lists.count);
		};
		tell(of(isFacilitator), lists.people);
		tell(
			of((role) => role === 'screen'),
			lists.forScreens
		);
		tell(
			of((role) => role === 'participant'),
			lists.forParticipants
		);
	}

	const tell = createGathering(async (sockets: OneSocket[]) => {
		const rooms = Map.groupBy(sockets, ({ data: { workshop } }) => workshop);
		await Promise.all([...rooms].map(([workshop, some]) => tellEach(workshop, some)));
		return () => {};
	});

	return {
		changed,
		forget: rows.forget,
		came(socket) {
			const { workshop, who } = socket.data;
			if (who.role !== 'participant') return;
			const people = here.get(workshop) ?? new Map<ParticipantId, Set<string>>();
			const sockets = people.get(who.participant) ?? new Set();
			here.set(workshop, people.set(who.participant, sockets.add(socket.id)));
			changed(workshop);
		},
		left(socket) {
			const { workshop, who } = socket.data;
			if (who.role !== 'participant') return;
			const people = here.get(workshop);
			const sockets = people?.get(who.participant);
			if (!people || !sockets) return;
			sockets.delete(socket.id);
			if (sockets.size > 0) return;
			people.delete(who.participant);
			if (people.size === 0) here.delete(workshop);
			changed(workshop);
		},
		tell
	};
}

/** A seat that is taken, and nobody's: its number is its place in this list alone. */
const seat = (index: number, here: boolean): PersonView => ({
	id: `seat-${index + 1}`,
	here,
	joinedAt: 0
});
