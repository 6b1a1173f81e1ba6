import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addCard } from '#shared/doc/notebook.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
	comeAda,
	give,
	join,
	listen,
	putCard,
	write,
	type Ada,
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

const exercise = findExercise('barrier')!;
let workshop: WorkshopId;
let ben: Person;
beforeEach(async () => {
	const made = await ada.open();
	workshop = made.id;
	ben = await join(server, made.code, 'Ben');
});
const state = async () => (await server.app.stored.load(workshop))!.state;
const undo = () => give(server, workshop, ada, { type: 'undo' });

test('TF22 a wrong next is taken back, and everybody sees it', async () => {
	const { board, card } = await putCard(server, { ada, workshop, by: ben, phase: 'group' });
	const his = await listen(server, workshop, ben);
	await ada.command(workshop, { type: 'hide-card', board, card });
	await ada.command(workshop, { type: 'next' });
	const desk = await listen(server, workshop, ada);
	expect(desk.state().undo).toBe('next');
	expect(await undo()).toMatchObject({ ok: true });
	await until(() => his.state().boards[0]?.phase === 'group');
	expect((await state()).boards[0]?.hidden).toEqual([card]);
	expect(his.state().undo).toBeNull();
	await until(() => desk.state().undo === 'hide-card');
	await undo();
	expect((await state()).boards[0]?.hidden).toEqual([]);
	his.close();
	desk.close();
});

test('TF22 a board that was finished, and a workshop that was closed, go on', async () => {
	const board = await ada.run(workshop);
	await ada.command(workshop, { type: 'finish' });
	await ada.command(workshop, { type: 'close' });
	await undo();
	expect(await state()).toMatchObject({ status: 'open', live: null });
	await undo();
	expect(await state()).toMatchObject({ live: board });
	const writing = await write(server, board, ben.token);
	writing.put('Still here');
	await until(() => server.app.rooms.counts(board).then(({ cards }) => cards === 1));
	writing.close();
});

test('TF23 a start is taken back while nobody has written, and the board is gone', async () => {
	const board = await ada.run(workshop, 'brief');
	const writing = await write(server, board, ben.token);
	expect(await undo()).toMatchObject({ ok: true });
	expect(await state()).toMatchObject({ boards: [], live: null, timetable: null });
	expect(await server.app.stores.workshops.board(board)).toBeNull();
	await until(() => !writing.providers.notebook.wsconnected);
	writing.close();
	const again = await ada.run(workshop);
	expect(again).not.toBe(board);
});

test('TF23 once somebody has written, be it a draft, the board stays', async () => {
	const board = await ada.run(workshop, 'brief');
	const writing = await write(server, board, ben.token);
	const at = { id: 'a-draft', column: 'barriers', order: 'a0', draft: true };
	addCard(writing.notebook, exercise, { ...at, fields: { stoppedUs: 'Half a thou' } });
	await until(async () => (await server.app.rooms.notebooks(board)).length > 0);
	expect(await undo()).toMatchObject({ refusal: 'already-written' });
	expect(await state()).toMatchObject({ live: board });
	writing.close();
});

test('TF24 where nothing is to be taken back, nothing happens', async () => {
	expect(await undo()).toMatchObject({ refusal: 'nothing-to-undo' });
	await ada.command(workshop, { type: 'rename', title: 'Another' });
	const { code } = (await server.app.stored.load(workshop))!;
	await ada.command(workshop, { type: 'change-code' });
	await undo();
	const now = (await server.app.stored.load(workshop))!;
	expect(now.state.title).not.toBe('Another');
	expect(now.code).not.toBe(code);
	expect(await undo()).toMatchObject({ refusal: 'nothing-to-undo' });
});

test('TF25 what can be taken back still can after a restart, and twenty steps are kept', async () => {
	await ada.run(workshop);
	for (let i = 0; i < 25; i++)
		await ada.command(workshop, { type: i % 2 === 0 ? 'mute' : 'unmute' });
	await server.restart();
	let steps = 0;
	while ((await undo()).ok) steps += 1;
	expect(steps).toBe(20);
	expect((await state()).boards[0]?.phase).toBe('write');
});
