/** A server that comes back with what a backup had, while everybody's pages stay open. */
import { expect } from '@playwright/test';
import { m } from '../../src/lib/paraglide/messages.js';
import { findExercise } from '../../src/shared/exercises/catalogue.ts';
import { Ada } from './support/ada.ts';
import { Participant } from './support/participant.ts';
import { AWAY } from './support/people.ts';
import { RoomScreen } from './support/room-screen.ts';
import { cardOn } from './support/surface.ts';
import { test } from './support/test.ts';

const EXERCISE = findExercise('barrier')!;
const MAIN = EXERCISE.fields.find((field) => field.main)!.title;

test('BA16 BA8 pages that stay open are in the phase that the backup has, and bring what was written since', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const code = await ada.opensWorkshop('By the lake', EXERCISE.id);
	const screen = await RoomScreen.opens(people, ada);
	const ben = await Participant.arrives(people, server, 'Ben');
	await ben.joins(code, 'Ben');
	const everyone = [ada, screen, ben];
	for (const { opened } of everyone) opened.forgive(AWAY);
	await ada.starts(EXERCISE.title);
	await ada.goesOn('write');
	const composer = ben.composer.getByLabel(MAIN);
	await composer.fill('We asked the town library in May');
	await ben.hasSaved();
	const backup = await server.backUp();
	await composer.fill('We asked three schools and the town library in May');
	await ben.putsDown();
	await composer.fill('Nobody had a key');
	await ben.putsDown();
	await ben.hasSaved();
	await ada.goesOn('share');
	await expect(cardOn(ada.page, 'Nobody had a key')).toHaveCount(1);

	await server.kill('SIGTERM');
	await server.restore(backup);
	await server.run();
	await expect(ada.page.getByText(m.desk_leaving_title())).toBeHidden({ timeout: 30_000 });
	await expect(ben.page.getByText(m.room_leaving())).toBeHidden({ timeout: 30_000 });
	await Promise.all(everyone.map((one) => one.isIn('write')));
	await ben.hasSaved();
	await expect(ben.ownCards.getByText('We asked three schools and the town library')).toHaveCount(
		1
	);
	await screen.counts(2, m.room_cards({ count: 2 }));
	await ada.goesOn('share');
	await Promise.all(everyone.map((one) => one.isIn('share')));
	for (const words of ['We asked three schools and the town library in May', 'Nobody had a key'])
		await expect(cardOn(ada.page, words)).toHaveCount(1);
});
