/** The server is killed in the middle of everything; nobody reloads, and nothing is lost. */
import { expect } from '@playwright/test';
import { m } from '../../src/lib/paraglide/messages.js';
import { phaseName } from '../../src/lib/facilitation/phase-name.ts';
import { findExercise } from '../../src/shared/exercises/catalogue.ts';
import type { Phase } from '../../src/shared/exercises/format.ts';
import { Ada } from './support/ada.ts';
import { Participant } from './support/participant.ts';
import { AWAY } from './support/people.ts';
import { RoomScreen } from './support/room-screen.ts';
import { cardOn } from './support/surface.ts';
import { test } from './support/test.ts';
import { timersOf } from './support/timers.ts';

const EXERCISE = findExercise('barrier')!;
const MAIN = EXERCISE.fields.find((field) => field.main)!.title;
/** A server that was told to stop says that it will be back; one that was killed says nothing. */
const SAID = {
	SIGTERM: { desk: m.desk_leaving_title(), screen: m.room_screen_leaving() },
	SIGKILL: { desk: m.desk_offline_title(), screen: m.room_screen_reconnecting() }
};

for (const signal of ['SIGKILL', 'SIGTERM'] as const)
	test(`JO17 JO18 ${signal} in the middle of writing, and once more in the middle of voting`, async ({
		server,
		people
	}) => {
		const ada = await Ada.arrives(people, server);
		const code = await ada.opensWorkshop('On an old laptop', EXERCISE.id);
		const screen = await RoomScreen.opens(people, ada);
		const ben = await Participant.arrives(people, server, 'Ben');
		const chidi = await Participant.arrives(people, server, 'Chidi', 'laptop');
		await ben.joins(code, 'Ben');
		await chidi.joins(code, 'Chidi');
		const everyone = [ada, screen, ben, chidi];
		for (const { opened } of everyone) opened.forgive(AWAY);
		await ada.starts(EXERCISE.title);
		await ada.goesOn('write');
		await ben.composer.getByLabel(MAIN).fill('Written before');
		await ben.putsDown();
		await chidi.composer.getByLabel(MAIN).fill('Half a thought');
		await Promise.all([ben.hasSaved(), chidi.hasSaved()]);
		await ada.page.keyboard.press('p');
		await expect(ada.page.getByRole('timer').first()).toHaveAccessibleName(/^Paused/);
		const paused = (await timersOf([ada]))[0]!.face;

		await server.kill(signal);
		const said = [
			ada.page.getByText(SAID[signal].desk),
			screen.page.getByText(SAID[signal].screen)
		];
		for (const one of said) await expect(one).toBeVisible();
		await ben.composer.getByLabel(MAIN).fill('Written while it was away');
		await ben.putsDown();
		await expect(ben.page.getByText(m.board_on_device()).first()).toBeVisible();
		await chidi.composer.getByLabel(MAIN).pressSequentially(', and the other half');
		await chidi.putsDown();
		await server.run();

		for (const one of said) await expect(one).toBeHidden({ timeout: 30_000 });
		await Promise.all([ben.hasSaved(), chidi.hasSaved()]);
		await Promise.all(everyone.map((one) => one.isIn('write')));
		for (const { page } of everyone)
			await expect(page.getByRole('timer').filter({ visible: true }).first()).toHaveText(
				new RegExp(paused)
			);
		await screen.counts(2, m.room_people({ count: 2 }));
		await screen.counts(3, m.room_cards({ count: 3 }));

		await ada.goesOn('share');
		const words = [
			'Written before',
			'Written while it was away',
			'Half a thought, and the other half'
		];
		for (const one of words) {
			await expect(cardOn(ada.page, one)).toHaveCount(1);
			await expect(cardOn(chidi.page, one)).toHaveCount(1);
			await expect(screen.page.getByText(one)).toBeVisible();
		}
		await ada.goesOn('group');
		await ada.goesOn('vote');
		await ben.votesFor(words[0]!);
		await ben.votesFor(words[0]!, 1);
		await ben.hasDots(3);

		await server.kill(signal);
		await expect(said[0]!).toBeVisible();
		await chidi.votesFor(words[1]!);
		await server.run();
		await expect(said[0]!).toBeHidden({ timeout: 30_000 });
		await Promise.all(everyone.map((one) => one.isIn('vote')));
		await ben.hasDots(3);
		await chidi.hasDots(4);
		await ada.page.getByRole('button', { name: m.desk_show_dots() }).click();
		await expect(cardOn(ada.page, words[0]!)).toContainText(m.room_dots({ count: 2 }));
		await expect(cardOn(ada.page, words[1]!)).toContainText(m.room_dots({ count: 1 }));
	});

test('DE30 DE31 JO53 JO54 nothing private is turned over by a press, and a server that stops is back in a moment', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const code = await ada.opensWorkshop('On an old laptop', EXERCISE.id);
	const screen = await RoomScreen.opens(people, ada);
	const ben = await Participant.arrives(people, server, 'Ben');
	const chidi = await Participant.arrives(people, server, 'Chidi');
	// As over plain http, where browsers have none.
	await chidi.page.addInitScript(() => {
		Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
	});
	await chidi.page.reload();
	await ben.joins(code, 'Ben');
	await chidi.joins(code, 'Chidi');
	for (const { opened } of [ada, screen, ben, chidi]) opened.forgive(AWAY);
	await ada.starts(EXERCISE.title);
	await ada.goesOn('write');
	await ben.composer.getByLabel(MAIN).fill('For my eyes only');
	await ben.putsDown();
	await Promise.all([ben.hasSaved(), ben.isKeptHere()]);

	const { page } = ada;
	const goTo = (phase: Phase) => m.desk_go_to({ phase: phaseName(phase) });
	const slip = page.getByRole('list', { name: m.desk_slip() });
	const menu = page.getByRole('button', { name: m.desk_phase_menu() });
	const question = page.getByRole('dialog', { name: m.desk_reveal_title() });
	const shut = page.getByRole('group', { name: m.desk_how_they_write() });
	await slip.getByTitle(goTo('brief')).click();
	await ada.isIn('brief');
	await expect(shut).toBeVisible();
	await ada.goesOn('write');
	await slip.getByTitle(goTo('group')).click();
	await question.getByRole('button', { name: m.desk_reveal_no() }).click();
	await menu.click();
	await page.getByRole('menuitem', { name: goTo('vote') }).click();
	await expect(question).toContainText(m.desk_one_card());
	await ada.shuts();
	await menu.click();
	await page.getByRole('menuitem', { name: m.desk_finish() }).click();
	await expect(page.getByRole('dialog')).toContainText(
		m.desk_reveal_finish({ cards: m.desk_one_card() })
	);
	await ada.shuts();
	await ada.isIn('write');
	await expect(shut).toBeVisible();
	await expect(screen.page.getByText('For my eyes only')).toHaveCount(0);

	await server.kill('SIGTERM');
	await expect(page.getByText(SAID.SIGTERM.desk)).toBeVisible();
	await expect(screen.page.getByText(SAID.SIGTERM.screen)).toBeVisible();
	for (const one of [ben, chidi]) await expect(one.page.getByText(m.room_leaving())).toBeVisible();
	await page.keyboard.press('p');
	await expect(page.getByText(m.desk_one_press_waits())).toBeVisible();
	await page.getByRole('button', { name: m.desk_add_minute() }).click();
	await expect(page.getByText(m.desk_presses_wait({ count: 2 }))).toBeVisible();
	await server.run();
	await expect(page.getByText(SAID.SIGTERM.desk)).toBeHidden({ timeout: 30_000 });
	// Who is not back yet would go on reading of the first time.
	for (const one of [ben, chidi])
		await expect(one.page.getByText(m.room_leaving())).toBeHidden({ timeout: 30_000 });
	await expect(page.getByRole('timer').first()).toHaveAccessibleName(/^Paused/);

	await server.kill('SIGKILL');
	await expect(page.getByText(m.desk_offline())).toBeVisible();
	await expect(page.getByText(m.desk_offline_clock())).toHaveCount(0);
	await expect(chidi.page.getByText(m.room_offline_open())).toBeVisible();
	await expect(ben.page.getByText(m.room_offline_then())).toBeVisible();
	await expect(ben.page.getByText(m.room_offline_open())).toHaveCount(0);
	await server.run();
	await expect(page.getByText(m.desk_offline())).toBeHidden({ timeout: 30_000 });

	await slip.getByTitle(goTo('group')).click();
	await question.getByRole('button', { name: m.desk_reveal_yes() }).click();
	await ada.isIn('group');
	await expect(screen.page.getByText('For my eyes only')).toBeVisible({ timeout: 30_000 });
});

test('DE28 DE29 two desks write notes at once, one without its server in a tab that is shut, and nothing is lost', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	await ada.opensWorkshop('By the lake', EXERCISE.id);
	const second = await ada.onAnotherDesk(people);
	const notesOf = ({ page }: Ada) => page.getByRole('textbox', { name: m.desk_notes() });
	const saves = ({ page }: Ada) =>
		expect(page.getByText(m.desk_saved_at({ time: '' }).trim())).toBeVisible();
	// A 409 is said on the console, and no fault.
	for (const { opened } of [ada, second]) {
		opened.forgive(AWAY);
		opened.forgive(/409/);
	}
	await notesOf(ada).fill('Ask Ben');
	await notesOf(second).fill('Bring chalk');
	await Promise.all([saves(ada), saves(second)]);
	const lines = (words: string) => words.split('\n').toSorted();
	await ada.page.reload();
	await expect
		.poll(async () => lines(await notesOf(ada).inputValue()))
		.toEqual(['Ask Ben', 'Bring chalk']);

	await server.kill('SIGKILL');
	await notesOf(ada).press('ControlOrMeta+End');
	await notesOf(ada).pressSequentially('\nThe pier closes at nine');
	await expect(ada.page.getByText(m.desk_notes_on_device())).toBeVisible();
	await ada.page.close({ runBeforeUnload: true });
	await expect.poll(() => ada.page.isClosed()).toBe(true);
	await server.run();
	await notesOf(second).press('ControlOrMeta+Home');
	await notesOf(second).pressSequentially('First of all: ');
	await saves(second);

	const again = await ada.opened.page.context().newPage();
	await again.goto(second.page.url());
	const field = again.getByRole('textbox', { name: m.desk_notes() });
	await expect(field).toHaveValue(/The pier closes at nine/);
	await expect(field).toHaveValue(/First of all: /);
	await expect(again.getByText(m.desk_saved_at({ time: '' }).trim())).toBeVisible();
	await again.reload();
	await expect
		.poll(async () => lines((await field.inputValue()).replace('First of all: ', '')))
		.toEqual(['Ask Ben', 'Bring chalk', 'The pier closes at nine']);
});

test('DE29 where the device keeps nothing, closing the desk asks until its notes are saved', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	ada.opened.forgive(AWAY);
	await ada.page.addInitScript(() => {
		Storage.prototype.setItem = () => {
			throw new DOMException('no room', 'QuotaExceededError');
		};
	});
	await ada.opensWorkshop('By the lake', EXERCISE.id);
	await server.kill('SIGKILL');
	const field = ada.page.getByRole('textbox', { name: m.desk_notes() });
	await field.pressSequentially('Ask Ben');
	await expect(ada.page.getByText(m.desk_notes_not_saved())).toBeVisible();
	const asked = ada.page.waitForEvent('dialog');
	await ada.page.close({ runBeforeUnload: true });
	const dialog = await asked;
	expect(dialog.type()).toBe('beforeunload');
	await dialog.dismiss();
	await server.run();
	await expect(ada.page.getByText(m.desk_saved_at({ time: '' }).trim())).toBeVisible({
		timeout: 15_000
	});
	await ada.page.close({ runBeforeUnload: true });
	await expect.poll(() => ada.page.isClosed()).toBe(true);
});
