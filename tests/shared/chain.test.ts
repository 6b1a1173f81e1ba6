import { assert, property, array, constantFrom, nat, option, record } from 'fast-check';
import { expect, test } from 'vitest';
import { chainsOf, DEEPEST, type ChainBoard, type Link } from '#shared/chain.ts';
import type { ActionValue, CardValue, GroupValue } from '#shared/doc/contents.ts';
import { earlierCards, offeredTo, sourceOf, keyOf } from '#shared/earlier.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';

const barrier = findExercise('barrier')!;
const partner = findExercise('potential-partner')!;
const advocate = findExercise('advocate')!;

const COLUMNS: Record<string, [string, string]> = {
	barriers: ['barrier', 'stoppedUs'],
	'ways-round': ['barrier', 'whatWeCouldDo'],
	business: ['potential-partner', 'partner'],
	local: ['advocate', 'name']
};

function card(id: string, column: string, text: string, rest: Partial<CardValue> = {}): CardValue {
	const main = COLUMNS[column]![1];
	return { id, author: 'key-ben', column, order: `a${id}`, fields: { [main]: text }, ...rest };
}
const action = (id: string, board: string, about?: string): ActionValue => ({
	id,
	board,
	what: `Do ${id}`,
	who: 'Ben',
	when: '',
	at: 1,
	...(about && { card: about })
});

function board(
	id: string,
	exercise: typeof barrier,
	cards: CardValue[],
	rest: { groups?: GroupValue[]; votes?: Record<string, number>; actions?: ActionValue[] } = {}
): ChainBoard {
	const { groups = [], votes = null, actions = [] } = rest;
	return { id, contents: { exercise, board: { cards, groups }, votes, actions } };
}

/** A chain in a line: what stands in brackets followed. */
const told = (link: Link): string => {
	const name = 'card' in link ? link.card.id : link.action.id;
	return link.next.length === 0 ? name : `${name}(${link.next.map(told).join(' ')})`;
};
const chains = (boards: ChainBoard[]) => chainsOf(boards).map(told);
const at = (board: string, card: string) => ({ from: { board, card } });

test('NX11 barrier, way round, partner, advocate and action hang together', () => {
	const boards = [
		board('one', barrier, [
			card('no-time', 'barriers', 'No time'),
			card('no-money', 'barriers', 'No money'),
			card('by-phone', 'ways-round', 'By phone', { answers: 'no-time' }),
			card('ask-more', 'ways-round', 'Ask', { answers: 'no-money' })
		]),
		board('two', partner, [
			card('the-bank', 'business', 'A bank', at('one', 'no-time')),
			card('nobody', 'business', 'Another bank')
		]),
		board('three', advocate, [card('the-mayor', 'local', 'A mayor', at('two', 'the-bank'))], {
			actions: [action('call', 'three', 'the-mayor'), action('else', 'three')]
		})
	];
	expect(chains(boards)).toEqual(['no-time(by-phone the-bank(the-mayor(call)))']);
});

test('NX11 what was carried over, and what says the same, is one with it', () => {
	const same: GroupValue = {
		id: 'group-1',
		kind: 'same',
		title: '',
		column: 'barriers',
		order: 'a0',
		cards: ['first', 'second']
	};
	const boards = [
		board(
			'one',
			barrier,
			[
				card('first', 'barriers', 'No time', { group: 'group-1' }),
				card('second', 'barriers', 'Time!', { group: 'group-1' })
			],
			{ groups: [same] }
		),
		board('two', barrier, [card('carried', 'barriers', 'No time', at('one', 'first'))], {
			actions: [action('plan', 'two', 'carried')]
		}),
		board('three', partner, [
			card('by-second', 'business', 'A bank', at('one', 'second')),
			card('by-copy', 'business', 'A firm', at('two', 'carried'))
		])
	];
	expect(chains(boards)).toEqual(['first(by-copy by-second plan)']);
});

test('NX11 the most voted stand first; what leads nowhere else, or to nothing, is no chain', () => {
	const boards = [
		board(
			'one',
			barrier,
			[
				card('few', 'barriers', 'Few'),
				card('many', 'barriers', 'Many'),
				card('alone', 'barriers', 'Alone'),
				card('way', 'ways-round', 'Way', { answers: 'alone' })
			],
			{ votes: { few: 1, many: 4 }, actions: [action('here', 'one', 'alone')] }
		),
		board('two', partner, [
			card('a', 'business', 'A', at('one', 'few')),
			card('b', 'business', 'B', at('one', 'many')),
			card('c', 'business', 'C', at('one', 'gone')),
			card('d', 'business', 'D', at('elsewhere', 'many')),
			card('e', 'business', 'E', at('two', 'a'))
		])
	];
	expect(chains(boards)).toEqual(['many(b)', 'few(a)']);
});

/** Boards whose cards point at anything: at themselves, forwards, in circles, at nothing. */
const anything = array(
	record({
		column: constantFrom('barriers', 'ways-round'),
		text: constantFrom('same', 'other', 'third'),
		answers: option(nat(9), { nil: undefined }),
		from: option(record({ board: nat(4), card: nat(9) }), { nil: undefined }),
		group: option(constantFrom('group-1', 'group-2'), { nil: undefined })
	}),
	{ maxLength: 9 }
);
const boardsOf = (all: { answers?: number; from?: { board: number; card: number } }[][]) =>
	all.map((cards, at) =>
		board(
			`board-${at}`,
			barrier,
			cards.map((one, i) => {
				const { column, text, answers, from, group } = one as unknown as {
					column: string;
					text: string;
					answers?: number;
					from?: { board: number; card: number };
					group?: string;
				};
				return card(`card-${i}`, column, text, {
					...(answers !== undefined && { answers: `card-${answers}` }),
					...(from && { from: { board: `board-${from.board}`, card: `card-${from.card}` } }),
					...(group && { group })
				});
			}),
			{
				groups: ['group-1', 'group-2'].map((id) => ({
					id,
					kind: 'same' as const,
					title: '',
					column: 'barriers',
					order: 'a',
					cards: cards.flatMap((one, i) =>
						(one as { group?: string }).group === id ? [`card-${i}`] : []
					)
				})),
				actions: cards.map((_, i) => action(`action-${i}`, `board-${at}`, `card-${i}`))
			}
		)
	);

test('NX12 whatever points wherever: each card and action stands once, never deep, in chains over exercises', () => {
	assert(
		property(array(anything, { maxLength: 4 }), (all) => {
			const boards = boardsOf(all);
			const seen = new Set<string>();
			const walk = (link: Link, depth: number): Set<string> => {
				expect(depth).toBeLessThan(DEEPEST);
				const key = 'card' in link ? link.card.id : link.action.id;
				expect(seen).not.toContain(`${link.board.id}/${key}`);
				seen.add(`${link.board.id}/${key}`);
				const on = new Set([link.board.id]);
				for (const one of link.next) for (const id of walk(one, depth + 1)) on.add(id);
				return on;
			};
			for (const chain of chainsOf(boards)) expect(walk(chain, 0).size).toBeGreaterThan(1);
		})
	);
});

test('NX12 a card for an earlier one that is no copy always stands in a chain', () => {
	assert(
		property(array(nat(5), { minLength: 1, maxLength: 8 }), (targets) => {
			const boards = [
				board(
					'one',
					barrier,
					[0, 1, 2, 3, 4, 5].map((i) => card(`b-${i}`, 'barriers', `Barrier ${i}`))
				),
				board(
					'two',
					partner,
					targets.map((to, i) => card(`p-${i}`, 'business', `P ${i}`, at('one', `b-${to}`)))
				)
			];
			const found = chainsOf(boards).flatMap(({ next }) => next);
			expect(found.length).toBe(targets.length);
			expect(chainsOf(boards).length).toBe(new Set(targets).size);
		})
	);
});

test('NX2 what is offered: of the exercises that the column builds on, each idea once, the most voted first', () => {
	const same: GroupValue = {
		id: 'group-1',
		kind: 'same',
		title: '',
		column: 'barriers',
		order: 'a0',
		cards: ['lead', 'behind']
	};
	const seen = earlierCards([
		board(
			'one',
			barrier,
			[
				card('plain', 'barriers', 'Plain'),
				card('lead', 'barriers', 'Lead', { group: 'group-1' }),
				card('behind', 'barriers', 'Behind', { group: 'group-1' }),
				{ ...card('blank', 'barriers', ''), fields: {} },
				card('draft', 'barriers', 'Not yet', { draft: true })
			],
			{ groups: [same], votes: { 'group-1': 3, plain: 1 } }
		),
		board('two', advocate, [card('mayor', 'local', 'A mayor')])
	]);
	const column = partner.columns[0]!;
	expect(offeredTo('three', column, seen).map((one) => one.card)).toEqual(['lead', 'plain']);
	expect(offeredTo('one', column, seen)).toEqual([]);
	expect(offeredTo('three', barrier.columns[1]!, seen)).toEqual([]);
	expect(seen.find(({ card }) => card === 'mayor')).toMatchObject({
		contact: 'person',
		title: advocate.title
	});
});

test('NX3 what a card is for: nothing where that is not there, or lies on its own board; the same words were carried', () => {
	const seen = earlierCards([board('one', barrier, [card('time', 'barriers', 'No time')])]);
	const find = (key: string) => seen.find((one) => keyOf(one) === key);
	const of = (board: string, from: string, card: string, text: string) =>
		sourceOf(board, { from: { board: from, card }, text }, find);
	expect(of('two', 'one', 'time', 'A bank')).toMatchObject({
		of: { card: 'time' },
		carried: false
	});
	expect(of('two', 'one', 'time', ' No time ')).toMatchObject({ carried: true });
	expect(of('one', 'one', 'time', 'A bank')).toBeNull();
	expect(of('two', 'one', 'gone', 'A bank')).toBeNull();
	expect(of('two', 'elsewhere', 'time', 'A bank')).toBeNull();
	expect(sourceOf('two', { text: 'A bank' }, find)).toBeNull();
});
