import { nanoid } from 'nanoid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Command, Envelope } from '#shared/facilitation/commands.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { comeAda, join, listen, write, type Ada, type Hearing } from '../support/people.ts';
import { until } from '../support/until.ts';
import { noChoices } from '../support/votes.ts';

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

/** A workshop with Ben's card on its board, in this phase, and Chidi beside him. */
async function room(phase: string, form: { anonymous?: boolean } = {}) {
	const { id, code } = await ada.open(form);
	const [ben, chidi] = [await join(server, code, 'Ben'), await join(server, code, 'Chidi')];
	const board = await ada.run(id);
	const writing = await write(server, board, ben.token);
	const card = writing.put('Nobody had time');
	await until(() => server.app.rooms.counts(board).then(({ cards }) => cards === 1));
	if (phase !== 'write') await ada.command(id, { type: 'go', phase: phase as 'vote' });
	const link = await server.app.workshops.screenLink(id, {
		role: 'facilitator',
		account: ada.account
	});
	const screen = new URL(String(link), server.url).searchParams.get('key')!;
	return { id, board, card, ben, chidi, writing, screen };
}

const close = (...all: { close(): void }[]) => all.forEach((one) => one.close());

describe('the welcome', () => {
	test('SO1 everyone is told everything that is theirs to know', async () => {
		const { id, board, card, ben, chidi, writing, screen } = await room('vote');
		await ada.command(id, { type: 'back' });
		const desk = await listen(server, id, ada);
		await desk.send({ type: 'comment', board, id: 'comment-1', card, text: 'Yes' });
		await desk.send({ type: 'go', phase: 'vote' });
		const first = await listen(server, id, ben);
		await first.send({ type: 'vote', board, target: { card }, count: 2 });
		close(desk, first);

		const [facilitator, his, theirs, wall] = await Promise.all([
			listen(server, id, ada),
			listen(server, id, ben),
			listen(server, id, chidi),
			listen(server, id, { screen })
		]);
		await until(() => facilitator.last('removed:changed') && his.last('held:changed'));
		for (const hearing of [facilitator, his, theirs, wall]) {
			await until(() => hearing.last('counts:changed'));
			expect(hearing.last('board:described')?.[1]).toMatchObject({ id: 'barrier' });
			expect(hearing.last('comments:told')?.[1]).toMatchObject([{ text: 'Yes' }]);
			expect(hearing.last('actions:told')?.[1]).toEqual([]);
			expect(hearing.last('counts:changed')?.[1]).toMatchObject({ cards: 1, people: 1 });
			expect(hearing.last('totals:changed')?.[1] ?? null).toBeNull();
			const [, authors] = hearing.last('authors:changed')!;
			expect(Object.values(authors)).toEqual([{ participant: ben.participant, name: 'Ben' }]);
		}
		expect(his.last('ballot:changed')).toEqual([board, { [card]: 2 }, 3, noChoices]);
		expect(theirs.last('ballot:changed')).toEqual([board, {}, 5, noChoices]);
		for (const none of [facilitator, wall]) expect(none.last('ballot:changed')).toBeUndefined();
		for (const none of [his, wall]) {
			expect(none.last('late:changed')).toBeUndefined();
			expect(none.last('removed:changed')).toBeUndefined();
		}
		expect(wall.state().role).toBe('screen');
		close(facilitator, his, theirs, wall, writing);
	});

	test('SO1 nobody is told anything', async () => {
		const { id } = await ada.open();
		await expect(listen(server, id, {})).rejects.toThrow('unauthenticated');
		await expect(listen(server, 'no-such-workshop', ada)).rejects.toThrow('unauthenticated');
		await expect(listen(server, '!', ada)).rejects.toThrow('malformed');
	});
});

describe('changes', () => {
	test('SO2 a change goes to everyone, without the bookkeeping', async () => {
		const { id, ben, writing, screen } = await room('share');
		const all = await Promise.all([
			listen(server, id, ada),
			listen(server, id, ben),
			listen(server, id, { screen })
		]);
		await ada.command(id, { type: 'next' });
		for (const hearing of all) {
			await until(() => hearing.state().boards[0]!.phase === 'group');
			for (const key of ['left', 'closing', 'ballot'])
				expect(hearing.state().boards[0]).not.toHaveProperty(key);
		}
		close(...all, writing);
	});

	test('SO3 votes are their owner’s until they are shown', async () => {
		const { id, board, card, ben, chidi, writing } = await room('vote');
		const [his, theirs, desk] = await Promise.all(
			[ben, chidi, ada].map((one) => listen(server, id, one))
		);
		await his!.send({ type: 'vote', board, target: { card }, count: 1 });
		await until(() => his!.last('ballot:changed')?.[1][card] === 1);
		await theirs!.send({ type: 'vote', board, target: { card }, count: 2 });
		await desk!.send({ type: 'show-votes' });
		for (const hearing of [his!, theirs!, desk!])
			await until(() => hearing.last('totals:changed')?.[1]?.[card] === 3);
		expect(his!.all('ballot:changed').every(([, mine]) => (mine[card] ?? 0) <= 1)).toBe(true);
		expect(desk!.all('ballot:changed')).toEqual([]);
		const told = his!.all('totals:changed').map(([, totals]) => totals?.[card] ?? 3);
		expect(told.every((total) => total === 3)).toBe(true);
		await his!.send({ type: 'vote', board, target: { card }, count: 3 });
		await until(() => desk!.last('totals:changed')?.[1]?.[card] === 5);
		await desk!.send({ type: 'hide-votes' });
		await until(() => his!.last('totals:changed')?.[1] === null);
		close(his!, theirs!, desk!, writing);
	});

	test('SO4 late and removed cards are the facilitator’s, and a number for their author', async () => {
		const { id, board, card, ben, chidi, writing } = await room('vote');
		const [his, theirs, desk] = await Promise.all(
			[ben, chidi, ada].map((one) => listen(server, id, one))
		);
		server.clock.advance(4000);
		writing.put('Too late, perhaps');
		await until(() => his!.last('held:changed')?.[1] === 1, { what: 'Ben to hear of one' });
		await until(() => desk!.last('late:changed')?.[1].length);
		const late = { participant: ben.participant, name: 'Ben', cards: 1 };
		expect(desk!.last('late:changed')).toEqual([board, [late]]);
		expect(JSON.stringify(desk!.all('late:changed'))).not.toContain('Too late');
		await desk!.send({ type: 'let-in', board });
		await until(() => his!.last('held:changed')?.[1] === 0);

		await desk!.send({ type: 'remove-card', board, card });
		await until(() => desk!.last('removed:changed')?.[1].length);
		expect(desk!.last('removed:changed')).toEqual([board, [{ card, text: 'Nobody had time' }]]);
		await desk!.send({ type: 'restore-card', board, card });
		await until(() => desk!.last('removed:changed')?.[1].length === 0);

		server.clock.advance(4000);
		const left = writing.put('Left outside');
		await until(() => desk!.last('late:changed')?.[1].length);
		await desk!.send({ type: 'leave', board });
		await until(() => desk!.last('removed:changed')?.[1].length);
		expect(desk!.last('removed:changed')).toEqual([board, [{ card: left, text: 'Left outside' }]]);
		await desk!.send({ type: 'restore-card', board, card: left });
		await until(() => desk!.last('removed:changed')?.[1].length === 0);
		for (const hearing of [his!, theirs!]) {
			expect(hearing.last('late:changed')).toBeUndefined();
			expect(hearing.last('removed:changed')).toBeUndefined();
		}
		expect(theirs!.all('held:changed').every(([, cards]) => cards === 0)).toBe(true);
		close(his!, theirs!, desk!, writing);
	});

	test('SO7 comments and actions are told, as mine to whoever may take them back', async () => {
		const { id, board, card, ben, chidi, writing } = await room('share');
		const [his, theirs, desk] = await Promise.all(
			[ben, chidi, ada].map((one) => listen(server, id, one))
		);
		await his!.send({ type: 'comment', board, id: 'comment-1', card, text: 'So true' });
		for (const [hearing, mine] of [
			[his!, true],
			[desk!, true],
			[theirs!, undefined]
		] as const) {
			const [, comment] = await until(() => hearing.last('comment:added'));
			expect(comment).toMatchObject({ text: 'So true', name: 'Ben' });
			expect(comment.mine).toBe(mine);
		}
		await desk!.send({ type: 'remove-comment', board, id: 'comment-1' });
		await until(() => theirs!.last('comment:removed')?.[1] === 'comment-1');
		await desk!.send({ type: 'go', phase: 'act' });
		const action: Command = {
			type: 'action',
			board,
			id: 'action-1',
			what: 'Ask',
			who: 'Ben',
			when: '2026-06-01'
		};
		await theirs!.send(action);
		const [, told] = await until(() => his!.last('action:changed'));
		expect(told).toMatchObject({ what: 'Ask', board });
		expect(told.mine).toBeUndefined();
		expect((await until(() => theirs!.last('action:changed')))[1].mine).toBe(true);
		await theirs!.send({ type: 'remove-action', board, id: 'action-1' });
		await until(() => his!.last('action:removed')?.[1] === 'action-1');
		close(his!, theirs!, desk!, writing);
	});
});

describe('people', () => {
	const names = (hearing: Hearing) =>
		hearing
			.last('roster:changed')?.[0]
			.filter(({ here }) => here)
			.map(({ name }) => name);

	test('SO5 someone is here while a socket of theirs lives', async () => {
		const { id, ben, chidi, writing, screen } = await room('write');
		const wall = await listen(server, id, { screen });
		const tabs = await Promise.all([listen(server, id, ben), listen(server, id, ben)]);
		const theirs = await listen(server, id, chidi);
		await until(() => names(wall)?.join() === 'Ben,Chidi');
		expect(wall.last('roster:changed')?.[1]).toBe(2);
		tabs[0]!.close();
		theirs.close();
		await until(() => names(wall)?.join() === 'Ben', { what: 'Chidi to be gone, Ben not' });
		expect(wall.last('roster:changed')?.[0]).toHaveLength(2);
		tabs[1]!.close();
		await until(() => wall.last('roster:changed')?.[1] === 0);
		close(wall, writing);
	});

	test('SO5 many who come together are told together', async () => {
		const { id, code } = await ada.open();
		const desk = await listen(server, id, ada);
		const began = performance.now();
		const people = await Promise.all(
			Array.from({ length: 30 }, (_, i) => join(server, code, `Guest ${i}`))
		);
		const sockets = await Promise.all(people.map((one) => listen(server, id, one)));
		await until(() => desk.last('roster:changed')?.[1] === 30);
		const most = 4 + (performance.now() - began) / 300;
		expect(desk.all('roster:changed').length).toBeLessThan(most);
		close(desk, ...sockets);
	});

	test('AC4 SO6 an anonymous room has no names, and no ids for the others', async () => {
		const { id, board, card, ben, chidi, writing, screen } = await room('share', {
			anonymous: true
		});
		expect(await server.app.participants.name(ben.participant)).toBe('');
		const [his, theirs, desk, wall] = await Promise.all([
			...[ben, chidi, ada].map((one) => listen(server, id, one)),
			listen(server, id, { screen })
		]);
		await his!.send({ type: 'comment', board, id: 'comment-1', card, text: 'So true' });
		const [, comment] = await until(() => theirs!.last('comment:added'));
		expect(Object.keys(comment).sort()).toEqual(['at', 'card', 'id', 'text']);
		await until(() => [his!, theirs!, desk!, wall!].every((one) => one.last('roster:changed')));
		await until(() => desk!.last('roster:changed')?.[1] === 2);
		expect(theirs!.last('roster:changed')?.[0]).toEqual([]);
		for (const hearing of [his!, theirs!, desk!, wall!]) {
			expect(hearing.all('authors:changed')).toEqual([]);
			const everything = JSON.stringify(hearing.all('roster:changed'));
			expect(everything).not.toContain('name');
		}
		close(his!, theirs!, desk!, wall!, writing);
	});
});

describe('what comes in', () => {
	test('SO8 what cannot be read is refused, and the socket goes on', async () => {
		const { id } = await ada.open();
		const desk = await listen(server, id, ada);
		const sent: unknown[] = [
			null,
			'next',
			{},
			{ id: nanoid(), command: { type: 'next', more: 1 } },
			{ id: '!', command: { type: 'next' } },
			{ id: nanoid(), command: { type: '__proto__' } },
			{ id: nanoid(), command: { type: 'rename', title: 'x'.repeat(5000) } }
		];
		for (const one of sent)
			expect(await desk.socket.emitWithAck('command', one as Envelope)).toEqual({
				ok: false,
				refusal: 'malformed'
			});
		desk.socket.emit(
			'command',
			{ id: nanoid(), command: { type: 'rename', title: 'x' } },
			undefined as never
		);
		expect(await desk.socket.emitWithAck('clock')).toBeTypeOf('number');
		expect(await desk.send({ type: 'rename', title: 'A better day' })).toMatchObject({ ok: true });
		close(desk);
	});

	test('SO8 a flood is slowed, and ends when it ends', async () => {
		const { id } = await ada.open();
		const desk = await listen(server, id, ada);
		const flood = await Promise.all(
			Array.from({ length: 400 }, () => desk.send({ type: 'end-break' }))
		);
		const slowed = flood.filter((one) => !one.ok && one.refusal === 'too-many-tries');
		expect(slowed.length).toBeGreaterThan(100);
		server.clock.advance(2000);
		expect(await desk.send({ type: 'rename', title: 'Calm' })).toMatchObject({ ok: true });
		close(desk);
	});

	test('SO10 who sends thousands of anything at once is let go', async () => {
		const { id } = await ada.open();
		const [desk, flood] = [await listen(server, id, ada), await listen(server, id, ada)];
		flood.socket.io.reconnection(false);
		for (let i = 0; i < 4000; i++) flood.socket.emit('no-such-event' as 'clock', () => {});
		await until(() => flood.socket.disconnected, { what: 'the flood to be let go' });
		expect(await desk.send({ type: 'rename', title: 'Calm' })).toMatchObject({ ok: true });
		close(desk, flood);
	});

	test('SO9 before the server stops it says so', async () => {
		const own = await startTestApp();
		const grace = await comeAda(own);
		const { id } = await grace.open();
		const desk = await listen(own, id, grace);
		await own.close();
		await until(() => desk.last('server:leaving'), { what: 'the goodbye' });
		close(desk);
	});
});
