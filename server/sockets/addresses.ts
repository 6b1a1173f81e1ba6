/** Whom news is addressed to: Socket.IO's rooms, one a workshop and role, one a person. */
import type { Server, Socket } from 'socket.io';
import type { Role, Who } from '#shared/permissions.ts';
import type { ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { ClientToServer, ServerToClient } from '#shared/wire/events.ts';

export interface SocketData {
	workshop: WorkshopId;
	who: Who;
}

type NoEvents = Record<never, never>;
export type Sockets = Server<ClientToServer, ServerToClient, NoEvents, SocketData>;
export type OneSocket = Socket<ClientToServer, ServerToClient, NoEvents, SocketData>;

/** The roles that are told anything. */
export const HEARERS = [
	'facilitator',
	'co-facilitator',
	'participant',
	'screen'
] as const satisfies Role[];
const FACILITATORS = ['facilitator', 'co-facilitator'] as const satisfies Role[];

export const everyone = (workshop: WorkshopId): string => `workshop/${workshop}`;
export const ofRole = (workshop: WorkshopId, role: Role): string => `workshop/${workshop}/${role}`;
export const person = (participant: ParticipantId): string => `person/${participant}`;
export const ofAccount = (account: string): string => `account/${account}`;
/** Somebody who facilitates, in this workshop alone. */
export const ofAccountIn = (workshop: WorkshopId, account: string): string =>
	`workshop/${workshop}/account/${account}`;
export const facilitatorsOf = (workshop: WorkshopId): string[] =>
	FACILITATORS.map((role) => ofRole(workshop, role));

/** Every address that reaches this socket. */
export function addressesOf({ workshop, who }: SocketData): string[] {
	const own = 'account' in who ? [ofAccount(who.account), ofAccountIn(workshop, who.account)] : [];
	const persons = who.role === 'participant' ? [person(who.participant)] : [];
	return [everyone(workshop), ofRole(workshop, who.role), ...own, ...persons];
}
