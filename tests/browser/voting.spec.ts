/** A room decides in every way there is: a desk, the wall, a phone and a laptop. */
import { expect, type Page } from '@playwright/test';
import { m } from '../../src/lib/paraglide/messages.js';
import { scoreOf, WAY_WORDS } from '../../src/lib/voting/score.ts';
import type { Way } from '../../src/shared/facilitation/ways.ts';
import { votedWords } from '../../src/lib/facilitation/voted-words.ts';
import { plainVoting } from '../../src/shared/facilitation/ways.ts';
import { findExercise } from '../../src/shared/exercises/catalogue.ts';
import { Ada } from './support/ada.ts';
import { isSound } from './support/looks.ts';
import { Participant } from './support/participant.ts';
import { RoomScreen } from './support/room-screen.ts';
import { test } from './support/test.ts';

const EXERCISE = findExercise('barrier')!;
const MAIN = EXERCISE.fields.find((field) => field.main)!.title;
const TIME = 'Nobody has an afternoon';
const MONEY = 'Our budgets never match';
const TRUST = 'We had never met';
const PLACE = { x: 'Effort', y: 'Effect' };

test('VO46 what something came to is said in the words of how the room voted', () => {
	expect(scoreOf('rating', 4.2, 12)).toEqual({ figure: '4.2', words: '4.2 of 5 · 12 people' });
	expect(scoreOf('rating', 4)).toEqual({ figure: '4.0', words: '4.0 of 5' });
	expect(scoreOf('pairs', 71)).toEqual({ figure: '71%', words: 'won 71% of its comparisons' });
	expect(scoreOf('order', 1).words).toBe('1 point');
	expect(scoreOf('dots', 3)).toEqual({ figure: '3', words: m.room_dots({ count: 3 }) });
});

test('VO52 how many have voted is said by numbers, while the room votes', () => {
	const board = { phase: 'vote' as const, revealed: true, voting: plainVoting() };
	const people = [{ here: true }, { here: true }, { here: false }];
	expect(votedWords(board, undefined, people)).toBe(m.voting_voted({ some: 0, of: 2 }));
	const all = { some: 3, of: 3, all: 1 };
	expect(votedWords(board, all, people)).toBe(m.voting_voted_dots(all));
	const pairs = { ...board, voting: { ...plainVoting(), way: 'pairs' as const } };
	expect(votedWords(pairs, all, people)).toBe(m.voting_voted(all));
	expect(votedWords({ ...board, phase: 'discuss' }, all, people)).toBeNull();
});

test('VO42 VO43 VO44 VO45 VO48 VO49 VO50 VO51 VO52 VO53 a room votes in all five ways, and once more on what is tied', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const desk = ada.page;
	const code = await ada.opensWorkshop('We decide', EXERCISE.id);
	const screen = await RoomScreen.opens(people, ada);
	const wall = screen.page;
	const ben = await Participant.arrives(people, server, 'Ben');
	const chidi = await Participant.arrives(people, server, 'Chidi', 'laptop');
	await Promise.all([ben.joins(code, 'Ben'), chidi.joins(code, 'Chidi')]);
	const both = [ben.page, chidi.page];
	const isVoted = (some: number, all: number) =>
		expect(desk.getByText(m.voting_voted_all({ some, of: 2, all }))).toBeVisible();

	await test.step('three cards are written, and the room is to mark them', async () => {
		await ada.starts(EXERCISE.title);
		await ada.goesOn('write');
		for (const [who, words] of [
			[ben, TIME],
			[ben, MONEY],
			[chidi, TRUST]
		] as const) {
			await who.composer.getByLabel(MAIN).fill(words);
			await who.putsDown();
		}
		await Promise.all([ben.hasSaved(), chidi.hasSaved()]);
		await opensSettings(desk, m.voting_settings());
		const dialog = desk.getByRole('dialog', { name: m.voting_title() });
		await dialog.getByRole('radio', { name: WAY_WORDS.rating() }).check();
		await dialog.getByRole('button', { name: m.voting_save(), exact: true }).click();
		await expect(dialog).toBeHidden();
		await ada.goesOn('share');
		await ada.goesOn('group');
		await ada.goesOn('vote');
	});

	await test.step('marks: one tap each, and the same again takes it back', async () => {
		const mark = (page: Page, words: string, figure: number) =>
			page
				.getByRole('group', { name: words })
				.getByRole('radio', { name: new RegExp(`^${figure}`) })
				.click();
		await expect(wall.getByText(m.voting_screen_rating())).toBeVisible();
		await mark(ben.page, TIME, 5);
		await mark(ben.page, MONEY, 2);
		await expect(ben.page.getByText(m.voting_rating_left({ count: 1 }))).toBeVisible();
		await mark(ben.page, MONEY, 2);
		await expect(ben.page.getByText(m.voting_rating_left({ count: 2 }))).toBeVisible();
		await mark(ben.page, MONEY, 3);
		await mark(ben.page, TRUST, 1);
		await expect(ben.page.getByText(m.voting_rating_none_left())).toBeVisible();
		await mark(chidi.page, TIME, 4);
		await isVoted(2, 1);
		await expect(wall.getByText('of 5')).toHaveCount(0);
		await desk.getByRole('button', { name: m.voting_show() }).click();
		await expect(wall.getByText('4.5 of 5 · 2 people')).toBeVisible();
		await expect(ben.page.getByText('4.5 of 5 · 2 people')).toBeAttached();
	});

	await test.step('in order: tapped one after the other, moved, and taken out', async () => {
		await votesAgain(desk, 'order');
		await expect(wall.getByText('4.5 of 5 · 2 people')).toHaveCount(0);
		const add = (page: Page, words: string, place: number) =>
			page.getByRole('button', { name: m.voting_order_add({ place, words }) }).click();
		for (const page of both) {
			await expect(page.getByText(m.voting_round_all({ round: 2 }))).toBeVisible();
			await add(page, MONEY, 1);
			await add(page, TIME, 2);
		}
		await ben.page.getByRole('button', { name: m.voting_order_up({ words: TIME }) }).press('Enter');
		const yours = ben.page.getByRole('region', { name: m.voting_order_yours() });
		await expect(yours.getByRole('listitem').first()).toContainText(TIME);
		await chidi.page.getByRole('button', { name: m.voting_order_out({ words: TIME }) }).click();
		await expect(chidi.page.getByText(m.voting_order_chosen({ count: 1, most: 3 }))).toBeVisible();
		await desk.getByRole('button', { name: m.voting_show() }).click();
		await expect(wall.getByText(m.voting_score_order({ count: 9 }))).toBeVisible();
	});

	await test.step('in pairs: the better of two, and the next pair by itself', async () => {
		await votesAgain(desk, 'pairs');
		for (const page of both)
			for (const number of [1, 2, 3]) {
				await expect(page.getByText(m.voting_pairs_of({ number, count: 3 }))).toBeVisible();
				const better = page.getByRole('button', { name: m.voting_pairs_better({ words: TIME }) });
				const neither = page.getByRole('button', { name: m.voting_pairs_neither() });
				await ((await better.count()) > 0 ? better : neither).click();
			}
		for (const page of both) await expect(page.getByText(m.voting_pairs_done())).toBeVisible();
		await expect(desk.getByText(m.voting_voted({ some: 2, of: 2 }))).toBeVisible();
		await desk.getByRole('button', { name: m.voting_show() }).click();
		await expect(wall.getByText('won 100% of its comparisons')).toBeVisible();
		await expect(wall.getByText(m.room_results_tied()).first()).toBeVisible();
	});

	await test.step('between two axes: by a tap and by arrow keys', async () => {
		await votesAgain(desk, 'placing');
		const cell = (page: Page, x: number, y: number) =>
			page.getByRole('button', {
				name: m.voting_place_cell({ ...PLACE, xAt: String(x), yAt: String(y) })
			});
		await cell(ben.page, 1, 5).click();
		await expect(ben.page.getByText(m.voting_place_left({ count: 2 }))).toBeVisible();
		await cell(chidi.page, 3, 3).focus();
		for (const key of ['ArrowUp', 'ArrowRight', 'Enter']) await chidi.page.keyboard.press(key);
		await expect(chidi.page.getByText(m.voting_place_left({ count: 2 }))).toBeVisible();
		await expect(
			chidi.page.getByText(m.voting_place_at({ ...PLACE, xAt: '4', yAt: '4' }))
		).toBeVisible();
		await isSound(ben.page, 'placing, on a phone');
		await desk.getByRole('button', { name: m.voting_show() }).click();
		await expect(wall.getByRole('img', { name: /Where the room put them/ })).toBeVisible();
	});

	await test.step('dots, and once more on what is tied', async () => {
		await votesAgain(desk, 'dots');
		await ben.votesFor(TIME);
		await chidi.votesFor(MONEY);
		await expect(desk.getByText(m.voting_voted_dots({ some: 2, of: 2, all: 0 }))).toBeVisible();
		await desk.getByRole('button', { name: m.desk_show_dots() }).click();
		await expect(wall.getByText(m.room_results_tied())).toHaveCount(2);
		await ada.goesOn('discuss');
		await votesAgain(desk, 'dots', m.voting_again_tied({ count: 2 }));
		await ada.isIn('vote');
		for (const page of both)
			await expect(page.getByText(m.voting_round_among({ round: 6, count: 2 }))).toBeVisible();
		await expect(ben.page.getByText(TRUST)).toHaveCount(0);
		await ben.votesFor(TIME);
		await chidi.votesFor(TIME);
		await isSound(chidi.page, 'voting with dots');
		await desk.getByRole('button', { name: m.desk_show_dots() }).click();
		await ada.goesOn('discuss');
		await expect(wall.getByRole('img', { name: m.room_dots({ count: 2 }) })).toBeVisible();
	});

	await test.step('rounds before stand below the result', async () => {
		const before = ben.page.getByText(m.voting_earlier({ round: 1, way: WAY_WORDS.rating() }));
		await before.click();
		await expect(
			ben.page.getByText('4.5 of 5 · 2 people').filter({ visible: true }).first()
		).toBeVisible();
		await isSound(ben.page, 'results of six rounds');
	});
});

/** One of the things that are seldom wanted, from its menu. */
async function opensSettings(desk: Page, what: string): Promise<void> {
	await desk.getByRole('button', { name: m.tempo_more_settings() }).click();
	await desk.getByRole('menuitem', { name: what }).click();
}

/** A new round, in another way. */
async function votesAgain(desk: Page, way: Way, among?: string): Promise<void> {
	await opensSettings(desk, m.voting_again());
	const dialog = desk.getByRole('dialog', { name: m.voting_again_title() });
	if (among) await dialog.getByLabel(m.voting_again_among()).selectOption({ label: among });
	await dialog.getByRole('radio', { name: WAY_WORDS[way]() }).check();
	await dialog.getByRole('button', { name: m.voting_again_yes() }).click();
	await expect(dialog).toBeHidden();
}
