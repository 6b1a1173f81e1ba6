import { expect, test } from 'vitest';
import * as Y from 'yjs';

import {
	dissolveGroup,
	groupTitle,
	joinGroup,
	leaveGroup,
	makeGroup,
	place
} from '#shared/doc/board.ts';
import {
	changeCard,
	deleteCard,
	editText,
	fieldText,
	makeAuthorMap,
	putDown,
	setField
} from '#shared/doc/notebook.ts';
import { cardsOf, groupsOf, placementsOf } from '#shared/doc/schema.ts';

import {
	benNotebook,
	board,
	cardMap,
	Guarded,
	updateOf,
	write,
	inNotebook,
	onBoard,
	said
} from './guard-support.ts';

test('GU3 what the document already has is skipped, whoever’s it is', () => {
	const { server, device } = board();
	placeBy(server, 'chidi', 'card-ben');
	Y.applyUpdate(device, Y.encodeStateAsUpdate(server.doc));
	const whole = Y.encodeStateAsUpdate(device);
	expect(server.receive(whole, { mayArrange: false })).toEqual({ clientIds: [], cards: [] });
});

test('GU3 deletions of others that the document already has are skipped', () => {
	const { server, device } = benNotebook();
	server.doc.transact(() => cardsOf(server.doc).get('ben')!.delete('card-1'));
	Y.applyUpdate(device, Y.encodeStateAsUpdate(server.doc));
	expect(said(server.receive(Y.encodeStateAsUpdate(device), { author: 'chidi' }))).toBe('passed');
});

test('GU4 a client id that nobody holds is reported, one’s own is used again', () => {
	const made = makeAuthorMap('ben');
	const server = new Guarded('notebook', made);
	const device = server.device();
	const first = updateOf(device, () => write(device, 'card-1', 'no time'));
	expect(server.receive(first)).toEqual({ clientIds: [device.clientID], cards: ['card-1'] });
	const second = updateOf(device, () => putDown(device, 'card-1'));
	expect(server.receive(second)).toEqual({ clientIds: [], cards: [] });
	const third = updateOf(device, () => write(device, 'card-2', 'no money'));
	expect(server.receive(third)).toEqual({ clientIds: [], cards: ['card-2'] });
});

test('GU4 a client id of somebody else, or of the server, is refused', () => {
	const { server, device } = benNotebook();
	const update = updateOf(device, () => write(device, 'card-2', 'no money'));
	const held = (holder: string | null) => ({ holderOf: () => holder });
	expect(said(server.receive(update, held('chidi')))).toBe('client-id-taken');
	expect(said(server.receive(update, held(null)))).toBe('client-id-taken');
	expect(said(server.receive(update))).toBe('passed');
});

test('GU4 a client id of one’s own that has written in another document is refused', () => {
	const { server } = benNotebook();
	const device = server.device();
	const first = updateOf(device, () => write(device, 'card-2', 'no money'));
	const own = { holderOf: () => 'ben' };
	expect(said(server.receive(first, { ...own, writesElsewhere: () => true }))).toBe(
		'client-id-taken'
	);
	expect(said(server.receive(first, own))).toBe('passed');
});

test('GU6 in a notebook one writes one’s own cards', () => {
	expect(inNotebook((device) => write(device, 'card-2', 'no money'))).toBe('passed');
	expect(
		inNotebook((device) => editText(fieldText(device, 'card-1', 'main')!, 'no time at all'))
	).toBe('passed');
	expect(inNotebook((device) => setField(device, 'card-1', 'cause', 'money'))).toBe('passed');
	expect(inNotebook((device) => changeCard(device, 'card-1', { column: 'few' }))).toBe('passed');
	expect(inNotebook((device) => deleteCard(device, 'card-1'))).toBe('passed');
});

test('GU6 nobody else’s notebook, and no other root', () => {
	const { server, device } = benNotebook();
	const update = updateOf(device, () => write(device, 'card-2', 'no money'));
	expect(said(server.receive(update, { author: 'chidi' }))).toBe('foreign-path');
	expect(said(server.receive(update, { author: null }))).toBe('foreign-path');
	const remove = updateOf(device, () => deleteCard(device, 'card-1'));
	expect(said(server.receive(update))).toBe('passed');
	expect(said(server.receive(remove, { author: 'chidi' }))).toBe('foreign-delete');
	for (const root of ['placements', 'groups', 'comments', 'constructor'])
		expect(inNotebook((one) => one.getMap(root).set('card-1', { column: 'all', order: 'a' }))).toBe(
			'foreign-path'
		);
});

test('GU6 the map of an author is the server’s: not made, not replaced, not deleted', () => {
	expect(inNotebook((device) => cardsOf(device).set('chidi', new Y.Map()))).toBe('foreign-path');
	expect(inNotebook((device) => cardsOf(device).set('ben', new Y.Map()))).toBe('foreign-path');
	expect(inNotebook((device) => cardsOf(device).delete('ben'))).toBe('foreign-delete');
});

test('GU7 on a board people arrange, and clear what others have arranged', () => {
	const { server, device } = board();
	const by = (change: (device: Y.Doc) => void) => said(server.receive(updateOf(device, change)));
	const at = { column: 'all', order: 'a1' };
	expect(by((one) => place(one, 'card-ben', at))).toBe('passed');
	const group = { id: 'group-1', kind: 'theme' as const, cards: ['card-ben', 'card-chidi'] };
	expect(by((one) => makeGroup(one, { ...group, ...at }))).toBe('passed');
	expect(by((one) => leaveGroup(one, 'card-ben', at))).toBe('passed');
	expect(by((one) => joinGroup(one, 'card-ben', 'group-1'))).toBe('passed');
	expect(by((one) => editText(groupTitle(one, 'group-1')!, 'Means'))).toBe('passed');

	const chidi = server.device();
	const as = { author: 'chidi', holder: 'chidi' };
	const overwrite = updateOf(chidi, () => place(chidi, 'card-ben', { column: 'few', order: 'b' }));
	expect(said(server.receive(overwrite, as))).toBe('passed');
	const title = updateOf(chidi, () => editText(groupTitle(chidi, 'group-1')!, ''));
	expect(said(server.receive(title, as))).toBe('passed');
	const clear = updateOf(chidi, () => dissolveGroup(chidi, 'group-1'));
	expect(said(server.receive(clear, as))).toBe('passed');
	expect(groupsOf(server.doc).size).toBe(0);
});

test('GU7 only while the phase lets them', () => {
	const closed = { mayArrange: false };
	const at = { column: 'all', order: 'a1' };
	expect(onBoard((device) => place(device, 'card-ben', at), closed)).toBe('wrong-phase');
	const { server, device } = board();
	placeBy(server, 'chidi', 'card-ben');
	Y.applyUpdate(device, Y.encodeStateAsUpdate(server.doc));
	const clear = updateOf(device, () => placementsOf(device).delete('card-ben'));
	expect(said(server.receive(clear, closed))).toBe('wrong-phase');
	expect(said(server.receive(clear))).toBe('passed');
});

test('GU7 cards are never written on the board, not even one’s own', () => {
	expect(onBoard((device) => write(device, 'card-2', 'on the board'))).toBe('foreign-path');
	expect(onBoard((device) => cardMap(device, 'card-ben').set('column', 'few'))).toBe(
		'foreign-path'
	);
	expect(onBoard((device) => cardsOf(device).get('chidi')!.delete('card-chidi'))).toBe(
		'foreign-delete'
	);
	expect(onBoard((device) => device.getMap('comments').set('a', 1))).toBe('foreign-path');
});

test('GU9 only the schema’s kinds of content', () => {
	const text = (device: Y.Doc) => fieldText(device, 'card-1', 'main')!;
	const own = (device: Y.Doc, value: unknown) => cardMap(device, 'card-1').set('column', value);
	expect(inNotebook((device) => text(device).insert(0, 'bold', { bold: true }))).toBe(
		'unknown-content'
	);
	expect(inNotebook((device) => text(device).insertEmbed(0, { image: 'x' }))).toBe(
		'unknown-content'
	);
	expect(inNotebook((device) => text(device).setAttribute('hidden', 'payload'))).toBe(
		'unknown-content'
	);
	for (const value of [
		new Uint8Array([1]),
		new Y.Doc(),
		new Y.Array(),
		new Y.XmlText(),
		new Y.XmlElement('p'),
		new Y.XmlFragment(),
		new Y.XmlHook('map'),
		new Y.Map(),
		new Y.Text('all')
	])
		expect(inNotebook((device) => own(device, value))).toBe('unknown-content');
});

test('GU9 a type that extends one of the schema’s is not that type', () => {
	const card = (map: Y.Map<unknown>) =>
		inNotebook((device) => cardsOf(device).get('ben')!.set('card-2', map));
	const withText = (text: Y.Text) =>
		new Y.Map<unknown>([['fields', new Y.Map<unknown>([['main', text]])]]);
	expect(card(withText(new Y.Text('plain')))).toBe('passed');
	expect(card(withText(new Y.XmlText('extended')))).toBe('unknown-content');
	expect(card(new Y.XmlHook('extended') as Y.Map<unknown>)).toBe('unknown-content');
});

test('GU20 late words in a card that is gone pass, and have no effect', () => {
	const { server, device } = benNotebook();
	server.doc.transact(() => cardsOf(server.doc).get('ben')!.delete('card-1'));
	const late = updateOf(device, () => {
		editText(fieldText(device, 'card-1', 'main')!, 'still here');
		setField(device, 'card-1', 'cause', 'time');
		cardMap(device, 'card-1').set('draft', true);
	});
	expect(said(server.receive(late))).toBe('passed');
	expect(cardsOf(server.doc).get('ben')!.size).toBe(0);
	const after = updateOf(device, () => write(device, 'card-2', 'a new one'));
	expect(said(server.receive(after))).toBe('passed');
	expect(cardsOf(server.doc).get('ben')!.size).toBe(1);
});

test('GU20 under another’s client id they do not', () => {
	const { server, device } = benNotebook();
	server.doc.transact(() => cardsOf(server.doc).get('ben')!.delete('card-1'));
	const late = updateOf(device, () => editText(fieldText(device, 'card-1', 'main')!, 'late'));
	expect(said(server.receive(late, { holder: 'chidi' }))).toBe('client-id-taken');
});

test('GU20 a title typed into a group that is gone closes nobody’s connection', () => {
	const { server, device } = board();
	const at = { column: 'all', order: 'a1' };
	const make = updateOf(device, () =>
		makeGroup(device, { id: 'group-1', kind: 'theme', cards: [], ...at })
	);
	expect(said(server.receive(make))).toBe('passed');
	server.doc.transact(() => groupsOf(server.doc).delete('group-1'));
	const late = updateOf(device, () => editText(groupTitle(device, 'group-1')!, 'Means'));
	expect(said(server.receive(late, { mayArrange: false }))).toBe('passed');
	expect(groupsOf(server.doc).size).toBe(0);
});

/** Somebody else has placed a card. */
function placeBy(server: Guarded, holder: string, card: string): void {
	const device = server.device();
	const update = updateOf(device, () => place(device, card, { column: 'few', order: 'a5' }));
	expect(said(server.receive(update, { holder }))).toBe('passed');
}
