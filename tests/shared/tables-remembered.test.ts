/** Where somebody sits is on their device too, for a page that opens without a network. */
import { expect, test } from 'vitest';
import { viewFor } from '#shared/facilitation/view.ts';
import { readRemembered, remember, type Remembered } from '../../src/lib/sync/remembered.ts';
import { authorsAtTable } from '../../src/lib/tables/at-table.ts';
import { inPhase, START } from './facilitation-room.ts';
import { MemoryStorage } from './sync-device.ts';

test('TB21 what table one sits at is remembered, and whose cards it looks at; a page of before knew of none', () => {
	const storage = MemoryStorage.install();
	const tables = [{ id: 'one', name: 'One', people: ['ben', 'chidi'] }];
	const state = { ...inPhase('share'), tables, atTables: true };
	const view = viewFor({ id: 'w', code: 'c', version: 1, state }, 'participant', START);
	const [board] = view.boards;
	const lists = { exercises: {}, comments: {}, actions: {}, ballots: {}, held: {}, left: {} };
	const table = {
		id: 'one',
		name: 'One',
		people: 2,
		names: ['Chidi'],
		authors: { [board!.id]: ['chidis'] }
	};
	const seen = (more: Partial<Remembered>) => {
		remember({ ...lists, ...more, view, seat: 'ben', at: 0 });
		const { table = null, ...read } = readRemembered('w')!;
		return authorsAtTable({ view: read.view, table }, board!, 'bens');
	};
	expect(seen({ table })).toEqual(new Set(['chidis', 'bens']));
	expect(seen({})).toBeNull();
	storage.remove();
});
