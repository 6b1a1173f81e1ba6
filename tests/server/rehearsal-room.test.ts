/** What simulated people make of what a room has beside its phases: taps, polls, tables, answers collected. */
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Command, CommandOf } from '#shared/facilitation/commands.ts';
import type { BoardId, WorkshopId } from '#shared/ids.ts';
import { isRefusal, type Refusal } from '#shared/refusals.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createChance } from '../support/chance.ts';
import { comeAda, type Ada } from '../support/people.ts';
import { until } from '../support/until.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const PEOPLE = 4;

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());
/** Limits are by the minute. */
beforeEach(() => server.clock.nextMinute());

const sure = <T>(value: T): Exclude<T, Refusal> => {
	if (isRefusal(value)) throw new Error(JSON.stringify(value));
	return value as Exclude<T, Refusal>;
};
const stateOf = async (id: WorkshopId) => (await server.app.stored.load(id))!.state;
const give = async (id: WorkshopId, command: Command) => {
	const { status, body } = await ada.command(id, command);
	if (status >= 400) throw new Error(body.error.code);
	return body;
};
/** Time goes by until it is so. */
const played = <T>(condition: () => T | Promise<T>) =>
	until(
		() => {
			server.clock.advance(1500);
			return condition();
		},
		{ what: condition.toString() }
	);
const written = async (board: BoardId) => (await server.app.rooms.counts(board)).people;

/** A rehearsal whose people have come; thrown away afterwards. */
async function rehearse(
	agenda: string[],
	then: (id: WorkshopId, people: string[]) => Promise<void>
): Promise<void> {
	const { id: of } = await ada.open({ agenda });
	const { below } = createChance(7);
	const chance = () => below(1_000_000) / 1_000_000;
	const owner = { id: ada.account };
	const id = sure(await server.app.rehearsals.begin(of, owner, PEOPLE, chance));
	try {
		const people = () => server.app.stores.participants.people(id);
		await played(async () => (await people()).length === PEOPLE);
		await then(
			id,
			(await people()).map((one) => one.id)
		);
	} finally {
		sure(await server.app.rehearsals.discard(id, owner));
	}
}

test('RG15 where one of them is refused at a board, the others play, and all go home in time', async () => {
	await rehearse(['barrier'], async (id, [refused]) => {
		const { seat } = server.app.access;
		let refusals = 0;
		const seating = vi.spyOn(server.app.access, 'seat').mockImplementation(async (of, who) => {
			const one = await seat(of, who);
			if (one !== refused) return one;
			refusals += 1;
			return null;
		});
		const { board } = await give(id, { type: 'start', exercise: 0 });
		const ready = async () => (await server.app.signals.view(id)).ready.length;
		await give(id, { type: 'go', phase: 'write' });
		await played(async () => (await ready()) === PEOPLE - 1);
		await until(async () => (await written(board)) === PEOPLE - 1);
		expect(refusals).toBeGreaterThan(0);
		seating.mockRestore();
		await give(id, { type: 'go', phase: 'share' });
		await played(async () => (await ready()) === PEOPLE);
		server.clock.advance(2 * HOUR);
		const owner = { role: 'facilitator', account: ada.account } as const;
		await played(async () => (await server.app.rehearsals.people(id, owner))?.people === 0);
	});
});

test('RG23 they react to a few cards, of others and not their own', async () => {
	await rehearse(['barrier'], async (id) => {
		const { board } = await give(id, { type: 'start', exercise: 0 });
		await give(id, { type: 'go', phase: 'write' });
		await played(async () => (await written(board)) === PEOPLE);
		await give(id, { type: 'go', phase: 'share' });
		const said = () => server.app.stores.reactions.all(id);
		await played(async () => new Set((await said()).map((one) => one.participantId)).size > 1);
		await give(id, { type: 'go', phase: 'discuss' });
		await played(async () => (await server.app.signals.view(id)).ready.length === PEOPLE);
		const { cards } = await server.app.rooms.read(board);
		const all = await said();
		expect(all.length).toBeLessThanOrEqual(PEOPLE * 2);
		const authors = await server.app.stores.participants.authors(id);
		for (const { cardId, participantId } of all) {
			const author = cards.find((card) => card.id === cardId)!.author;
			expect(authors.find(({ key }) => key === author)!.participant).not.toBe(participantId);
		}
	});
});

test('RG24 they answer each kind of poll', async () => {
	const question = 'How are you?';
	const polls: CommandOf<'ask'>['poll'][] = [
		{ kind: 'words', question },
		{ kind: 'questions', question },
		{ kind: 'hands', question, options: ['Well', 'Tired'] },
		{ kind: 'scale', question, low: 'Low', high: 'High' }
	];
	await rehearse(['barrier'], async (id) => {
		for (const poll of polls) {
			await give(id, { type: 'ask', poll });
			const { live: board, boards } = await stateOf(id);
			const state = boards.find((one) => one.id === board)!;
			if (state.phase === 'write') {
				await played(async () => (await written(board!)) === PEOPLE);
				const own = await Promise.all(
					(await server.app.stores.participants.people(id)).map((one) =>
						server.app.rooms.notebook(board!, one.id)
					)
				);
				const words = own
					.flat()
					.filter(({ draft }) => !draft)
					.flatMap(({ fields }) => Object.values(fields).map(String));
				if (poll.kind === 'questions')
					expect(words.filter((text) => !/[?？؟]$/.test(text))).toEqual([]);
				else expect(Math.max(...words.map((text) => text.length))).toBeLessThan(30);
			} else {
				const cast = async () => (await server.app.stores.votes.cast(board!)).length;
				await played(async () => (await cast()) === PEOPLE);
			}
			await give(id, { type: 'finish' });
		}
	});
});

test('RG25 at tables they go on; and they write where answers are collected, until the date', async () => {
	await rehearse(['barrier', 'barrier'], async (id, people) => {
		const tables = [people.slice(0, 2), people.slice(2)].map((some, at) => ({
			id: `table-${at}`,
			name: `Table ${at + 1}`,
			people: some
		}));
		await give(id, { type: 'set-tables', tables });
		await give(id, { type: 'to-tables' });
		const { board } = await give(id, { type: 'start', exercise: 0 });
		await give(id, { type: 'go', phase: 'write' });
		await played(async () => (await written(board)) === PEOPLE);
		await give(id, { type: 'go', phase: 'discuss' });
		await played(async () => (await server.app.signals.view(id)).ready.length === PEOPLE);
		expect((await stateOf(id)).tables).toMatchObject(tables);

		const closing = server.clock.now() + DAY;
		const collected = await give(id, { type: 'collect', exercise: 1, until: closing });
		await give(id, { type: 'finish' });
		await played(async () => (await written(collected.board)) === PEOPLE);
		const [first] = people;
		expect((await server.app.rooms.notebook(collected.board, first!)).length).toBeGreaterThan(0);
		expect((await server.app.rooms.read(collected.board)).cards).toEqual([]);
	});
});
