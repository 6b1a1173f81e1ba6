/** What takes something away can be taken back, or asks, and says what is lost. */
import { expect, type Page } from '@playwright/test';
import { m } from '../../src/lib/paraglide/messages.js';
import { findExercise } from '../../src/shared/exercises/catalogue.ts';
import type { Phase } from '../../src/shared/exercises/format.ts';
import { Ada } from './support/ada.ts';
import { EXERCISE } from './support/barrier.ts';
import { isSound } from './support/looks.ts';
import { Participant } from './support/participant.ts';
import type { People } from './support/people.ts';
import { Remote } from './support/remote.ts';
import type { ServerProcess } from './support/server.ts';
import { test } from './support/test.ts';

const CHALLENGE = findExercise('common-challenge')!;
const SAME = ['no time!!', 'No time, only me and one volunteer', 'No time. The day is over at two'];

/** Ada's desk with one exercise in `share`, and Ben, who has written there. */
async function aRoom(
	people: People,
	server: ServerProcess,
	exercise: typeof EXERCISE,
	words: string[]
): Promise<{ ada: Ada; ben: Participant }> {
	const ada = await Ada.arrives(people, server);
	const code = await ada.opensWorkshop('Second thoughts', exercise.id);
	const ben = await Participant.arrives(people, server, 'Ben');
	await ben.joins(code, 'Ben');
	await ada.starts(exercise.title);
	await goes(ada, 'write');
	const main = exercise.fields.find((field) => field.main)!.title;
	for (const text of words) {
		await ben.composer.getByLabel(main).first().fill(text);
		if (exercise === CHALLENGE) await saysWhoHeIs(ben);
		await ben.putsDown();
	}
	await ben.hasSaved();
	await goes(ada, 'share');
	return { ada, ben };
}
/** What that exercise asks of everybody. */
async function saysWhoHeIs({ composer, page }: Participant): Promise<void> {
	await composer.getByLabel('My country').fill('Kenya');
	await page.getByRole('option', { name: 'Kenya' }).click();
	await composer.getByRole('radio', { name: 'Public' }).check();
}
/** Without the keys: what is pressed here is something else. */
async function goes(ada: Ada, phase: Phase): Promise<void> {
	const address = new URL(ada.page.url());
	const answer = await ada.page.request.post(
		`${address.origin}/api/v1${address.pathname}/commands`,
		{
			data: { type: 'go', phase },
			headers: { origin: address.origin }
		}
	);
	expect(answer.ok()).toBe(true);
	await ada.isIn(phase);
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

test('MS21 MS22 MS23 what was left among the suggestions comes back, at once or later', async ({
	server,
	people
}) => {
	const { ada } = await aRoom(people, server, EXERCISE, SAME);
	const { page } = ada;
	await goes(ada, 'group');
	await press(page, m.suggestions_look());
	const leave = page.getByRole('button', { name: m.suggestions_leave_of({ title: SAME[0]! }) });
	const undo = page.getByRole('button', { name: m.suggestions_undo_of({ title: SAME[0]! }) });
	const aside = page.getByText(m.suggestions_aside_one(), { exact: true });
	await expect(aside).toHaveCount(0);
	await leave.click();
	await expect(leave).toHaveCount(0);
	await expect(aside).toBeVisible();
	await isSound(page, 'a suggestion that was left');
	await undo.click();
	await expect(leave).toBeVisible();
	await expect(
		page.getByRole('button', { name: m.suggestions_group_of({ title: SAME[0]! }) })
	).toBeFocused();
	await expect(aside).toHaveCount(0);

	await leave.click();
	await expect(aside).toBeVisible();
	await page.reload();
	await press(page, m.suggestions_look());
	await expect(aside).toBeVisible();
	await expect(leave).toHaveCount(0);
	await press(page, m.suggestions_show_one_again());
	await expect(leave).toBeVisible();
	await expect(aside).toHaveCount(0);
});

test('VO23 a round in which somebody has voted is taken back only after it was asked', async ({
	server,
	people
}) => {
	const { ada, ben } = await aRoom(people, server, EXERCISE, SAME);
	const { page } = ada;
	await goes(ada, 'vote');
	await ben.votesFor(SAME[0]!);
	await expect(page.getByText(m.voting_voted_dots({ some: 1, of: 1, all: 0 }))).toBeVisible();
	await press(page, m.tempo_more_settings());
	await page.getByRole('menuitem', { name: m.voting_again() }).click();
	const again = page.getByRole('dialog', { name: m.voting_again_title() });
	await again.getByRole('button', { name: m.voting_again_yes() }).click();
	await expect(again).toBeHidden();
	await ben.hasDots(5);
	// What was told of the round before is not told of this one.
	await expect(page.getByText(m.voting_voted_dots({ some: 1, of: 1, all: 0 }))).toBeHidden();
	await ben.votesFor(SAME[1]!);
	await expect(page.getByText(m.voting_voted_dots({ some: 1, of: 1, all: 0 }))).toBeVisible();

	const asks = page.getByRole('dialog', { name: m.undo_votes_title() });
	await page.keyboard.press('u');
	await expect(asks).toContainText(m.undo_votes_what_one());
	await isSound(page, 'the question before a round is taken back');
	await asks.getByRole('button', { name: m.undo_votes_no() }).click();
	await expect(asks).toBeHidden();
	await ben.hasDots(4);

	const remote = await Remote.opens(ada);
	await press(remote.page, m.remote_more());
	await remote.page.getByRole('menuitem', { name: m.undo_new_round() }).click();
	const there = remote.page.getByRole('dialog', { name: m.undo_votes_title() });
	await expect(there).toContainText(m.undo_votes_what_one());
	await there.getByRole('button', { name: m.undo_votes_yes() }).click();
	// What had been cast before is theirs again.
	await expect(
		ben.page.getByRole('button', { name: m.room_vote_take_back({ words: SAME[0]! }) })
	).toBeVisible();
	await ben.hasDots(4);
});

test('MT16 PE17 matching anew, and removing somebody, say first what does not come back', async ({
	server,
	people
}) => {
	const { ada, ben } = await aRoom(people, server, CHALLENGE, ['Nobody pays for shelves']);
	const { page } = ada;
	const asksFor = async (button: string, ...said: string[]) => {
		const panel = await ada.looksUp('Ben');
		await panel.getByRole('button', { name: button, exact: true }).click();
		const sure = page.getByRole('dialog', { name: m.desk_person_remove_title({ name: 'Ben' }) });
		for (const one of said) await expect(sure).toContainText(one);
		await sure.getByRole('button', { name: m.desk_person_keep() }).click();
		await expect(sure).toBeHidden();
		await ada.shuts();
	};
	await asksFor(m.desk_person_remove_go(), m.desk_person_remove_go_what());

	await press(page, m.matching_match());
	await press(page, m.matching_more());
	await page.getByRole('menuitem', { name: m.matching_anew() }).click();
	const anew = page.getByRole('dialog', { name: m.matching_anew_title() });
	await expect(anew).toContainText(m.matching_anew_what());
	expect(m.matching_anew_what()).toContain('do not come back');
	await anew.getByRole('button', { name: m.matching_anew_no() }).click();
	await expect(anew).toBeHidden();

	const matched = m.desk_person_remove_matched();
	await asksFor(m.desk_person_remove_stay(), m.desk_person_remove_stay_what(), matched);
	await asksFor(m.desk_person_remove_go(), m.desk_person_remove_go_what(), matched);
	await expect(ben.page.getByText('Nobody pays for shelves').first()).toBeVisible();
});
