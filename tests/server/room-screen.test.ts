import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { comeAda, listen, type Ada } from '../support/people.ts';

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

test('SC14 the link of the room screen opens its workshop after it was closed, and no other', async () => {
	const { id, code } = await ada.open();
	const { code: other } = await ada.open();
	const { workshops } = server.app;
	const link = await workshops.screenLink(id, { role: 'facilitator', account: ada.account });
	const key = new URL(String(link), server.url).searchParams.get('key')!;
	await ada.command(id, { type: 'close' });
	expect(await workshops.byScreen(code, key)).toMatchObject({ id });
	expect(await workshops.byScreen(code, `${key}x`)).toBeNull();
	expect(await workshops.byScreen(other, key)).toBeNull();
	expect(await workshops.byScreen('ZZZZZZ', key)).toBeNull();
	const screen = await listen(server, id, { screen: key });
	expect(screen.state().status).toBe('closed');
	screen.close();
});
