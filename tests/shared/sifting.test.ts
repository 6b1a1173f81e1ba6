/** Looking through a board: what is seen of it, and in which order. */
import { assert, constantFrom, property, subarray } from 'fast-check';
import { expect, test } from 'vitest';
import type { BoardValue, CardValue, GroupValue, Votes } from '#shared/doc/contents.ts';
import { byOrder } from '#shared/doc/order.ts';
import { drop, itemsIn } from '../../src/lib/board/arranging.ts';
import { facetsOf, filterTitle, ordersOf } from '../../src/lib/board/facets.ts';
import {
	HAVING,
	mayMove,
	NO_SIFTING,
	sift,
	type Filter,
	type Order,
	type Sifting
} from '../../src/lib/board/sifting.ts';
import { fastest } from '../support/computing.ts';
import { arrangedBoard } from './board-support.ts';
import { around, card, FILTERS, ORDERS, someBoard, someSifting, words } from './sifting-boards.ts';

const boardOf = (cards: CardValue[], groups: GroupValue[] = []): BoardValue => ({ cards, groups });
const ids = (board: BoardValue) => board.cards.map(({ id }) => id).sort();
const sifted = (board: BoardValue, sifting: Partial<Sifting>) =>
	sift(board, { ...NO_SIFTING, ...sifting }, around);
const found = (board: BoardValue, ...filters: Filter[]) => ids(sifted(board, { filters }));

test('SF1 whatever it is looked through by, no card is made up or there twice, each stands in its group, and no group is empty', () => {
	assert(
		property(someBoard, someSifting, (board, sifting) => {
			const before = JSON.stringify(board);
			const seen = sift(board, sifting, around);
			const known = new Map(board.cards.map((one) => [one.id, one]));
			expect(new Set(ids(seen)).size).toBe(seen.cards.length);
			for (const { order: _order, ...one } of seen.cards)
				expect(known.get(one.id)).toMatchObject(one);
			for (const group of seen.groups) {
				const members = seen.cards.filter((one) => one.group === group.id).map(({ id }) => id);
				expect(group.cards.toSorted()).toEqual(members.sort());
				const inner = seen.groups.some((one) => one.group === group.id);
				expect(inner || members.length > 0).toBe(true);
			}
			const standing = new Set(seen.groups.map(({ id }) => id));
			for (const one of seen.cards) if (one.group) expect(standing).toContain(one.group);
			// Each is drawn once.
			const drawn = ['first', 'second'].flatMap((column) => itemsIn(seen, column));
			const inGroups = seen.groups.flatMap((group) => group.cards);
			const loose = drawn.flatMap((item) => (item.kind === 'card' ? [item.id] : []));
			expect([...loose, ...inGroups].sort()).toEqual(ids(seen));
			expect(JSON.stringify(board)).toBe(before);
		})
	);
});

test('SF2 looking for nothing is the board as it is; in another order it is all of it', () => {
	assert(
		property(someBoard, constantFrom(...ORDERS), (board, order) => {
			expect(sift(board, NO_SIFTING, around)).toBe(board);
			expect(sifted(board, { words: '  ' })).toBe(board);
			expect(ids(sifted(board, { order }))).toEqual(ids(board));
		})
	);
});

test('SF3 of one subject either value is enough, and of several all must hold: more of one gives more, another less', () => {
	assert(
		property(someBoard, subarray(FILTERS), constantFrom(...FILTERS), (board, filters, more) => {
			const before = new Set(found(board, ...filters));
			const after = found(board, ...filters, more);
			const subject = (one: Filter) =>
				'field' in one ? one.field : one.by === 'having' ? one.value : one.by;
			const isAlternative = filters.some((one) => subject(one) === subject(more));
			if (isAlternative) expect(after).toEqual(expect.arrayContaining([...before]));
			else for (const id of after) expect(before).toContain(id);
		})
	);
	const board = boardOf([
		card('c1', { fields: { cause: ['time'], country: 'KE' } }),
		card('c2', { fields: { cause: ['money', 'time'], country: 'FJ' } }),
		card('c3', { fields: { cause: ['money'] } }),
		card('c4', { column: 'second', fields: {} })
	]);
	const [time, money] = ['time', 'money'].map((value): Filter => ({
		by: 'field',
		field: 'cause',
		value
	})) as [Filter, Filter];
	expect(found(board, time)).toEqual(['c1', 'c2']);
	expect(found(board, time, money)).toEqual(['c1', 'c2', 'c3']);
	expect(found(board, money, { by: 'field', field: 'country', value: 'FJ' })).toEqual(['c2']);
	expect(found(board, money, { by: 'without', field: 'country' })).toEqual(['c3']);
	expect(found(board, { by: 'without', field: 'country' })).toEqual(['c3']);
});

test('SF4 by any field, by column, group, author, language, and by what happened to a card', () => {
	const from = { board: 'before', card: 'b1' };
	const board = boardOf(
		[
			card('c1', { fields: { goals: ['4.7', '16.10'], hard: 5, who: 'olena' } }),
			card('c2', { column: 'second', answers: 'c1', author: 'ana', from, fields: { hard: 2 } }),
			card('c3', { group: 'g1', language: 'fr' }),
			card('c4', { group: 'g2', author: 'ana' }),
			card('c5', { group: 'g2' })
		],
		[
			{ id: 'g1', kind: 'theme', title: 'Far', column: 'first', order: 'a', cards: ['c3'] },
			{
				id: 'g2',
				kind: 'same',
				title: '',
				column: 'first',
				order: 'a',
				group: 'g1',
				cards: ['c4', 'c5']
			}
		]
	);
	expect(found(board, { by: 'field', field: 'goals', value: '16' })).toEqual(['c1']);
	expect(found(board, { by: 'field', field: 'who', value: 'olena' })).toEqual(['c1']);
	expect(found(board, { by: 'scale', field: 'hard', from: 2, to: 4 })).toEqual(['c2']);
	expect(found(board, { by: 'column', value: 'second' })).toEqual(['c2']);
	expect(found(board, { by: 'theme', value: 'g1' })).toEqual(['c3', 'c4', 'c5']);
	expect(found(board, { by: 'theme', value: '' })).toEqual(['c1', 'c2']);
	expect(found(board, { by: 'author', value: 'ana' })).toEqual(['c2', 'c4']);
	expect(found(board, { by: 'language', value: 'fr' })).toEqual(['c3']);
	const having = Object.fromEntries(
		HAVING.map((value) => [value, found(board, { by: 'having', value })])
	);
	expect(having).toEqual({
		comments: ['c3'],
		answers: ['c1'],
		'no-answer': ['c3', 'c4', 'c5'],
		votes: ['c1', 'c2', 'c3', 'c4', 'c5'],
		reactions: ['c4', 'c5'],
		earlier: ['c2'],
		mine: ['c1', 'c3', 'c5']
	});
});

test('SF4 what a group got counts for each of its cards, and what a theme got for the groups in it', () => {
	const group = (id: string, cards: string[], rest: Partial<GroupValue> = {}): GroupValue => {
		return { id, kind: 'theme', title: id, column: 'first', order: 'a', cards, ...rest };
	};
	const board = boardOf(
		[card('c1'), card('c2', { group: 'g1' }), card('c3', { group: 'g2' })],
		[group('g1', ['c2']), group('g2', ['c3'], { kind: 'same', group: 'g1' })]
	);
	const voted = (totals: Votes) => {
		const sifting: Sifting = { ...NO_SIFTING, filters: [{ by: 'having', value: 'votes' }] };
		return ids(sift(board, sifting, { ...around, totals }));
	};
	const isOffered = (totals: Votes) =>
		ordersOf(board, { ...around, totals }, words).some(({ id }) => id === 'votes');
	expect(voted({ c1: 1 })).toEqual(['c1']);
	expect(voted({ g1: 4 })).toEqual(['c2', 'c3']);
	expect(voted({ g2: 4 })).toEqual(['c3']);
	expect(voted({ g1: 0 })).toEqual([]);
	expect(isOffered({ g1: 4 })).toBe(true);
	expect(isOffered({ g2: 4 })).toBe(true);
	expect(isOffered({ g1: 0 })).toBe(false);
});

test('SF5 words are found without case and accents, all of them, anywhere in a card, in its fields and its author', () => {
	const board = boardOf([
		card('c1', { fields: { main: 'Une bibliothèque à Nairobi', country: 'KE' } }),
		card('c2', { author: 'ana', fields: { main: 'Nobody had TIME', who: 'olena' } }),
		card('c3', { fields: { main: 'Größe und Mühe', cause: ['money'] } })
	]);
	const said = (typed: string) => ids(sifted(board, { words: typed }));
	expect(said('bibliotheque')).toEqual(['c1']);
	expect(said('  time  NOBODY ')).toEqual(['c2']);
	expect(said('kenya')).toEqual(['c1']);
	expect(said('muhe money')).toEqual(['c3']);
	expect(said('olena')).toEqual(['c2']);
	expect(said('ana')).toEqual(['c2']);
	expect(said('time bibliotheque')).toEqual([]);
});

test('SF6 sorted, the most come first and names go by the alphabet, within columns and within groups; what has nothing is last, and equals stay as placed', () => {
	const board = boardOf(
		[
			card('c1', { fields: { hard: 2, country: 'KE' } }),
			card('c2', { fields: { hard: 5 }, author: 'ana' }),
			card('c3', { fields: { country: 'FJ' } }),
			card('c4', { group: 'g1', fields: { hard: 4 } }),
			card('c5', { group: 'g1', author: 'ana', fields: { hard: 4 } })
		],
		[{ id: 'g1', kind: 'theme', title: 'Far', column: 'first', order: 'a', cards: ['c4', 'c5'] }]
	);
	const drawn = (order: Order) => itemsIn(sifted(board, { order }), 'first').map(({ id }) => id);
	const inGroup = (order: Order) => sifted(board, { order }).groups[0]!.cards;
	expect(drawn('placed')).toEqual(['g1', 'c1', 'c2', 'c3']);
	expect(drawn('votes')).toEqual(['g1', 'c1', 'c2', 'c3']);
	expect(drawn('reactions')).toEqual(['g1', 'c1', 'c2', 'c3']);
	expect(drawn('comments')).toEqual(['c3', 'g1', 'c1', 'c2']);
	expect(drawn('field/hard')).toEqual(['c2', 'g1', 'c1', 'c3']);
	expect(drawn('field/country')).toEqual(['c3', 'c1', 'g1', 'c2']);
	expect(drawn('author')).toEqual(['g1', 'c2', 'c1', 'c3']);
	expect(inGroup('field/hard')).toEqual(['c4', 'c5']);
	expect(inGroup('author')).toEqual(['c5', 'c4']);
	// Cards of the same key keep to each other as they lay.
	assert(
		property(someBoard, constantFrom<Order>('votes', 'comments'), (some, order) => {
			const none = { ...around, totals: null, comments: () => 0 };
			const after = sift(some, { ...NO_SIFTING, order }, none);
			const before = some.cards.toSorted(byOrder).map(({ id }) => id);
			expect(after.cards.toSorted(byOrder).map(({ id }) => id)).toEqual(before);
		})
	);
});

test('SF7 what is offered is what tells some cards from others, with as many as it then gives', () => {
	assert(
		property(someBoard, (board) => {
			for (const { options } of facetsOf(board, around, words))
				for (const { filter, title, count } of options) {
					expect(found(board, filter)).toHaveLength(count);
					expect(count).toBeGreaterThan(0);
					expect(count).toBeLessThan(board.cards.length);
					expect(title).not.toBe('');
					expect(filterTitle(filter, board, around, words)).not.toBe('');
				}
			expect(ordersOf(board, around, words)[0]?.id).toBe('placed');
		})
	);
	const anonymous = { ...around, author: () => null, totals: null };
	const board = boardOf([card('c1'), card('c2', { author: 'ana' })]);
	const offered = facetsOf(board, anonymous, words).map(({ id }) => id);
	expect(offered).not.toContain('author');
	expect(ordersOf(board, anonymous, words).map(({ id }) => id)).not.toContain('author');
});

test('SF9 a card that is dropped while others are out of sight lies where it was put, for everybody; sorted, none can be moved', () => {
	const { board, writes } = arrangedBoard({ barriers: ['a', 'b', 'c', 'd'] });
	board.makeGroup(['b', 'd'], { column: 'barriers', order: 'b' });
	const before = writes();
	const inGroup: Filter = { by: 'theme', value: board.value.groups[0]!.id };
	const loose: Filter = { by: 'theme', value: '' };
	const drawn = (filter: Filter) =>
		itemsIn(sifted(board.value, { filters: [filter] }), 'barriers').map(({ id }) => id);
	expect(drawn(loose)).toEqual(['a', 'c']);
	expect(drawn(inGroup)).toEqual([inGroup.value]);
	// The group is out of sight, and the card behind it all the same.
	drop(board, { kind: 'card', id: 'a' }, { on: 'slot', column: 'barriers', before: null });
	expect(writes()).toBe(before + 1);
	const all = itemsIn(board.value, 'barriers').map(({ id }) => id);
	expect(all).toEqual(['c', inGroup.value, 'a']);
	expect(ORDERS.filter((order) => mayMove({ ...NO_SIFTING, order }))).toEqual(['placed']);
});

test('SF8 a thousand cards are looked through while a finger rests', () => {
	const cards = Array.from({ length: 1000 }, (_, at) =>
		card(`c${at}`, {
			author: at % 3 ? 'ben' : 'ana',
			group: at % 4 === 0 ? `g${at % 40}` : undefined,
			fields: {
				main: 'Nobody had the time to write to them '.repeat(4) + at,
				cause: ['time'],
				hard: (at % 5) + 1
			}
		} as Partial<CardValue>)
	);
	const groups = [...Map.groupBy(cards, ({ group }) => group)].flatMap(
		([id, some]): GroupValue[] =>
			id === undefined
				? []
				: [
						{
							id,
							kind: 'theme',
							title: id,
							column: 'first',
							order: 'b',
							cards: some.map((one) => one.id)
						}
					]
	);
	const sifting: Sifting = {
		words: 'time 9',
		filters: [{ by: 'scale', field: 'hard', from: 2, to: 5 }],
		order: 'field/hard'
	};
	const board = boardOf(cards, groups);
	expect(sift(board, sifting, around).cards.length).toBeGreaterThan(100);
	const [took] = fastest(() => sift(board, sifting, around));
	expect(took).toBeLessThan(200);
});
