/**
 * Dishonest clients, by kind: each attack is made from what honest people have in their documents
 * at that moment, and says what the guard has to answer.
 */
import * as Y from 'yjs';
import type { Rights } from '#server/yjs/guard.ts';
import type { Chance } from '../support/chance.ts';
import { BY_CONTENTS } from './guard-dishonest-contents.ts';
import { ON_PLACES } from './guard-dishonest-places.ts';
import { AUTHORS, type Room } from './guard-room.ts';
import type { Attack } from './guard-scene.ts';
import type { Guarded } from './guard-support.ts';

export const ATTACKS: Record<string, Attack> = { ...ON_PLACES, ...BY_CONTENTS };

/** Makes one attack at this moment; null where there is nothing to attack yet. */
export function attack(
	name: string,
	room: Room,
	chance: Chance
): { server: Guarded; update: Uint8Array; rights: Partial<Rights> } | null {
	const { at, make, rights } = ATTACKS[name]!;
	const me = chance.one(AUTHORS);
	const them = me === 'ben' ? 'chidi' : 'ben';
	const server = at === 'board' ? room.board : room.notebooks[at === 'own' ? me : them];
	const device = room.newDoc();
	Y.applyUpdate(device, Y.encodeStateAsUpdate(server.doc));
	const update = make({ room, chance, me, them, server, device });
	return update && { server, update, rights: { ...room.rightsOf(me, server), ...rights } };
}
