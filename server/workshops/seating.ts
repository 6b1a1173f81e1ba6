/**
 * Who sits at the tables, as far as they are here: the state has ids, and who is in the room stands
 * in rows of its own. Nobody who has gone is seated, and nobody is forgotten who came while somebody
 * split the room.
 */
import type { FacilitationCommand } from '#shared/facilitation/commands.ts';
import type { WorkshopState } from '#shared/facilitation/state.ts';
import { tableOf, withNewcomer, withOnly } from '#shared/facilitation/tables.ts';
import type { ParticipantId, WorkshopId } from '#shared/ids.ts';
import { refuse, type Refusal } from '#shared/refusals.ts';
import type { AuditStore } from '#server/store/audit.ts';
import type { ParticipantStore } from '#server/store/participants.ts';

export interface Seating {
	/**
	 * What a command has led to, for who is here now. Where the room was together everybody gets a
	 * seat; where seats are taken back, whoever has joined since the command (`since`), or so shortly
	 * before that it did not know of their seat.
	 */
	settle(
		workshop: WorkshopId,
		steps: { before: WorkshopState; after: WorkshopState; since?: number | undefined },
		command: FacilitationCommand
	): Promise<WorkshopState | Refusal>;
	/** With these seated who are here and have no seat. */
	withNewcomers(
		workshop: WorkshopId,
		state: WorkshopState,
		came: ReadonlySet<ParticipantId>
	): Promise<WorkshopState>;
	/** Who has no seat, and was given none or another by nobody: a server that died forgot to seat them. */
	unseated(workshop: WorkshopId, state: WorkshopState): Promise<ParticipantId[]>;
}

interface SeatingDeps {
	participants: Pick<ParticipantStore, 'people'>;
	audit: Pick<AuditStore, 'doneTo'>;
}

/** In ms: who comes has a seat by then. */
const SEATED_WITHIN = 1000;

export function createSeating({ participants, audit }: SeatingDeps): Seating {
	return {
		async settle(id, { before, after, since }, command) {
			if (!after.tables || after.tables === before.tables) return after;
			const here = await participants.people(id);
			const ids = new Set(here.map((one) => one.id));
			if (command.type === 'seat-person' && !ids.has(command.person))
				return refuse('no-such-person');
			const cameAfter =
				since === undefined ? (before.tables ? Infinity : -Infinity) : since - SEATED_WITHIN;
			const tables = here
				.filter(({ joinedAt }) => joinedAt >= cameAfter)
				.reduce(withNewcomer, withOnly(after.tables, ids));
			return { ...after, tables };
		},
		async withNewcomers(id, state, came) {
			if (!state.tables) return state;
			const newcomers = (await participants.people(id)).filter((one) => came.has(one.id));
			const tables = newcomers.reduce(withNewcomer, state.tables);
			return tables === state.tables ? state : { ...state, tables };
		},
		async unseated(id, { tables }) {
			if (!tables) return [];
			const [here, seated] = await Promise.all([
				participants.people(id),
				audit.doneTo(id, 'seat-person')
			]);
			return here.map((one) => one.id).filter((one) => !tableOf(tables, one) && !seated.has(one));
		}
	};
}
