/** The moment of an attack: who attacks whom, where, and with what. */
import * as Y from 'yjs';
import type { Rights } from '#server/yjs/guard.ts';
import { cardsOf } from '#shared/doc/schema.ts';
import type { RefusalReason } from '#shared/refusals.ts';
import type { Chance } from '../support/chance.ts';
import type { Author, Room } from './guard-room.ts';
import { updateOf, write, type Guarded } from './guard-support.ts';

/** Who attacks whom, with a device that has all that the server has. */
export interface Scene {
	room: Room;
	chance: Chance;
	me: Author;
	them: Author;
	server: Guarded;
	device: Y.Doc;
}

export interface Attack {
	at: 'own' | 'theirs' | 'board';
	/** `passed` is without any effect. */
	says: RefusalReason | 'passed';
	/** Null where there is nothing to attack yet. */
	make(scene: Scene): Uint8Array | null;
	rights?: Partial<Rights>;
}

export const PLACE = { column: 'all', order: 'a1' };
export const long = (length: number) => 'x'.repeat(length);

/** A card of somebody's that the document has. */
export const cardOf = ({ server, chance }: Scene, author: Author): string | null =>
	chance.one([...(cardsOf(server.doc).get(author)?.keys() ?? [])]) ?? null;

/** An update that changes a card of somebody's, as a device would send it. */
export const onCard =
	(whose: 'me' | 'them', change: (device: Y.Doc, card: string, scene: Scene) => void) =>
	(scene: Scene): Uint8Array | null => {
		const card = cardOf(scene, scene[whose]);
		if (card === null) return null;
		return updateOf(scene.device, () => change(scene.device, card, scene));
	};

export const change =
	(does: (device: Y.Doc, scene: Scene) => void) =>
	(scene: Scene): Uint8Array =>
		updateOf(scene.device, () => does(scene.device, scene));

/** Two updates, the second of which builds on the first. */
export const later = (device: Y.Doc): [Uint8Array, Uint8Array] => [
	updateOf(device, () => write(device, 'card-first', 'before')),
	updateOf(device, () => write(device, 'card-second', 'after'))
];

/** A client id of somebody else's, with what the document has of it. */
export const foreignId = ({ room, chance, them, server }: Scene) => {
	const client = chance.one(room.idsOf(chance.below(3) === 0 ? null : them));
	return client === undefined ? null : { client, clock: Y.getState(server.doc.store, client) };
};
