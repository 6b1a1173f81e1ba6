/** Attacks on what is another's: a notebook, a path, a client id, words to delete, a phase. */
import * as Y from 'yjs';
import { makeGroup, place } from '#shared/doc/board.ts';
import { deleteCard, fieldText } from '#shared/doc/notebook.ts';
import { cardsOf, LIMITS } from '#shared/doc/schema.ts';
import { AUTHORS } from './guard-room.ts';
import { cardOf, change, foreignId, onCard, PLACE, type Attack } from './guard-scene.ts';
import { cardMap, idOf, raw, updateOf, write } from './guard-support.ts';

export const ON_PLACES: Record<string, Attack> = {
	// Another's notebook, or another's path.
	'a map for another author': {
		at: 'own',
		says: 'foreign-path',
		make: change((device, { them }) => cardsOf(device).set(them, new Y.Map()))
	},
	'the own map made again': {
		at: 'own',
		says: 'foreign-path',
		make: change((device, { me }) => cardsOf(device).set(me, new Y.Map()))
	},
	'another root': {
		at: 'own',
		says: 'foreign-path',
		make: change((device, { chance }) =>
			device.getMap(chance.one(['groups', 'comments', 'constructor'])).set('card-one', PLACE)
		)
	},
	'a card in another’s notebook': {
		at: 'theirs',
		says: 'foreign-path',
		make: change((device) => write(device, 'card-mine', 'not theirs'))
	},
	'words in another’s card': {
		at: 'theirs',
		says: 'foreign-path',
		make: onCard('them', (device, card) => fieldText(device, card, 'main')!.insert(0, 'not theirs'))
	},
	'a card written on the board': {
		at: 'board',
		says: 'foreign-path',
		make: change((device, { me }) => cardsOf(device).get(me)!.set('card-mine', new Y.Map()))
	},
	'words in a card on the board': {
		at: 'board',
		says: 'foreign-path',
		make: (scene) =>
			onCard(scene.chance.one(['me', 'them'] as const), (device, card, { chance }) => {
				const author = AUTHORS.find((one) => cardsOf(device).get(one)!.has(card))!;
				const map = cardMap(device, card, author);
				if (chance.below(2)) map.set('column', 'few');
				else ((map.get('fields') as Y.Map<unknown>).get('main') as Y.Text).insert(0, 'not theirs');
			})(scene)
	},
	'an overwrite that hides behind a neighbour': {
		at: 'board',
		says: 'foreign-path',
		make: (scene) => {
			const card = cardOf(scene, scene.them);
			if (!card) return null;
			const cards = cardsOf(scene.server.doc);
			const origin = scene.chance.one([
				() => idOf(cards, scene.them),
				() => idOf(cards.get(scene.them)!, card),
				() => idOf(cardMap(scene.server.doc, card, scene.them), 'order')
			])();
			const side = scene.chance.one(['origin', 'right'] as const);
			const structs = [{ [side]: origin, values: ['few'] }];
			return raw([{ client: scene.device.clientID, structs }]);
		}
	},

	// Another's client id.
	'words under another’s client id': {
		at: 'own',
		says: 'client-id-taken',
		make: (scene) => {
			const id = foreignId(scene);
			if (!id) return null;
			scene.device.clientID = id.client;
			return updateOf(scene.device, () => write(scene.device, 'card-mine', 'under a false name'));
		}
	},
	'their next clock, squatted': {
		at: 'board',
		says: 'client-id-taken',
		make: (scene) => {
			const id = foreignId(scene);
			const wrong = [{ gc: 1 }, { parent: 'placements', key: 'card-mine', values: [PLACE] }];
			return id && raw([{ ...id, structs: [scene.chance.one(wrong)] }]);
		}
	},
	'client ids by the hundred': {
		at: 'own',
		says: 'too-large',
		make: ({ device }) =>
			raw(
				Array.from({ length: 101 }, (_, at) => ({
					client: (device.clientID + at * 7919) >>> 0,
					structs: [{ gc: 1 }]
				}))
			)
	},
	'one client id too many': {
		at: 'own',
		says: 'too-large',
		make: change((device) => write(device, 'card-mine', 'of a thousand devices')),
		rights: { held: LIMITS.clientIdsPerPerson }
	},

	// Deletions.
	'another’s card deleted': {
		at: 'theirs',
		says: 'foreign-delete',
		make: onCard('them', deleteCard)
	},
	'a card deleted on the board': {
		at: 'board',
		says: 'foreign-delete',
		make: onCard('them', (device, card, { them }) => cardsOf(device).get(them)!.delete(card))
	},
	'all that somebody wrote, deleted': {
		at: 'board',
		says: 'foreign-delete',
		make: (scene) => {
			const card = cardOf(scene, scene.them);
			if (!card) return null;
			const [client] = idOf(cardsOf(scene.server.doc).get(scene.them)!, card);
			return raw([], [{ client, ranges: [[0, Y.getState(scene.server.doc.store, client)]] }]);
		}
	},
	'an author deleted': {
		at: 'board',
		says: 'foreign-delete',
		make: change((device, { them }) => cardsOf(device).delete(them))
	},

	// The wrong phase.
	'arranged too late': {
		at: 'board',
		says: 'wrong-phase',
		make: change((device, { chance }) => {
			if (chance.below(2)) place(device, 'card-mine', PLACE);
			else makeGroup(device, { id: 'group-mine', kind: 'theme', cards: [], ...PLACE });
		}),
		rights: { mayArrange: false }
	}
};
