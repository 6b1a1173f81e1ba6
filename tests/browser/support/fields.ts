/** Fills in the fields of a card as a person does, whatever their types: from the exercise's data alone. */
import { expect, type Locator } from '@playwright/test';
import { m } from '../../../src/lib/paraglide/messages.js';
import { COUNTRIES, countryName } from '../../../src/shared/exercises/countries.ts';
import type { Exercise, Field } from '../../../src/shared/exercises/format.ts';
import { SDG_TARGETS } from '../../../src/shared/exercises/sdg.ts';

/** Fills one field; answers with words of it that a reader of the card must find, or null for a figure. */
export async function fillIn(
	form: Locator,
	exercise: Exercise,
	field: Field,
	from = 'KE'
): Promise<string | null> {
	switch (field.type) {
		case 'text':
		case 'paragraph': {
			const words = `${field.title}, in words`;
			await form.getByLabel(field.title, { exact: true }).fill(words);
			return words;
		}
		case 'choice':
			return choose(form, exercise, field);
		case 'scale': {
			const scale = form.getByRole('group', { name: field.title });
			await scale.getByRole('radio', { name: '4', exact: true }).check();
			return null;
		}
		case 'country': {
			const country = countryName(
				COUNTRIES.find((code) => code === from)!,
				'en'
			);
			await find(form, field, country.slice(0, 4), country);
			await expect(form.getByLabel(field.title, { exact: true })).toHaveValue(country);
			return country;
		}
		case 'sdg-target': {
			const target = SDG_TARGETS.find(({ id }) => id === '4.6')!;
			await find(form, field, target.id, target.id);
			return target.id;
		}
		case 'person': {
			const combobox = form.getByRole('combobox', { name: field.title, exact: true });
			await combobox.fill('Fatima, from the ministry');
			await combobox.press('Enter');
			return 'Fatima, from the ministry';
		}
		case 'link': {
			await form.getByLabel(field.title, { exact: true }).fill('https://example.org/library');
			return 'https://example.org/library';
		}
	}
}

/** Chips where a card's tab, several, or own words are asked for; else the device's picker. */
async function choose(
	form: Locator,
	exercise: Exercise,
	field: Extract<Field, { type: 'choice' }>
): Promise<string> {
	const [first] = field.options;
	if (!field.several && !field.other && field.id !== exercise.tab) {
		await form.getByLabel(field.title, { exact: true }).selectOption({ label: first!.title });
		return first!.title;
	}
	const chips = form.getByRole('group', { name: field.title });
	await chips.getByLabel(first!.title, { exact: true }).check();
	if (!field.several || !field.other) return first!.title;
	await chips.getByLabel(m.board_other(), { exact: true }).check();
	await form.getByLabel(m.board_other_words()).fill('In a way of our own');
	return 'In a way of our own';
}

/** Types into a long list, and takes what it finds. */
async function find(form: Locator, field: Field, typed: string, title: string): Promise<void> {
	await form.getByRole('combobox', { name: field.title, exact: true }).fill(typed);
	await form.getByRole('option').filter({ hasText: title }).first().click();
}
