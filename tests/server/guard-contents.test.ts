import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { judge } from '#server/yjs/guard.ts';
import { dissolveGroup, makeGroup } from '#shared/doc/board.ts';
import { deleteCard, editText, fieldText, LOCAL, setField } from '#shared/doc/notebook.ts';
import { cardsOf, groupsOf, LIMITS, placementsOf, type FieldValue } from '#shared/doc/schema.ts';

import {
	benNotebook,
	board,
	cardMap,
	fieldsMap,
	updateOf,
	write,
	inNotebook,
	onBoard,
	said
} from './guard-support.ts';

test('GU10 a card’s keys and values are the schema’s', () => {
	const set = (key: string, value: unknown) =>
		inNotebook((device) => cardMap(device, 'card-1').set(key, value));
	const from = { board: 'board-1', card: 'card-9' };
	expect(set('answers', 'card-9')).toBe('passed');
	expect(set('from', from)).toBe('passed');
	expect(set('language', 'fr-CA')).toBe('passed');
	expect(set('draft', true)).toBe('passed');
	for (const [key, value] of [
		['colour', 'red'],
		['__proto__', 'red'],
		['column', 7],
		['column', 'a column'],
		['order', ''],
		['order', 'a'.repeat(201)],
		['answers', '<b>'],
		['answers', null],
		['from', { ...from, author: 'chidi' }],
		['from', { board: 'board-1' }],
		['language', 'french!'],
		['draft', false],
		['column', { __proto__: { column: 'all' } }]
	] as const)
		expect([key, value, set(key, value)]).toEqual([key, value, 'unknown-content']);
	expect(inNotebook((device) => write(device, 'no', 'a short id'))).toBe('unknown-content');
});

const VALUES: { field: string; good: unknown[]; bad: unknown[] }[] = [
	{ field: 'cause', good: ['time', 'money'], bad: ['other', '', 1, ['time'], null] },
	{
		field: 'means',
		good: [[], ['echo'], ['echo', 'in my own words']],
		bad: ['echo', ['x'.repeat(201)], [1], Array.from({ length: 61 }, () => 'echo')]
	},
	{ field: 'skilled', good: [1, 5], bad: [0, 6, 2.5, '3', Number.NaN, [3]] },
	{ field: 'country', good: ['FR'], bad: ['fr', 'FRA', '', 33] },
	{
		field: 'targets',
		good: [[], ['4'], ['16.10', '5.b', '17.19']],
		bad: ['4', ['18'], ['0'], ['4.'], ['4.6.1'], ['4.e'], [4]]
	},
	{ field: 'target', good: [['16.10']], bad: [['4', '5']] },
	{ field: 'page', good: ['', 'https://example.org'], bad: ['x'.repeat(2001), 1] },
	{ field: 'who', good: ['Ben', ''], bad: ['x'.repeat(81), { name: 'Ben' }] },
	{ field: 'colour', good: [], bad: ['red'] },
	{ field: 'constructor', good: [], bad: ['red'] }
];

test.each(VALUES)('GU11 a value of the field $field is one of its type', ({ field, good, bad }) => {
	const set = (value: unknown) =>
		inNotebook((device) => setField(device, 'card-1', field, value as FieldValue));
	for (const value of good) expect([value, set(value)]).toEqual([value, 'passed']);
	for (const value of bad.filter((one) => one !== null))
		expect([value, set(value)]).toEqual([value, 'unknown-content']);
});

test('GU12 a text is made with its card, and never afterwards', () => {
	const again = (field: string, value: unknown) =>
		inNotebook((device) => fieldsMap(device, 'card-1').set(field, value));
	expect(again('main', new Y.Text('anew'))).toBe('unknown-content');
	expect(again('main', 'a string')).toBe('unknown-content');
	expect(inNotebook((device) => cardMap(device, 'card-1').set('fields', new Y.Map()))).toBe(
		'unknown-content'
	);
	expect(inNotebook((device) => cardMap(device, 'card-1').set('fields', 'none'))).toBe(
		'unknown-content'
	);
});

test('GU12 a card that undo or redo brings back comes whole', () => {
	const { server, device } = benNotebook();
	const undo = new Y.UndoManager(cardsOf(device), {
		trackedOrigins: new Set([LOCAL]),
		captureTimeout: 0
	});
	const verdicts: string[] = [];
	device.on('update', (update: Uint8Array) => verdicts.push(said(server.receive(update))));
	write(device, 'card-2', 'no money');
	editText(fieldText(device, 'card-2', 'main')!, 'no money at all');
	setField(device, 'card-2', 'cause', 'money');
	deleteCard(device, 'card-2');
	for (let step = 0; step < 4; step += 1) undo.undo();
	for (let step = 0; step < 3; step += 1) undo.redo();
	expect(verdicts).toHaveLength(11);
	expect(new Set(verdicts)).toEqual(new Set(['passed']));
	expect(cardsOf(server.doc).toJSON()).toEqual(cardsOf(device).toJSON());
	expect(cardMap(server.doc, 'card-2').toJSON()).toMatchObject({
		fields: { main: 'no money at all', cause: 'money' }
	});
	undo.destroy();
});

test('GU13 a placement is one plain value of a card’s or a group’s id', () => {
	const set = (id: string, value: unknown) =>
		onBoard((device) => placementsOf(device).set(id, value as never));
	const at = { column: 'all', order: 'a1' };
	expect(set('card-ben', at)).toBe('passed');
	expect(set('card-gone', { ...at, group: 'group-1' })).toBe('passed');
	for (const [id, value] of [
		['card-ben', 'all'],
		['card-ben', { column: 'all' }],
		['card-ben', { ...at, note: 'hidden' }],
		['card-ben', { ...at, group: '' }],
		['card-ben', JSON.parse('{"column":"all","order":"a1","__proto__":{"group":"group-1"}}')],
		['card-ben', [at]],
		['card-ben', new Y.Map()],
		['<b>', at],
		['__proto__', at],
		['constructor', at]
	] as const)
		expect([id, value, set(id, value)]).toEqual([id, value, 'unknown-content']);
});

test('GU14 a group is made whole, and its kind stays', () => {
	const group = (device: Y.Doc, entries: [string, unknown][], id = 'group-1') =>
		groupsOf(device).set(id, new Y.Map(entries));
	const kind: [string, unknown] = ['kind', 'theme'];
	const title = (): [string, unknown] => ['title', new Y.Text('')];
	expect(onBoard((device) => group(device, [kind, title()]))).toBe('passed');
	for (const entries of [
		[],
		[kind],
		[title()],
		[['kind', 'pile'], title()],
		[kind, ['title', 'plain']],
		[kind, title(), ['colour', 'red']]
	] as [string, unknown][][])
		expect(onBoard((device) => group(device, entries))).toBe('unknown-content');
	expect(onBoard((device) => group(device, [kind, title()], 'x'))).toBe('unknown-content');

	const { server, device } = board();
	const make = updateOf(device, () => group(device, [kind, title()]));
	expect(said(server.receive(make))).toBe('passed');
	for (const [key, value] of [['kind', 'same'], title()] as [string, unknown][]) {
		const other = server.device();
		const change = updateOf(other, () => groupsOf(other).get('group-1')!.set(key, value));
		expect(said(server.receive(change))).toBe('unknown-content');
	}
});

test('GU14 a group made and taken apart in one batch passes', () => {
	const { server, device } = board();
	const at = { column: 'all', order: 'a1' };
	makeGroup(device, { id: 'group-1', kind: 'theme', cards: ['card-ben'], ...at });
	dissolveGroup(device, 'group-1');
	expect(said(server.receive(Y.encodeStateAsUpdate(device)))).toBe('passed');
});

test('GU15 a text keeps within its limit, counted as it is after the update', () => {
	const fill = (field: string, length: number) =>
		inNotebook((device) => editText(fieldText(device, 'card-1', field)!, 'x'.repeat(length)));
	expect(fill('main', LIMITS.mainField)).toBe('passed');
	expect(fill('main', LIMITS.mainField + 1)).toBe('too-large');
	expect(fill('note', LIMITS.otherText)).toBe('passed');
	expect(fill('note', LIMITS.otherText + 1)).toBe('too-large');
	const long = 'x'.repeat(LIMITS.mainField + 1);
	expect(inNotebook((device) => write(device, 'card-2', long))).toBe('too-large');
	const title = 'x'.repeat(LIMITS.groupTitle + 1);
	expect(
		onBoard((device) =>
			makeGroup(device, {
				id: 'group-1',
				kind: 'theme',
				title,
				column: 'all',
				order: 'a',
				cards: []
			})
		)
	).toBe('too-large');
});

test('GU15 a full text is replaced, shortened, and does not grow', () => {
	const { server, device } = benNotebook();
	const main = () => fieldText(device, 'card-1', 'main')!;
	const say = (value: string) =>
		said(server.receive(updateOf(device, () => editText(main(), value))));
	expect(say('x'.repeat(LIMITS.mainField))).toBe('passed');
	expect(say('y'.repeat(LIMITS.mainField))).toBe('passed');
	expect(say('y'.repeat(10))).toBe('passed');
	expect(say('y'.repeat(LIMITS.mainField))).toBe('passed');
	expect(say('y'.repeat(LIMITS.mainField + 1))).toBe('too-large');
});

test('GU15 a text that is too long already is shortened, and does not grow', () => {
	const { server, device } = benNotebook();
	fieldText(server.doc, 'card-1', 'main')!.insert(0, 'x'.repeat(3000));
	Y.applyUpdate(device, Y.encodeStateAsUpdate(server.doc));
	const main = fieldText(device, 'card-1', 'main')!;
	expect(said(server.receive(updateOf(device, () => main.delete(0, 10))))).toBe('passed');
	expect(said(server.receive(updateOf(device, () => main.insert(0, 'x'))))).toBe('too-large');
});

test('GU15 what was typed and deleted again offline does not count', () => {
	const { server, device } = benNotebook();
	const undo = new Y.UndoManager(cardsOf(device), { trackedOrigins: new Set([LOCAL]) });
	for (let round = 0; round < 5; round += 1) {
		editText(fieldText(device, 'card-1', 'main')!, 'x'.repeat(LIMITS.mainField));
		editText(fieldText(device, 'card-1', 'main')!, '');
	}
	expect(said(server.receive(Y.encodeStateAsUpdate(device)))).toBe('passed');
	undo.destroy();
});

test('GU16 a person has a hundred live cards on a board, and as many again once they are gone', () => {
	const { server, device } = benNotebook();
	const send = (change: () => void) => said(server.receive(updateOf(device, change)));
	const many = () => {
		for (let card = 2; card <= 100; card += 1) write(device, `card-${card}`, 'x');
	};
	expect(send(many)).toBe('passed');
	const other = server.device();
	const more = updateOf(other, () => write(other, 'card-101', 'x'));
	expect(said(server.receive(more))).toBe('too-many-cards');
	const swap = () => {
		deleteCard(device, 'card-1');
		write(device, 'card-101', 'x');
	};
	expect(send(swap)).toBe('passed');
	expect(cardsOf(server.doc).get('ben')!.size).toBe(100);
});

test('GU17 a card’s id is its own on the whole board', () => {
	const { server, device } = benNotebook();
	const update = updateOf(device, () => write(device, 'card-2', 'no money'));
	const cardTaken = (card: string) => card === 'card-2';
	expect(said(server.receive(update, { cardTaken }))).toBe('card-id-taken');
	expect(server.receive(update)).toMatchObject({ cards: ['card-2'] });
});

test('GU18 a board has room for so many placements and groups', () => {
	const { server, device } = board();
	const at = { column: 'all', order: 'a1' };
	const fill = updateOf(device, () => {
		for (let card = 0; card < LIMITS.placements; card += 1)
			placementsOf(device).set(`card-${10_000 + card}`, at);
		for (let group = 0; group < LIMITS.groups; group += 1)
			groupsOf(device).set(
				`group-${1000 + group}`,
				new Y.Map<unknown>([
					['kind', 'theme'],
					['title', new Y.Text()]
				])
			);
	});
	expect(said(server.receive(fill))).toBe('passed');
	const more = (change: (one: Y.Doc) => void) => {
		const one = server.device();
		return said(server.receive(updateOf(one, () => change(one))));
	};
	expect(more((one) => placementsOf(one).set('card-more', at))).toBe('too-large');
	expect(more((one) => placementsOf(one).set('card-10000', { ...at, order: 'b' }))).toBe('passed');
	const group = { id: 'group-more', kind: 'theme' as const, cards: [], ...at };
	expect(more((one) => makeGroup(one, group))).toBe('too-large');
	const swap = (one: Y.Doc) => {
		placementsOf(one).delete('card-10000');
		placementsOf(one).set('card-more', at);
	};
	expect(more(swap)).toBe('passed');
});

test('GU19 an update is no larger than a whole notebook may be', () => {
	const { server } = benNotebook();
	const verdict = judge(new Uint8Array(LIMITS.syncBytes + 1), server.doc, server.rights());
	expect(said(verdict)).toBe('too-large');
});
