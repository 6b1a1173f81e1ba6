/** Chance, with a seed: whatever happens to a board, a log kept short says the same as a whole one. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { place } from '#shared/doc/board.ts';
import { deleteCard, editText, fieldText } from '#shared/doc/notebook.ts';
import { readBoard, readNotebook } from '#shared/doc/read.ts';
import { isRefusal } from '#shared/refusals.ts';
import { removedCards } from '#server/db/schema.ts';
import type { Snapshot } from '#server/store/snapshots.ts';
import { createUpdateStore, type LogRow } from '#server/store/updates.ts';
import { Documents } from '#server/yjs/documents.ts';
import type { Device } from './yjs-device.ts';
import { BOARD, TestRoom } from './yjs-room.ts';

const PEOPLE = ['ben', 'chidi', 'p1'];
const who = fc.constantFrom(...PEOPLE);
const nth = fc.nat({ max: 20 });
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const step = fc.oneof(
	{ weight: 5, arbitrary: fc.record({ do: fc.constant('put' as const), who }) },
	{ weight: 4, arbitrary: fc.record({ do: fc.constant('edit' as const), who, nth, text }) },
	fc.record({ do: fc.constant('delete' as const), who, nth }),
	fc.record({ do: fc.constant('place' as const), nth }),
	fc.record({
		do: fc.constant('phase' as const),
		phase: fc.constantFrom('share' as const, 'group' as const, 'vote' as const, 'discuss' as const)
	}),
	fc.record({ do: fc.constantFrom('let in' as const, 'leave' as const, 'restore' as const) }),
	fc.record({ do: fc.constant('remove' as const), nth }),
	{ weight: 3, arbitrary: fc.record({ do: fc.constant('shorten' as const), on: fc.boolean() }) },
	fc.record({ do: fc.constantFrom('kill' as const, 'restart' as const, 'erase' as const) })
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

test('SA48 after any course of events, with snapshots and without, live and read again, a board is the same', async () => {
	await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 40 }), play), {
		numRuns: Number(process.env['RUNS'] ?? 5),
		endOnFailure: true
	});
});

/** The log as it would be if nothing were ever taken out of it but by erasing. */
class WholeLog {
	rows: LogRow[] = [];
	begins: Snapshot[] = [];

	follow(room: TestRoom): void {
		room.gate.committed = ({ row, anew }) => {
			if (anew) [this.begins, this.rows] = [[anew], []];
			if (row) this.rows.push(row);
		};
	}

	async read(room: TestRoom): Promise<unknown> {
		const stored = (await createUpdateStore(room.database.db).load(BOARD))!;
		const { rows, begins } = this;
		const { documents } = Documents.load({ ...stored, rows, snapshots: begins });
		const notebooks = PEOPLE.map((one) => documents.ofSeat(one));
		return {
			board: readBoard(documents.board.doc),
			notebooks: notebooks.map((one) => (one ? readNotebook(one.document.doc) : []))
		};
	}
}

async function play(steps: Step[]): Promise<void> {
	const room = await TestRoom.open();
	const whole = new WholeLog();
	whole.follow(room);
	const devices = new Map<string, Device>();
	const erased = new Set<string>();
	const come = async (name: string): Promise<Device> => {
		const known = devices.get(name);
		if (known && !known.closed && known.socket.readyState === known.socket.OPEN) return known;
		const device = await room.device(name, 'notebook');
		if (known && !erased.has(name)) Y.applyUpdate(device.doc, Y.encodeStateAsUpdate(known.doc));
		devices.set(name, device);
		return device;
	};
	try {
		await room.command({ type: 'go', phase: 'write' });
		for (const [i, one] of steps.entries()) {
			if ('who' in one) {
				if (!erased.has(one.who)) write(one, i, await come(one.who));
				continue;
			}
			for (const device of devices.values()) await arrived(device);
			if (one.do === 'erase') {
				erased.add('p1');
				await room.rooms.erase(BOARD, 'p1');
			} else await happen(one, i, room);
			if (one.do === 'kill') whole.follow(room);
			// Nobody writes to a server that is gone because its goodbye is still on its way.
			if (one.do === 'kill' || one.do === 'restart')
				for (const device of devices.values()) await device.shut();
		}
		for (const name of PEOPLE) if (!erased.has(name)) await (await come(name)).saved();
		const live = await contents(room);
		await room.restart();
		expect(await contents(room)).toEqual(live);
		expect(await whole.read(room)).toEqual(live);
		expect(room.log.filter(({ message }) => /aside|dropped|read as it/.test(message))).toEqual([]);
	} finally {
		await room.close();
	}
}

/** What a device has sent has been read, or its connection is over. */
async function arrived(device: Device): Promise<void> {
	const { socket } = device;
	if (socket.readyState !== socket.OPEN) return;
	const { promise, resolve } = Promise.withResolvers<void>();
	socket.once('close', resolve);
	await Promise.race([device.echo(), promise]);
	socket.off('close', resolve);
}

const contents = async (room: TestRoom) => ({
	board: await room.rooms.read(BOARD),
	notebooks: await Promise.all(PEOPLE.map((one) => room.rooms.notebook(BOARD, one)))
});

function write(one: Extract<Step, { who: string }>, i: number, device: Device): void {
	const own = device.cards();
	const card = 'nth' in one ? own[one.nth % Math.max(1, own.length)] : undefined;
	if (one.do === 'put') device.put(`words ${i}`);
	if (one.do === 'edit' && card) editText(fieldText(device.doc, card.id, 'stoppedUs')!, one.text);
	if (one.do === 'delete' && card) deleteCard(device.doc, card.id);
}

async function happen(
	one: Exclude<Step, { who: string }>,
	i: number,
	room: TestRoom
): Promise<unknown> {
	switch (one.do) {
		case 'phase':
			return room.state.boards[0]!.phase === one.phase ? null : room.go(one.phase);
		case 'let in':
			return room.rooms.letIn(BOARD);
		case 'leave':
			return room.rooms.leave(BOARD);
		case 'remove': {
			const { cards } = await room.rooms.read(BOARD);
			const card = cards[one.nth % Math.max(1, cards.length)];
			const by = { role: 'facilitator', account: 'ada' } as const;
			return card && room.rooms.remove(BOARD, card.id, 'removed', by);
		}
		case 'restore': {
			const [copy] = await room.database.db.select().from(removedCards);
			return copy && isRefusal(await room.rooms.restore(BOARD, copy.cardId));
		}
		case 'place': {
			const { cards } = await room.rooms.read(BOARD);
			const card = cards[one.nth % Math.max(1, cards.length)];
			if (!card || room.state.boards[0]!.phase !== 'group') return null;
			const board = await room.device('chidi', 'board');
			place(board.doc, card.id, { column: 'barriers', order: `b${i}` });
			await board.saved();
			return board.cut();
		}
		case 'shorten':
			return Object.assign(room.compaction, { least: one.on ? 0 : Infinity, share: 0, leaving: 0 });
		case 'kill':
			return room.kill();
		case 'restart':
			return room.restart();
		case 'erase':
			return null;
	}
}
