import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FacilitationCommand } from '#shared/facilitation/commands.ts';
import type { Table, WorkshopState } from '#shared/facilitation/state.ts';
import { tableOf, withNewcomer, withOnly } from '#shared/facilitation/tables.ts';
import { remembering, undone } from '#shared/facilitation/undo.ts';
import { viewFor } from '#shared/facilitation/view.ts';
import { isRefusal } from '#shared/refusals.ts';
import { after, agreed, draft, give, inPhase, start, START } from './facilitation-room.ts';

const table = (id: string, ...people: string[]): Table => ({ id, name: `Table ${id}`, people });
const split = (...tables: Table[]): FacilitationCommand => ({ type: 'set-tables', tables });
const open = () => after(draft(), [{ type: 'open' }]);
const two = split(table('one', 'ben', 'chidi'), table('two', 'eve', 'olena'));

test('TB1 nobody sits at two tables, and no two tables have one id', () => {
	const malformed = { refused: 'malformed' };
	expect(give(open(), split(table('one', 'ben'), table('two', 'ben')))).toMatchObject(malformed);
	expect(give(open(), split(table('one', 'ben', 'ben')))).toMatchObject(malformed);
	expect(give(open(), split(table('one'), table('one')))).toMatchObject(malformed);
	expect(after(open(), [two]).tables).toEqual(two.type === 'set-tables' && two.tables);

	const people = ['ben', 'chidi', 'eve', 'olena'];
	const moves = fc.record({
		person: fc.constantFrom(...people),
		table: fc.constantFrom('one', 'two', null)
	});
	fc.assert(
		fc.property(fc.array(moves), (all) => {
			let state = after(open(), [two]);
			for (const { person, table: to } of all) {
				state = agreed(give(state, { type: 'seat-person', person, table: to }));
				expect(tableOf(state.tables, person)?.id ?? null).toBe(to);
			}
			const seated = state.tables!.flatMap((one) => one.people);
			expect(new Set(seated).size).toBe(seated.length);
		})
	);
});

test('TB2 tables are of an open workshop: not-open before and after; where there are none, no-tables; an unknown one is not-found', () => {
	const seat: FacilitationCommand = { type: 'seat-person', person: 'ben', table: 'three' };
	const all: FacilitationCommand[] = [two, seat, { type: 'to-tables' }, { type: 'to-plenary' }];
	const closed = after(open(), [two, { type: 'close' }]);
	for (const command of all)
		for (const state of [draft(), closed])
			expect(give(state, command)).toMatchObject({ refused: 'not-open' });
	for (const command of all.slice(1))
		expect(give(open(), command)).toMatchObject({ refused: 'no-tables' });
	expect(give(after(open(), [two]), seat)).toMatchObject({ refused: 'not-found' });
});

test('TB3 tables stay from exercise to exercise, and people at them until they are together again; no more tables, and the close, end it', () => {
	const seated = after(open(), [two, { type: 'to-tables' }]);
	const later = after(seated, [start(0, 'board-one'), { type: 'go', phase: 'act' }]);
	const next = after(later, [{ type: 'finish' }, start(2, 'board-two')]);
	expect([next.tables, next.atTables]).toEqual([seated.tables, true]);
	const together = after(next, [{ type: 'to-plenary' }]);
	expect([together.tables, together.atTables]).toEqual([seated.tables, false]);
	const none = after(next, [{ type: 'set-tables', tables: null }]);
	expect([none.tables, none.atTables]).toEqual([null, false]);
	expect(after(next, [{ type: 'close' }]).atTables).toBe(false);
});

test('TB4 undo puts tables back as they were, and whether people are at them', () => {
	const before = after(inPhase('share'), [two, { type: 'to-tables' }]);
	const commands: FacilitationCommand[] = [
		{ type: 'seat-person', person: 'ben', table: 'two' },
		split(table('three', 'ben', 'chidi', 'eve', 'olena')),
		{ type: 'to-plenary' },
		{ type: 'set-tables', tables: null }
	];
	for (const command of commands) {
		const now = after(before, [command]);
		expect(now).not.toEqual(before);
		const back = undone(before, now, START);
		expect([back.tables, back.atTables]).toEqual([before.tables, true]);
	}
});

test('TB4 what tells nobody where they sit is taken back without a change of seats: who came late stays', () => {
	const before = after(inPhase('share'), [two]);
	const asked: FacilitationCommand = { type: 'next' };
	const moved = remembering(before, after(before, [asked]), asked, 7);
	const late = { ...moved, tables: withNewcomer(moved.tables!, { id: 'cem' }) };
	const back = undone(before, late, START);
	expect(back.boards[0]?.phase).toBe('share');
	expect(back.tables).toEqual(late.tables);

	const seat: FacilitationCommand = { type: 'seat-person', person: 'ben', table: 'two' };
	const seated = remembering(before, after(before, [seat]), seat, 7);
	expect(undone(before, seated, START).tables).toEqual(before.tables);
});

test('TB5 a newcomer sits beside who writes for them, else at the smallest table; who sits already stays', () => {
	const tables = [table('one', 'ben', 'chidi'), table('two', 'eve'), table('three', 'olena')];
	expect(tableOf(withNewcomer(tables, { id: 'maria' }), 'maria')?.id).toBe('two');
	expect(tableOf(withNewcomer(tables, { id: 'maria', keptBy: 'ben' }), 'maria')?.id).toBe('one');
	expect(tableOf(withNewcomer(tables, { id: 'maria', keptBy: 'who' }), 'maria')?.id).toBe('two');
	expect(withNewcomer(tables, { id: 'ben', keptBy: 'eve' })).toEqual(tables);
	expect(withOnly(tables, new Set(['ben', 'eve'])).map(({ people }) => people)).toEqual([
		['ben'],
		['eve'],
		[]
	]);
});

test('TB9 who sits where those who facilitate are told, and the room screen by names; of an anonymous room it knows how many; participants are told of nobody', () => {
	const named = after(open(), [two]);
	const seen = (state: WorkshopState, role: Parameters<typeof viewFor>[1]) =>
		viewFor({ id: 'w', code: 'ABC', version: 1, state }, role, START).tables?.map(
			({ people }) => people
		);
	const all = [
		['ben', 'chidi'],
		['eve', 'olena']
	];
	const anonymous = { ...named, anonymous: true };
	expect(seen(named, 'facilitator')).toEqual(all);
	expect(seen(anonymous, 'co-facilitator')).toEqual(all);
	expect(seen(named, 'screen')).toEqual(all);
	for (const state of [named, anonymous]) {
		expect(seen(state, 'participant')).toEqual([[], []]);
		expect(seen(state, 'visitor')).toEqual([[], []]);
	}
	expect(seen(anonymous, 'screen')).toEqual([
		['seat-1', 'seat-2'],
		['seat-1', 'seat-2']
	]);
	expect(isRefusal(named)).toBe(false);
});
