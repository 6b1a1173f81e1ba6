/** What people say of a card with one tap: who may, who is told, and where it goes. */
import { nanoid } from 'nanoid';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Command } from '#shared/facilitation/commands.ts';
import type { Reaction } from '#shared/facilitation/reactions.ts';
import type { BoardId, CardId, WorkshopId } from '#shared/ids.ts';
import { isRefusal } from '#shared/refusals.ts';
import type { WorkshopFile } from '#shared/workshop-file.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
	comeAda,
	give,
	join,
	listen,
	write,
	type Ada,
	type Hearing,
	type Person
} from '../support/people.ts';
import { until } from '../support/until.ts';

let server: TestApp;
let ada: Ada;
let workshop: WorkshopId;
let code: string;
let board: BoardId;
let ben: Person;
let chidi: Person;
let bens: CardId;
let chidis: CardId;
const open: Hearing[] = [];

beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());
afterEach(() => open.splice(0).forEach((hearing) => hearing.close()));

/** Ben's card and Chidi's, shared. */
beforeEach(async () => {
	({ id: workshop, code } = await ada.open());
	[ben, chidi] = [await join(server, code, 'Ben'), await join(server, code, 'Chidi')];
	board = await ada.run(workshop);
	const [his, hers] = [
		await write(server, board, ben.token),
		await write(server, board, chidi.token)
	];
	[bens, chidis] = [his.put('Nobody had time'), hers.put('No contract')];
	await until(async () => (await server.app.rooms.counts(board)).cards === 2);
	await run(ada, { type: 'go', phase: 'share' });
	await until(() => his.seen().cards.length === 2);
	his.close();
	hers.close();
});

const run = (who: { token: string }, command: Command) => give(server, workshop, who, command);
const react = (who: { token: string }, card: CardId, reaction: Reaction | null) =>
	run(who, { type: 'react', board, card, reaction });
const counts = async () => (await server.app.stores.reactions.counts(workshop)).get(board) ?? {};
const hear = async (as: { token?: string; screen?: string }) => {
	const hearing = await listen(server, workshop, as);
	open.push(hearing);
	return hearing;
};
const told = (hearing: Hearing) => {
	const all = { ...hearing.last('reactions:told')?.[1] };
	for (const [, cards] of hearing.all('reactions:changed')) Object.assign(all, cards);
	return all;
};
/** What is told together is told. */
const pass = () => server.clock.advance(300);

test('RE1 one of each person on a card: another takes its place, and none takes it back', async () => {
	expect(await react(ben, chidis, 'agree')).toMatchObject({ ok: true });
	await react(chidi, chidis, 'agree');
	expect(await counts()).toEqual({ [chidis]: { agree: 2 } });
	await react(ben, chidis, 'idea');
	await react(ben, bens, 'thanks');
	expect(await counts()).toEqual({ [chidis]: { agree: 1, idea: 1 }, [bens]: { thanks: 1 } });
	await react(ben, chidis, null);
	expect(await counts()).toEqual({ [chidis]: { agree: 1 }, [bens]: { thanks: 1 } });
	const command = { type: 'react', board, card: bens, reaction: 'love' } as const;
	const racing = Array.from({ length: 5 }, () => run(ben, command));
	for (const outcome of await Promise.all(racing)) expect(outcome).toMatchObject({ ok: true });
	expect((await counts())[bens]).toEqual({ love: 1 });
});

test('RE2 while cards may be commented, by participants, on cards that are shown', async () => {
	expect(await react(ada, bens, 'agree')).toMatchObject({ refusal: 'not-allowed' });
	expect(await react(ben, 'no-such-card', 'agree')).toMatchObject({ refusal: 'no-such-card' });
	await run(ada, { type: 'hide-card', board, card: chidis });
	expect(await react(ben, chidis, 'agree')).toMatchObject({ refusal: 'no-such-card' });
	await run(ada, { type: 'lock', what: 'comments' });
	expect(await react(ben, bens, 'agree')).toMatchObject({ refusal: 'wrong-phase' });
	await run(ada, { type: 'unlock', what: 'comments' });
	for (const phase of ['group', 'vote', 'discuss', 'act'] as const) {
		await run(ada, { type: 'go', phase });
		expect(await react(ben, bens, 'agree')).toMatchObject({ ok: true });
	}
	for (const phase of ['write', 'done'] as const) {
		await run(ada, { type: 'go', phase });
		expect(await react(ben, bens, null)).toMatchObject({ refusal: 'wrong-phase' });
	}
	const words = { type: 'react', board, card: bens, reaction: 'hate' } as unknown as Command;
	const hearing = await hear(ben);
	expect(await hearing.send(words)).toMatchObject({ refusal: 'malformed' });
});

test('RE3 everybody is told how many, never who, and a roomful together; each their own at once', async () => {
	const owner = { role: 'facilitator', account: ada.account } as const;
	const link = await server.app.workshops.screenLink(workshop, owner);
	const screen = new URL(String(link), server.url).searchParams.get('key') ?? '';
	const all = [await hear(ada), await hear(ben), await hear({ screen })];
	const crowd = await Promise.all(
		Array.from({ length: 30 }, (_, at) => join(server, code, `Number ${at}`))
	);
	const began = performance.now();
	await Promise.all(crowd.map((one) => react(one, bens, 'agree')));
	await react(ben, chidis, 'question');
	await until(() => all[1]!.last('reactions:mine')?.[1][chidis] === 'question');
	pass();
	const now = { [bens]: { agree: 30 }, [chidis]: { question: 1 } };
	for (const one of all) await until(() => told(one)[bens]?.agree === 30 && told(one)[chidis]);
	const most = 2 + (performance.now() - began) / 300;
	for (const one of all) {
		expect(told(one)).toEqual(now);
		expect(one.all('reactions:changed').length).toBeLessThanOrEqual(most);
		expect(JSON.stringify(one.all('reactions:changed'))).not.toContain(ben.participant);
	}
	expect(all[0]!.all('reactions:mine')).toEqual([]);
	await react(ben, chidis, null);
	pass();
	for (const one of all)
		await until(() => Object.keys(told(one)[chidis]!).length === 0, { what: 'the change' });
	expect(all[0]!.last('reactions:changed')).toEqual([board, { [chidis]: {} }]);

	const late = await hear(chidi);
	await until(() => late.last('reactions:mine'));
	expect(told(late)).toEqual({ [bens]: { agree: 30 } });
});

test('RE4 what somebody said goes with them and their cards, is counted again, and is in what they take away', async () => {
	await react(ben, chidis, 'agree');
	await react(chidi, chidis, 'love');
	await react(chidi, bens, 'idea');
	const data = (await server.app.participants.dataOf(ben.participant)) as {
		boards: { reactions: object[] }[];
	};
	expect(data.boards[0]!.reactions).toEqual([{ card: chidis, reaction: 'agree' }]);

	const desk = await hear(ada);
	await until(() => told(desk)[chidis]?.love === 1);
	await run(ada, { type: 'remove-person', person: ben.participant, cards: 'go' });
	pass();
	await until(() => told(desk)[chidis]?.agree === undefined, { what: 'one less' });
	expect((await counts())[chidis]).toEqual({ love: 1 });
	const erase = { type: 'erase-person', person: ben.participant } as const;
	const owner = { role: 'facilitator', account: ada.account } as const;
	await server.app.workshops.run(workshop, owner, { id: nanoid(), command: erase });
	pass();
	await until(() => Object.keys(told(desk)[bens] ?? { one: 1 }).length === 0, {
		what: 'what was said of their card to be gone'
	});
	expect(await counts()).toEqual({ [chidis]: { love: 1 } });
	const again = { type: 'erase-person', person: chidi.participant } as const;
	await server.app.workshops.run(workshop, owner, { id: nanoid(), command: again });
	expect(await counts()).toEqual({});
});

test('RE5 how many said what is in every file, and comes back with an imported workshop', async () => {
	await react(ben, chidis, 'agree');
	await react(chidi, chidis, 'agree');
	await react(chidi, bens, 'question');
	await run(ada, { type: 'hide-card', board, card: bens });
	const owner = { role: 'facilitator', account: ada.account } as const;
	const person = { role: 'participant', participant: ben.participant } as const;
	const file = async (
		id: WorkshopId,
		format: 'json' | 'csv' | 'md',
		who: typeof owner | typeof person = owner
	) => {
		const made = await server.app.exports.workshop(id, who, format);
		if (isRefusal(made)) throw new Error(made.refused);
		return Buffer.from(made.body).toString();
	};
	const json = JSON.parse(await file(workshop, 'json')) as WorkshopFile;
	const all = { [chidis]: { agree: 2 }, [bens]: { question: 1 } };
	expect(json.boards[0]!.reactions).toEqual(all);
	expect(JSON.parse(await file(workshop, 'json', person))).toMatchObject({
		boards: [{ reactions: { [chidis]: { agree: 2 } } }]
	});
	const csv = await file(workshop, 'csv');
	const [head, row, ...more] = csv
		.trim()
		.split('\r\n')
		.map((line) => line.split(','));
	const at = head!.indexOf('reaction_agree');
	expect(row!.slice(at, at + 5)).toEqual(['2', '', '', '', '']);
	expect(more).toEqual([]);
	expect(await file(workshop, 'md')).toContain('2 agree');

	const account = { id: ada.account, email: 'ada@example.org', name: 'Ada' };
	const brought = await server.app.imports.workshop(account, Buffer.from(JSON.stringify(json)));
	if (isRefusal(brought)) throw new Error(brought.refused);
	const copy = JSON.parse(await file(brought.id, 'json')) as WorkshopFile;
	const texts = (one: WorkshopFile) =>
		Object.entries(one.boards[0]!.reactions ?? {})
			.map(([id, said]) => [one.boards[0]!.cards.find((card) => card.id === id)?.fields, said])
			.sort();
	expect(texts(copy)).toEqual(texts(json));
	expect(copy.people).toHaveLength(json.people!.length);
});
