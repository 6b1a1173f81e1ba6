/** Pages that are gathered for each who looks: how often one may look. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PAGES, PAGES_OF_ADDRESS } from '#server/doors/work-limits.ts';
import { isRefusal } from '#shared/refusals.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, join, PASSWORD } from '../support/people.ts';

let server: TestApp;
beforeAll(async () => {
	server = await startTestApp({ pagesAMinute: 2 });
});
afterAll(() => server.close());

test('SU55 nobody looks too often: by account, by seat, or by address where a link is followed', async () => {
	const ada = await comeAda(server);
	const { id, code } = await ada.open();
	const [ben, chidi] = [await join(server, code, 'Ben'), await join(server, code, 'Chidi')];
	const owner = { role: 'facilitator', account: ada.account } as const;
	const link = await server.app.summaries.links.create(id, owner, { days: 1 });
	const logIn = await server.app.accounts.logIn('ada@example.org', PASSWORD, 'here');
	if (isRefusal(link) || isRefusal(logIn)) throw new Error('refused');
	const cookie = `${logIn.cookie.name}=${logIn.cookie.value}`;
	const look = async (path: string, cookie?: string) =>
		ask(server.url, path, cookie === undefined ? {} : { cookie });

	for (const [first, second, who] of [
		[`/p/${id}/summary`, `/p/${id}/take-away`, ben.cookie],
		['/contacts', '/across', cookie],
		[`/p/${id}/earlier`, `/p/${id}/so-far`, ben.cookie],
		[`/workshops/${id}/earlier`, `/workshops/${id}/known`, cookie],
		[link.path, '/ideas/nothing-here', undefined]
	] as const) {
		server.clock.nextMinute();
		expect((await look(first, who)).status).toBe(200);
		await look(second, who);
		for (const again of [first, second]) {
			const { status, headers, body } = await look(again, who);
			expect([again, status]).toEqual([again, 429]);
			expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
			const said = body['text'] ?? body.error.message;
			expect(said).toContain('Wait a minute, then try again.');
		}
	}
	const feed = await look('/ideas/nothing-here/feed.xml');
	expect([feed.status, feed.body.error.code]).toEqual([429, 'too-many-tries']);
	expect(Number(feed.headers.get('retry-after'))).toBeLessThanOrEqual(60);

	// A roomful behind one address has a seat each.
	expect((await look(`/p/${id}/summary`, chidi.cookie)).status).toBe(200);
	server.clock.nextMinute();
	expect((await look(link.path)).status).toBe(200);
	expect([PAGES.aMinute, PAGES_OF_ADDRESS.aMinute]).toEqual([240, 600]);
});
