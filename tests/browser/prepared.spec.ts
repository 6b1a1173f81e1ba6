/** What is done before the day: an exercise of one's own, answers that are collected, and a rehearsal. */
import { expect, type Page } from '@playwright/test';
import { m } from '../../src/lib/paraglide/messages.js';
import { findExercise } from '../../src/shared/exercises/catalogue.ts';
import { Ada } from './support/ada.ts';
import { byKeys, isSomewhere } from './support/keys.ts';
import { looking } from './support/looks.ts';
import { Participant } from './support/participant.ts';
import { RoomScreen } from './support/room-screen.ts';
import { test } from './support/test.ts';

const SHIPPED = findExercise('barrier')!;
const OWN = 'What keeps us apart';
const TITLE = 'Before the day';
const WORDS = 'The river between us';

test('JO58 JO59 JO60 JO62 an exercise is made, answers are collected for it, and the day is rehearsed', async ({
	server,
	people
}) => {
	const { look, found } = looking();
	const ada = await Ada.arrives(people, server);
	const desk = ada.page;
	const button = (name: string, page: Page = desk) =>
		page.getByRole('button', { name, exact: true });
	let own = '';

	await test.step('an exercise of her own', async () => {
		await desk.goto(`${server.url}/exercises`);
		await desk.waitForLoadState('networkidle');
		await look(desk, 'exercises, none of her own');
		await button(m.exercises_new()).press('Enter');
		await expect(desk).toHaveURL(/\/exercises\/[^/]+$/);
		await desk.waitForLoadState('networkidle');
		own = new URL(desk.url()).pathname.split('/').at(-1)!;
		const title = desk.getByLabel(m.exercises_key_title(), { exact: true });
		await title.fill('');
		await expect(button(m.exercises_show_missing())).toBeVisible();
		await look(desk, 'an exercise without a title');
		await button(m.exercises_show_missing()).press('Enter');
		await expect(title).toBeFocused();
		await title.fill(OWN);
		await desk.getByLabel(m.exercises_key_prompt()).fill('What lies between you and them?');
		await button(m.exercises_add_field()).press('Enter');
		await desk.getByRole('menuitem', { name: m.exercises_type_scale() }).press('Enter');
		await expect(desk.getByLabel(m.exercises_key_field_title()).last()).toBeFocused();
		await desk.keyboard.type('How wide');
		await look(desk, 'an exercise with a scale');
		await button(m.exercises_off({ title: 'How wide' })).press('Enter');
		await expect(desk.getByText(m.desk_taken_off({ what: 'How wide' }))).toBeVisible();
		await isSomewhere(desk);
		await button(m.desk_bring_back()).press('Enter');
		await isSomewhere(desk);
		await expect(desk.locator('[data-keeping=saved]')).toBeVisible();
	});

	await test.step('in the list it is removed, and brought back', async () => {
		await desk.getByRole('link', { name: m.exercises_back() }).press('Enter');
		await expect(desk.getByRole('link', { name: OWN, exact: true })).toBeVisible();
		await look(desk, 'exercises, one of her own');
		await button(m.exercises_remove_named({ title: OWN })).press('Enter');
		await expect(desk.getByText(m.exercises_removed({ title: OWN }))).toBeVisible();
		await isSomewhere(desk);
		await look(desk, 'an exercise removed');
		await button(m.exercises_removed_undo()).press('Enter');
		await expect(desk.getByRole('link', { name: OWN, exact: true })).toBeVisible();
		await isSomewhere(desk);
		const link = await desk.getByRole('link', { name: OWN, exact: true }).getAttribute('href');
		own = link!.split('/').at(-1)!;
	});

	let code = '';
	await test.step('both exercises collect before the day', async () => {
		const made = await desk.evaluate(
			async ([title, ...agenda]) => {
				const body = JSON.stringify({ title, language: 'en', anonymous: false, agenda });
				const headers = { 'content-type': 'application/json' };
				return (await fetch('/api/v1/workshops', { method: 'POST', headers, body })).json();
			},
			[TITLE, own, SHIPPED.id]
		);
		await desk.goto(`${server.url}/workshops/${made.id}`);
		await desk.waitForLoadState('networkidle');
		await desk.getByText(m.collect_before()).press('Enter');
		const collect = button(m.collect_open_named({ title: OWN }));
		await collect.press('Enter');
		const until = desk.getByRole('textbox', { name: m.collect_until_label() });
		await expect(until).toBeFocused();
		await until.fill('2020-01-01T18:00');
		await button(m.collect_begin()).press('Enter');
		await expect(desk.getByText(m.collect_past())).toBeVisible();
		await look(desk, 'a date that is past');
		await button(m.collect_cancel()).press('Enter');
		await expect(collect).toBeFocused();
		await collects(desk, OWN);
		code = /code is (.+?)\./.exec(await desk.getByLabel(m.collect_invitation()).inputValue())![1]!;
		await collects(desk, SHIPPED.title);
		await look(desk, 'what collects, at the desk');
	});

	const ben = await Participant.arrives(people, server, 'Ben');
	await test.step('Ben writes beforehand', async () => {
		await ben.joins(code, 'Ben');
		await expect(ben.page.getByRole('heading', { name: m.collect_room_title() })).toBeVisible();
		await look(ben.page, 'what collects, on a phone');
		await ben.page.getByRole('link', { name: OWN }).click();
		await expect(ben.page.getByText(m.collect_ask_private())).toBeVisible();
		await ben.composer.getByLabel(m.exercises_begin_field()).fill(WORDS);
		await look(ben.page, 'writing beforehand');
		await ben.putsDown();
		await ben.hasSaved();
		await expect(desk.getByText('1 person, 1 card so far')).toBeVisible();
	});

	await test.step('one is ended, with the other only the room begins', async () => {
		const title = SHIPPED.title;
		await byKeys(
			button(m.collect_end_named({ title })),
			m.collect_end_title({ title }),
			async (dialog) => {
				await look(desk, 'to end collecting');
				await expect(dialog.getByRole('button', { name: m.collect_end_yes() })).toBeVisible();
			}
		);
		await button(m.collect_end_named({ title })).press('Enter');
		await button(m.collect_end_yes()).press('Enter');
		await expect(button(m.collect_end_named({ title }))).toHaveCount(0);
		await isSomewhere(desk);
		await ben.page.goto(`${server.url}/p/${desk.url().split('/').at(-1)}`);
		await expect(ben.page.getByText(m.collect_ask_private())).toBeVisible();
		await look(ben.page, 'the only one that collects');
		await ada.opensDoors();
		await look(desk, 'doors open, and answers collected');
		await button(m.collect_start_named({ title: OWN })).press('Enter');
		await ada.isIn('write');
		await ben.isIn('write');
		await isSomewhere(desk);
		await expect(ben.ownCards.getByText(WORDS)).toBeVisible();
	});

	await test.step('a rehearsal, and it is thrown away', async () => {
		const at = desk.url();
		await desk.goto(`${server.url}/workshops`);
		await desk.waitForLoadState('networkidle');
		await button(m.rehearsal_begin_named({ title: TITLE })).press('Enter');
		const band = desk.getByRole('complementary', { name: m.rehearsal_title() });
		await expect(band).toBeVisible();
		await desk.waitForLoadState('networkidle');
		await button(m.rehearsal_rest()).press('Enter');
		await expect(band.getByText(m.rehearsal_desk_resting())).toBeVisible();
		await expect(button(m.rehearsal_go_on_people())).toBeFocused();
		await look(desk, 'a rehearsal at the desk');
		const wall = (await RoomScreen.opens(people, ada)).page;
		await expect(wall.getByText(m.rehearsal_others())).toBeVisible();
		await look(wall, 'a rehearsal on the wall');
		await desk.goto(`${server.url}/workshops`);
		await desk.waitForLoadState('networkidle');
		await look(desk, 'the list, with a rehearsal');
		const away = button(m.rehearsal_throw_away());
		await byKeys(away, m.rehearsal_throw_away_title(), () => look(desk, 'to throw it away'));
		await away.press('Enter');
		await desk.getByRole('dialog').getByRole('button', { name: m.rehearsal_throw_away() }).click();
		// The workshop that was rehearsed is as it was.
		await expect(desk).toHaveURL(at);
		await expect(band).toHaveCount(0);
		await ada.isIn('write');
	});
	expect(found).toEqual([]);
});

/** Until the date that is offered, by keys. */
async function collects(desk: Page, title: string): Promise<void> {
	const open = desk.getByRole('button', { name: m.collect_open_named({ title }) });
	await open.press('Enter');
	await desk.keyboard.press('Enter');
	await expect(desk.getByRole('button', { name: m.collect_change_named({ title }) })).toBeVisible();
	await isSomewhere(desk);
}
