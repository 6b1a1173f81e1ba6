/** The pages of room screens, turned from elsewhere: over true sockets. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ScreenPage } from '#shared/facilitation/screen-pages.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { createNews } from '#server/news.ts';
import { createScreens } from '#server/workshops/screens.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { comeAda, give, join, listen, type Ada, type Hearing } from '../support/people.ts';
import { until } from '../support/until.ts';

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

let workshop: WorkshopId;
let code: string;
let screen: string;
const open: Hearing[] = [];
beforeEach(async () => {
	open.splice(0).forEach((hearing) => hearing.close());
	({ id: workshop, code } = await ada.open());
	screen = await keyOf(workshop);
});

async function keyOf(id: WorkshopId): Promise<string> {
	const owner = { role: 'facilitator', account: ada.account } as const;
	const link = await server.app.workshops.screenLink(id, owner);
	return new URL(String(link), server.url).searchParams.get('key')!;
}
async function hear(as: Parameters<typeof listen>[2], at = workshop): Promise<Hearing> {
	const hearing = await listen(server, at, as);
	open.push(hearing);
	return hearing;
}
const page = (at: number, pages = 3, stays = false): ScreenPage => ({ page: at, pages, stays });
const tell = (hearing: Hearing, shown: ScreenPage | null) =>
	hearing.send({ type: 'tell-page', shown });
const hears = (desk: Hearing, shown: ScreenPage | null) =>
	until(
		() => {
			expect(desk.last('page:changed')).toEqual([shown]);
			return true;
		},
		{ what: `page ${JSON.stringify(shown)}` }
	);
const turns = (hearing: Hearing) => hearing.all('page:turned').map(([to]) => to);
/** Whatever was sent before has been carried out, and what was to be told soon was told. */
const settled = (...all: Hearing[]) =>
	Promise.all(all.map((one) => one.socket.emitWithAck('clock')));

test('SC38 a turn reaches every room screen of the workshop once, and moves nothing', async () => {
	const [desk, one, two] = [await hear(ada), await hear({ screen }), await hear({ screen })];
	const ben = await hear(await join(server, code, 'Ben'));
	const other = await ada.open();
	const elsewhere = await hear({ screen: await keyOf(other.id) }, other.id);
	const { version } = desk.state();
	const before = JSON.stringify(await server.app.stored.load(workshop));
	const id = 'the-same-command';
	const turn = { type: 'turn-page', to: 'next' } as const;
	expect(await desk.send(turn, { id })).toEqual({ ok: true, version });
	expect(await desk.send(turn, { id })).toEqual({ ok: true, version });
	// Over another of her devices, and in another workshop, where it is another command.
	expect(await give(server, workshop, ada, turn, { id })).toEqual({ ok: true, version });
	await give(server, other.id, ada, turn, { id });
	for (const to of ['previous', 'stay'] as const) await desk.send({ type: 'turn-page', to });
	await until(() => turns(two).length === 3 && turns(one).length === 3);
	await until(() => turns(elsewhere).length === 1);
	await settled(one, two, elsewhere, ben, desk);
	for (const heard of [one, two]) expect(turns(heard)).toEqual(['next', 'previous', 'stay']);
	expect(turns(elsewhere)).toEqual(['next']);
	expect([turns(ben), turns(desk)]).toEqual([[], []]);
	expect(JSON.stringify(await server.app.stored.load(workshop))).toBe(before);
	expect(await server.app.stores.journal.find(workshop, `${ada.account}/${id}`)).toBeNull();
});

test('SC38 the last thousand turns are remembered, and no more', () => {
	const news = createNews();
	let told = 0;
	news.listen(() => (told += 1));
	const screens = createScreens({ news });
	const who = { role: 'facilitator', account: ada.account } as const;
	const turn = (id: string) => screens.apply(workshop, who, { type: 'turn-page', to: 'next' }, id);
	turn('first');
	for (let i = 0; i < 999; i++) turn(`turn-${i}`);
	turn('first');
	expect(told).toBe(1000);
	turn('turn-999');
	turn('first');
	expect(told).toBe(1002);
});

test('SC39 those who facilitate are told which page is on, also when they come later, and nobody else', async () => {
	const [desk, wall] = [await hear(ada), await hear({ screen })];
	const ben = await hear(await join(server, code, 'Ben'));
	await hears(desk, null);
	expect(await tell(wall, page(1))).toMatchObject({ ok: true });
	await hears(desk, page(1));
	await hears(await hear(ada), page(1));
	await tell(wall, page(1, 3, true));
	await hears(desk, page(1, 3, true));
	const heard = desk.all('page:changed').length;
	// The same once more is nothing new.
	await tell(wall, page(1, 3, true));
	await tell(wall, page(2));
	await hears(desk, page(2));
	expect(desk.all('page:changed')).toHaveLength(heard + 1);
	await tell(wall, null);
	await hears(desk, null);
	for (const shown of [page(3), page(0, 1), page(-1), page(0.5), page(0, 20_000)])
		expect(await tell(wall, shown)).toMatchObject({ refusal: 'malformed' });
	await settled(ben, wall);
	for (const one of [ben, wall]) expect(one.all('page:changed')).toEqual([]);
});

test('SC39 a participant neither turns a page nor tells one, and a screen turns none', async () => {
	const [desk, wall] = [await hear(ada), await hear({ screen })];
	const ben = await hear(await join(server, code, 'Ben'));
	const no = { ok: false, refusal: 'not-allowed' };
	const turn = { type: 'turn-page', to: 'next' } as const;
	for (const one of [ben, wall]) expect(await one.send(turn)).toMatchObject(no);
	for (const one of [ben, desk]) expect(await tell(one, page(1))).toMatchObject(no);
	await settled(desk, wall);
	expect(turns(wall)).toEqual([]);
	expect(server.app.screens.page(workshop)).toBeNull();
});

test('SC40 of two screens the one that told last counts, and one that goes takes its page with it', async () => {
	const [desk, one, two] = [await hear(ada), await hear({ screen }), await hear({ screen })];
	await tell(one, page(0, 2));
	await tell(two, page(4, 5));
	await hears(desk, page(4, 5));
	await tell(one, page(1, 2));
	await hears(desk, page(1, 2));
	// Where it has one page only there is still the other.
	await tell(one, null);
	await hears(desk, page(4, 5));
	await tell(one, page(0, 2));
	await hears(desk, page(0, 2));
	one.socket.disconnect();
	await hears(desk, page(4, 5));
	two.socket.disconnect();
	await hears(desk, null);

	// It comes back, and is a screen that has said nothing yet.
	two.socket.connect();
	await until(() => two.socket.connected);
	await settled(two);
	expect(server.app.screens.page(workshop)).toBeNull();
	await tell(two, page(2, 5));
	await hears(desk, page(2, 5));
	two.close();
	await hears(desk, null);
});

test('SC40 what is still on its way from a screen that has gone is nobody’s page', async () => {
	const { screens } = server.app;
	const who = { role: 'screen', socket: 'a-socket' } as const;
	const told = { type: 'tell-page', shown: page(1) } as const;
	screens.came(workshop, who.socket);
	screens.left(workshop, who.socket);
	screens.apply(workshop, who, told, 'screen/late');
	screens.apply(workshop, { role: 'screen' }, told, 'screen/nameless');
	expect(screens.page(workshop)).toBeNull();
});
