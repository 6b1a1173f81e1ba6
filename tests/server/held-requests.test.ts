/** Requests that are begun by somebody who is somebody, and whose last byte comes when they are not any more. */
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App, Asker } from '#server/app.ts';
import type { Who } from '#shared/permissions.ts';
import { isRefusal } from '#shared/refusals.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, join, PASSWORD, type Person } from '../support/people.ts';

let server: TestApp;
beforeAll(async () => {
	server = await startTestApp();
});
afterAll(() => server.close());

test('AC34 a request that was on its way when its place or session ended does nothing', async () => {
	const ada = await comeAda(server);
	const cleo = await comeAda(server, 'cleo@example.org');
	const { id: workshop, code } = await ada.open();
	const owner: Who = { role: 'facilitator', account: ada.account };
	const account = { id: cleo.account, email: 'cleo@example.org', name: 'cleo' };
	const { accounts, stored, workshops } = server.app;
	const link = String(await workshops.cofacilitators.invite(workshop, owner));
	await workshops.cofacilitators.accept(link.replace('/cofacilitate/', ''), account);
	const logIn = await accounts.logIn(account.email, PASSWORD, 'here');
	if (isRefusal(logIn)) throw new Error(logIn.refused);
	const cookie = `${logIn.cookie.name}=${logIn.cookie.value}`;

	const held = [
		await hold(`/api/v1/workshops/${workshop}/commands`, { cookie, json: { type: 'change-code' } }),
		await hold(`/api/v1/workshops/${workshop}/commands`, {
			token: cleo.token,
			json: { type: 'rename', title: 'Ours now' }
		}),
		await hold(`/workshops/${workshop}/notes`, {
			method: 'PUT',
			cookie,
			json: { base: '', notes: 'Ours now' }
		})
	];
	const token = await hold('/account?/new-token', { cookie, form: 'label=Ours+now' });
	await workshops.cofacilitators.revoke(workshop, owner, cleo.account);
	expect(await Promise.all(held.map((finish) => finish()))).toEqual([404, 404, 404]);
	await accounts.logOut({ cookies: cookie, token: null, screen: null, address: '' });
	expect(await token()).toBe(303); // to log in
	expect(await accounts.tokens(account)).toHaveLength(1);
	const now = await stored.load(workshop);
	expect([now?.code, now?.state.title]).toEqual([code, 'A day in Dakar']);
	expect(await workshops.notes(workshop, owner)).toBe('');
});

test('EX87 what was being made when its asker lost the right to it is not sent, and not noted', async () => {
	const [ada, cleo] = [await comeAda(server, 'ann@example.org'), await comeAda(server, 'cy@x.org')];
	const owner: Who = { role: 'facilitator', account: ada.account };
	const { accounts, summaries, workshops } = server.app;
	const logIn = async (email: string) => {
		const done = await accounts.logIn(email, PASSWORD, 'here');
		if (isRefusal(done)) throw new Error(done.refused);
		return `${done.cookie.name}=${done.cookie.value}`;
	};
	const { id: workshop, code } = await ada.open();
	const [ben, chidi] = [await join(server, code, 'Ben'), await join(server, code, 'Chidi')];
	await ada.run(workshop, 'share');
	const link = String(await workshops.cofacilitators.invite(workshop, owner));
	const account = { id: cleo.account, email: 'cy@x.org', name: 'cy' };
	await workshops.cofacilitators.accept(link.replace('/cofacilitate/', ''), account);
	const at = `/api/v1/workshops/${workshop}/export.md`;
	const takeAway = `/p/${workshop}/take-away.pdf`;
	const [hers, cleos] = [await logIn('ann@example.org'), await logIn('cy@x.org')];
	const share = (version: number, forParticipants: boolean) =>
		summaries.set(workshop, owner, { version, settings: { forParticipants } });
	const remove = ({ participant }: Person) =>
		ada.command(workshop, { type: 'remove-person', person: participant, cards: 'stay' });

	for (const cookie of [hers, cleos, ben.cookie])
		expect((await ask(server.url, at, { cookie })).status).toBe(200);
	const noted = async () =>
		JSON.stringify(await workshops.audit(workshop, owner)).match(/"exported"/g)?.length;
	const outcomes = [
		await whenMade(() => share(0, false), at, ben.cookie),
		await whenMade(() => remove(ben), takeAway, ben.cookie),
		await whenMade(() => workshops.cofacilitators.revoke(workshop, owner, cleo.account), at, cleos),
		await whenMade(() => accounts.logOut({ ...NOBODY, cookies: cleos }), '/contacts', cleos),
		await whenMade(() => accounts.logOut({ ...NOBODY, cookies: hers }), at, hers),
		await noted(),
		await whenMade(
			() => workshops.remove(workshop, { ...account, id: ada.account }),
			takeAway,
			chidi.cookie
		)
	];
	expect(outcomes).toEqual([403, 401, 404, 401, 401, 2, 401]);
});

const NOBODY = { cookies: '', token: null, screen: null, address: '' };

/** What is answered to a request in the middle of which, when its file has been made, something is done. */
async function whenMade(act: () => Promise<unknown>, path: string, cookie: string) {
	const { exports, takeAways, summaries, across } = server.app;
	const then = (asker: Asker = {}): Asker => ({
		...asker,
		async still() {
			await act();
			return (await asker.still?.()) ?? null;
		}
	});
	Object.assign(server.app, {
		exports: {
			workshop: (id, who, form, choices, asker) =>
				exports.workshop(id, who, form, choices, then(asker))
		} satisfies Partial<App['exports']>,
		takeAways: {
			pdf: (id, person, asker) => takeAways.pdf(id, person, then(asker))
		} satisfies Partial<App['takeAways']>,
		summaries: {
			of: (id, who, whole, asker) => summaries.of(id, who, whole, then(asker))
		} satisfies Partial<App['summaries']>,
		across: {
			contacts: (account, asked, language, asker) =>
				across.contacts(account, asked, language, then(asker))
		} satisfies Partial<App['across']>
	});
	try {
		return (await ask(server.url, path, { cookie })).status;
	} finally {
		Object.assign(server.app, { exports, takeAways, summaries, across });
	}
}

interface Held {
	method?: string;
	cookie?: string;
	token?: string;
	json?: unknown;
	form?: string;
}

/** Begins a request whose last byte is kept back: the answer sends it, and gives the status. */
async function hold(path: string, asked: Held): Promise<() => Promise<number>> {
	const body = asked.form ?? JSON.stringify(asked.json);
	const type = asked.form ? 'application/x-www-form-urlencoded' : 'application/json';
	const sent = request(server.url + path, {
		method: asked.method ?? 'POST',
		headers: {
			origin: server.url,
			accept: 'text/html',
			'content-type': type,
			'content-length': Buffer.byteLength(body),
			...(asked.cookie ? { cookie: asked.cookie } : {}),
			...(asked.token ? { authorization: `Bearer ${asked.token}` } : {})
		}
	});
	sent.write(body.slice(0, -1));
	const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
	// Answered after it, so it has been begun.
	for (let i = 0; i < 5; i++) await ask(server.url, '/readyz');
	return async () => {
		sent.end(body.slice(-1));
		const [response] = await answered;
		response.resume();
		return response.statusCode ?? 0;
	};
}
