import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { FacilitationCommand } from '#shared/facilitation/commands.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { comeAda, type Ada } from '../support/people.ts';
import { until } from '../support/until.ts';

const MINUTE = 60_000;
let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

let workshop: WorkshopId;
beforeEach(async () => {
	({ id: workshop } = await ada.open());
	await ada.run(workshop); // four minutes of writing
});
const run = (command: FacilitationCommand) => ada.command(workshop, command);
const live = async () => (await server.app.stored.load(workshop))!.state.boards.at(-1)!;
const phase = async () => (await live()).phase;
const inPhase = (name: string) => until(async () => (await phase()) === name);
const byClock = () => run({ type: 'set-going-on', by: 'clock' });

test('TF4 where it was chosen, a phase whose time is up goes on; the last one runs over', async () => {
	await byClock();
	server.clock.advance(4 * MINUTE - 1000);
	expect(await phase()).toBe('write');
	server.clock.advance(1000);
	await inPhase('share');
	expect((await live()).revealed).toBe(true);
	await run({ type: 'go', phase: 'act' });
	server.clock.advance(10 * MINUTE);
	await run({ type: 'extend', minutes: 1 });
	expect(await phase()).toBe('act');
	const lines = await server.app.workshops.audit(workshop, {
		role: 'facilitator',
		account: ada.account
	});
	expect(lines).toContainEqual(expect.objectContaining({ deed: 'next', by: null }));
});

test('TF4 what stands still, rests, or was given more time does not go on', async () => {
	await byClock();
	await run({ type: 'extend', minutes: 2 });
	server.clock.advance(5 * MINUTE);
	await run({ type: 'pause' });
	server.clock.advance(30 * MINUTE);
	await run({ type: 'resume' });
	await run({ type: 'start-break', minutes: 5 });
	server.clock.advance(30 * MINUTE);
	await run({ type: 'end-break' });
	expect(await phase()).toBe('write');
	server.clock.advance(MINUTE);
	await inPhase('share');
});

test('TF4 where it was not chosen, or not any more, nothing goes on by itself', async () => {
	server.clock.advance(30 * MINUTE);
	expect(await phase()).toBe('write');
	await byClock();
	await inPhase('share');
	await run({ type: 'set-going-on', by: 'hand' });
	server.clock.advance(30 * MINUTE);
	await run({ type: 'pause' });
	expect(await phase()).toBe('share');
});

test('TF4 time that ran out while the server was away goes on when it is back, by one phase', async () => {
	await byClock();
	await server.restart();
	server.clock.advance(4 * MINUTE);
	await inPhase('share');
	expect((await live()).timer).toMatchObject({ kind: 'running' });
});
