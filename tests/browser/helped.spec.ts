/** Somebody without a phone, a word too many, a board to look through, and what can be put back or erased. */
import { expect } from '@playwright/test';
import { m } from '../../src/lib/paraglide/messages.js';
import { findExercise } from '../../src/shared/exercises/catalogue.ts';
import { Ada } from './support/ada.ts';
import { byKeys, isSomewhere, isWalked } from './support/keys.ts';
import { looking } from './support/looks.ts';
import { Participant } from './support/participant.ts';
import { cardOn, dragByKeys, groupOn } from './support/surface.ts';
import { test } from './support/test.ts';

const EXERCISE = findExercise('barrier')!;
const MAIN = EXERCISE.fields.find((field) => field.main)!.title;
const DORA = 'The bus comes twice a day';
const EMIL = 'No room with a ramp';
const FATOU = 'Nobody translates';
const COMMENT = 'Here too, since winter';

test('BO25 JO58 JO59 JO60 JO63 people without a phone are written for, and a board is talked about, looked through, put back and cleared of somebody', async ({
	server,
	people
}) => {
	const { look, found } = looking();
	const ada = await Ada.arrives(people, server);
	const desk = ada.page;
	const code = await ada.opensWorkshop('Everybody in it', EXERCISE.id);
	const ben = await Participant.arrives(people, server, 'Ben');
	const phone = ben.page;
	await ben.joins(code, 'Ben');
	await ada.starts(EXERCISE.title);
	await ada.goesOn('write');
	const who = desk.getByLabel(m.write_for_who());
	const at = desk.url();

	await test.step('Ada types in for two people, by keys', async () => {
		await desk.getByRole('button', { name: m.desk_more() }).press('Enter');
		await desk.getByRole('menuitem', { name: m.write_for_link() }).press('Enter');
		await expect(who).toBeFocused();
		await desk.waitForLoadState('networkidle');
		await look(desk, 'typing in, for nobody yet');
		for (const [name, words] of [
			['Dora', DORA],
			['Emil', EMIL]
		] as const) {
			await who.fill(name);
			await desk.keyboard.press('Enter');
			const composer = desk.getByRole('form', { name: m.board_composer() }).getByLabel(MAIN);
			await expect(composer).toBeFocused();
			await desk.keyboard.type(words);
			await desk.keyboard.press('Enter');
			const cards = desk.getByRole('region', { name: m.write_for_cards_of({ name }) });
			await expect(cards.getByText(words)).toBeVisible();
			if (name === 'Dora') await look(desk, 'typing in for Dora');
			await desk.keyboard.press('Escape');
			await expect(who).toBeFocused();
		}
	});

	await test.step('Ben writes for somebody beside him', async () => {
		await phone.getByText(m.write_for_beside()).press('Enter');
		await phone.getByLabel(m.write_for_name()).fill('Fatou');
		await phone.keyboard.press('Enter');
		const writing = phone.getByRole('button', { name: m.write_for_writing({ name: 'Fatou' }) });
		await expect(writing).toBeVisible();
		await look(phone, 'somebody beside me');
		await writing.press('Enter');
		await expect(phone.getByText(m.write_for_strip({ name: 'Fatou' }))).toBeVisible();
		await isSomewhere(phone);
		await ben.composer.getByLabel(MAIN).fill(FATOU);
		await ben.putsDown();
		await ben.hasSaved();
		await look(phone, 'written for somebody beside me');
		await phone.getByRole('button', { name: m.write_for_back() }).press('Enter');
		await expect(phone.getByText(m.write_for_strip({ name: 'Fatou' }))).toHaveCount(0);
		await isSomewhere(phone);
	});

	await test.step('a comment is added, taken back, brought back, and removed', async () => {
		await desk.goto(at);
		await desk.waitForLoadState('networkidle');
		await ada.goesOn('share');
		await ben.isIn('share');
		await cardOn(phone, DORA).getByRole('button', { name: m.board_open_card() }).press('Enter');
		const card = phone.getByRole('dialog');
		await isWalked(phone);
		await card.getByLabel(m.board_comment_write()).fill(COMMENT);
		await card.getByRole('button', { name: m.board_comment_add() }).press('Enter');
		await expect(card.getByText(COMMENT)).toBeVisible();
		await isSomewhere(phone);
		await look(phone, 'a comment');
		await card.getByRole('button', { name: m.board_comment_remove() }).press('Enter');
		await expect(card.getByText(m.board_comment_removed())).toBeVisible();
		await isSomewhere(phone);
		await look(phone, 'a comment taken back');
		await card.getByRole('button', { name: m.board_undo() }).press('Enter');
		await expect(card.getByText(COMMENT)).toBeVisible();
		await isSomewhere(phone);
		await phone.keyboard.press('Escape');
		await expect(card).toHaveCount(0);

		await cardOn(desk, DORA).getByRole('button', { name: m.board_open_card() }).press('Enter');
		const opened = desk.getByRole('dialog').filter({ hasText: DORA });
		const remove = opened.getByRole('button', { name: m.board_comment_remove() });
		await byKeys(remove, m.board_comment_remove_title(), () =>
			look(desk, 'to remove somebody’s comment')
		);
		await look(desk, 'a card at the desk');
		await remove.press('Enter');
		await desk.getByRole('button', { name: m.board_comment_remove_yes() }).press('Enter');
		await expect(opened.getByText(COMMENT)).toHaveCount(0);
		await isSomewhere(desk);
		await desk.keyboard.press('Escape');
		await expect(opened).toHaveCount(0);
	});

	await test.step('the board is looked through, at the desk and on a phone', async () => {
		const find = desk.getByRole('searchbox', { name: m.sifting_search() });
		await find.fill('ramp');
		await expect(cardOn(desk, DORA)).toHaveCount(0);
		await expect(cardOn(desk, EMIL)).toBeVisible();
		await desk.getByRole('button', { name: m.sifting_clear() }).press('Enter');
		await expect(cardOn(desk, DORA)).toBeVisible();
		await isSomewhere(desk);
		const filter = desk.getByRole('button', { name: m.sifting_filter() });
		await byKeys(filter, m.sifting_title(), () => look(desk, 'what to filter by'));
		await filter.press('Enter');
		const dialog = desk.getByRole('dialog', { name: m.sifting_title() });
		await dialog.getByRole('checkbox', { name: /^Emil/ }).press('Space');
		await dialog.getByRole('button', { name: m.sifting_show({ count: 1 }) }).press('Enter');
		await expect(cardOn(desk, DORA)).toHaveCount(0);
		await look(desk, 'a board filtered');
		await desk.getByRole('button', { name: m.board_take_off({ what: 'Emil' }) }).press('Enter');
		await expect(cardOn(desk, DORA)).toBeVisible();
		await isSomewhere(desk);
		await desk.getByLabel(m.sifting_sort()).selectOption({ index: 1 });
		await desk.getByRole('button', { name: m.sifting_clear() }).press('Enter');

		await phone.getByRole('button', { name: m.sifting_open() }).press('Enter');
		await isSomewhere(phone);
		await phone.getByRole('searchbox', { name: m.sifting_search() }).fill('bus');
		await expect(cardOn(phone, EMIL)).toHaveCount(0);
		await look(phone, 'a board looked through, on a phone');
		await byKeys(phone.getByRole('button', { name: m.sifting_filter() }), m.sifting_title(), () =>
			look(phone, 'what to filter by, on a phone')
		);
		await phone.getByRole('button', { name: m.sifting_clear() }).press('Enter');
	});

	await test.step('what was grouped is played back, and put back', async () => {
		await desk.getByRole('heading', { name: m.desk_board() }).click();
		await ada.goesOn('group');
		await dragByKeys(desk, cardOn(desk, EMIL), m.board_said_on_card({ words: DORA }));
		await expect(groupOn(phone)).toBeVisible();
		await desk.getByRole('link', { name: m.history_link() }).press('Enter');
		const slider = desk.getByRole('slider', { name: m.history_slider() });
		await expect(slider).toBeVisible();
		await desk.waitForLoadState('networkidle');
		const first = desk.getByText(m.history_first());
		await slider.press('Home');
		await expect(first).toBeVisible();
		await desk.getByRole('button', { name: m.history_play() }).press('Enter');
		await expect(first).toHaveCount(0);
		await slider.press('Home');
		await expect(first).toBeVisible();
		await look(desk, 'a history');
		const back = desk.getByRole('button', { name: /^Put the board back/ });
		await byKeys(back, /^Put the board back/, () => look(desk, 'to put a board back'));
		await back.press('Enter');
		await desk.getByRole('button', { name: m.history_yes() }).press('Enter');
		await expect(groupOn(phone)).toHaveCount(0);
		await expect(desk.getByText(m.history_done_undo())).toBeVisible();
		await isSomewhere(desk);
		await look(desk, 'a board put back');
	});

	await test.step('Ada votes for Emil', async () => {
		await desk.goto(at);
		await desk.waitForLoadState('networkidle');
		await ada.goesOn('vote');
		await desk.goto(`${at}/write`);
		await desk.getByRole('button', { name: 'Emil', exact: true }).press('Enter');
		await expect(
			desk.getByRole('heading', { name: m.write_for_voting({ name: 'Emil' }) })
		).toBeVisible();
		await isSomewhere(desk);
		const words = FATOU;
		await desk.getByRole('button', { name: m.room_vote_give({ words, count: 0 }) }).press('Enter');
		await expect(desk.getByText(m.room_vote_left({ count: 4 }))).toBeVisible();
		await look(desk, 'voting for Emil');
		await desk.getByRole('button', { name: m.write_for_next() }).press('Enter');
		await expect(who).toBeFocused();
	});

	await test.step('Dora is erased', async () => {
		await desk.goto(at);
		await desk.waitForLoadState('networkidle');
		const all = desk.getByRole('banner').getByRole('button', { name: m.desk_in_the_room() });
		await byKeys(all, m.desk_people(), () => look(desk, 'who is here'));
		await all.press('Enter');
		await desk.getByRole('dialog').getByRole('button', { name: /^Dora/ }).press('Enter');
		await expect(desk.getByRole('button', { name: m.desk_people_back() })).toBeFocused();
		await isWalked(desk);
		await look(desk, 'Dora');
		const erase = desk.getByRole('button', { name: m.desk_person_erase_ask() });
		const title = m.desk_person_erase_title({ name: 'Dora' });
		await byKeys(erase, title, () => look(desk, 'to erase Dora'));
		await erase.press('Enter');
		await desk
			.getByRole('dialog', { name: title })
			.getByRole('button', { name: m.desk_person_erase_yes() })
			.press('Enter');
		await expect(desk.getByText(m.desk_person_erased({ name: 'Dora' }))).toBeVisible();
		await isSomewhere(desk);
		await ada.shuts();
		await expect(phone.getByText(DORA)).toHaveCount(0);
	});
	expect(found).toEqual([]);
});
