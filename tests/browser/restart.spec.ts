/** The server is killed in the middle of everything; nobody reloads, and nothing is lost. */
import { expect } from '@playwright/test';
import { m } from '../../src/lib/paraglide/messages.js';
import { findExercise } from '../../src/shared/exercises/catalogue.ts';
import { Ada } from './support/ada.ts';
import { Participant } from './support/participant.ts';
import { AWAY } from './support/people.ts';
import { RoomScreen } from './support/room-screen.ts';
import { cardOn } from './support/surface.ts';
import { test } from './support/test.ts';
import { timersOf } from './support/timers.ts';

const EXERCISE = findExercise('barrier')!;
const MAIN = EXERCISE.fields.find((field) => field.main)!.title;

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
		await expect(ada.page.getByText(m.desk_offline_title())).toBeVisible();
		await expect(screen.page.getByText(m.room_screen_reconnecting())).toBeVisible();
		await ben.composer.getByLabel(MAIN).fill('Written while it was away');
		await ben.putsDown();
		await expect(ben.page.getByText(m.board_on_device()).first()).toBeVisible();
		await chidi.composer.getByLabel(MAIN).pressSequentially(', and the other half');
		await chidi.putsDown();
		await server.run();

		for (const gone of [
			ada.page.getByText(m.desk_offline_title()),
			screen.page.getByText(m.room_screen_reconnecting())
		])
			await expect(gone).toBeHidden({ timeout: 30_000 });
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
		await expect(ada.page.getByText(m.desk_offline_title())).toBeVisible();
		await chidi.votesFor(words[1]!);
		await server.run();
		await expect(ada.page.getByText(m.desk_offline_title())).toBeHidden({ timeout: 30_000 });
		await Promise.all(everyone.map((one) => one.isIn('vote')));
		await ben.hasDots(3);
		await chidi.hasDots(4);
		await ada.page.getByRole('button', { name: m.desk_show_dots() }).click();
		await expect(cardOn(ada.page, words[0]!)).toContainText(m.board_votes({ count: 2 }));
		await expect(cardOn(ada.page, words[1]!)).toContainText(m.board_votes({ count: 1 }));
	});
