/** Commands that are sent more than once, and commands that meet, on a real database. */
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findExercise } from '#shared/exercises/catalogue.ts';
import {
	COMMANDS,
	type Command,
	type CommandOf,
	type FacilitationCommand
} from '#shared/facilitation/commands.ts';
import { pollExercise } from '#shared/facilitation/polls.ts';
import type { WorkshopState } from '#shared/facilitation/state.ts';
import { step } from '#shared/facilitation/step.ts';
import type { Who } from '#shared/permissions.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { isRefusal } from '#shared/refusals.ts';
import type { Outcome } from '#shared/wire/events.ts';
import { pollWords } from '#server/exercises/poll-words.ts';
import { commands as journal, workshops as stored } from '#server/db/schema.ts';
import { eq } from 'drizzle-orm';
import { startTestApp, type TestApp } from '../support/app.ts';
import { oneOfEach } from '../support/commands.ts';
import { comeAda, give, join, listen, putCard, write, type Ada } from '../support/people.ts';
import { until } from '../support/until.ts';
import { votesOf } from '../support/votes.ts';

const SEEDS = Number(process.env['SEEDS'] ?? 200);
const HOUR = 60 * 60 * 1000;

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

const facilitator = (): Who => ({ role: 'facilitator', account: ada.account });
const versionOf = async (id: WorkshopId) => (await server.app.stored.load(id))!.version;

describe('sent more than once', () => {
	test('CO40 on two sockets and over HTTP at the same moment it is applied once, and answered alike', async () => {
		const { id } = await ada.open();
		await ada.run(id);
		const desks = [await listen(server, id, ada), await listen(server, id, ada)];
		const before = await versionOf(id);
		const command = { type: 'next' } as const;
		const envelope = { id: nanoid(), version: before };
		const [first, second, http] = await Promise.all([
			...desks.map((desk) => desk.send(command, envelope)),
			ada.command(id, { ...envelope, ...command } as unknown as Command)
		] as [Promise<Outcome>, Promise<Outcome>, ReturnType<Ada['command']>]);
		expect(first).toEqual({ ok: true, version: before + 1 });
		expect(second).toEqual(first);
		expect(http.status).toBe(200);
		expect(await versionOf(id)).toBe(before + 1);
		await server.restart();
		expect(await give(server, id, ada, command, envelope)).toEqual(first);
		expect(await versionOf(id)).toBe(before + 1);
		desks.forEach((desk) => desk.close());
	});

	test('CO41 with another body under the same id, it is answered with what the first became', async () => {
		const { id, code } = await ada.open();
		const ben = await join(server, code, 'Ben');
		const { board, card } = await putCard(server, { ada, workshop: id, by: ben, phase: 'share' });
		const comment: Command = { type: 'comment', board, card, id: 'comment-1', text: 'So true' };
		const same = { id: nanoid() };
		const before = await versionOf(id);
		// They go through different queues: only the database can tell that they are one.
		const outcomes = await Promise.all([
			give(server, id, ada, { type: 'next' }, same),
			give(server, id, ada, comment, same)
		]);
		expect(outcomes[1]).toEqual(outcomes[0]);
		const moved = (await versionOf(id)) > before;
		const said = (await server.app.stores.notes.comments(id)).length;
		expect([moved, said]).toEqual(moved ? [true, 0] : [false, 1]);
		expect(await give(server, id, ada, { type: 'close' }, same)).toEqual(outcomes[0]);
	});

	test('CO42 where the server dies between the commit and its answer, sent again it is answered as done', async () => {
		const { id, code } = await ada.open();
		const ben = await join(server, code, 'Ben');
		const { board, card } = await putCard(server, { ada, workshop: id, by: ben, phase: 'share' });
		const { journal: kept } = server.app.stores;
		const { write } = kept;
		for (const [who, type] of [
			[ada, 'remove-card'],
			[ada, 'restore-card'],
			[ben, 'withdraw-card']
		] as const) {
			const command: Command = { type, board, card };
			const same = { id: nanoid() };
			kept.write = () => Promise.reject(new Error('this process is dead'));
			expect(await give(server, id, who, command, same)).toMatchObject({ ok: false });
			kept.write = write;
			const again = await give(server, id, who, command, same);
			expect([type, again]).toMatchObject([type, { ok: true }]);
			expect(await give(server, id, who, command, same)).toEqual(again);
		}
		const nobodys: Command = { type: 'remove-card', board, card: 'no-such-card' };
		expect(await give(server, id, ada, nobodys)).toMatchObject({ refusal: 'no-such-card' });
		expect(server.faults.splice(0)).toHaveLength(3);
	});

	test('CO43 the journal forgets after seven days, within the hour, and never sooner', async () => {
		const { id } = await ada.open();
		const same = { id: nanoid() };
		const first = await give(server, id, ada, { type: 'rename', title: 'First' }, same);
		const entries = () =>
			server.database.db.select().from(journal).where(eq(journal.workshopId, id));
		const old = { workshopId: id, id: 'old', outcome: first, at: server.clock.now() - 2 * HOUR };
		await server.database.db.insert(journal).values(old);
		server.clock.advance(7 * 24 * HOUR - HOUR);
		await until(async () => (await entries()).every((entry) => entry.id !== 'old'));
		expect(await give(server, id, ada, { type: 'rename', title: 'Else' }, same)).toEqual(first);
		await until(async () => {
			server.clock.advance(HOUR);
			return (await entries()).length === 0;
		});
	});
});

test('SA79 a workshop whose state cannot be read is refused by itself, and nothing of it is reset', async () => {
	const { id: whole } = await ada.open();
	const { id: damaged } = await ada.open();
	const board = await ada.run(damaged);
	const where = eq(stored.id, damaged);
	const state = { title: 'Half of it', live: board } as unknown as WorkshopState;
	await server.database.db.update(stored).set({ state }).where(where);
	server.app.stored.forget(damaged);
	const refused = async () => {
		const asked = await ada.command(damaged, { type: 'rename', title: 'Anew' });
		expect([asked.status, asked.body.error.code]).toEqual([500, 'server-fault']);
		await expect(listen(server, damaged, ada)).rejects.toThrow();
	};
	await refused();
	// Nor does it keep the server from starting, or the others out of their owner's list.
	await server.restart();
	await refused();
	expect((await ada.command(whole, { type: 'rename', title: 'Whole' })).status).toBe(200);
	const account = { id: ada.account, email: 'ada@example.org', name: 'Ada' };
	const listed = new Set((await server.app.workshops.list(account)).map(({ id }) => id));
	expect([listed.has(whole), listed.has(damaged)]).toEqual([true, false]);
	const [row] = await server.database.db.select().from(stored).where(where);
	expect(row!.state).toEqual(state);
	expect(server.faults.splice(0).join()).toContain('is damaged');
});

/** Every command of facilitation, in a phase in which most of them are possible. */
const samples = (board: string): FacilitationCommand[] =>
	Object.entries(oneOfEach(board))
		.filter(([type]) => COMMANDS[type as keyof typeof COMMANDS].kind === 'facilitation')
		.map(([type, more]) => ({ type, ...more }) as FacilitationCommand)
		// A code that is drawn is another each time; what is taken back stands in no state (TF22).
		.filter(({ type }) => type !== 'change-code' && type !== 'undo');
const KINDS = samples('board').length;

const pollOf = ({ poll }: CommandOf<'ask'>, state: WorkshopState) => {
	const { language, words } = pollWords(state.language);
	return pollExercise(poll, language, words);
};
/** A board is begun once. */
const withBoard = (command: FacilitationCommand): FacilitationCommand =>
	command.type === 'ask' ? { ...command, board: nanoid() } : command;

describe('two at once', () => {
	const apply = (state: WorkshopState, command: FacilitationCommand, now: number) => {
		const exerciseOf = command.type === 'ask' ? () => pollOf(command, state) : findExercise;
		const next = step(state, command, facilitator(), now, exerciseOf);
		return isRefusal(next) ? { state, refusal: next.refused } : { state: next, refusal: null };
	};
	/** But for moments, which pass between our reckoning and the server's, and what the documents say. */
	const timeless = (state: WorkshopState): unknown =>
		JSON.parse(
			JSON.stringify(state, (key, value: unknown) =>
				/^(.*At|at|left|ballot|past)$/.test(key) || (typeof value === 'number' && value > 1e12)
					? undefined
					: value
			)
		);

	test(
		'CO45 one person’s dots hold on two devices that race, whatever they place',
		async () => {
			const { id, code } = await ada.open();
			const ben = await join(server, code, 'Ben');
			const { board, card } = await putCard(server, { ada, workshop: id, by: ben, phase: 'group' });
			const writing = await write(server, board, ben.token);
			const cards = [card, writing.put('Second'), writing.put('Third')];
			await until(() => writing.seen().cards.length === 3);
			writing.close();
			await ada.command(id, { type: 'go', phase: 'vote' });
			const devices = [await listen(server, id, ben), await listen(server, id, ben)];
			const click = fc.tuple(
				fc.nat({ max: 1 }),
				fc.nat({ max: 2 }),
				fc.integer({ min: 2, max: 4 })
			);
			await fc.assert(
				fc.asyncProperty(fc.array(click, { minLength: 3, maxLength: 8 }), async (clicks) => {
					const vote = (target: string, count: number): Command => ({
						type: 'vote',
						board,
						target: { card: target },
						count
					});
					for (const one of cards) await devices[0]!.send(vote(one, 0));
					const outcomes = await Promise.all(
						clicks.map(([device, which, count]) =>
							devices[device]!.send(vote(cards[which]!, count))
						)
					);
					for (const [i, outcome] of outcomes.entries())
						if (clicks[i]![2] > 3) expect(outcome.ok).toBe(false);
					const mine = await votesOf(server, board, ben.participant);
					expect(Object.values(mine).reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(5);
					await until(() =>
						devices.every((device) => {
							const [, known, left] = device.last('ballot:changed')!;
							const given = Object.values(known).reduce((a, b) => a + b, 0);
							return isDeepStrictEqual(known, mine) && left === 5 - given;
						})
					);
				}),
				{ numRuns: Math.ceil(SEEDS / 20), endOnFailure: true }
			);
			devices.forEach((device) => device.close());
		},
		60_000 + 100 * SEEDS
	);

	test(
		'CO44 of any two commands that race, one comes first, the other is told, and the state is theirs in that order',
		async () => {
			const { id } = await ada.open();
			const board = await ada.run(id, 'discuss');
			const all = samples(board);
			const before = (await server.app.stored.load(id))!;
			const reset = async () => {
				await server.database.db
					.update(stored)
					.set({ state: before.state, version: before.version })
					.where(eq(stored.id, id));
				server.app.stored.forget(id);
			};
			const kind = fc.nat({ max: KINDS - 1 });
			await fc.assert(
				fc.asyncProperty(kind, kind, fc.boolean(), async (i, j, informed) => {
					await reset();
					const pair = [withBoard(all[i]!), withBoard(all[j]!)] as const;
					const version = informed ? { version: before.version } : {};
					const outcomes = await Promise.all(
						pair.map((command) =>
							server.app.workshops.run(id, facilitator(), { id: nanoid(), ...version, command })
						)
					);
					const now = server.clock.now();
					const first = apply(before.state, pair[0], now);
					const second = apply(first.state, pair[1], now);
					const refusals = outcomes.map((one) => (one.ok ? null : one.refusal));
					const lost = informed && first.refusal === null;
					expect(refusals).toEqual([first.refusal, lost ? 'moved-on' : second.refusal]);
					const after = (await server.app.stored.load(id))!;
					expect(timeless(after.state)).toEqual(timeless(lost ? first.state : second.state));
					const accepted = refusals.filter((refusal) => refusal === null).length;
					expect(after.version).toBe(before.version + accepted);
				}),
				{ numRuns: SEEDS, endOnFailure: true }
			);
		},
		60_000 + 100 * SEEDS
	);
});
