import { nanoid } from 'nanoid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
	COMMANDS,
	ROLES,
	type Command,
	type CommandType,
	type Role,
	type Who
} from '#shared/facilitation/commands.ts';
import type { BoardId, CardId, WorkshopId } from '#shared/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { comeAda, join, listen, write, type Ada, type Person } from '../support/people.ts';
import { until } from '../support/until.ts';

let server: TestApp;
let ada: Ada;
let workshop: WorkshopId;
let code: string;
let ben: Person;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());
beforeEach(async () => {
	({ id: workshop, code } = await ada.open());
	ben = await join(server, code, 'Ben');
});

const run = (
	who: { token: string } | Ada | Person,
	command: Command,
	more: { id?: string; version?: number } = {}
) => {
	const credentials = { cookies: '', token: who.token, screen: null, address: '' };
	return server.app.workshops
		.who(workshop, credentials)
		.then((role) => server.app.workshops.run(workshop, role, { id: nanoid(), ...more, command }));
};

/** Ben has put a card down on a board that is in this phase. */
async function boardWithCard(phase: string): Promise<{ board: BoardId; card: CardId }> {
	const board = await ada.run(workshop);
	const writing = await write(server, board, ben.token);
	const card = writing.put('Nobody had time');
	await until(() => server.app.rooms.counts(board).then(({ cards }) => cards === 1));
	await ada.command(workshop, { type: 'go', phase: phase as 'vote' });
	await until(() => writing.seen().cards.length === 1, { what: 'the card on the board' });
	writing.close();
	return { board, card };
}

const EXAMPLES: { [T in CommandType]: Omit<Extract<Command, { type: T }>, 'type'> } = {
	rename: { title: 'Another day' },
	'set-language': { language: 'fr' },
	'set-anonymous': { anonymous: true },
	'set-agenda': { agenda: ['barrier'] },
	open: {},
	close: {},
	start: { exercise: 0 },
	'start-break': { item: 0 },
	'end-break': {},
	next: {},
	back: {},
	go: { phase: 'share' },
	finish: {},
	pause: {},
	resume: {},
	extend: { minutes: 1 },
	'set-writing': { mode: 'private' },
	'set-grouping': { who: 'facilitators' },
	lock: {},
	unlock: {},
	mute: {},
	unmute: {},
	'show-nudge': { nudge: null },
	'show-votes': {},
	'hide-votes': {},
	'hide-card': { board: 'a-board', card: 'a-card' },
	'show-card': { board: 'a-board', card: 'a-card' },
	'remove-card': { board: 'a-board', card: 'a-card' },
	'restore-card': { board: 'a-board', card: 'a-card' },
	'withdraw-card': { board: 'a-board', card: 'a-card' },
	'let-in': { board: 'a-board' },
	leave: { board: 'a-board' },
	vote: { board: 'a-board', target: { card: 'a-card' }, count: 1 },
	comment: { board: 'a-board', id: 'a-comment', card: 'a-card', text: 'Yes' },
	'remove-comment': { board: 'a-board', id: 'a-comment' },
	action: { board: 'a-board', id: 'an-action', what: 'Ask', who: '', when: '' },
	'remove-action': { board: 'a-board', id: 'an-action' }
};

const WHO = {
	facilitator: { role: 'facilitator', account: 'nobody' },
	'co-facilitator': { role: 'co-facilitator', account: 'nobody' },
	participant: { role: 'participant', participant: 'nobody' },
	screen: { role: 'screen' },
	visitor: { role: 'visitor' }
} as const satisfies Record<Role, Who>;

describe('who may give what', () => {
	const facilitators: Role[] = ['facilitator', 'co-facilitator'];
	const everyone = new Set<CommandType>([
		'withdraw-card',
		'comment',
		'remove-comment',
		'action',
		'remove-action'
	]);
	const roles = (type: CommandType): Role[] => {
		if (type === 'vote') return ['participant'];
		return everyone.has(type) ? [...facilitators, 'participant'] : facilitators;
	};

	const types = Object.keys(COMMANDS) as CommandType[];
	test.each(types)('CM1 %s', async (type) => {
		const command = { type, ...EXAMPLES[type] } as Command;
		for (const role of ROLES) {
			const before = JSON.stringify(await server.app.stored.load(workshop));
			const envelope = { id: nanoid(), command };
			const outcome = await server.app.workshops.run(workshop, WHO[role], envelope);
			const allowed = roles(type).includes(role);
			expect([role, !outcome.ok && outcome.refusal === 'not-allowed']).toEqual([role, !allowed]);
			if (!allowed) expect(JSON.stringify(await server.app.stored.load(workshop))).toBe(before);
		}
	});
});

describe('racing', () => {
	test('CM2 two presses of next are one step', async () => {
		await ada.run(workshop);
		const desks = await Promise.all([1, 2].map(() => listen(server, workshop, ada)));
		const { version } = desks[0]!.state();
		const outcomes = await Promise.all(
			desks.map((desk) => desk.send({ type: 'next' }, { version }))
		);
		expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
		expect(outcomes.find(({ ok }) => !ok)).toEqual({
			ok: false,
			refusal: 'moved-on',
			version: version + 1
		});
		await until(() => desks.every((desk) => desk.state().version === version + 1));
		expect(desks[1]!.state().boards[0]!.phase).toBe('share');
		desks.forEach((desk) => desk.close());
	});

	test('CM3 a command that comes twice is applied once', async () => {
		await ada.run(workshop);
		const id = nanoid();
		const [one, two] = await Promise.all([1, 2].map(() => run(ada, { type: 'next' }, { id })));
		expect(two).toEqual(one);
		const third = await run(ada, { type: 'next' }, { id, version: 1 });
		expect(third).toEqual(one);
		expect((await server.app.stored.load(workshop))?.state.boards[0]?.phase).toBe('share');
	});

	test('CM3 a start that comes twice is one board', async () => {
		const id = nanoid();
		const starts = await Promise.all(
			[1, 2].map(() => run(ada, { type: 'start', exercise: 0 }, { id }))
		);
		expect(starts[0]).toMatchObject({ ok: true, board: expect.any(String) });
		expect(starts[1]).toEqual(starts[0]);
		const taken = starts[0]!.ok ? starts[0]!.board! : '';
		await run(ada, { type: 'finish' });
		await run(ada, { type: 'set-agenda', agenda: ['barrier', 'six-ps'] });
		const again = await run(ada, { type: 'start', exercise: 1, board: taken });
		expect(again).toMatchObject({ refusal: 'already-run' });
	});

	test('CM3 nobody is answered with the command of another', async () => {
		const { board, card } = await boardWithCard('vote');
		const chidi = await join(server, code, 'Chidi');
		const id = nanoid();
		const vote: Command = { type: 'vote', board, target: { card }, count: 1 };
		for (const who of [ben, chidi])
			expect(await run(who, vote, { id })).toMatchObject({ ok: true });
		expect(await server.app.stores.votes.totals(board)).toEqual({ [card]: 2 });
	});

	test('CM4 a budget holds under racing clicks on two devices', async () => {
		const { board, card } = await boardWithCard('vote');
		const cards = [card];
		const chidi = await join(server, code, 'Chidi');
		const writing = await write(server, board, chidi.token);
		writing.close();
		const devices = await Promise.all([1, 2].map(() => listen(server, workshop, ben)));
		const vote = (count: number): Command => ({ type: 'vote', board, target: { card }, count });
		const outcomes = await Promise.all(
			Array.from({ length: 20 }, (_, i) => devices[i % 2]!.send(vote(1 + (i % 5))))
		);
		expect(outcomes.filter((one) => !one.ok).map((one) => !one.ok && one.refusal)).toEqual(
			Array(8).fill('too-many-on-one')
		);
		const mine = await server.app.stores.votes.mine(board, ben.participant);
		expect(mine[cards[0]!]).toBeLessThanOrEqual(3);
		await until(() => devices.every((device) => device.last('ballot:changed')?.[1][card]));
		devices.forEach((device) => device.close());
	});

	test('CM4 past the budget nothing is placed', async () => {
		const board = await ada.run(workshop);
		const writing = await write(server, board, ben.token);
		const cards = ['Time', 'Money', 'Trust'].map((text) => writing.put(text));
		await until(() => server.app.rooms.counts(board).then((counts) => counts.cards === 3));
		await ada.command(workshop, { type: 'go', phase: 'vote' });
		const votes = await Promise.all(
			cards.map((card) => run(ben, { type: 'vote', board, target: { card }, count: 2 }))
		);
		expect(votes.filter(({ ok }) => ok)).toHaveLength(2);
		expect(votes.find(({ ok }) => !ok)).toMatchObject({ refusal: 'budget' });
		const mine = await server.app.stores.votes.mine(board, ben.participant);
		expect(Object.values(mine).reduce((sum, count) => sum + count, 0)).toBe(4);
		writing.close();
	});
});

describe('cards', () => {
	test('CM5 only what is shown can be voted for', async () => {
		const { board, card } = await boardWithCard('vote');
		const vote = (count: number): Command => ({ type: 'vote', board, target: { card }, count });
		expect(await run(ben, vote(1))).toMatchObject({ ok: true });
		await run(ada, { type: 'hide-card', board, card });
		expect(await run(ben, vote(2))).toMatchObject({ refusal: 'no-such-card' });
		expect(await run(ben, vote(0))).toMatchObject({ ok: true });
		const group: Command = { type: 'vote', board, target: { group: 'no-such-group' }, count: 1 };
		expect(await run(ben, group)).toMatchObject({ refusal: 'no-such-card' });
	});

	test('CM6 a board of another workshop is not there', async () => {
		const { board, card } = await boardWithCard('vote');
		const other = await ada.open();
		const chidi = await join(server, other.code, 'Chidi');
		const there = await server.app.workshops.who(other.id, {
			cookies: '',
			token: chidi.token,
			screen: null,
			address: ''
		});
		const command: Command = { type: 'vote', board, target: { card }, count: 1 };
		const outcome = await server.app.workshops.run(other.id, there, { id: nanoid(), command });
		expect(outcome).toMatchObject({ refusal: 'not-found' });
		expect(await run(chidi, command)).toMatchObject({ refusal: 'not-allowed' });
		const hide: Command = { type: 'hide-card', board, card };
		const answer = await ada.command(other.id, hide);
		expect(answer.body.error.code).toBe('not-found');
	});

	test('CM7 comments have their time, and their authors', async () => {
		const { board, card } = await boardWithCard('share');
		const chidi = await join(server, code, 'Chidi');
		const comment = (id: string): Command => ({ type: 'comment', board, id, card, text: 'Yes' });
		const remove = (id: string): Command => ({ type: 'remove-comment', board, id });
		expect(await run(ben, comment('comment-1'))).toMatchObject({ ok: true });
		expect(await run(ben, comment('comment-2'))).toMatchObject({ ok: true });
		const absent = { ...comment('comment-3'), card: 'no-such-card' } as Command;
		expect(await run(ben, absent)).toMatchObject({ refusal: 'no-such-card' });
		expect(await run(chidi, remove('comment-1'))).toMatchObject({ refusal: 'not-allowed' });
		expect(await run(ben, remove('comment-1'))).toMatchObject({ ok: true });
		expect(await run(ada, remove('comment-2'))).toMatchObject({ ok: true });
		expect(await run(ada, remove('comment-2'))).toMatchObject({ refusal: 'not-found' });
		await run(ada, { type: 'finish' });
		expect(await run(ben, comment('comment-4'))).toMatchObject({ refusal: 'wrong-phase' });
	});

	test('CM8 actions are changed by their authors and by facilitators', async () => {
		const { board, card } = await boardWithCard('act');
		const chidi = await join(server, code, 'Chidi');
		const action = (what: string): Command => ({
			type: 'action',
			board,
			id: 'action-1',
			what,
			who: 'Ben',
			when: 'before summer',
			card
		});
		expect(await run(ben, action('Ask'))).toMatchObject({ ok: true });
		expect(await run(ben, action('Ask again'))).toMatchObject({ ok: true });
		expect(await run(chidi, action('Forget it'))).toMatchObject({ refusal: 'not-allowed' });
		expect(await run(ada, action('Ask them all'))).toMatchObject({ ok: true });
		const rows = await server.app.stores.notes.actions(workshop);
		expect(rows).toMatchObject([{ what: 'Ask them all', participantId: ben.participant }]);
		const remove: Command = { type: 'remove-action', board, id: 'action-1' };
		expect(await run(chidi, remove)).toMatchObject({ refusal: 'not-allowed' });
		expect(await run(ben, remove)).toMatchObject({ ok: true });
	});

	test('CM9 a removed card is gone, and can come back', async () => {
		const { board, card } = await boardWithCard('share');
		const chidi = await join(server, code, 'Chidi');
		const onBoard = async () => (await server.app.rooms.read(board)).cards.map(({ id }) => id);
		const withdraw: Command = { type: 'withdraw-card', board, card };
		await run(chidi, { type: 'comment', board, id: 'comment-9', card, text: 'What he says' });
		const comments = async () => (await server.app.stores.notes.comments(workshop)).length;
		expect(await run(chidi, withdraw)).toMatchObject({ ok: false });
		expect(await run(ada, { type: 'remove-card', board, card })).toMatchObject({ ok: true });
		expect([await onBoard(), await comments()]).toEqual([[], 0]);
		const gone = await run(ada, { type: 'remove-card', board, card });
		expect(gone).toMatchObject({ refusal: 'no-such-card' });
		expect(await run(ada, { type: 'restore-card', board, card })).toMatchObject({ ok: true });
		expect([await onBoard(), await comments()]).toEqual([[card], 1]);
		expect(await run(ben, withdraw)).toMatchObject({ ok: true });
		expect(await onBoard()).toEqual([]);
	});
});
