import { expect, test } from 'vitest';
import { authorsAtTable } from '../../src/lib/tables/at-table.ts';
import { lookForTables } from '../../src/lib/tables/look-for-tables.ts';
import { screenGrid } from '../../src/lib/tables/screen-grid.ts';
import { othersCards } from '../../src/lib/room/others-cards.ts';
import { cardsOfAuthors } from '../../src/lib/state/shown-board.ts';
import type { BoardValue } from '#shared/doc/contents.ts';
import type { FacilitationCommand } from '#shared/facilitation/commands.ts';
import type { Table } from '#shared/facilitation/state.ts';
import { viewFor, type WorkshopView } from '#shared/facilitation/view.ts';
import { after, draft, inPhase, START } from './facilitation-room.ts';

const table: Table = { id: 'table-1', name: 'Table 1', people: ['ben', 'chidi'] };
const split: FacilitationCommand = { type: 'set-tables', tables: [table] };
const view = (state: Parameters<typeof viewFor>[0]['state']): WorkshopView =>
	viewFor({ id: 'w', code: 'ABC', version: 1, state }, 'participant', START);
const card = (id: string, author: string, group?: string) => ({
	id,
	author,
	column: 'barriers',
	order: id,
	fields: { what: id },
	...(group ? { group } : {})
});
const board: BoardValue = {
	cards: [
		card('of-ben', 'b', 'theme'),
		card('of-chidi', 'c', 'theme'),
		{ ...card('of-eve', 'e', 'theme'), answers: 'of-ida' },
		{ ...card('of-ida', 'i'), answers: 'of-ben' }
	],
	groups: [
		{
			id: 'theme',
			kind: 'theme',
			title: 'Time',
			column: 'barriers',
			order: 'a0',
			cards: ['of-ben', 'of-chidi', 'of-eve']
		}
	]
};

test('TB18 at the tables one looks at the cards of those who sit there and one’s own; in the plenary, at no table and on an anonymous board at everybody’s', () => {
	const seated = after(inPhase('share'), [split, { type: 'to-tables' }]);
	const told = { id: 'table-1', name: 'Table 1', people: 2, names: ['Chidi'] };
	const mine = { ...told, authors: { 'board-one': ['b', 'c'] } };
	const shown = { id: 'board-one', anonymous: false };
	const here = { view: view(seated), table: mine };
	expect(authorsAtTable(here, shown, 'b')).toEqual(new Set(['b', 'c']));
	// One whose seat on the board is not told yet.
	expect(authorsAtTable({ ...here, table: { ...told, authors: {} } }, shown, 'b')).toEqual(
		new Set(['b'])
	);
	expect(authorsAtTable({ ...here, table: null }, shown, 'b')).toBeNull();
	expect(authorsAtTable(here, { ...shown, anonymous: true }, 'b')).toBeNull();
	const together = view(after(seated, [{ type: 'to-plenary' }]));
	expect(authorsAtTable({ ...here, view: together }, shown, 'b')).toBeNull();

	const seen = cardsOfAuthors(board, new Set(['b', 'c']));
	expect(seen.cards.map(({ id }) => id)).toEqual(['of-ben', 'of-chidi']);
	expect(seen.groups.map(({ cards }) => cards)).toEqual([['of-ben', 'of-chidi']]);
	// A group of which one card is left is none, and so is a link to what is not there.
	const others = cardsOfAuthors(board, new Set(['e']));
	expect(others.groups).toEqual([]);
	expect(others.cards).toEqual([card('of-eve', 'e')]);

	const open = view(after(inPhase('write'), [{ type: 'set-writing', mode: 'open', reveal: true }]));
	const ids = (authors: ReadonlySet<string> | null) =>
		othersCards(open.boards[0]!, board, 'b', authors).map(({ id }) => id);
	expect(ids(new Set(['b', 'c']))).toEqual(['of-chidi']);
	expect(ids(null)).toEqual(['of-ida', 'of-eve', 'of-chidi']);
});

test('TB19 the room screen shows who sits where while nothing runs, and for a minute after people were sent there', () => {
	const open = after(draft(), [{ type: 'open' }, split]);
	const sent = (state: typeof open, now: number, sentAt: number | null = START) =>
		lookForTables(view(state), { sentAt, now });
	expect(sent(open, START)).toBe(false);
	const between = after(open, [{ type: 'to-tables' }]);
	expect(sent(between, START + 600_000, null)).toBe(true);
	expect(sent(after(between, [{ type: 'close' }]), START)).toBe(false);
	expect(sent(after(between, [{ type: 'to-plenary' }]), START)).toBe(false);

	const live = after(inPhase('share'), [split, { type: 'to-tables' }]);
	expect(sent(live, START + 59_000)).toBe(true);
	expect(sent(live, START + 60_000)).toBe(false);
	// A screen that is opened later has not seen them go.
	expect(sent(live, START + 1000, null)).toBe(false);
	expect(sent(after(live, [{ type: 'start-break', minutes: 5 }]), START + 1000)).toBe(false);
	expect(sent(after(live, [{ type: 'next' }], START + 2000), START + 3000)).toBe(false);
	for (let tables = 1; tables <= 100; tables += 1) {
		const { columns, rows } = screenGrid(tables);
		expect(columns * rows).toBeGreaterThanOrEqual(tables);
	}
});
