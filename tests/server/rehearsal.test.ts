/** A workshop rehearsed with people who are not there, and thrown away. */
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BoardValue } from '#shared/doc/contents.ts';
import { emptyExercise } from '#shared/exercises/own.ts';
import type { Command } from '#shared/facilitation/commands.ts';
import { WAYS } from '#shared/facilitation/ways.ts';
import type { BoardId, WorkshopId } from '#shared/ids.ts';
import { isRefusal, type Refusal } from '#shared/refusals.ts';
import { votes } from '#server/db/schema.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createChance } from '../support/chance.ts';
import { ask, comeAda, join, PASSWORD, type Ada } from '../support/people.ts';
import { until } from '../support/until.ts';
import { everything } from './backup-tables.ts';

const HOUR = 60 * 60 * 1000;

let server: TestApp;
let ada: Ada;
let eve: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
	eve = await comeAda(server, 'eve@example.org');
});
afterAll(() => server.close());
/** Limits are by the minute. */
beforeEach(() => server.clock.nextMinute());

const sure = <T>(value: T): Exclude<T, Refusal> => {
	if (isRefusal(value)) throw new Error(JSON.stringify(value));
	return value as Exclude<T, Refusal>;
};
const idOf = (who: Ada) => ({ id: who.account });
const accountOf = (who: Ada, name = 'ada') => ({
	...idOf(who),
	email: `${name}@example.org`,
	name
});
const chance = (seed = 7) => {
	const { below } = createChance(seed);
	return () => below(1_000_000) / 1_000_000;
};
const begin = async (id: WorkshopId, people = 4) =>
	sure(await server.app.rehearsals.begin(id, idOf(ada), people, chance()));
const discard = async (id: WorkshopId) => sure(await server.app.rehearsals.discard(id, idOf(ada)));
const stateOf = async (id: WorkshopId) => (await server.app.stored.load(id))!.state;
const peopleIn = (id: WorkshopId) => server.app.stores.participants.people(id);
const give = async (id: WorkshopId, command: Command) => {
	const { status, body } = await ada.command(id, command);
	if (status >= 400) throw new Error(body.error.code);
	return body;
};
const signals = (id: WorkshopId) => server.app.signals.view(id);

/** Time goes by until it is so. */
const played = <T>(condition: () => T | Promise<T>) =>
	until(
		() => {
			server.clock.advance(1500);
			return condition();
		},
		{ what: condition.toString() }
	);

/** Long enough for everybody to have done something, had they wanted to. */
async function aWhile(): Promise<void> {
	let looks = 0;
	await played(() => (looks += 1) > 80);
}

/** A rehearsal with its board at a phase, after its people wrote; thrown away afterwards. */
async function rehearse(
	{ agenda = ['barrier'] as unknown[], anonymous = false, people = 4 },
	then: (id: WorkshopId, board: BoardId) => Promise<void>
): Promise<void> {
	const { id: of } = await ada.open({ agenda, anonymous });
	const id = await begin(of, people);
	try {
		await played(async () => (await peopleIn(id)).length === people);
		const { board } = await give(id, { type: 'start', exercise: 0 });
		await give(id, { type: 'go', phase: 'write' });
		await played(async () => (await server.app.rooms.counts(board)).people === people);
		await then(id, board);
	} finally {
		await discard(id);
	}
}
const go = (id: WorkshopId, phase: 'share' | 'group' | 'vote' | 'discuss' | 'act') =>
	give(id, { type: 'go', phase });

test('RG3 a rehearsal is a copy that is open at once, for who facilitates the workshop', async () => {
	const made = sure(
		await server.app.workshops.create(accountOf(ada), {
			title: 'A day in Dakar',
			agenda: ['barrier', { break: 10, note: 'Upstairs' }],
			anonymous: true,
			language: 'fr'
		})
	);
	for (const few of [0, 61, 1.5, NaN])
		expect(await server.app.rehearsals.begin(made.id, idOf(ada), few)).toMatchObject({
			refused: 'malformed'
		});
	expect(await server.app.rehearsals.begin(made.id, idOf(eve), 12)).toMatchObject({
		refused: 'not-found'
	});
	const id = await begin(made.id);
	const [before, after] = [await stateOf(made.id), await stateOf(id)];
	expect(after).toMatchObject({ status: 'open', title: 'A day in Dakar', anonymous: true });
	expect([after.agenda, after.language]).toEqual([before.agenda, 'fr']);
	expect(before.status).toBe('draft');
	await discard(id);
	expect(await server.app.workshops.list(accountOf(ada))).toContainEqual(
		expect.objectContaining({ id: made.id, status: 'draft' })
	);
});

test('RG4 there is one at a time, of all who facilitate the workshop, and none of a rehearsal', async () => {
	const { id: of } = await ada.open();
	const owner = { role: 'facilitator', account: ada.account } as const;
	const link = sure(await server.app.workshops.cofacilitators.invite(of, owner));
	sure(
		await server.app.workshops.cofacilitators.accept(link.split('/').at(-1)!, accountOf(eve, 'eve'))
	);
	const id = sure(await server.app.rehearsals.begin(of, idOf(eve), 2, chance()));
	expect(await begin(of)).toBe(id);
	expect(await server.app.rehearsals.open(accountOf(ada))).toEqual({ [of]: id });
	expect(await server.app.rehearsals.open(accountOf(eve, 'eve'))).toEqual({ [of]: id });
	expect((await ask(server.url, `/api/v1/workshops/${id}`, { token: eve.token })).status).toBe(200);
	expect(await server.app.rehearsals.begin(id, idOf(ada), 2)).toMatchObject({
		refused: 'rehearsal'
	});
	expect(sure(await server.app.rehearsals.discard(id, idOf(eve)))).toBe(of);
	expect(await server.app.rehearsals.open(accountOf(ada))).toEqual({});
});

test('RG5 its people come in over half a minute, by the doors that are there', async () => {
	const { id: of } = await ada.open();
	const id = await begin(of, 6);
	await give(id, { type: 'close-doors' });
	await aWhile();
	expect(await peopleIn(id)).toHaveLength(0);
	await give(id, { type: 'open-doors' });
	await played(async () => (await peopleIn(id)).length === 6);
	const names = (await peopleIn(id)).map(({ name }) => name);
	expect(new Set(names).size).toBe(6);

	const [gone] = await peopleIn(id);
	await give(id, { type: 'remove-person', person: gone!.id, cards: 'stay' });
	const { board } = await give(id, { type: 'start', exercise: 0 });
	await give(id, { type: 'go', phase: 'write' });
	await played(async () => (await server.app.rooms.counts(board)).people === 5);
	expect((await peopleIn(id)).length).toBe(5);
	await discard(id);
});

describe('what they do', () => {
	const answered = (board: BoardValue, fields: string[]) =>
		fields.filter((field) => board.cards.some((card) => card.fields[field] !== undefined));

	test('RG6 they write what the shipped exercises ask for, in several languages', async () => {
		await rehearse({ agenda: ['potential-partner'], people: 6 }, async (id, board) => {
			await played(async () => (await signals(id)).ready.length === 6);
			await go(id, 'share');
			const there = await server.app.rooms.read(board);
			expect(there.cards.length).toBeGreaterThanOrEqual(6);
			expect(there.cards.every(({ draft }) => !draft)).toBe(true);
			expect(new Set(there.cards.map(({ language }) => language)).size).toBeGreaterThan(1);
			const asked = ['partner', 'sharedGoal', 'easyToReach', 'wouldHelp'];
			expect(answered(there, asked)).toEqual(asked);
		});
	});

	test('RG6 of one’s own exercise they fill each field with what it takes', async () => {
		const words = {
			title: 'T',
			why: 'W',
			prompt: 'P',
			column: 'C',
			field: 'F',
			themes: 'G',
			votes: 'V'
		};
		const empty = emptyExercise(words, 'en');
		const asked = [
			{ id: 'more', type: 'paragraph', title: 'More', required: true },
			{
				id: 'which',
				type: 'choice',
				title: 'Which',
				required: true,
				several: true,
				options: [{ id: 'a', title: 'A' }]
			},
			{ id: 'much', type: 'scale', title: 'Much', required: true, low: 'no', high: 'yes' },
			{ id: 'land', type: 'country', title: 'Where', required: true },
			{ id: 'goal', type: 'sdg-target', title: 'Goal', required: true },
			{ id: 'web', type: 'link', title: 'Web', required: true },
			{ id: 'whom', type: 'person', title: 'Whom', required: true }
		];
		const ids = asked.map(({ id }) => id);
		const columns = empty.columns.map((one) => ({ ...one, fields: [...one.fields, ...ids] }));
		const exercise = { ...empty, fields: [...empty.fields, ...asked], columns };
		const own = sure(await server.app.exercises.add(accountOf(ada), exercise)).id;
		await rehearse({ agenda: [own], people: 2 }, async (id, board) => {
			await go(id, 'share');
			await played(async () => (await server.app.rooms.read(board)).cards.length >= 2);
			const there = await server.app.rooms.read(board);
			expect(answered(there, ids)).toEqual(ids);
		});
	});

	test('RG7 they group, comment, write down actions, and say when they are ready', async () => {
		await rehearse({ people: 6 }, async (id, board) => {
			await played(async () => (await signals(id)).ready.length === 6);
			await go(id, 'group');
			await played(async () => (await server.app.rooms.read(board)).groups.length > 0);
			await go(id, 'discuss');
			await played(async () => (await server.app.stores.notes.comments(id)).length > 0);
			await go(id, 'act');
			await played(async () => (await server.app.stores.notes.actions(id)).length > 0);
			await played(async () => (await signals(id)).ready.length === 6);
		});
	});

	test('RG8 they vote in whatever way the room votes', async () => {
		const axis = { title: 'Worth', low: 'little', high: 'much' };
		await rehearse({ people: 3 }, async (id, board) => {
			await go(id, 'vote');
			for (const way of WAYS) {
				const axes = way === 'placing' ? { x: axis, y: axis } : null;
				await give(id, { type: 'set-voting', way, on: 'cards', axes });
				const { round } = (await stateOf(id)).boards[0]!;
				const voters = async () => {
					const cast = and(eq(votes.boardId, board), eq(votes.round, round));
					const rows = await server.database.db.select().from(votes).where(cast);
					return new Set(rows.map(({ participantId }) => participantId)).size;
				};
				await played(async () => (await voters()) === 3);
			}
		});
	});

	test('RG9 in the rehearsal of an anonymous workshop nobody has a name', async () => {
		await rehearse({ anonymous: true }, async (id, board) => {
			expect((await peopleIn(id)).map(({ name }) => name)).toEqual(['', '', '', '']);
			await go(id, 'share');
			expect((await server.app.rooms.read(board)).cards.length).toBeGreaterThan(0);
		});
	});

	test('RG10 they rest and go on as who facilitates says', async () => {
		await rehearse({}, async (id) => {
			await played(async () => (await signals(id)).ready.length === 4);
			const cookie = await logIn('ada@example.org');
			const rest = (resting: boolean) =>
				ask(server.url, `/workshops/${id}/rehearsal`, { method: 'PUT', body: { resting }, cookie });
			expect((await rest(true)).body).toEqual({ people: 4, resting: true });
			await go(id, 'share');
			await aWhile();
			expect((await signals(id)).ready).toEqual([]);
			expect((await rest(false)).body).toMatchObject({ resting: false });
			await played(async () => (await signals(id)).ready.length === 4);
		});
	});
});

async function logIn(email: string): Promise<string> {
	const { cookie } = sure(await server.app.accounts.logIn(email, PASSWORD, 'here'));
	return `${cookie.name}=${cookie.value}`;
}

test('RG11 everybody is told that it is one, and so is who reads its files', async () => {
	await rehearse({}, async (id) => {
		await go(id, 'share');
		const { code } = (await server.app.stored.load(id))!;
		const ben = await join(server, code, 'Ben');
		const view = sure(
			await server.app.workshops.view(id, { role: 'participant', participant: ben.participant })
		);
		expect(view.rehearsalOf).not.toBeNull();
		const file = await ask(server.url, `/api/v1/workshops/${id}/export.md`, { token: ada.token });
		expect(file.body['text']).toContain('Rehearsal: A day in Dakar');
	});
});

test('RG12 it is in no list, in nothing across workshops, and no idea is kept of it', async () => {
	await rehearse({ agenda: ['organisations'] }, async (id, board) => {
		await go(id, 'share');
		await played(async () => (await server.app.rooms.read(board)).cards.length > 0);
		const cookie = await logIn('ada@example.org');
		const texts: string[] = [];
		for (const path of ['/contacts', '/across?exercise=organisations', '/across'])
			texts.push(String((await ask(server.url, path, { cookie })).body['text']));
		const card = (await server.app.rooms.read(board)).cards[0]!;
		for (const text of texts) expect(text).not.toContain(String(card.fields['organisation']));
		const listed = await server.app.workshops.list(accountOf(ada));
		expect(listed.map((one) => one.id)).not.toContain(id);
		const owner = { role: 'facilitator', account: ada.account } as const;
		expect(await server.app.ideas.ask(id, owner, { board, cards: [card.id] })).toMatchObject({
			refused: 'rehearsal'
		});
	});
});

describe('its end', () => {
	/** How many rows every table has. */
	const rows = async () =>
		Object.fromEntries(
			Object.entries(await everything(server.database.db)).map(([name, all]) => [name, all.length])
		);

	test('RG13 thrown away it is gone at once, and leaves no row', async () => {
		const { id: of } = await ada.open();
		const before = await rows();
		const id = await begin(of, 3);
		await played(async () => (await peopleIn(id)).length === 3);
		const { board } = await give(id, { type: 'start', exercise: 0 });
		await give(id, { type: 'go', phase: 'write' });
		await played(async () => (await server.app.rooms.counts(board)).people === 3);
		await go(id, 'vote');
		await played(async () => (await rows())['votes']! > before['votes']!);
		expect(await server.app.rehearsals.discard(id, idOf(eve))).toMatchObject({
			refused: 'not-found'
		});
		expect(await server.app.rehearsals.discard(of, idOf(ada))).toMatchObject({
			refused: 'not-found'
		});
		expect(await discard(id)).toBe(of);
		expect(await rows()).toEqual(before);
	});

	test('RG14 left alone it is gone after a day, and with its workshop', async () => {
		const { id: of } = await ada.open();
		const left = await begin(of, 1);
		server.clock.advance(23 * HOUR);
		expect(await server.app.stores.workshops.byId(left)).not.toBeNull();
		server.clock.advance(HOUR);
		await until(async () => (await server.app.stores.workshops.byId(left)) === null);

		const other = await begin(of, 1);
		sure(await server.app.workshops.remove(of, accountOf(ada)));
		await until(async () => (await server.app.stores.workshops.byId(other)) === null);
		sure(await server.app.workshops.restore(of, accountOf(ada)));
	});

	test('RG15 after two hours, and when the server starts again, it is open without its people', async () => {
		const owner = { role: 'facilitator', account: ada.account } as const;
		const { id: of } = await ada.open();
		const id = await begin(of, 2);
		await played(async () => (await peopleIn(id)).length === 2);
		expect(await server.app.rehearsals.people(id, owner)).toEqual({ people: 2, resting: false });
		expect(await server.app.rehearsals.people(of, owner)).toBeNull();
		server.clock.advance(2 * HOUR);
		const nobody = { people: 0, resting: false };
		await until(async () => (await server.app.rehearsals.people(id, owner))?.people === 0);
		await discard(id);

		const again = await begin(of, 2);
		await server.restart();
		expect(await server.app.rehearsals.people(again, owner)).toEqual(nobody);
		expect((await stateOf(again)).status).toBe('open');
		expect(await server.app.rehearsals.rest(again, owner, { resting: true })).toMatchObject({
			refused: 'not-found'
		});
		await discard(again);
	});

	test('RG16 three rehearsals at once have people; the next has to wait', async () => {
		const opened: WorkshopId[] = [];
		for (let i = 0; i < 3; i++) opened.push(await begin((await ada.open()).id, 1));
		const { id } = await ada.open();
		expect(await server.app.rehearsals.begin(id, idOf(ada), 1)).toMatchObject({
			refused: 'too-many-rehearsals'
		});
		await discard(opened.pop()!);
		opened.push(await begin(id, 1));
		for (const one of opened) await discard(one);
	});
});
