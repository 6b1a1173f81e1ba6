/** The room screen's pages, turned from the desk and the phone; and a vote that the phone begins anew. */
import { expect, type Page } from '@playwright/test';
import { m } from '../../src/lib/paraglide/messages.js';
import { findExercise } from '../../src/shared/exercises/catalogue.ts';
import { Ada } from './support/ada.ts';
import { gives } from './support/gives.ts';
import { isSound } from './support/looks.ts';
import { Participant } from './support/participant.ts';
import { RoomScreen } from './support/room-screen.ts';
import { test } from './support/test.ts';

const EXERCISE = findExercise('barrier')!;
const MAIN = EXERCISE.fields.find((field) => field.main)!.title;
const PHONE = { width: 360, height: 640 };

const boardOf = (page: Page): Promise<string> =>
	page.evaluate(async () => {
		const id = location.pathname.split('/')[2]!;
		return (await (await fetch(`/api/v1/workshops/${id}`)).json()).live as string;
	});

async function opensRemote(ada: Ada): Promise<Page> {
	const phone = await ada.page.context().newPage();
	await phone.setViewportSize(PHONE);
	await phone.goto(`${ada.page.url()}/remote`);
	await phone.waitForLoadState('networkidle');
	return phone;
}

const place = (page: number, pages: number) => m.room_results_page({ page, pages });

test('SC37 SC41 DE57 DE58 pages of the room screen are turned by its keys, the desk and the phone alike', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	await ada.opensWorkshop('We turn pages', EXERCISE.id);
	const screen = await RoomScreen.opens(people, ada);
	const wall = screen.page;
	const phone = await opensRemote(ada);
	const pages = (on: Page) => on.getByRole('group', { name: m.room_pages_label() });
	const button = (on: Page, name: string) => pages(on).getByRole('button', { name });
	const isOn = async (page: number) => {
		await expect(wall.getByRole('contentinfo')).toContainText(place(page, 3));
		for (const one of [ada.page, phone]) await expect(pages(one)).toContainText(place(page, 3));
	};

	await gives(ada.page, { type: 'start', exercise: 0 });
	await gives(ada.page, { type: 'go', phase: 'act' });
	const board = await boardOf(ada.page);
	const takeOn = (n: number) =>
		gives(ada.page, {
			type: 'action',
			board,
			id: `action-${n}`,
			what: `Call library number ${n}`,
			who: 'Ben',
			when: 'on Friday'
		});
	for (let n = 1; n <= 8; n++) await takeOn(n);
	const items = wall.getByRole('main').getByRole('listitem');
	await expect(items).toHaveCount(8);
	await expect(pages(ada.page)).toHaveCount(0);
	await expect(pages(phone)).toHaveCount(0);

	for (let n = 9; n <= 20; n++) await takeOn(n);
	await isOn(1);
	await expect(items.first()).toContainText('number 20');
	// What comes now is seen: the first page is the newest.
	await expect(items).toHaveCount(8);
	const stands = await button(phone, m.room_pages_next()).boundingBox();

	await ada.page.keyboard.press('l');
	await isOn(2);
	await expect(items.first()).toContainText('number 12');
	await button(phone, m.room_pages_next()).click();
	await isOn(3);
	await expect(items).toHaveCount(4);
	expect(await button(phone, m.room_pages_next()).boundingBox()).toEqual(stands);
	await ada.page.keyboard.press('j');
	await isOn(2);
	await wall.keyboard.press('PageUp');
	await isOn(1);
	await button(ada.page, m.room_pages_previous()).click();
	await isOn(3);
	await button(phone, m.room_pages_turn()).click();
	await expect(button(ada.page, m.room_pages_stay())).toBeVisible();
	await ada.page.keyboard.press('k');
	await expect(button(phone, m.room_pages_turn())).toBeVisible();

	for (const one of await pages(phone).getByRole('button').all()) {
		const box = (await one.boundingBox())!;
		expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(48);
	}
	const clock = (await phone.getByRole('timer').boundingBox())!;
	const foot = (await phone.getByRole('contentinfo').boundingBox())!;
	expect(foot.y).toBeGreaterThan(clock.y + clock.height);
	expect(foot.y + foot.height).toBeLessThanOrEqual(PHONE.height);
	await isSound(phone, 'the remote with pages');
	await isSound(ada.page, 'the desk with pages');

	// Blank there is nothing to turn; a screen that is opened anew says where it is.
	await gives(ada.page, { type: 'blank-screen' });
	await expect(pages(phone)).toHaveCount(0);
	await gives(ada.page, { type: 'unblank-screen' });
	await isOn(1);
	await ada.page.keyboard.press('l');
	await isOn(2);
	await wall.reload();
	await isOn(1);
	await wall.close();
	await expect(pages(phone)).toHaveCount(0);
	await expect(pages(ada.page)).toHaveCount(0);
});

test('DE59 DE60 the phone shuts a result, and has the room vote again on what is tied', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const code = await ada.opensWorkshop('We vote again', EXERCISE.id);
	const phone = await opensRemote(ada);
	const ben = await Participant.arrives(people, server, 'Ben');
	await ben.joins(code, 'Ben');
	const button = (name: string) => phone.getByRole('button', { name, exact: true });
	await ada.starts(EXERCISE.title);
	await ada.goesOn('write');
	const words = ['Nobody has an afternoon', 'Our budgets never match', 'We had never met'];
	for (const one of words) {
		await ben.composer.getByLabel(MAIN).fill(one);
		await ben.putsDown();
	}
	await ben.hasSaved();
	await gives(ada.page, { type: 'go', phase: 'vote' });
	await ben.isIn('vote');
	await expect(button(m.desk_hide_dots())).toHaveCount(0);
	await expect(button(m.voting_again())).toHaveCount(0);
	await ben.votesFor(words[0]!);
	await ben.votesFor(words[1]!);
	await expect(button(m.voting_again())).toBeVisible();

	await ada.hasAtMost(58); // of sixty: a press sooner after a move from elsewhere is none (DE14)
	await phone.getByRole('contentinfo').getByRole('button').last().click();
	await phone.getByRole('contentinfo').getByRole('button').last().click();
	await button(m.desk_hide_dots()).click();
	await expect(button(m.desk_hide_dots())).toHaveCount(0);
	await gives(ada.page, { type: 'go', phase: 'discuss' });
	await button(m.desk_show_dots()).click();
	await expect(button(m.desk_hide_dots())).toBeVisible();

	await button(m.voting_again()).click();
	const sheet = phone.getByRole('dialog', { name: m.voting_again_title() });
	await expect(sheet).toContainText(m.voting_again_goes_back());
	await isSound(phone, 'voting again on the remote');
	await sheet.getByRole('button', { name: m.voting_again_tied({ count: 2 }) }).click();
	await expect(sheet).toHaveCount(0);
	await ada.isIn('vote');
	await expect(ben.page.getByText(m.voting_round_among({ round: 2, count: 2 }))).toBeVisible();
	await expect(ben.page.getByText(words[2]!)).toHaveCount(0);
	await expect(button(m.voting_again())).toHaveCount(0);
});
