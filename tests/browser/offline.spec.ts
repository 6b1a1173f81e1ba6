/** Without a network, in tabs that are shut and browsers that crash: what was written is there. */
import { expect, type Page } from '@playwright/test';
import { m } from '../../src/lib/paraglide/messages.js';
import { findExercise } from '../../src/shared/exercises/catalogue.ts';
import { Ada } from './support/ada.ts';
import { Line } from './support/line.ts';
import { Participant } from './support/participant.ts';
import { AWAY, type People } from './support/people.ts';
import type { ServerProcess } from './support/server.ts';
import { cardOn } from './support/surface.ts';
import { test } from './support/test.ts';

const EXERCISE = findExercise('barrier')!;
const MAIN = EXERCISE.fields.find((field) => field.main)!.title;

/** Ada's board in its writing, and Ben on a line of his own, of whom this device keeps everything. */
async function write(server: ServerProcess, people: People, device: 'phone' | 'laptop' = 'phone') {
	const ada = await Ada.arrives(people, server);
	const code = await ada.opensWorkshop('By the lake', EXERCISE.id);
	const line = await Line.to(server);
	const ben = await Participant.arrives(people, line, 'Ben', device);
	ben.opened.forgive(AWAY);
	await ben.joins(code, 'Ben');
	await ada.starts(EXERCISE.title);
	await ada.goesOn('write');
	await puts(ben, 'Written at the table');
	await ben.hasSaved();
	await ben.isKeptHere();
	return { ada, ben, line, code };
}

async function puts(one: Participant, words: string): Promise<void> {
	await one.composer.getByLabel(MAIN).fill(words);
	await one.putsDown();
}

const isOnDevice = ({ page }: { page: Page }) =>
	expect(page.locator('[data-saving="device"]').first()).toBeVisible();

test('JO40 JO41 TB21 without a network the tab is shut and opened again, and all is in the room once', async ({
	server,
	people
}) => {
	const { ada, ben, line } = await write(server, people);
	const dialog = await ada.opens(m.tables_title());
	await dialog.getByRole('button', { name: m.tables_save_and_go() }).click();
	const sits = () => ben.page.getByRole('region', { name: m.tables_at_yours() });
	await expect(sits()).toContainText('Table 1');
	await line.cut();
	await expect(ben.page.getByText(m.room_offline())).toBeVisible();
	await puts(ben, 'Written on the boat');
	await puts(ben, 'Written on the pier');
	await isOnDevice(ben);
	await ben.opensAgain();
	await expect(sits()).toContainText('Table 1');
	const said = ['Written at the table', 'Written on the boat', 'Written on the pier'];
	for (const words of said) await expect(ben.ownCards.getByText(words)).toHaveCount(1);
	await ben.isIn('write');
	await puts(ben, 'Written in the second tab');
	await isOnDevice(ben);
	await line.mend();
	await ben.hasSaved();
	await ada.goesOn('share');
	for (const words of [...said, 'Written in the second tab'])
		await expect(cardOn(ada.page, words)).toHaveCount(1);
	await line.cut();
});

test('JO42 what was written without a network while the phase passed is kept, held, and let in', async ({
	server,
	people
}) => {
	const { ada, ben, line, code } = await write(server, people);
	const chidi = await Participant.arrives(people, server, 'Chidi');
	await chidi.joins(code, 'Chidi');
	await puts(chidi, 'Written by the door');
	await chidi.hasSaved();
	await line.cut();
	await puts(ben, 'Written on the boat');
	await isOnDevice(ben);
	await ada.goesOn('share');
	await ada.goesOn('group');
	await ada.goesOn('vote');
	await ada.hasAtMost(56);
	await ben.opensAgain();
	await expect(ben.ownCards.getByText('Written on the boat')).toHaveCount(1);
	await line.mend();
	await expect(ben.page.getByText(m.room_late())).toBeVisible();
	// What became of a late card is told to those who have the room's cards.
	await expect(ben.page.getByText('Written by the door').first()).toBeVisible();
	await expect(cardOn(ada.page, 'Written on the boat')).toBeHidden();
	await ada.page.getByRole('button', { name: m.desk_let_in() }).click();
	await expect(cardOn(ada.page, 'Written on the boat')).toHaveCount(1);
	await expect(ben.page.getByText(m.room_fate_let_in({ count: 1 }))).toBeVisible();
	await line.cut();
});

test('JO43 a page that crashes without a network has half a sentence still, once', async ({
	server,
	people
}) => {
	const { ada, ben, line } = await write(server, people);
	await line.cut();
	await ben.composer.getByLabel(MAIN).pressSequentially('Half a sentence, and');
	await isOnDevice(ben);
	const crashed = ben.page.waitForEvent('crash');
	const devtools = await ben.page.context().newCDPSession(ben.page);
	void devtools.send('Page.crash').catch(() => {});
	await crashed;
	await ben.opensAgain();
	await expect(ben.composer.getByLabel(MAIN)).toHaveValue('Half a sentence, and');
	await ben.composer.getByLabel(MAIN).press('End');
	await ben.composer.getByLabel(MAIN).pressSequentially(' the other half');
	await ben.putsDown();
	await line.mend();
	await ben.hasSaved();
	await ada.goesOn('share');
	await expect(cardOn(ada.page, 'Half a sentence, and the other half')).toHaveCount(1);
	await expect(ada.page.getByText('Half a sentence')).toHaveCount(1);
	await line.cut();
});

test('JO43 JO40 on a device whose database is slow to read, what comes meanwhile is kept too', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const code = await ada.opensWorkshop('By the lake', EXERCISE.id);
	const line = await Line.to(server);
	const ben = await Participant.arrives(people, line, 'Ben');
	ben.opened.forgive(AWAY);
	await ben.page.addInitScript(() => {
		const SLOW = 2000;
		const begin = IDBDatabase.prototype.transaction;
		IDBDatabase.prototype.transaction = function (stores, mode, options) {
			const transaction = begin.call(this, stores, mode, options);
			const end = performance.now() + SLOW;
			const hold = (): void => {
				if (performance.now() > end) return;
				transaction.objectStore(transaction.objectStoreNames[0]!).count().onsuccess = hold;
			};
			if (mode === 'readonly') hold();
			return transaction;
		};
	});
	await ben.page.goto(line.url);
	await ben.joins(code, 'Ben');
	await ada.starts(EXERCISE.title);
	await ada.goesOn('write');
	await puts(ben, 'Written at the table');
	await ben.hasSaved();
	await ben.isKeptHere();
	await line.cut();
	await ben.opensAgain();
	await expect(ben.ownCards.getByText('Written at the table')).toHaveCount(1);
	await line.mend();
	await ben.hasSaved();
	await line.cut();
});

test('JO44 two tabs of one person agree, count as one, and share their dots; also after a time without a network', async ({
	server,
	people
}) => {
	const { ada, ben, line } = await write(server, people, 'laptop');
	const second = await ben.opensBeside();
	await expect(second.ownCards.getByText('Written at the table')).toHaveCount(1);
	await puts(second, 'From the second tab');
	await expect(ben.ownCards.getByText('From the second tab')).toHaveCount(1);
	await line.cut();
	await puts(ben, 'On the boat, first tab');
	await puts(second, 'On the boat, second tab');
	await Promise.all([isOnDevice(ben), isOnDevice(second)]);
	await line.mend();
	await Promise.all([ben.hasSaved(), second.hasSaved()]);
	await expect(ben.ownCards.getByText('On the boat')).toHaveCount(2);
	await ada.goesOn('share');
	const seats = ada.page.getByRole('banner').getByText(/^1\b/);
	await expect(seats.first()).toBeVisible();
	await expect(cardOn(ada.page, 'On the boat, first tab')).toHaveCount(1);
	await expect(cardOn(ada.page, 'On the boat, second tab')).toHaveCount(1);
	await ada.goesOn('group');
	await ada.goesOn('vote');
	await ben.votesFor('From the second tab');
	await second.hasDots(4);
	await second.votesFor('From the second tab', 1);
	await ben.hasDots(3);
	await second.page.close();
	await ben.votesFor('From the second tab', 2);
	await ben.hasDots(2);
	await line.cut();
});

test('JO45 a phone that slept through a phase shows the truth when it wakes, and has its words', async ({
	server,
	people
}, testInfo) => {
	const { ada, ben, line } = await write(server, people);
	await ben.composer.getByLabel(MAIN).pressSequentially('Before I fell asleep');
	await ben.hasSaved();
	const devtools = await ben.page.context().newCDPSession(ben.page);
	await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
	await line.cut();
	await ada.goesOn('share');
	await ada.goesOn('group');
	await ada.hasAtMost(290);
	await line.mend();
	await devtools.send('Page.setWebLifecycleState', { state: 'active' });
	const woken = Date.now();
	await ben.isIn('group');
	const took = Date.now() - woken;
	testInfo.annotations.push({ type: 'the truth after', description: `${took} ms` });
	// Put down where it woke within the grace; else a draft, which is offered again with the writing.
	await ada.goesBack('share');
	await ada.goesBack('write');
	await expect
		.poll(async () => {
			const draft = await ben.composer.getByLabel(MAIN).inputValue();
			return draft || (await ben.page.getByText('Before I fell asleep').first().textContent());
		})
		.toContain('Before I fell asleep');
	await line.cut();
});

test('JO46 a new version waits for whoever is in the middle of a sentence, and is taken by whoever is not', async ({
	server,
	people
}) => {
	const { ben, line, code } = await write(server, people);
	const chidi = await Participant.arrives(people, line, 'Chidi', 'laptop');
	chidi.opened.forgive(AWAY);
	await chidi.joins(code, 'Chidi');
	await puts(chidi, 'Everything said');
	await chidi.hasSaved();
	await chidi.isKeptHere();
	await ben.composer.getByLabel(MAIN).fill('In the middle of');
	for (const { page } of [ben, chidi]) await page.clock.install();
	line.changes('/service-worker.js', (words) => `${words}\n// another version`);
	line.changes('/_app/version.json', () => '{"version":"another"}');
	for (const { page } of [ben, chidi])
		await page.evaluate(async () => {
			Object.assign(globalThis, { stood: true });
			await (await navigator.serviceWorker.ready).update();
		});
	const stands = ({ page }: Participant) =>
		page.evaluate(() => 'stood' in globalThis).catch(() => null);
	const later = ({ page }: Participant) => page.clock.fastForward(61_000);
	await expect.poll(() => later(chidi).then(() => stands(chidi))).toBe(false);
	await expect(chidi.ownCards.getByText('Everything said')).toHaveCount(1);
	await expect(async () => {
		await later(ben);
		await expect(ben.page.getByText(m.home_new_version())).toBeVisible({ timeout: 1000 });
	}).toPass();
	expect(await stands(ben)).toBe(true);
	await expect(ben.composer.getByLabel(MAIN)).toHaveValue('In the middle of');
	await ben.page.getByRole('button', { name: m.home_new_version_take() }).click();
	await expect.poll(() => stands(ben)).toBe(false);
	await expect(ben.composer.getByLabel(MAIN)).toHaveValue('In the middle of');
	await line.cut();
});

test('JO47 closing asks only where words would be lost', async ({ server, people }) => {
	const { ben, line, code } = await write(server, people);
	await line.cut();
	await puts(ben, 'Kept on this device');
	await isOnDevice(ben);
	const closed = ben.page.waitForEvent('close');
	ben.page.on('dialog', () => expect('it asks').toBe('never'));
	await ben.page.close({ runBeforeUnload: true });
	await closed;

	await line.mend();
	const chidi = await Participant.arrives(people, line, 'Chidi');
	chidi.opened.forgive(AWAY);
	await chidi.page.addInitScript(() => {
		Object.defineProperty(globalThis, 'indexedDB', { value: undefined });
	});
	await chidi.page.reload();
	await chidi.joins(code, 'Chidi');
	await expect(chidi.composer).toBeVisible();
	await line.cut();
	await expect(chidi.page.getByText(m.room_offline())).toBeVisible();
	await chidi.composer.getByLabel(MAIN).click();
	await chidi.composer.getByLabel(MAIN).fill('Kept nowhere');
	await expect(chidi.page.getByText(m.room_unkept())).toBeVisible();
	const asked = chidi.page.waitForEvent('dialog');
	await chidi.page.close({ runBeforeUnload: true });
	const dialog = await asked;
	expect(dialog.type()).toBe('beforeunload');
	await dialog.accept();
});

test('JO48 JO49 whoever leaves a shared computer leaves nothing on it, and other pages say that there is no network', async ({
	server,
	people
}) => {
	const { ada, ben, line } = await write(server, people);
	for (const phase of ['share', 'group', 'vote', 'discuss', 'act', 'done'] as const)
		await ada.goesOn(phase);
	await ben.page.getByRole('button', { name: m.room_leave_device() }).click();
	// Leaving ends with the page loaded anew; whoever goes elsewhere in the midst of that hangs.
	const anew = ben.page.waitForEvent('load');
	await ben.page.getByRole('dialog').getByRole('button', { name: m.room_leave_device() }).click();
	await anew;
	await expect(ben.page.getByLabel(m.room_join_code())).toBeVisible();
	const left = () =>
		ben.page.evaluate(async () => ({
			pages: (await (await caches.open('plenary-pages')).keys()).length,
			values: Object.keys(localStorage).filter((key) => key.startsWith('plenary:')),
			rows: await new Promise((answer) => {
				const asked = indexedDB.open('plenary-notebooks');
				asked.addEventListener('success', () => {
					const count = asked.result.transaction('rows').objectStore('rows').count();
					count.addEventListener('success', () => answer(count.result));
				});
			})
		}));
	expect(await left()).toEqual({ pages: 0, values: [], rows: 0 });
	expect((await ben.page.context().cookies()).map(({ name }) => name)).toEqual([]);
	await line.cut();
	ben.opened.forgive(/503/);
	await ben.page.goto(`${line.url}/privacy`);
	await expect(ben.page.getByRole('heading', { name: m.home_no_network_title() })).toBeVisible();
	await line.mend();
	await expect(ben.page.getByRole('heading', { name: m.home_no_network_title() })).toBeHidden();
	await expect(ben.page).toHaveURL(/privacy/);
	await line.cut();
});

test('JO50 while the server takes no more, words are read and not written, and the desk says how much waits', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const code = await ada.opensWorkshop('With a full disk', EXERCISE.id);
	const ben = await Participant.arrives(people, server, 'Ben');
	const tells = await Promise.all([ada, ben].map(({ page }) => newsFor(page)));
	await ben.joins(code, 'Ben');
	await ada.page.reload();
	await ada.starts(EXERCISE.title);
	await ada.goesOn('write');
	await puts(ben, 'Saved in good time');
	await ben.hasSaved();
	await ben.isKeptHere();
	await ben.composer.getByLabel(MAIN).fill('In the middle of');
	const board = await ben.page.evaluate(() => {
		const key = Object.keys(localStorage).find((one) => one.startsWith('plenary:notebook:'));
		return key!.slice('plenary:notebook:'.length);
	});
	const since = Date.now() - 42_000;
	for (const tell of tells) tell('saving:changed', board, { since, bytes: 51_200, full: true });
	await expect(ben.page.getByText(m.room_full())).toBeVisible();
	await expect(ben.composer.getByLabel(MAIN)).toHaveCount(0);
	await expect(ben.composer.getByText('In the middle of')).toBeVisible();
	await expect(ben.page.getByRole('button', { name: m.board_edit() })).toHaveCount(0);
	await expect(ada.page.getByText(m.desk_waiting_full_title())).toBeVisible();
	await expect(ada.page.getByText(/^50 KB have been waiting for \d+ seconds/)).toBeVisible();
	for (const tell of tells) tell('saving:changed', board, null);
	await expect(ben.page.getByText(m.room_full())).toBeHidden();
	await expect(ben.composer.getByLabel(MAIN)).toHaveValue('In the middle of');
	await expect(ada.page.getByText(m.desk_waiting_full_title())).toBeHidden();
});

/** Lets a test tell a page news as if it came from the server. */
async function newsFor(page: Page): Promise<(...news: unknown[]) => void> {
	let tell: (message: string) => void = () => {};
	await page.routeWebSocket(/\/socket\.io\//, (line) => {
		line.connectToServer();
		tell = (message) => line.send(message);
	});
	return (...news) => tell(`42${JSON.stringify(news)}`);
}
