/** A workshop's course, with the server gone at the moment that matters. */
import * as fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { startTestApp } from '../support/app.ts';
import { comeAda, join, listen, putCard } from '../support/people.ts';
import { until } from '../support/until.ts';
import { TestRoom } from './yjs-room.ts';

const SEEDS = Number(process.env['SEEDS'] ?? 12);
let room: TestRoom | null = null;
afterEach(async () => {
	await room?.close();
	room = null;
});

test('CO46 a timer that runs out while the server is away has run out when it said, and has moved nothing', async () => {
	const server = await startTestApp();
	try {
		const ada = await comeAda(server);
		const { id, code } = await ada.open();
		const ben = await join(server, code, 'Ben');
		const { board } = await putCard(server, { ada, workshop: id, by: ben, phase: 'group' });
		await ada.command(id, { type: 'go', phase: 'vote' });
		const before = (await server.app.stored.load(id))!.state.boards[0]!;
		if (before.timer.kind !== 'running') throw new Error(before.timer.kind);
		const { endsAt } = before.timer;
		server.clock.advance(endsAt - 3000 - server.clock.now());
		await server.restart();
		const desk = await listen(server, id, ada);
		server.clock.advance(endsAt + 4000 - server.clock.now());
		await until(async () => (await server.app.stored.load(id))!.state.boards[0]!.ballot !== null);
		const { state, version } = (await server.app.stored.load(id))!;
		expect(state.boards[0]).toMatchObject({ phase: 'vote', timer: { kind: 'running', endsAt } });
		await server.restart();
		const again = (await server.app.stored.load(id))!;
		expect([again.version, again.state]).toEqual([version, state]);
		expect(desk.state().boards.find((one) => one.id === board)!.timer).toEqual(before.timer);
		desk.close();
	} finally {
		await server.close();
	}
});

/** Where the server dies: before the rooms hear of the phase, in the middle of their commit, after it. */
const deaths = ['unheard', 'before the commit', 'after the commit', 'told'] as const;

test(
	'CO47 wherever in a change of phase the server dies, what it lets in is on the board once it is back, once',
	async () => {
		const held = (room = await TestRoom.inPhase('vote'));
		let said = 0;
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(...deaths),
				fc.integer({ min: 1, max: 3 }),
				fc.constantFrom('share', 'group', 'discuss'),
				async (death, cards, phase) => {
					const ben = await held.device('ben', 'notebook');
					for (const { id } of ben.cards().slice(20))
						await held.rooms.remove('board-1', id, 'removed', {
							role: 'facilitator',
							account: 'ada'
						});
					const mine = Array.from({ length: cards }, () => `Late ${said++}`);
					mine.forEach((text) => ben.put(text));
					await ben.saved();
					const command = { type: 'go', phase } as const;
					if (death === 'unheard') held.commandUnheard(command);
					if (death === 'told') await held.command(command);
					if (death === 'before the commit' || death === 'after the commit') {
						const { tries } = held.gate;
						if (death === 'after the commit') held.gate.lost = 1;
						else held.gate.failure = new Error('the database is away');
						void held.command(command).catch(() => {});
						await until(() => held.gate.tries > tries);
					}
					await held.kill();
					const words = await held.words();
					for (const text of mine) expect(words.filter((one) => one === text)).toEqual([text]);
					await held.go('vote');
					await held.restart();
					expect(await held.words()).toEqual(words);
				}
			),
			{ numRuns: SEEDS, endOnFailure: true }
		);
	},
	300_000 + SEEDS * 2000
);
