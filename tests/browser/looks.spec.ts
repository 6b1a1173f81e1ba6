/** Every screen by light and in the dark, on a small phone and a narrow one: readable, and named for those who listen. */
import { expect, type Page } from '@playwright/test';
import { m } from '../../src/lib/paraglide/messages.js';
import { findExercise } from '../../src/shared/exercises/catalogue.ts';
import { Ada } from './support/ada.ts';
import { faults } from './support/looks.ts';
import { Participant } from './support/participant.ts';
import { DEVICES } from './support/people.ts';
import { RoomScreen } from './support/room-screen.ts';
import { cardOn, dragByKeys, groupOn } from './support/surface.ts';
import { test } from './support/test.ts';

const EXERCISE = findExercise('barrier')!;
const MAIN = EXERCISE.fields.find((field) => field.main)!.title;

test('JO26 JO27 DE47 every screen is readable by light and in the dark, and on a narrow phone', async ({
	server,
	people
}) => {
	test.setTimeout(480_000);
	const found: string[] = [];
	const look = async (page: Page, where: string) => {
		found.push(...(await faults(page, where)));
	};

	const visitor = await people.open('a visitor', DEVICES.phone);
	await visitor.page.goto(server.url);
	await look(visitor.page, 'the door');
	await visitor.page.goto(`${server.url}/login`);
	await look(visitor.page, 'logging in');
	await visitor.page.goto(server.url + server.invite);
	await look(visitor.page, 'the invitation');
	visitor.forgive(/404/);
	await visitor.page.goto(`${server.url}/nowhere`);
	await look(visitor.page, 'nowhere');

	const ada = await Ada.arrives(people, server);
	await look(ada.page, 'the empty home');
	await ada.page.getByRole('link', { name: m.home_partnerships() }).click();
	await expect(ada.page.getByLabel(m.home_workshop_name())).toHaveValue(m.home_partnerships());
	await look(ada.page, 'a new workshop');
	const code = await ada.opensWorkshop('Partners within reach', EXERCISE.id);
	await look(ada.page, 'the desk, doors open');
	const screen = await RoomScreen.opens(people, ada);
	await expect(screen.page.getByText(m.room_screen_nobody())).toBeVisible();
	await look(screen.page, 'the room screen, doors open');

	const ben = await Participant.arrives(people, server, 'Ben');
	await ben.page.getByLabel(m.room_join_code()).fill(code);
	await expect(ben.page.getByText(m.room_join_open_now())).toBeVisible();
	await look(ben.page, 'the door with a code');
	await ben.joins(code, 'Ben');
	await look(ben.page, 'waiting');
	const chidi = await Participant.arrives(people, server, 'Chidi', 'laptop');
	await chidi.joins(code, 'Chidi');

	const all = async (phase: string) => {
		await look(ben.page, `a phone in ${phase}`);
		await look(chidi.page, `a laptop in ${phase}`);
		await look(ada.page, `the desk in ${phase}`);
		await look(screen.page, `the room screen in ${phase}`);
	};
	await ada.starts(EXERCISE.title);
	await all('brief');
	await ada.goesOn('write');
	for (const [one, words] of [
		[ben, 'Nobody asked us'],
		[ben, 'لم يكن لدينا وقت للاجتماع معهم'],
		[chidi, '双方的目标从一开始就不一样']
	] as const) {
		await one.composer.getByLabel(MAIN).fill(words);
		await one.composer.getByRole('radio', { name: 'Time', exact: true }).check();
		await one.putsDown();
		await one.hasSaved();
	}
	await ben.composer.getByLabel(MAIN).fill('Still being written');
	await all('write');
	await ada.goesOn('share');
	await screen.isIn('share');
	await look(screen.page, 'the room screen in share');
	await ada.goesOn('group');
	await ben.isIn('group');
	await dragByKeys(
		ada.page,
		cardOn(ada.page, 'Nobody asked us'),
		m.board_said_on_card({ words: '双方的目标从一开始就不一样' })
	);
	await groupOn(ada.page).getByLabel(m.board_group_title()).fill('Never asked');
	await expect(groupOn(ben.page, 'Never asked')).toBeVisible();
	await all('group');
	await cardOn(ben.page, 'لم يكن لدينا وقت للاجتماع معهم').click();
	await expect(ben.page.getByRole('dialog')).toBeVisible();
	await look(ben.page, 'a card opened');
	await ben.page.getByRole('dialog').getByRole('button', { name: m.board_close() }).click();
	await ada.page.getByRole('heading', { name: m.desk_board() }).click();
	await ada.goesOn('vote');
	await ben.votesFor('Never asked');
	await ben.hasDots(4);
	await all('vote');
	await ada.page.getByRole('button', { name: m.desk_show_dots() }).click();
	await ada.goesOn('discuss');
	await expect(ben.page.getByText(m.room_results_place({ place: 1 }))).toBeVisible();
	await all('discuss');
	await ada.goesOn('act');
	await ben.promises('Ring the town library', 'Ben', 'before summer');
	await all('act');
	for (const { title } of EXERCISE.views) await ada.looksAt(title);
	await look(ada.page, 'the desk, by a view');
	await ada.goesOn('done');
	await look(ben.page, 'a phone between two exercises');
	await look(ada.page, 'the desk, a board done');
	await ada.closesWorkshop();
	await expect(ben.page.getByRole('heading', { name: m.room_closed() })).toBeVisible();
	await look(ben.page, 'a phone afterwards');
	await look(ada.page, 'the desk afterwards');
	await look(screen.page, 'the room screen afterwards');
	await ben.page.getByRole('link', { name: EXERCISE.title }).click();
	await expect(ben.page.getByRole('heading', { level: 1, name: EXERCISE.title })).toBeVisible();
	await look(ben.page, 'a board to read');
	await ada.page.goto(`${server.url}/workshops`);
	await look(ada.page, 'the home');
	expect(found).toEqual([]);
});
