import { nanoid } from 'nanoid';
import { expect, test } from 'vitest';
import { holdRow } from '../support/held-row.ts';
import { startTestApp } from '../support/app.ts';
import { ask, comeAda, listen } from '../support/people.ts';
import { until } from '../support/until.ts';

test('CM11 while the database is away a command says so, and counts once when it is back', async () => {
	const server = await startTestApp();
	try {
		const ada = await comeAda(server);
		const { id: workshop } = await ada.open();
		await ada.run(workshop);
		const who = { role: 'facilitator', account: ada.account } as const;
		const envelope = { id: nanoid(), command: { type: 'next' } as const };
		const send = () => server.app.workshops.run(workshop, who, envelope);

		// Somebody holds the row: the commit has to wait, as long as the transaction lasts.
		const letGo = await holdRow(server.database.db, workshop);
		let answers: unknown[] | undefined;
		void Promise.all([send(), send()]).then((both) => (answers = both));
		await until(() => {
			server.clock.advance(1000);
			return answers;
		});
		expect(answers).toEqual([1, 2].map(() => ({ ok: false, refusal: 'try-again' })));
		await letGo();

		expect(await send()).toMatchObject({ ok: true });
		expect(await send()).toMatchObject({ ok: true });
		const { state } = (await server.app.stored.load(workshop))!;
		expect(state.boards[0]?.phase).toBe('share');
	} finally {
		await server.close();
	}
});

test('API11 a database that is away is told as such, in the form of the API', async () => {
	const server = await startTestApp();
	try {
		const { accounts, workshops } = server.app.stores;
		const ada = await comeAda(server);
		const { id } = await ada.open();
		const away = async () => {
			throw Object.assign(new Error('nobody answers'), { code: 'ECONNREFUSED' });
		};
		const answered = async (path: string) => {
			const { status, body } = await ask(server.url, `/api/v1/${path}`, { token: ada.token });
			return [status, body.error.code];
		};
		const { people } = workshops;
		workshops.people = away;
		expect(await answered(`workshops/${id}`)).toEqual([503, 'try-again']);
		workshops.people = () => Promise.reject(new Error('a bug'));
		expect(await answered(`workshops/${id}`)).toEqual([500, 'server-fault']);
		workshops.people = people;
		accounts.byToken = away;
		expect(await answered('exercises')).toEqual([503, 'try-again']);
		expect(server.faults.splice(0)).toHaveLength(3);
	} finally {
		await server.close();
	}
});

test.each(['the next command', 'the server, where none follows'])(
	'CM13 a commit whose answer was lost is found out by %s',
	async (by) => {
		const server = await startTestApp();
		try {
			const ada = await comeAda(server);
			const { id: workshop } = await ada.open();
			await ada.run(workshop);
			const wall = await listen(server, workshop, ada);
			const { version } = wall.state();
			const { workshops } = server.app.stores;
			const { commit } = workshops;
			workshops.commit = async (change) => {
				workshops.commit = commit;
				await commit(change);
				throw Object.assign(new Error('the connection was reset'), { code: 'ECONNRESET' });
			};
			const envelope = { id: nanoid(), command: { type: 'next' } as const, version };
			const who = { role: 'facilitator', account: ada.account } as const;
			const send = () => server.app.workshops.run(workshop, who, envelope);
			expect(await send()).toEqual({ ok: false, refusal: 'try-again' });
			expect(wall.state().version).toBe(version);
			if (by === 'the next command')
				expect(await send()).toEqual({ ok: true, version: version + 1 });
			await until(
				() => {
					server.clock.advance(500);
					return wall.state().boards[0]?.phase === 'share';
				},
				{ what: 'the room to be told' }
			);
			wall.close();
			expect(server.faults.splice(0).join()).toContain('the connection was reset');
		} finally {
			await server.close();
		}
	}
);
