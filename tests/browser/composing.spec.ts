/** An input method, as phones have one: what others write into the same text meanwhile is not lost. */
import { expect, type Locator } from '@playwright/test';
import { findExercise } from '../../src/shared/exercises/catalogue.ts';
import { m } from '../../src/lib/paraglide/messages.js';
import { Ada } from './support/ada.ts';
import { Participant } from './support/participant.ts';
import { test } from './support/test.ts';

const EXERCISE = findExercise('barrier')!;
const MAIN = EXERCISE.fields.find((field) => field.main)!.title;

const caretIn = (field: Locator) =>
	field.evaluate((element) => (element as HTMLTextAreaElement).selectionStart);

test('CL47 BO24 a word that is composed leaves what is written on another device, and what is put down what is typed next', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const code = await ada.opensWorkshop('By the lake', EXERCISE.id);
	const phone = await Participant.arrives(people, server, 'Ben');
	await phone.joins(code, 'Ben');
	await ada.starts(EXERCISE.title);
	await ada.goesOn('write');
	const laptop = await phone.opensBeside();
	const [here, there] = [phone, laptop].map(({ composer }) => composer.getByLabel(MAIN)) as [
		Locator,
		Locator
	];
	const keyboard = await phone.page.context().newCDPSession(phone.page);
	const compose = (text: string) =>
		keyboard.send('Input.imeSetComposition', {
			text,
			selectionStart: text.length,
			selectionEnd: text.length
		});

	await here.focus();
	for (const word of ['M', 'Mon', 'Money']) await compose(word);
	await expect(there).toHaveValue('Money');
	await there.press('End');
	await there.pressSequentially(', mostly');
	await there.press('Home');
	await there.pressSequentially('Too little ');
	await expect(there).toHaveValue('Too little Money, mostly');
	await laptop.hasSaved();
	await compose('Moneys');
	await expect(there).toHaveValue('Too little Moneys, mostly');
	await expect(here).toHaveValue('Moneys');
	await keyboard.send('Input.insertText', { text: 'Monies' });
	for (const field of [here, there]) await expect(field).toHaveValue('Too little Monies, mostly');
	expect(await caretIn(here)).toBe('Too little Monies'.length);
	await compose(' and time');
	await keyboard.send('Input.insertText', { text: ' and time' });
	for (const field of [here, there])
		await expect(field).toHaveValue('Too little Monies and time, mostly');

	// On a slow phone a letter may come before the frame in which the page learns what was put down.
	await phone.page.evaluate(() => (globalThis.requestAnimationFrame = () => 0));
	await phone.composer
		.getByRole('button', { name: m.board_put_down(), exact: true })
		.evaluate((button: HTMLElement) => button.click());
	await here.evaluate((field: HTMLTextAreaElement) => {
		field.setRangeText('Nobody asked', 0, field.value.length, 'end');
		field.dispatchEvent(new InputEvent('input', { bubbles: true }));
	});
	await expect(laptop.ownCards.getByText('Too little Monies and time, mostly')).toBeVisible();
	await expect(there).toHaveValue('Nobody asked');
});
