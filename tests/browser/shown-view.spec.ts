/** A view of the exercise is shown to everybody: from the desk, on the room screen, and on a phone. */
import { expect } from '@playwright/test';
import { m } from '../../src/lib/paraglide/messages.js';
import { findExercise } from '../../src/shared/exercises/catalogue.ts';
import { Ada } from './support/ada.ts';
import { isSound } from './support/looks.ts';
import { Participant } from './support/participant.ts';
import { RoomScreen } from './support/room-screen.ts';
import { test } from './support/test.ts';

const EXERCISE = findExercise('barrier')!;
const MAIN = EXERCISE.fields.find((field) => field.main)!.title;
const [BY_CAUSE, , VOTES, OPEN] = EXERCISE.views.map(({ title }) => title) as [
	string,
	string,
	string,
	string
];
const WORDS = 'Nobody asked us in time';

test('SC29 SC30 SC31 SC34 SC35 SC45 a view of the exercise is shown to everybody', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const code = await ada.opensWorkshop('Views for all', EXERCISE.id);
	const screen = await RoomScreen.opens(people, ada);
	const ben = await Participant.arrives(people, server, 'Ben');
	await ben.joins(code, 'Ben');
	await ada.starts(EXERCISE.title);
	await ada.goesOn('write');
	await ben.composer.getByLabel(MAIN).fill(WORDS);
	await ben.composer.getByRole('radio', { name: 'Time', exact: true }).check();
	await ben.putsDown();
	await ben.hasSaved();
	await ada.goesOn('share');
	await ben.isIn('share');

	const wall = screen.page.getByRole('main');
	const shown = ben.page.getByRole('region', { name: m.board_shown_to_all() });
	const shows = async (title: string) => {
		await ada.looksAt(title);
		await ada.page.getByRole('button', { name: m.focus_show_named({ what: title }) }).click();
		await expect(wall.getByRole('heading', { level: 2, name: title })).toBeVisible();
	};

	await shows(BY_CAUSE);
	const time = wall.getByRole('listitem').filter({ hasText: 'Time' });
	await expect(time).toContainText('1');
	await screen.page.evaluate(() => (document.documentElement.dir = 'rtl'));
	const [bar, figure] = await Promise.all(
		['.bar', '.figures'].map((part) => time.locator(part).boundingBox())
	);
	expect(figure!.x + figure!.width).toBeLessThanOrEqual(bar!.x);
	await screen.page.evaluate(() => (document.documentElement.dir = 'ltr'));
	const seen = ada.page.getByRole('region', { name: m.desk_room_sees() });
	await expect(seen).toContainText(BY_CAUSE);
	await isSound(screen.page, 'the room screen with bars');

	// On the phone it stands at the head, until it is folded away; and there is the way back.
	await expect(shown.getByRole('heading', { name: BY_CAUSE })).toBeVisible();
	await isSound(ben.page, 'a phone with a view');
	await ben.page.getByRole('button', { name: m.room_shown_fold() }).click();
	await expect(shown).toHaveCount(0);
	await ben.page.getByRole('button', { name: m.room_shown_back() }).click();
	await expect(shown).toBeVisible();

	await shows(OPEN);
	await expect(wall.getByText(WORDS).filter({ visible: true })).toBeVisible();
	await expect(shown).toContainText(WORDS);
	await isSound(screen.page, 'the room screen with cards of a view');
	await shows(VOTES);
	await expect(wall.getByText(m.room_view_votes_later())).toBeVisible();
	await expect(shown).toContainText(m.room_view_votes_later());

	await ada.page.getByRole('button', { name: m.focus_let_go_named({ what: VOTES }) }).click();
	await expect(shown).toHaveCount(0);
	await expect(wall.getByRole('heading', { level: 2, name: VOTES })).toHaveCount(0);
	await expect(wall.getByText(WORDS).filter({ visible: true }).first()).toBeVisible();
});
