/** A room that comes back all at once, and somebody whose network comes and goes. */
import { PgDatabase } from 'drizzle-orm/pg-core';
import { afterEach, expect, test, vi } from 'vitest';
import { isRefusal } from '#shared/refusals.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { give, listen, write, type Hearing, type Writing } from '../support/people.ts';
import { until } from '../support/until.ts';

let server: TestApp;
afterEach(async () => {
	vi.restoreAllMocks();
	await server.close();
});

/** A board on which everybody writes openly, and so many who have joined; without pages or API. */
async function room(many: number) {
	server = await startTestApp({ kit: false, environment: { METRICS: 'on' } });
	const { accounts, workshops, participants } = server.app;
	const ada = await accounts.add('ada@example.org', 'correct horse battery');
	if (isRefusal(ada)) throw new Error(ada.refused);
	const form = { title: 'A day in Dakar', agenda: ['barrier'] };
	const made = await workshops.create(ada, form);
	const token = await accounts.token('ada@example.org');
	if (isRefusal(made) || isRefusal(token)) throw new Error('no workshop');
	const { id, code } = made;
	await give(server, id, { token }, { type: 'open' });
	const started = await give(server, id, { token }, { type: 'start', exercise: 0 });
	if (!started.ok) throw new Error(started.refusal);
	await give(server, id, { token }, { type: 'go', phase: 'write' });
	await give(server, id, { token }, { type: 'set-writing', mode: 'open', reveal: true });
	const tokens: string[] = [];
	for (let at = 0; at < many; at += 1) {
		const credentials = { cookies: '', token: null, screen: null, address: '127.0.0.1' };
		const joined = await participants.join({ code, name: `Number ${at}` }, credentials);
		if (isRefusal(joined)) throw new Error(joined.refused);
		tokens.push(joined.token);
	}
	return { id, board: started.board!, tokens };
}

const isInStep = ({ providers }: Writing) => providers.board.synced && providers.notebook.synced;
const words = ({ seen }: Writing) =>
	seen()
		.cards.map(({ fields }) => fields['stoppedUs'])
		.sort();
const gauge = (name: string) =>
	Number(new RegExp(`plenary_${name} (\\d+)`).exec(server.app.metrics() ?? '')?.[1]);

const HERD = 60;

test('SA65 sixty who come back at once after a restart, three sockets each, cost no more than five reads each, and have everything', async () => {
	const { id, board, tokens } = await room(HERD);
	const people: { room: Hearing; writing: Writing }[] = [];
	for (const [at, token] of tokens.entries()) {
		const writing = await write(server, board, token);
		writing.put(`Words of ${at}`);
		people.push({ writing, room: await listen(server, id, { token }) });
	}
	const all = tokens.map((_, at) => `Words of ${at}`).sort();
	const haveAll = () => people.every(({ writing }) => words(writing).length === HERD);
	await until(haveAll);

	const told = people.map(({ room }) => room.all('state:changed').length);
	const reads = vi.spyOn(PgDatabase.prototype, 'select');
	const began = performance.now();
	await server.restart();
	const areBack = () =>
		people.every(
			({ room, writing }, at) =>
				isInStep(writing) && room.socket.connected && room.all('state:changed').length > told[at]!
		);
	await until(areBack, { within: 60_000, what: 'everybody to be back' });
	expect(reads.mock.calls.length).toBeGreaterThan(0);
	// What is shared is read anew each second: a slow machine takes several.
	const seconds = (performance.now() - began) / 1000;
	expect(reads.mock.calls.length).toBeLessThan(5 * HERD + 30 * (1 + seconds));
	for (const { writing } of people) expect(words(writing)).toEqual(all);
	const cold = await write(server, board, tokens[0]!);
	expect(words(cold)).toEqual(all);
	cold.close();
	for (const { room, writing } of people) {
		room.close();
		writing.close();
	}
});

test('SA66 twenty quick reconnections of one person who types leave one socket a document, one presence and every word', async () => {
	const { id, board, tokens } = await room(2);
	const [ben, chidi] = [
		await write(server, board, tokens[0]!),
		await write(server, board, tokens[1]!)
	];
	const [his, theirs] = [
		await listen(server, id, { token: tokens[0]! }),
		await listen(server, id, { token: tokens[1]! })
	];
	await until(() => gauge('board_sockets') === 4 && gauge('sockets') === 2);
	const { awareness } = ben.providers.board;
	awareness.setLocalState({ writing: true });
	for (let times = 0; times < 20; times += 1) {
		ben.put(`Typed the ${times}th time`);
		for (const provider of [ben.providers.board, ben.providers.notebook]) {
			provider.disconnect();
			provider.connect();
		}
		awareness.setLocalState({ writing: true });
		his.socket.disconnect().connect();
	}
	await until(() => isInStep(ben) && his.socket.connected);
	await until(() => words(chidi).length === 20, { what: 'every word' });
	await until(() => gauge('board_sockets') === 4 && gauge('sockets') === 2, {
		what: 'no socket more than before'
	});
	const present = () =>
		[...chidi.providers.board.awareness.getStates().values()].filter(({ writing }) => writing);
	await until(() => present().length === 1);
	// The old one's goodbye comes late, and does not send away who has come back.
	const again = await listen(server, id, { token: tokens[0]! });
	his.close();
	await until(() => gauge('sockets') === 2);
	const newcomer = await listen(server, id, { token: tokens[1]! });
	await until(() => newcomer.last('roster:changed'));
	expect(newcomer.last('roster:changed')?.[1]).toBe(2);
	for (const one of [ben, chidi, theirs, again, newcomer]) one.close();
});
