/** The summary on the web: read by everybody, made their own by who facilitates, and shown by a link. */
import { expect } from '@playwright/test';
import { m } from '../../src/lib/paraglide/messages.js';
import { findExercise } from '../../src/shared/exercises/catalogue.ts';
import { Ada } from './support/ada.ts';
import { isSound } from './support/looks.ts';
import { Participant } from './support/participant.ts';
import { DEVICES } from './support/people.ts';
import { test } from './support/test.ts';

const EXERCISE = findExercise('barrier')!;
const MAIN = EXERCISE.fields.find((field) => field.main)!.title;
/** A point of one pixel. */
const LOGO = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64'
);

test('SU20 SU21 SU23 SU26 DE26 SU28 SU29 SU30 SU31 SU58 SU59 a summary is made in the middle of an exercise, shared, and shared no more', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const code = await ada.opensWorkshop('Told at the end', EXERCISE.id);
	const ben = await Participant.arrives(people, server, 'Ben');
	await ben.joins(code, 'Ben');
	await ada.starts(EXERCISE.title);
	await ada.goesOn('write');
	for (const words of ['Nobody asked us', 'لم يكن لدينا وقت']) {
		await ben.composer.getByLabel(MAIN).fill(words);
		await ben.composer.getByRole('radio', { name: 'Time', exact: true }).check();
		await ben.putsDown();
		await ben.hasSaved();
	}
	await ada.goesOn('share');
	const desk = ada.page.url();

	const { page } = ada;
	await page.getByRole('button', { name: m.desk_more() }).click();
	await page.getByRole('menuitem', { name: m.summary_title() }).click();
	const article = page.getByRole('article');
	await expect(article.getByRole('heading', { level: 1, name: 'Told at the end' })).toBeVisible();
	const causes = article.getByRole('table', { name: /Time/ });
	await expect(causes.getByRole('row', { name: 'Time' })).toContainText('2');
	await expect(causes.getByRole('row', { name: 'Trust' })).toContainText('0');
	await expect(article.getByText('لم يكن لدينا وقت').first()).toHaveCSS('direction', 'rtl');

	const status = page.getByRole('banner').getByRole('status').first();
	await page.getByLabel(m.summary_introduction()).fill('Forty people,\none afternoon.');
	await expect(article.getByText('Forty people,')).toBeVisible();
	await expect(status).toHaveText(m.summary_saved());
	await page.getByText(m.summary_who_where(), { exact: true }).click();
	await page.getByLabel(m.summary_organisation()).fill('The Librarians');
	await page
		.getByLabel(m.summary_logo_choose())
		.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: LOGO });
	const logo = article.getByRole('img', {
		name: m.summary_logo_of({ organisation: 'The Librarians' })
	});
	await expect(logo).toBeVisible();
	await page.getByRole('button', { name: m.summary_logo_remove() }).click();
	await expect(logo).toHaveCount(0);
	await page.getByRole('button', { name: m.summary_logo_back() }).click();
	await expect(logo).toBeVisible();

	await article
		.getByRole('button', { name: `${m.summary_leave_out()}: Nobody asked us` })
		.first()
		.click();
	await expect(causes.getByRole('row', { name: 'Time' })).toContainText('1');
	await expect(article.getByText('Nobody asked us')).toHaveCount(0);
	// In its place, and not at the next button that leaves a card out.
	await expect(page.locator('.card:focus, summary:focus')).toBeVisible();
	await page.reload();
	await page.getByText(m.summary_cards_left({ count: 1 })).click();
	const back = page.getByRole('button', { name: `${m.summary_put_back()}: Nobody asked us` });
	await isSound(page, 'making the summary');
	await back.click();
	await expect(page.getByText(m.summary_cards_left({ count: 0 }))).toBeFocused();
	await expect(article.getByText('Nobody asked us').first()).toBeVisible();

	await page.emulateMedia({ media: 'print' });
	await expect(page.getByRole('complementary')).toBeHidden();
	await expect(article.getByRole('button', { name: m.summary_leave_out() })).toHaveCount(0);
	await page.emulateMedia({ media: 'screen' });

	await page.getByText(m.summary_who_sees(), { exact: true }).click();
	await page.getByRole('button', { name: m.summary_links_make() }).click();
	const field = page.getByLabel(m.summary_link(), { exact: true });
	await expect(field).toBeFocused();
	const link = await field.inputValue();
	// A second one, for a week, which stands there after the first has ended.
	await page.getByRole('radio', { name: '7', exact: true }).check();
	await page.getByRole('button', { name: m.summary_links_make() }).click();
	await expect(field).toHaveCount(2);
	const short = await field.nth(1).inputValue();
	const guest = await people.open('a director', { ...DEVICES.phone, javaScriptEnabled: false });
	await guest.page.goto(link);
	await expect(guest.page.getByText('Forty people,')).toBeVisible();
	await expect(guest.page.getByRole('button')).toHaveCount(0);
	await expect(guest.page.getByRole('table', { name: /Time/ })).toContainText('Trust');

	const room = ben.page.url();
	await ben.page.goto(`${room}/summary`);
	await expect(ben.page.getByText('Forty people,')).toBeVisible();
	await isSound(ben.page, 'reading the summary');
	await page.getByLabel(m.summary_for_participants()).uncheck();
	await expect(status).toHaveText(m.summary_saved());
	const end = page.getByRole('button', { name: m.summary_link_end() });
	const sure = page.getByRole('dialog', { name: m.summary_link_end_title() });
	await end.first().click();
	await sure.getByRole('button', { name: m.summary_link_leave() }).click();
	await expect(end).toHaveCount(2);
	await end.first().click();
	await sure.getByRole('button', { name: m.summary_link_end() }).click();
	await expect(end).toHaveCount(1);
	await expect(field).toHaveValue(short);
	await end.click();
	await sure.getByRole('button', { name: m.summary_link_end() }).click();
	await expect(page.getByText(m.summary_links_none())).toBeVisible();
	await expect(field).toHaveCount(0);

	await page.setViewportSize(DEVICES.phone.viewport);
	const make = page.getByRole('button', { name: m.summary_make_it_yours() });
	await expect(page.getByLabel(m.summary_introduction())).toBeHidden();
	await make.scrollIntoViewIfNeeded();
	await expect(article.getByRole('heading', { level: 1 })).toBeInViewport();
	await make.click();
	await expect(page.getByLabel(m.summary_introduction())).toBeVisible();
	await page.setViewportSize(DEVICES.desk.viewport);
	await expect
		.poll(async () => {
			await ben.page.reload();
			return ben.page.getByRole('heading', { level: 1 }).innerText();
		})
		.toBe(m.summary_not_shown_title());
	guest.forgive(/404/);
	await guest.page.reload();
	await expect(
		guest.page.getByRole('heading', { name: m.summary_link_over_title() })
	).toBeVisible();

	await page.getByRole('link', { name: m.summary_to_desk() }).click();
	await expect(page).toHaveURL(desk);
});
