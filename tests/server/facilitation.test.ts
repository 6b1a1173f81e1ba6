import { nanoid } from 'nanoid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { COMMANDS, type Command } from '#shared/facilitation/commands.ts';
import { ROLES, type CommandType, type Role, type Who } from '#shared/permissions.ts';
import type { Phase } from '#shared/exercises/format.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { oneOfEach } from '../support/commands.ts';
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
import { totalsOn, votesOf } from '../support/votes.ts';

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
	who: { token: string },
	command: Command,
	more: { id?: string; version?: number } = {}
) => give(server, workshop, who, command, more);
const boardWithCard = (phase: Phase) => putCard(server, { ada, workshop, by: ben, phase });

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
		'lower-hand',
		'vote',
		'place',
		'rank',
		'prefer',
		'add-person',
		'remove-person',
		'comment',
		'remove-comment',
		'action',
		'remove-action'
	]);
	const roles = (type: CommandType): Role[] => {
		if (['ready', 'pulse', 'raise-hand', 'leave-contact', 'react'].includes(type))
			return ['participant'];
		if (type === 'set-retention') return ['facilitator'];
		if (type === 'tell-page') return ['screen'];
		return everyone.has(type) ? [...facilitators, 'participant'] : facilitators;
	};

	const types = Object.keys(COMMANDS) as CommandType[];
	test.each(types)('CM1 %s', async (type) => {
		const command = { type, ...oneOfEach('a-board')[type] } as Command;
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
		expect(await totalsOn(server, board)).toEqual({ [card]: 2 });
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
		const mine = await votesOf(server, board, ben.participant);
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
		const mine = await votesOf(server, board, ben.participant);
		expect(Object.values(mine).reduce((sum, count) => sum + count, 0)).toBe(4);
		writing.close();
	});
});
