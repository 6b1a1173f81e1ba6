/** Attacks by what is sent: gaps, replays, kinds and values, amounts, bytes. */
import * as Y from 'yjs';
import { makeGroup } from '#shared/doc/board.ts';
import { fieldText } from '#shared/doc/notebook.ts';
import { readNotebook } from '#shared/doc/read.ts';
import { cardsOf, groupsOf, LIMITS, placementsOf } from '#shared/doc/schema.ts';
import type { Chance } from '../support/chance.ts';
import type { Author } from './guard-room.ts';
import {
	cardOf,
	change,
	foreignId,
	later,
	long,
	onCard,
	PLACE,
	type Attack,
	type Scene
} from './guard-scene.ts';
import { cardMap, idOf, raw, updateOf, write } from './guard-support.ts';

const ownCard = (value: (chance: Chance) => [key: string, value: unknown]) =>
	onCard('me', (device, card, { me, chance }) => {
		const [key, wrong] = value(chance);
		cardMap(device, card, me).set(key, wrong);
	});

const ofKind = (chance: Chance): unknown =>
	chance.one([
		() => new Y.Array(),
		() => new Y.XmlText(),
		() => new Y.XmlElement('p'),
		() => new Y.Map(),
		() => new Y.Doc(),
		() => new Uint8Array([1]),
		() => ({ column: 'all' }),
		() => 12,
		() => null
	])();

/** Maps in maps, in a card of one's own. */
function nest({ server, device, chance }: Scene, card: string, me: Author): Uint8Array {
	const top = idOf(cardsOf(server.doc).get(me)!, card);
	const { clientID: client } = device;
	const depth = 1 + chance.below(60);
	const structs = Array.from({ length: depth }, (_, at) => ({
		parent: at === 0 ? top : ([client, at - 1] as const),
		key: 'deeper',
		map: true as const
	}));
	return raw([{ client, structs }], [{ client, ranges: [[0, 1]] }]);
}

export const BY_CONTENTS: Record<string, Attack> = {
	// Gaps, and what comes in another order.
	'a clock gap': {
		at: 'own',
		says: 'gap',
		make: ({ device }) => {
			const update = updateOf(device, () => write(device, 'card-mine', 'begun elsewhere'));
			const known = new Map([[device.clientID, 1]]);
			return Y.diffUpdate(update, Y.encodeStateVector(known as never));
		}
	},
	reordered: { at: 'own', says: 'gap', make: ({ device }) => later(device)[1] },
	'a skip': {
		at: 'own',
		says: 'gap',
		make: ({ device }) => {
			const [first] = later(device);
			return Y.mergeUpdates([
				first,
				updateOf(device, () => write(device, 'card-third', 'too early'))
			]);
		}
	},
	'deletions of what nobody has seen': {
		at: 'own',
		says: 'gap',
		make: (scene) => {
			const { client, clock } = foreignId(scene) ?? { client: 77, clock: 0 };
			return raw([], [{ client, ranges: [[clock, scene.chance.one([1, 2 ** 40])]] }]);
		}
	},
	'what they wrote, played into one’s own notebook': {
		at: 'own',
		says: 'client-id-taken',
		make: ({ room, them }) => Y.encodeStateAsUpdate(room.notebooks[them].doc)
	},

	// Replays.
	'what was taken already': {
		at: 'board',
		says: 'passed',
		make: ({ room, chance, server }) =>
			chance.one(room.taken.filter((one) => one.server === server))?.update ?? null
	},
	'what was taken already, in another phase': {
		at: 'board',
		says: 'passed',
		make: ({ server }) => Y.encodeStateAsUpdate(server.doc),
		rights: { mayArrange: false }
	},
	'all that one wrote, again': {
		at: 'own',
		says: 'passed',
		make: ({ room, chance, server }) =>
			chance.one(room.taken.filter((one) => one.server === server))?.update ?? null
	},

	// Kinds, keys and values.
	'a key that no card has': {
		at: 'own',
		says: 'unknown-content',
		make: ownCard((chance) => [chance.one(['colour', '__proto__', 'constructor', 'by']), 'red'])
	},
	'a value of the wrong kind': {
		at: 'own',
		says: 'unknown-content',
		make: ownCard((chance) => ['column', ofKind(chance)])
	},
	'formats and embeds': {
		at: 'own',
		says: 'unknown-content',
		make: onCard('me', (device, card, { chance }) => {
			const main = fieldText(device, card, 'main')!;
			if (chance.below(2)) main.insertEmbed(0, { image: 'x' });
			else main.insert(0, 'bold', { bold: true });
		})
	},
	'a text made anew': {
		at: 'own',
		says: 'unknown-content',
		make: (scene) => {
			const card = readNotebook(scene.server.doc).find(({ fields }) => 'main' in fields)?.id;
			if (!card || !cardsOf(scene.server.doc).get(scene.me)?.has(card)) return null;
			return updateOf(scene.device, () => {
				const fields = cardsOf(scene.device).get(scene.me)!.get(card)!.get('fields');
				(fields as Y.Map<unknown>).set('main', scene.chance.one([new Y.Text('anew'), 'plain']));
			});
		}
	},
	'maps in maps': {
		at: 'own',
		says: 'unknown-content',
		make: (scene) => {
			const card = cardOf(scene, scene.me);
			return card === null ? null : nest(scene, card, scene.me);
		}
	},
	'a placement that says more': {
		at: 'board',
		says: 'unknown-content',
		make: change((device, { chance }) =>
			placementsOf(device).set('card-mine', {
				...PLACE,
				...chance.one([{ note: 'hidden' }, { order: '' }, { group: '<b>' }, { column: 7 }])
			} as never)
		)
	},
	'a group without a title': {
		at: 'board',
		says: 'unknown-content',
		make: change((device, { chance }) =>
			groupsOf(device).set(
				'group-mine',
				new Y.Map(chance.one([[], [['kind', 'theme']], [['title', new Y.Text()]]]))
			)
		)
	},

	// Amounts.
	'a text without end': {
		at: 'own',
		says: 'too-large',
		make: change((device, { chance }) => {
			const field = chance.one(['main', 'note']);
			const most = field === 'main' ? LIMITS.mainField : LIMITS.otherText;
			write(device, 'card-mine', '', { fields: { [field]: long(most + 1) } });
		})
	},
	'a text that grows past its end': {
		at: 'own',
		says: 'too-large',
		make: onCard('me', (device, card) =>
			fieldText(device, card, 'main')!.insert(0, long(LIMITS.mainField + 1))
		)
	},
	'cards without end': {
		at: 'own',
		says: 'too-many-cards',
		make: change((device) => {
			for (let card = 0; card <= LIMITS.cardsPerPerson; card += 1)
				write(device, `card-mine-${card}`, '', { column: 'few' });
		})
	},
	'a title without end': {
		at: 'board',
		says: 'too-large',
		make: change((device) =>
			makeGroup(device, {
				id: 'group-mine',
				kind: 'theme',
				title: long(LIMITS.groupTitle + 1),
				cards: [],
				...PLACE
			})
		)
	},
	'an update without end': {
		at: 'own',
		says: 'too-large',
		make: () => new Uint8Array(LIMITS.syncBytes + 1)
	},
	'a card id of theirs': {
		at: 'own',
		says: 'card-id-taken',
		make: ({ room, chance, them, device }) => {
			const id = chance.one(readNotebook(room.notebooks[them].doc))?.id;
			return id === undefined ? null : updateOf(device, () => write(device, id, 'not mine'));
		}
	},

	// What cannot be read.
	'cut short': {
		at: 'own',
		says: 'malformed',
		make: ({ device, chance }) => {
			const update = updateOf(device, () => write(device, 'card-mine', 'half of it'));
			return update.subarray(0, chance.below(update.length));
		}
	},
	'more than its end': {
		at: 'own',
		says: 'malformed',
		make: ({ device, chance }) =>
			Buffer.concat([
				updateOf(device, () => write(device, 'card-mine', 'and more')),
				new Uint8Array(1 + chance.below(40)).fill(chance.below(256))
			])
	},
	'more announced than sent': {
		at: 'own',
		says: 'malformed',
		make: ({ device }) => raw([{ client: device.clientID, count: 30_000_000, structs: [] }])
	},
	'a client twice': {
		at: 'own',
		says: 'malformed',
		make: ({ device: { clientID: client } }) =>
			raw([
				{ client, structs: [{ gc: 1 }] },
				{ client, clock: 1, structs: [{ gc: 1 }] }
			])
	},
	'placeholders without end': {
		at: 'board',
		says: 'malformed',
		make: (scene) => {
			const id = foreignId(scene);
			return id && raw([{ ...id, structs: [{ gc: 2 ** 40 }] }]);
		}
	}
};
