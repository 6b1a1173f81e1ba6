/** What a room is asked in between, and how it goes to its tables: a desk, its remote, the wall, a phone and a laptop. */
import { expect, type Locator, type Page } from '@playwright/test';
import { m } from '../../src/lib/paraglide/messages.js';
import { findExercise } from '../../src/shared/exercises/catalogue.ts';
import { Ada } from './support/ada.ts';
import { byKeys, isSomewhere, isWalked } from './support/keys.ts';
import { looking } from './support/looks.ts';
import { Participant } from './support/participant.ts';
import { Remote } from './support/remote.ts';
import { RoomScreen } from './support/room-screen.ts';
import { test } from './support/test.ts';

const EXERCISE = findExercise('barrier')!;
const KINDS = {
	hands: m.polls_hands,
	scale: m.polls_scale,
	words: m.polls_words,
	questions: m.polls_questions
};
const YES = 'Yes';
const WORDS = ['Hopeful', 'Curious', 'Tired'];
const QUESTION = 'Who pays for the van?';

test('PO14 JO58 JO59 JO60 JO61 a room is asked in all four ways, answers, and is asked again', async ({
	server,
	people
}) => {
	const { look, found } = looking();
	const ada = await Ada.arrives(people, server);
	const desk = ada.page;
	const code = await ada.opensWorkshop('We ask', EXERCISE.id);
	const remote = await Remote.opens(ada);
	const wall = (await RoomScreen.opens(people, ada)).page;
	const ben = await Participant.arrives(people, server, 'Ben');
	const chidi = await Participant.arrives(people, server, 'Chidi', 'laptop');
	await Promise.all([ben.joins(code, 'Ben'), chidi.joins(code, 'Chidi')]);
	await ada.starts(EXERCISE.title);
	const back = desk.getByRole('button', { name: m.polls_back({ title: EXERCISE.title }) });
	const isAnswered = async (some: number) => {
		for (const page of [desk, remote.page, wall])
			await expect(page.getByText(m.polls_have_answered({ some, all: 2 }))).toBeVisible();
	};

	await test.step('a show of hands, asked at the desk', async () => {
		await byKeys(asking(desk), m.polls_ask(), () => look(desk, 'asking, at the desk'));
		await asks(desk, 'hands');
		await expect(ben.page.getByRole('heading', { name: m.polls_question_hands() })).toBeVisible();
		await ben.page.getByRole('radio', { name: YES }).check();
		await isAnswered(1);
		await look(ben.page, 'a show of hands');
		await look(wall, 'a show of hands on the wall');
		await look(desk, 'a show of hands at the desk');
		await desk.getByRole('button', { name: m.polls_show() }).click();
		await expect(wall.getByRole('listitem').filter({ hasText: YES })).toContainText('1');
		await look(wall, 'hands, shown on the wall');
		await look(ben.page, 'hands, shown on a phone');
		await look(remote.page, 'a show of hands on the remote');
		await remote.page.getByRole('contentinfo').getByRole('button').last().click();
		await ben.isIn('brief');
	});

	await test.step('one to five, asked on the remote', async () => {
		const ask = asking(remote.page);
		await byKeys(ask, m.polls_ask(), () => look(remote.page, 'asking, on the remote'));
		await asks(remote.page, 'scale');
		await ben.page.getByRole('radio', { name: '4' }).check();
		await chidi.page.getByRole('radio', { name: /^5/ }).check();
		await isAnswered(2);
		await look(ben.page, 'one to five');
		await look(wall, 'one to five on the wall');
		await remote.page.getByRole('button', { name: m.polls_show() }).click();
		await expect(wall.getByText(m.polls_mean({ mean: '4.5' }))).toBeVisible();
		await look(wall, 'figures, shown on the wall');
		await back.click();
	});

	await test.step('a word each: three fit, one is taken back, one is taken off', async () => {
		await asks(desk, 'words');
		for (const words of WORDS) {
			await ben.composer.getByRole('textbox', { name: m.polls_card_words() }).fill(words);
			await ben.putsDown();
		}
		await expect(ben.page.getByText(m.polls_words_full())).toBeVisible();
		await isSomewhere(ben.page);
		await look(ben.page, 'three words');
		await ben.page
			.getByRole('button', { name: m.polls_take_back_named({ words: WORDS[2]! }) })
			.press('Enter');
		await expect(ben.composer).toBeVisible();
		await isSomewhere(ben.page);
		await expect(wall.getByText(WORDS[0]!, { exact: true })).toBeVisible();
		await expect(wall.getByText(WORDS[2]!)).toHaveCount(0);
		await look(wall, 'words on the wall');
		await look(desk, 'words at the desk');
		await desk
			.getByRole('button', { name: m.polls_take_off_named({ words: WORDS[1]! }) })
			.press('Enter');
		await expect(wall.getByText(WORDS[1]!)).toHaveCount(0);
		await isSomewhere(desk);
		await back.click();
	});

	await test.step('a question box: asked, wanted, shown large, answered', async () => {
		await asks(desk, 'questions');
		for (const one of [ben, chidi]) {
			const words = one === ben ? QUESTION : 'Not this';
			await one.composer.getByRole('textbox', { name: m.polls_card_questions() }).fill(words);
			await one.putsDown();
		}
		await chidi.page
			.getByRole('button', { name: m.polls_take_back_named({ words: 'Not this' }) })
			.press('Enter');
		await expect(ben.page.getByText('Not this')).toHaveCount(0);
		await isSomewhere(chidi.page);
		const wish = chidi.page.getByRole('button', { name: m.polls_vote_up({ words: QUESTION }) });
		await wish.press('Enter');
		const wished = m.polls_vote_down({ words: QUESTION });
		await expect(chidi.page.getByRole('button', { name: wished })).toBeFocused();
		await look(ben.page, 'a question box');
		await look(desk, 'a question box at the desk');
		await desk
			.getByRole('button', { name: m.polls_spotlight_named({ words: QUESTION }) })
			.press('Enter');
		await expect(ben.page.getByText(QUESTION).first()).toBeVisible();
		await look(wall, 'a question, large on the wall');
		await desk
			.getByRole('button', { name: m.polls_answered_named({ words: QUESTION }) })
			.press('Enter');
		await expect(desk.getByText(m.polls_no_questions())).toBeVisible();
		await isSomewhere(desk);
		await back.click();
	});

	await test.step('the same once more', async () => {
		await byKeys(asking(desk), m.polls_ask(), async (dialog) => {
			await expect(dialog.getByRole('heading', { name: m.polls_asked_before() })).toBeVisible();
			await look(desk, 'asking again');
		});
		await asking(desk).press('Enter');
		await desk
			.getByRole('button', { name: m.polls_again_named({ question: m.polls_question_hands() }) })
			.press('Enter');
		await expect(ben.page.getByRole('radio', { name: YES })).not.toBeChecked();
		await isSomewhere(desk);
		await back.click();
		await ben.isIn('brief');
	});

	await test.step('to the tables, as they were put together by hand, and back', async () => {
		await desk.keyboard.press('t');
		const dialog = desk.getByRole('dialog', { name: m.tables_title() });
		await dialog.getByLabel(m.tables_how_many()).fill('2');
		await isWalked(desk);
		await look(desk, 'splitting the room');
		await dialog.getByRole('radio', { name: m.tables_by_hand() }).check();
		await seats(dialog, 'Ben', m.tables_name({ number: 2 }));
		await seats(dialog, 'Chidi', m.tables_name({ number: 2 }));
		await dialog.getByRole('button', { name: m.tables_save_and_go() }).press('Enter');
		await expect(dialog).toBeHidden();
		const strip = ben.page.getByRole('region', { name: m.tables_at_yours() });
		await expect(strip).toContainText('Table 2, with Chidi');
		await expect(wall.getByText(m.tables_screen_title())).toBeVisible();
		await look(wall, 'tables on the wall');
		await look(ben.page, 'a phone at its table');
		await look(desk, 'the desk, at tables');
		await byKeys(desk.getByRole('button', { name: m.tables_change() }), m.tables_title(), () =>
			look(desk, 'tables, to be changed')
		);
		await remote.page.getByRole('button', { name: m.tables_to_plenary() }).click();
		await expect(strip).toHaveCount(0);
	});
	expect(found).toEqual([]);
});

const asking = (page: Page): Locator => page.getByRole('button', { name: m.polls_ask() });

/** As its kind begins, by keys. */
async function asks(page: Page, kind: keyof typeof KINDS): Promise<void> {
	await asking(page).press('Enter');
	const dialog = page.getByRole('dialog', { name: m.polls_ask() });
	await dialog.getByRole('radio', { name: KINDS[kind]() }).check();
	await dialog.getByRole('button', { name: m.polls_send() }).press('Enter');
	await expect(dialog).toBeHidden();
	await expect(asking(page)).toHaveCount(0);
	await isSomewhere(page);
}

/** One person to a table, by keys; and the keys are still at them. */
async function seats(dialog: Locator, name: string, table: string): Promise<void> {
	await dialog.getByRole('button', { name: m.tables_move({ name }) }).press('Enter');
	const choice = dialog.getByLabel(m.tables_move_to({ name }));
	await expect(choice).toBeFocused();
	await choice.selectOption({ label: table });
	await expect(dialog.getByRole('button', { name: m.tables_move({ name }) })).toBeFocused();
	await expect(dialog.getByRole('region', { name: table })).toContainText(name);
}
