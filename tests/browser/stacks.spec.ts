/** The same idea, several times: stacked, opened by tap and by key, and laid side by side again. */
import { expect } from '@playwright/test';
import { m } from '../../src/lib/paraglide/messages.js';
import { findExercise } from '../../src/shared/exercises/catalogue.ts';
import { Ada } from './support/ada.ts';
import { Participant } from './support/participant.ts';
import { cardOn, dragByKeys, groupOn } from './support/surface.ts';
import { test } from './support/test.ts';

const EXERCISE = findExercise('barrier')!;
const MAIN = EXERCISE.fields.find((field) => field.main)!.title;
const [TOP, BELOW, LOOSE] = ['Nobody asked us', 'We were never asked', 'No budget for travel'];

test('BO26 BO27 BO28 BO29 the room stacks what is the same, opens it by tap and by key, and lays it side by side again', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const code = await ada.opensWorkshop('By the lake', EXERCISE.id);
	const ben = await Participant.arrives(people, server, 'Ben');
	const chidi = await Participant.arrives(people, server, 'Chidi', 'laptop');
	await ben.joins(code, 'Ben');
	await chidi.joins(code, 'Chidi');
	await ada.starts(EXERCISE.title);
	await ada.goesOn('write');
	for (const [one, words] of [
		[ben, TOP],
		[chidi, BELOW],
		[ben, LOOSE]
	] as const) {
		await one.composer.getByLabel(MAIN).fill(words);
		await one.putsDown();
		await one.hasSaved();
	}
	await ada.goesOn('share');
	await ada.goesOn('group');
	const desk = ada.page;

	// By keys alone: one onto the other, and then said to be the same.
	await dragByKeys(desk, cardOn(desk, BELOW), m.board_said_on_card({ words: TOP }));
	const more = (title: string) =>
		desk.getByRole('button', { name: m.board_group_more({ title }), exact: true });
	const choose = async (title: string, what: string) => {
		await more(title).press('Enter');
		await desk.getByRole('menuitem', { name: what }).press('Enter');
	};
	await choose(m.board_group_untitled(), m.board_group_make_same());
	const stack = groupOn(desk, TOP);
	const head = stack.getByRole('button', {
		name: m.board_group_cards_of({ cards: m.board_cards({ count: 2 }), title: TOP })
	});
	await expect(head).toHaveAttribute('aria-expanded', 'false');
	await expect(
		stack.getByRole('button', { name: m.board_move_group({ title: TOP }) })
	).toBeFocused();
	await expect(cardOn(desk, TOP)).toBeVisible();
	await expect(cardOn(desk, BELOW)).toHaveCount(0);
	await expect(stack.getByText(m.board_stack_under({ count: 1 }))).toContainText('Chidi');

	// By key it opens and shuts, and the focus stays.
	await head.press('Enter');
	await expect(cardOn(desk, BELOW)).toBeVisible();
	await expect(head).toHaveAttribute('aria-expanded', 'true');
	await expect(head).toBeFocused();
	await head.press(' ');
	await expect(cardOn(desk, BELOW)).toHaveCount(0);

	// By tap on a phone, for that person alone.
	await expect(cardOn(ben.page, TOP)).toBeVisible();
	await expect(cardOn(ben.page, BELOW)).toHaveCount(0);
	await groupOn(ben.page, TOP)
		.getByRole('button', { name: m.board_cards({ count: 2 }) })
		.tap();
	await expect(cardOn(ben.page, BELOW)).toBeVisible();
	await expect(cardOn(desk, BELOW)).toHaveCount(0);

	// What is dropped into it lies under it, and the focus is on the stack.
	await dragByKeys(desk, cardOn(desk, LOOSE), m.board_said_on_group({ title: TOP }));
	await expect(stack.getByText(m.board_stack_under({ count: 2 }))).toBeVisible();
	await expect(
		stack.getByRole('button', { name: m.board_move_group({ title: TOP }) })
	).toBeFocused();

	// Side by side again, and undone.
	await choose(TOP, m.board_stack_apart());
	await expect(stack).toHaveCount(0);
	for (const words of [TOP, BELOW, LOOSE]) await expect(cardOn(desk, words)).toBeVisible();
	await expect(cardOn(desk, TOP)).toBeFocused();
	await desk.getByRole('button', { name: m.room_undo(), exact: true }).click();
	await expect(stack.getByText(m.board_stack_under({ count: 2 }))).toBeVisible();
	await expect(cardOn(desk, BELOW)).toHaveCount(0);
});
