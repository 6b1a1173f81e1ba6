import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PULSE_COUNTS_FOR, stretchOf } from '#shared/facilitation/signals.ts';
import type { BoardId, WorkshopId } from '#shared/ids.ts';
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
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

let workshop: WorkshopId;
let board: BoardId;
let ben: Person;
let chidi: Person;
const open: Hearing[] = [];
beforeEach(async () => {
	open.splice(0).forEach((hearing) => hearing.close());
	const made = await ada.open();
	workshop = made.id;
	[ben, chidi] = [await join(server, made.code, 'Ben'), await join(server, made.code, 'Chidi')];
	board = await ada.run(workshop);
});
const hear = async (who: Parameters<typeof listen>[2]) => {
	const hearing = await listen(server, workshop, who);
	open.push(hearing);
	return hearing;
};
const told = (hearing: Hearing) => hearing.last('signals:changed')?.[0];
const ready = (person: Person, on = true) =>
	give(server, workshop, person, { type: 'ready', board, phase: 'write', on });

test('TF5 who is ready is counted for this phase, and may take it back', async () => {
	const [desk, his] = [await hear(ada), await hear(ben)];
	await ready(ben);
	await ready(chidi);
	await until(() => told(desk)?.ready.length === 2);
	const stretch = stretchOf(desk.state().boards[0]!);
	expect(told(desk)).toMatchObject({ stretch, ready: [ben.participant, chidi.participant] });
	await until(() => his.last('signals:mine')?.[0].readyFor === stretch);
	await ready(ben, false);
	await until(() => told(desk)?.ready.length === 1);

	await ada.command(workshop, { type: 'next' });
	expect(await ready(ben)).toMatchObject({ refusal: 'moved-on' });
	expect((await server.app.signals.view(workshop)).ready).toEqual([]);
	await ada.command(workshop, { type: 'finish' });
	expect(await ready(ben)).toMatchObject({ refusal: 'no-board' });
});

test('TF6 a pulse counts for five minutes, and nobody is told whose it is', async () => {
	const desk = await hear(ada);
	for (const pulse of ['lost', 'slower'] as const)
		await give(server, workshop, ben, { type: 'pulse', pulse });
	await give(server, workshop, chidi, { type: 'pulse', pulse: 'with-you' });
	await until(() => told(desk)?.pulses.length === 2);
	expect(
		told(desk)!
			.pulses.map(({ pulse }) => pulse)
			.toSorted()
	).toEqual(['slower', 'with-you']);
	expect(JSON.stringify(told(desk)!.pulses)).not.toContain(ben.participant);
	await give(server, workshop, chidi, { type: 'pulse', pulse: null });
	await until(() => told(desk)?.pulses.length === 1);
	server.clock.advance(PULSE_COUNTS_FOR);
	expect((await server.app.signals.view(workshop)).pulses).toEqual([]);
});

test('TF7 hands are told in the order in which they were raised; twice keeps the turn', async () => {
	const desk = await hear(ada);
	const hands = () => told(desk)?.hands.map(({ participant }) => participant);
	const raise = (who: Person) => give(server, workshop, who, { type: 'raise-hand' });
	await raise(chidi);
	server.clock.advance(1000);
	await raise(ben);
	server.clock.advance(1000);
	await raise(chidi);
	await until(() => hands()?.length === 2);
	expect(hands()).toEqual([chidi.participant, ben.participant]);
	expect(
		await give(server, workshop, ben, { type: 'lower-hand', person: chidi.participant })
	).toMatchObject({ refusal: 'not-allowed' });
	await give(server, workshop, ben, { type: 'lower-hand' });
	await give(server, workshop, ada, { type: 'lower-hand', person: chidi.participant });
	await until(() => hands()?.length === 0);
	for (const person of [undefined, 'no-such-person'])
		expect(
			await give(server, workshop, ada, { type: 'lower-hand', ...(person ? { person } : {}) })
		).toMatchObject({ refusal: 'no-such-person' });
});

test('TF8 of the signals of others nobody hears but those who facilitate; they outlive a restart', async () => {
	const [desk, his, hers] = [await hear(ada), await hear(ben), await hear(chidi)];
	await ready(ben);
	await give(server, workshop, ben, { type: 'raise-hand' });
	await until(() => told(desk)?.hands.length === 1);
	await until(() => his.last('signals:mine')?.[0].handAt);
	expect(told(his)).toBeUndefined();
	expect(hers.all('signals:mine').every(([own]) => own.handAt === null)).toBe(true);
	open.splice(0).forEach((hearing) => hearing.close());

	await server.restart();
	const [again, back] = [await hear(ada), await hear(ben)];
	await until(() => told(again) && back.last('signals:mine'));
	expect(told(again)).toMatchObject({
		ready: [ben.participant],
		hands: [{ participant: ben.participant }]
	});
	expect(back.last('signals:mine')![0].handAt).not.toBeNull();
	await give(server, workshop, ada, {
		type: 'remove-person',
		person: ben.participant,
		cards: 'stay'
	});
	expect(await server.app.signals.view(workshop)).toMatchObject({ ready: [], hands: [] });
});

test('TF8 what somebody has said is in their download, and erased with the rest', async () => {
	await give(server, workshop, ben, { type: 'pulse', pulse: 'lost' });
	const data = async () => JSON.stringify(await server.app.participants.dataOf(ben.participant));
	expect(await data()).toContain('"pulse":"lost"');
	// Who erases has logged in: no token may.
	const erase = {
		id: 'erasing-ben',
		command: { type: 'erase-person', person: ben.participant }
	} as const;
	const facilitator = { role: 'facilitator', account: ada.account } as const;
	expect(await server.app.workshops.run(workshop, facilitator, erase)).toMatchObject({ ok: true });
	expect(await server.app.stores.signals.of(ben.participant)).toBeNull();
	expect(await data()).not.toContain('lost');
});

test('TF9 who has put down a card is told to those who facilitate, where the board has names', async () => {
	const desk = await hear(ada);
	const his = await hear(chidi);
	const writing = await write(server, board, ben.token);
	writing.put('Nobody had time');
	await until(() => desk.last('writers:changed')?.[1].length === 1);
	expect(desk.last('writers:changed')).toEqual([board, [ben.participant]]);
	expect(his.last('writers:changed')).toBeUndefined();
	writing.close();
	const later = await hear(ada);
	await until(() => later.last('writers:changed')?.[1].length === 1);

	const secret = await ada.open({ anonymous: true });
	const somebody = await join(server, secret.code);
	const nameless = await ada.run(secret.id);
	const there = await listen(server, secret.id, ada);
	const unseen = await write(server, nameless, somebody.token);
	unseen.put('Nobody asked us');
	await until(() => there.last('counts:changed')?.[1].people === 1);
	expect(there.all('writers:changed').every(([, people]) => people.length === 0)).toBe(true);
	unseen.close();
	there.close();
});
