/** Chance, with a seed: several people write, arrange, lose their connection and come back; all end with the same. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { makeGroup, place } from '#shared/doc/board.ts';
import { deleteCard, editText, fieldText, putDown } from '#shared/doc/notebook.ts';
import { readBoard } from '#shared/doc/read.ts';
import { until } from '../support/until.ts';
import type { Device } from './yjs-device.ts';
import { BOARD, TestRoom } from './yjs-room.ts';

const PEOPLE = ['ben', 'chidi', 'p1'] as const;
const person = fc.constantFrom(...PEOPLE);
const nth = fc.nat({ max: 20 });
const step = fc.oneof(
	{
		weight: 5,
		arbitrary: fc.record({ do: fc.constant('put' as const), who: person, draft: fc.boolean() })
	},
	{
		weight: 5,
		arbitrary: fc.record({
			do: fc.constant('edit' as const),
			who: person,
			nth,
			text: fc.string({ unit: 'grapheme', maxLength: 20 })
		})
	},
	fc.record({ do: fc.constant('put down' as const), who: person, nth }),
	fc.record({ do: fc.constant('delete' as const), who: person, nth }),
	fc.record({ do: fc.constant('place' as const), who: person, nth }),
	fc.record({ do: fc.constant('group' as const), who: person, nth }),
	fc.record({ do: fc.constant('leave' as const), who: person }),
	fc.record({
		do: fc.constant('phase' as const),
		phase: fc.constantFrom('share', 'group', 'vote', 'discuss')
	}),
	fc.record({ do: fc.constant('let in' as const) }),
	fc.record({ do: fc.constant('remove' as const), nth }),
	fc.record({ do: fc.constant('kill' as const) })
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** A person with both documents, who brings them along whenever they come back. */
class Person {
	readonly name: string;
	readonly #room: TestRoom;
	notebook!: Device;
	board!: Device;

	constructor(room: TestRoom, name: string) {
		this.#room = room;
		this.name = name;
	}

	async come(): Promise<void> {
		const notes = this.notebook?.doc;
		this.notebook?.cut();
		this.board?.cut();
		this.notebook = await this.#room.device(this.name, 'notebook');
		this.board = await this.#room.device(this.name, 'board');
		if (notes) Y.applyUpdate(this.notebook.doc, Y.encodeStateAsUpdate(notes));
	}

	get isHere(): boolean {
		return !this.notebook.closed && !this.board.closed;
	}
}

test('SA29 after any course of events every screen, the server and a fresh start have the same words', async () => {
	await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 40 }), play), {
		numRuns: Number(process.env['RUNS'] ?? 4),
		endOnFailure: true
	});
}, 120_000);

async function play(steps: Step[]): Promise<void> {
	const room = await TestRoom.open();
	try {
		const people = new Map(PEOPLE.map((name) => [name as string, new Person(room, name)]));
		for (const one of people.values()) await one.come();
		await room.command({ type: 'go', phase: 'group' });
		for (const [i, one] of steps.entries()) await take(one, i, room, people);

		room.clock.advance(60_000);
		await room.command({
			type: 'go',
			phase: room.state.boards[0]!.phase === 'group' ? 'share' : 'group'
		});
		for (const one of people.values()) if (!one.isHere) await one.come();
		for (const one of people.values()) await one.notebook.saved();
		const screen = await room.device('screen', 'board');
		const server = await room.rooms.read(BOARD);
		await until(async () => {
			const said = JSON.stringify(await room.rooms.read(BOARD));
			return [screen, ...[...people.values()].map(({ board }) => board)].every(
				(device) => JSON.stringify(device.board()) === said
			);
		});
		for (const { notebook } of people.values())
			for (const card of notebook.cards())
				if (!card.draft)
					expect(server.cards.find(({ id }) => id === card.id)?.fields).toEqual(card.fields);
		const last = await room.rooms.read(BOARD);
		await room.restart();
		expect(await room.rooms.read(BOARD)).toEqual(last);
		const cold = await room.device('screen', 'board');
		expect(readBoard(cold.doc)).toEqual(readBoard(screen.doc));
		expect(room.log.filter(({ message }) => message.includes('dropped'))).toEqual([]);
	} finally {
		await room.close();
	}
}

async function take(
	one: Step,
	i: number,
	room: TestRoom,
	people: Map<string, Person>
): Promise<unknown> {
	if ('who' in one) {
		const who = people.get(one.who)!;
		if (!who.isHere) await who.come();
		return act(one, i, who);
	}
	switch (one.do) {
		case 'phase': {
			const [board] = room.state.boards;
			if (board!.phase === one.phase) return null;
			return room.command({ type: 'go', phase: one.phase as 'share' });
		}
		case 'let in':
			return room.rooms.letIn(BOARD);
		case 'remove': {
			const { cards } = await room.rooms.read(BOARD);
			const card = cards[one.nth % Math.max(1, cards.length)];
			const by = { role: 'facilitator', account: 'ada' } as const;
			return card && room.rooms.remove(BOARD, card.id, 'removed', by);
		}
		case 'kill':
			return room.kill();
	}
}

function act(one: Extract<Step, { who: string }>, i: number, { notebook, board }: Person): unknown {
	const own = notebook.cards();
	const card = 'nth' in one ? own[one.nth % Math.max(1, own.length)] : undefined;
	const shown = board.board().cards;
	const target = 'nth' in one ? shown[one.nth % Math.max(1, shown.length)] : undefined;
	switch (one.do) {
		case 'put':
			return notebook.put(`words ${i}`, one.draft ? { draft: true } : {});
		case 'edit': {
			const text = card && fieldText(notebook.doc, card.id, 'stoppedUs');
			return text && editText(text, one.text);
		}
		case 'put down':
			return card && putDown(notebook.doc, card.id);
		case 'delete':
			return card && deleteCard(notebook.doc, card.id);
		case 'place':
			return target && place(board.doc, target.id, { column: 'barriers', order: `b${i}` });
		case 'group':
			return (
				target &&
				makeGroup(board.doc, {
					id: `group-${i}-xx`,
					kind: 'theme',
					title: 'A theme',
					column: 'barriers',
					order: `c${i}`,
					cards: shown.slice(0, 3).map(({ id }) => id)
				})
			);
		case 'leave':
			notebook.cut();
			return board.cut();
	}
}
