/** What two hands do to one thing: a second tap, a second tab, a second board, a second press. */
import { expect, type Page } from '@playwright/test';
import { m } from '../../src/lib/paraglide/messages.js';
import { findExercise } from '../../src/shared/exercises/catalogue.ts';
import type { Exercise } from '../../src/shared/exercises/format.ts';
import { Ada } from './support/ada.ts';
import { gives } from './support/gives.ts';
import { Line } from './support/line.ts';
import { Participant } from './support/participant.ts';
import { AWAY } from './support/people.ts';
import { Remote } from './support/remote.ts';
import { test } from './support/test.ts';

const FIRST = findExercise('barrier')!;
const SECOND = findExercise('six-ps')!;
const THIRD = findExercise('advocate')!;
const MAIN = FIRST.fields.find((field) => field.main)!.title;
const YES = 'Yes';
const NO = 'No';

/** A workshop of these, not opened yet, and Ada at its desk. */
async function prepares(ada: Ada, title: string, exercises: Exercise[]): Promise<void> {
	const { page } = ada;
	const made = await page.evaluate(
		async ([title, ...agenda]) => {
			const body = JSON.stringify({ title, language: 'en', anonymous: false, agenda });
			const headers = { 'content-type': 'application/json' };
			return (await fetch('/api/v1/workshops', { method: 'POST', headers, body })).json();
		},
		[title, ...exercises.map(({ id }) => id)]
	);
	await page.goto(new URL(`/workshops/${made.id}`, page.url()).href);
	await page.waitForLoadState('networkidle');
}

test('PO9 without a network one hand and then the other is the other alone, also in a tab that is opened again', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const code = await ada.opensWorkshop('One hand each', FIRST.id);
	const line = await Line.to(server);
	const ben = await Participant.arrives(people, line, 'Ben');
	ben.opened.forgive(AWAY);
	await ben.joins(code, 'Ben');
	await ada.starts(FIRST.title);
	await ada.goesOn('write');
	await ben.composer.getByLabel(MAIN).fill('Written at the table');
	await ben.putsDown();
	await ben.hasSaved();
	await ben.isKeptHere();
	await gives(ada.page, {
		type: 'ask',
		poll: { kind: 'hands', question: 'Shall we go on?', options: [YES, NO] }
	});
	const hand = (name: string) => ben.page.getByRole('radio', { name, exact: true });
	const isUp = async (name: string) => {
		const other = name === YES ? NO : YES;
		await expect(hand(name)).toBeChecked();
		const bars = ada.page.getByRole('main').getByRole('listitem');
		await expect(bars.filter({ hasText: name })).toContainText('1');
		await expect(bars.filter({ hasText: other })).toContainText('0');
	};
	const away = () => expect(ben.page.getByText(m.room_offline())).toBeVisible();
	await expect(hand(YES)).toBeVisible();

	await line.cut();
	await away();
	await hand(YES).check();
	await hand(NO).check();
	await expect(ben.page.getByText(m.polls_hands_say())).toBeVisible();
	await ben.opensAgain();
	await expect(hand(NO)).toBeChecked();
	await expect(ben.page.getByText(m.polls_in())).toHaveCount(0);
	await line.mend();
	await isUp(NO);
	await expect(ben.page.getByText(m.polls_in())).toBeVisible();

	// What the server has been told goes down with the same tap.
	await line.cut();
	await away();
	await hand(YES).check();
	await expect(ben.page.getByText(m.polls_in())).toHaveCount(0);
	await ben.opensAgain();
	await expect(hand(YES)).toBeChecked();
	await line.mend();
	await isUp(YES);
	await expect(ben.page.getByText(m.polls_in())).toBeVisible();
	await expect(ben.page.getByRole('alert')).toHaveCount(0);
	await line.cut();
});

test('DE61 what is chosen from on the remote goes with its board, and does not open over the next', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	await prepares(ada, 'The list goes', [FIRST, SECOND]);
	await ada.opensDoors();
	const { page: phone } = await Remote.opens(ada);
	const light = phone.getByRole('button', { name: m.remote_spotlight() });
	const list = phone.getByRole('dialog', { name: m.remote_spotlight_title() });
	const opens = async () => {
		await light.click();
		await expect(list).toBeVisible();
	};
	await gives(ada.page, { type: 'start', exercise: 0 });
	await gives(ada.page, { type: 'go', phase: 'share' });
	await opens();
	await gives(ada.page, {
		type: 'ask',
		poll: { kind: 'hands', question: 'Shall we go on?', options: [YES, NO] }
	});
	await expect(list).toHaveCount(0);
	await gives(ada.page, { type: 'finish' });
	await expect(light).toBeVisible();
	await expect(list).toHaveCount(0);

	await opens();
	await gives(ada.page, { type: 'finish' });
	await expect(list).toHaveCount(0);
	await gives(ada.page, { type: 'start', exercise: 1 });
	await gives(ada.page, { type: 'go', phase: 'share' });
	await expect(light).toBeVisible();
	await expect(list).toHaveCount(0);
	await opens();
});

test('DE62 a name that another desk gave stands in the field, and is not undone by leaving it', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	await prepares(ada, 'By the lake', [FIRST]);
	const beside = await ada.page.context().newPage();
	await beside.goto(ada.page.url());
	await beside.waitForLoadState('networkidle');
	const name = (on: Page) => on.getByLabel(m.home_workshop_name(), { exact: true });
	const stands = async (title: string) => {
		for (const one of [ada.page, beside]) await expect(name(one)).toHaveValue(title);
	};
	await name(ada.page).fill('By the river');
	await name(ada.page).press('Enter');
	await expect(beside.getByRole('heading', { level: 1 })).toHaveText('By the river');
	await name(beside).focus();
	await name(beside).blur();
	// What comes after it on the same line: had it renamed, that would have come first.
	await gives(beside, { type: 'set-anonymous', anonymous: true });
	await expect(ada.page.getByRole('radio', { name: m.home_anonymous() })).toBeChecked();
	await stands('By the river');

	// What is being typed stays, and an empty name is none.
	await name(beside).fill('By the sea, or');
	await name(ada.page).fill('By the bridge');
	await name(ada.page).blur();
	await expect(beside.getByRole('heading', { level: 1 })).toHaveText('By the bridge');
	await expect(name(beside)).toHaveValue('By the sea, or');
	await name(beside).fill(' ');
	await name(beside).blur();
	await stands('By the bridge');
});

test('DE63 a row of the agenda that is moved by keys keeps them', async ({ server, people }) => {
	const ada = await Ada.arrives(people, server);
	await prepares(ada, 'Three in a row', [FIRST, SECOND, THIRD]);
	const { page } = ada;
	const { title } = FIRST;
	const arrow = (name: string) => page.getByRole('button', { name, exact: true });
	const rows = page.getByRole('region', { name: m.desk_agenda() }).getByRole('listitem');
	await arrow(m.desk_move_down({ title })).press('Enter');
	await expect(rows.nth(1)).toContainText(title);
	await expect(arrow(m.desk_move_down({ title }))).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(rows.nth(2)).toContainText(title);
	// Further down it does not go.
	await expect(arrow(m.desk_move_up({ title }))).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(rows.nth(1)).toContainText(title);
	await page.keyboard.press('Enter');
	await expect(rows.nth(0)).toContainText(title);
	await expect(arrow(m.desk_move_down({ title }))).toBeFocused();
});

test('DE64 what was asked for and refused is said: the rest of who plays, and what cards tell of people', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const code = await ada.opensWorkshop('Refused', FIRST.id);
	const { page } = ada;
	ada.opened.forgive(/503/);
	const button = (name: string) => page.getByRole('button', { name, exact: true });
	const refuses = (path: RegExp) =>
		page.route(path, (route) =>
			route.fulfill({ status: 503, json: { error: { code: 'try-again' } } })
		);

	const ben = await Participant.arrives(people, server, 'Ben');
	await ben.joins(code, 'Ben');
	const dialog = await ada.opens(m.tables_title());
	const sentence = dialog.getByText(m.refusal_try_again());
	const nobody = dialog.getByText(m.tables_known_nobody());
	await refuses(/\/known$/);
	await dialog.getByRole('radio', { name: m.tables_by_language() }).check();
	await expect(sentence).toBeVisible();
	await expect(nobody).toHaveCount(0);
	await page.unroute(/\/known$/);
	await dialog.getByRole('radio', { name: m.tables_by_country() }).check();
	await expect(nobody).toBeVisible();
	await expect(sentence).toHaveCount(0);
	await ada.shuts();

	await page.goto(`${server.url}/workshops`);
	await page.waitForLoadState('networkidle');
	await button(m.rehearsal_begin_named({ title: 'Refused' })).click();
	await expect(page.getByRole('complementary', { name: m.rehearsal_title() })).toBeVisible();
	await page.waitForLoadState('networkidle');
	await refuses(/\/rehearsal$/);
	await button(m.rehearsal_rest()).click();
	const said = page.getByRole('alert').filter({ hasText: m.refusal_try_again() });
	await expect(said).toBeVisible();
	await page.unroute(/\/rehearsal$/);
	await button(m.rehearsal_rest()).click();
	await expect(button(m.rehearsal_go_on_people())).toBeVisible();
	await expect(said).toHaveCount(0);
});
