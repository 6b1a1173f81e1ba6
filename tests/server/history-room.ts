/** A room whose board has a history: Ben and Chidi write and arrange, Ada facilitates. */
import { nanoid } from 'nanoid';
import { fieldText } from '#shared/doc/notebook.ts';
import type { Command } from '#shared/facilitation/commands.ts';
import type { CardId } from '#shared/ids.ts';
import { unpack } from '#server/history/lay-bytes.ts';
import type { TestApp } from '../support/app.ts';
import { give, join, write, type Ada, type Writing } from '../support/people.ts';
import { until } from '../support/until.ts';

export const MINUTE = 60_000;

export type HistoryRoom = Awaited<ReturnType<typeof openHistoryRoom>>;

export async function openHistoryRoom(server: TestApp, ada: Ada) {
	const { id: workshop, code } = await ada.open();
	const ben = await join(server, code, 'Ben');
	const chidi = await join(server, code, 'Chidi');
	const board = await ada.run(workshop);
	const bens = await write(server, board, ben.token);
	const chidis = await write(server, board, chidi.token);
	const { exercise } = (await server.app.stored.facts(board))!;
	const columns = exercise.columns.map(({ id }) => id);

	const run = (who: { token: string }, command: Command) => give(server, workshop, who, command);
	const phase = (to: 'share' | 'group' | 'vote' | 'discuss' | 'act') =>
		run(ada, { type: 'go', phase: to });
	const state = async () =>
		(await server.app.stored.load(workshop))!.state.boards.find(({ id }) => id === board)!;
	const read = () => server.app.rooms.read(board);
	/** Whatever the workshop was doing is done, and what was to be kept is: this takes its turn after it. */
	const quiet = () => run(ada, { type: 'restore-moment', board, at: 0 });
	const rows = async () => {
		await quiet();
		return server.app.stores.moments.of(board);
	};
	async function put(writing: Writing, text: string): Promise<CardId> {
		const { cards } = await server.app.rooms.counts(board);
		const id = writing.put(text);
		await until(async () => (await server.app.rooms.counts(board)).cards > cards, { what: text });
		return id;
	}

	return {
		workshop,
		board,
		ben,
		chidi,
		bens,
		chidis,
		columns,
		facilitator: { role: 'facilitator', account: ada.account } as const,
		run,
		phase,
		read,
		quiet,
		rows,
		put,
		lays: async () => Promise.all((await rows()).map(({ lay }) => unpack(lay))),
		kept: async () => (await rows()).map(({ why, phase: of }) => `${why} ${of}`),
		lastAt: async () => (await rows()).at(-1)!.at,
		/** The minute after a change is over, and what was to be kept is. */
		async minute(): Promise<void> {
			server.clock.advance(MINUTE);
			await server.app.stored.ofBoard(board);
			await quiet();
		},
		/** Somebody does something to the board, and the server has it. */
		async arrange(change: () => void): Promise<void> {
			const lay = async () => JSON.stringify(await server.app.rooms.lay(board));
			const before = await lay();
			change();
			await until(async () => (await lay()) !== before, { what: 'the arrangement' });
		},
		/** What stands where, and what is hidden and taken off. */
		standing: async () => ({
			...(await server.app.rooms.lay(board)),
			hidden: (await state()).hidden.toSorted(),
			removed: (await server.app.stores.moments.takenOff(board)).map(({ card }) => card).sort()
		}),
		/** By card. */
		words: async () =>
			new Map((await read()).cards.map(({ id, fields }) => [id, fields['stoppedUs']])),
		/** Ben changes a card of his, and the server has it. */
		async edit(card: CardId): Promise<void> {
			fieldText(bens.notebook, card, 'stoppedUs')!.insert(0, 'Really ');
			const said = async () => JSON.stringify((await read()).cards);
			await until(async () => (await said()).includes('Really'), { what: 'the words' });
		},
		restore: (at: number, id = nanoid()) =>
			give(server, workshop, ada, { type: 'restore-moment', board, at }, { id }),
		/** Three cards on a board that is being grouped; the first is Ben's. */
		async three(): Promise<[CardId, CardId, CardId]> {
			const first = await put(bens, 'No time');
			const second = await put(chidis, 'No contract');
			const third = await put(chidis, 'Too far away');
			await phase('group');
			await until(() => bens.seen().cards.length === 3, { what: 'the cards on the board' });
			return [first, second, third];
		},
		close(): void {
			bens.close();
			chidis.close();
		}
	};
}
