/** Exercises that a co-facilitator brings along: copied to whose workshop it is, and theirs from then on. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Exercise } from '#shared/exercises/format.ts';
import { emptyExercise, OWN_LIMITS } from '#shared/exercises/own.ts';
import type { AgendaInput } from '#shared/facilitation/commands.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { isRefusal, type Refusal } from '#shared/refusals.ts';
import { cofacilitators, ownExercises } from '#server/db/schema.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { comeAda, give, type Ada } from '../support/people.ts';

let server: TestApp;
let ada: Ada;
let eve: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
	eve = await comeAda(server, 'eve@example.org');
});
afterAll(() => server.close());

const accountOf = (who: Ada) => ({ id: who.account, email: '', name: '' });
const sure = <T>(value: T): Exclude<T, Refusal> => {
	if (isRefusal(value)) throw new Error(JSON.stringify(value));
	return value as Exclude<T, Refusal>;
};
const WORDS = {
	title: 'What would you keep?',
	why: 'Because.',
	prompt: 'What would you keep?',
	column: 'Things',
	field: 'The thing',
	themes: 'Themes',
	votes: 'Votes'
};
const own = (): Exercise => emptyExercise(WORDS, 'en');
const add = async (who: Ada) => sure(await server.app.exercises.add(accountOf(who), own())).id;
const get = async (id: string, who = ada) =>
	sure(await server.app.exercises.get(accountOf(who), id));
/** With as many as somebody can have. */
async function fill({ account }: Ada): Promise<void> {
	const now = Date.now();
	await server.database.db.insert(ownExercises).values(
		Array.from({ length: OWN_LIMITS.exercises }, (_, i) => ({
			ownerId: account,
			id: `own-${i}`,
			exercise: own(),
			createdAt: now,
			changedAt: now
		}))
	);
}
/** A workshop of somebody's, that Eve facilitates with them. */
async function together(owner: Ada): Promise<WorkshopId> {
	const { id } = await owner.open({ agenda: ['barrier'] });
	const place = { workshopId: id, accountId: eve.account, addedAt: 1 };
	await server.database.db.insert(cofacilitators).values(place);
	return id;
}

test('OX23 a co-facilitator is offered their own, and what they put into an agenda goes with the workshop', async () => {
	const [eves, unused] = [await add(eve), await add(eve)];
	const id = await together(ada);
	const asEve = { role: 'co-facilitator', account: eve.account } as const;
	const offered = async () =>
		sure(await server.app.workshops.exercises(id, asEve)).map((one) => one.id);
	expect(await offered()).toEqual(expect.arrayContaining([eves, unused]));
	const agenda = ['barrier', eves, eves];
	expect(await give(server, id, eve, { type: 'set-agenda', agenda })).toMatchObject({ ok: true });
	expect(await get(eves)).toEqual(await get(eves, eve));
	expect((await offered()).filter((one) => one === eves)).toHaveLength(1);
	expect(await server.app.exercises.get(accountOf(ada), unused)).toMatchObject({
		refused: 'not-found'
	});

	// She leaves, changes hers and takes it away: the workshop's is the owner's, as it was brought.
	const changed = { ...(await get(eves, eve)), title: 'Another question' };
	sure(await server.app.exercises.save(accountOf(eve), eves, changed));
	sure(await server.app.exercises.remove(accountOf(eve), eves));
	await server.app.workshops.cofacilitators.revoke(id, asEve, eve.account);
	expect(await get(eves)).toMatchObject({ title: WORDS.title, version: 1 });
	expect(await server.app.exercises.remove(accountOf(ada), eves)).toMatchObject({
		refused: 'exercise-in-use'
	});
	const start = { type: 'start', exercise: 1 } as const;
	expect(await give(server, id, ada, start)).toMatchObject({ ok: true });
});

test('OX24 nothing is brought by a command that is refused, nor to an owner who has all that one may have', async () => {
	const eves = await add(eve);
	const eve2 = await comeAda(server, 'eve2@example.org');
	const full = await comeAda(server, 'filled@example.org');
	const id = await together(full);
	const set = (who: Ada, agenda: AgendaInput) =>
		give(server, id, who, { type: 'set-agenda', agenda });
	const isThere = async () => !isRefusal(await server.app.exercises.get(accountOf(full), eves));
	expect(await set(eve, [eves, await add(eve2)])).toMatchObject({ refusal: 'unknown-exercise' });
	expect(await set(full, [eves])).toMatchObject({ refusal: 'unknown-exercise' });
	expect(await set(eve2, [eves])).toMatchObject({ ok: false });
	expect(await isThere()).toBe(false);
	await fill(full);
	expect(await set(eve, [eves])).toMatchObject({ refusal: 'too-many-exercises' });
	expect(await set(eve, ['barrier'])).toMatchObject({ ok: true });
	expect(await isThere()).toBe(false);
});
