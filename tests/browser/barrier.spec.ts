/** One room goes the whole way through `barrier`: a desk, a room screen, two phones and a laptop. */
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { phaseName } from '../../src/lib/facilitation/phase-name.ts';
import { m } from '../../src/lib/paraglide/messages.js';
import type { Phase } from '../../src/shared/exercises/format.ts';
import { Ada } from './support/ada.ts';
import { BARRIERS, EXERCISE, TITLE, WAYS, WORDS } from './support/barrier.ts';
import { download, pdfWords, takeBoardHome } from './support/files.ts';
import { Participant } from './support/participant.ts';
import { RoomScreen } from './support/room-screen.ts';
import { cardOn, dragByFinger, dragByKeys, dragByMouse, groupOn } from './support/surface.ts';
import { test } from './support/test.ts';
import { timersOf } from './support/timers.ts';

test('JO1 JO2 JO3 JO4 JO5 JO6 JO7 JO8 JO9 JO10 JO11 JO12 JO13 JO14 JO15 SC44 a room goes all the way', async ({
	server,
	people
}) => {
	test.setTimeout(480_000);
	const ada = await Ada.followsTheLink(people, server);
	const desk = ada.page;
	let code = '';

	await test.step('the link for the first account works once', async () => {
		const other = await people.open('somebody with the old link', {});
		await other.page.goto(server.url + server.invite);
		await expect(other.page.getByText(m.home_link_gone())).toBeVisible();
	});

	await test.step('a workshop is put together from the catalogue, and its doors are opened', async () => {
		await desk.getByRole('link', { name: m.home_new_workshop() }).click();
		await desk.waitForLoadState('networkidle');
		await desk.getByLabel(m.home_workshop_name()).fill(TITLE);
		await expect(desk.getByRole('radio', { name: m.home_named() })).toBeChecked();
		await desk.getByRole('button', { name: m.desk_add_break() }).click();
		await desk.getByRole('button', { name: m.desk_add_named({ title: EXERCISE.title }) }).click();
		await desk
			.getByRole('button', { name: m.desk_change_row({ title: EXERCISE.title, count: 10 }) })
			.click();
		await desk.getByRole('spinbutton', { name: phaseName('write') }).fill('6');
		await desk.getByRole('spinbutton', { name: phaseName('write') }).blur();
		await expect(desk.getByText(m.desk_minutes_total({ count: 22 }))).toBeVisible();
		await desk.getByRole('button', { name: m.desk_move_up({ title: EXERCISE.title }) }).click();
		await desk.getByRole('button', { name: m.desk_take_off({ title: m.desk_break() }) }).click();
		await expect(desk.getByText(m.desk_minutes_total({ count: 12 }))).toBeVisible();
		await desk.getByRole('button', { name: m.home_create() }).click();
		code = await ada.opensDoors();
	});

	const screen = await RoomScreen.opens(people, ada);
	const wall = screen.page;
	const ben = await Participant.arrives(people, server, 'Ben');
	const chidi = await Participant.arrives(people, server, 'Chidi');
	const dana = await Participant.arrives(people, server, 'Dana', 'laptop');
	const everyone: { page: Page }[] = [ada, screen, ben, chidi, dana];
	const all = async (phase: Phase) => {
		await Promise.all([ada, screen, ben, chidi, dana].map((one) => one.isIn(phase)));
	};

	await test.step('the room screen shows how to come in, and who has', async () => {
		await screen.showsTheWayIn(server.url, code);
		const typed = `${code.slice(0, 3)} ${code.slice(3)}`.toLowerCase();
		await ben.joins(typed, 'Ben');
		await expect(ben.page.getByRole('heading', { name: m.room_seated() })).toBeVisible();
		await expect(ben.page.getByText(EXERCISE.title)).toBeVisible();
		await chidi.joins(code, 'Chidi');
		await dana.joins(code.toLowerCase(), 'Dana');
		const names = wall.getByRole('list', { name: m.room_screen_names() });
		await expect(names.getByRole('listitem')).toHaveText(['Dana', 'Chidi', 'Ben']);
		await expect(ben.page.getByText(m.room_here({ count: 3 }))).toBeVisible();
	});

	await test.step('one key goes on, and every screen shows the same time', async () => {
		await ada.starts(EXERCISE.title);
		await all('brief');
		await expect(wall.getByRole('heading', { name: EXERCISE.prompt })).toBeVisible();
		await ada.goesOn('write');
		await all('write');
		await expect
			.poll(async () => {
				const left = (await timersOf(everyone)).map((one) => one.seconds);
				return Math.max(...left) - Math.min(...left);
			})
			.toBeLessThanOrEqual(1);
	});

	await test.step('everyone writes in private, with the fields of the exercise', async () => {
		await ben.composer.getByLabel('What stopped us').fill(WORDS.lunch);
		await ben.composer.getByRole('radio', { name: 'Time', exact: true }).check();
		await ben.composer.getByLabel('With whom').selectOption({ label: 'Another library' });
		await ben.putsDown();
		await ben.composer.getByLabel('What stopped us').fill(WORDS.early);
		await ben.composer.getByRole('radio', { name: m.board_other() }).check();
		await ben.composer.getByLabel(m.board_other_words()).fill('Impatience');
		await ben.putsDown();
		await chidi.composer.getByLabel('What stopped us').fill(WORDS.arabic);
		await chidi.composer.getByRole('radio', { name: 'Time', exact: true }).check();
		await chidi.putsDown();
		await dana.composer.getByLabel('What stopped us').fill(WORDS.chinese);
		await dana.composer.getByRole('radio', { name: 'Different goals or priorities' }).check();
		await dana.putsDown();
		await dana.composer.getByLabel('What stopped us').fill('No time left');
		await dana.putsDown();
		await dana.composer.getByLabel('What stopped us').fill(WORDS.slip);
		await dana.putsDown();
		await Promise.all([ben, chidi, dana].map((one) => one.hasSaved()));
		await screen.counts(3, m.room_people({ count: 3 }));
		await screen.counts(6, m.room_cards({ count: 6 }));
		await expect(desk.getByText(m.desk_all_down({ count: 3 }))).toBeVisible();
	});

	await test.step('what one has written one edits, deletes, and takes back', async () => {
		const own = (words: string) => dana.ownCards.getByRole('listitem').filter({ hasText: words });
		await own('No time left').getByRole('button', { name: m.board_edit() }).click();
		const edit = dana.page.getByRole('dialog', { name: m.board_edit_title() });
		await edit.getByLabel('What stopped us').fill(WORDS.shifts);
		await edit.getByRole('radio', { name: 'Time', exact: true }).check();
		await edit.getByRole('button', { name: m.board_done_editing() }).click();
		await expect(own(WORDS.shifts)).toBeVisible();
		await own(WORDS.slip).getByRole('button', { name: m.board_delete() }).click();
		await expect(own(WORDS.slip)).toBeHidden();
		await own(WORDS.shifts).getByRole('button', { name: m.board_delete() }).click();
		await expect(own(WORDS.shifts)).toBeHidden();
		await dana.page.getByRole('button', { name: m.board_undo(), exact: true }).click();
		await expect(own(WORDS.shifts)).toBeVisible();
		await dana.hasSaved();
		await screen.counts(5, m.room_cards({ count: 5 }));
	});

	await test.step('until the reveal nobody else has a word of it, on the page or on the wire', async () => {
		for (const [writer, words] of [
			[ben, WORDS.lunch],
			[chidi, WORDS.arabic],
			[dana, WORDS.chinese]
		] as const)
			for (const other of [ada, screen, ben, chidi, dana].filter((one) => one !== writer)) {
				expect(other.opened.heard()).not.toContain(words);
				await expect(other.page.getByText(words)).toHaveCount(0);
			}
	});

	await test.step('sharing turns every card over, for everyone at once', async () => {
		await ada.goesOn('share');
		await all('share');
		for (const { page, opened } of [ada, screen, ben, chidi, dana])
			for (const words of [WORDS.lunch, WORDS.early, WORDS.arabic, WORDS.chinese, WORDS.shifts]) {
				await expect(page.getByText(words).filter({ visible: true }).first()).toBeVisible();
				if (page !== ben.page) expect(opened.heard()).toContain(WORDS.lunch);
			}
		await expect(wall.getByText(WORDS.slip)).toHaveCount(0);
		await expect(wall.getByText('Dana').first()).toBeVisible();
	});

	await test.step('a way round answers a barrier', async () => {
		await ben.page
			.getByRole('button', { name: m.room_write_one({ what: EXERCISE.columns[1]!.singular! }) })
			.click();
		await ben.composer.getByLabel(m.board_answers_which()).selectOption({ label: WORDS.shifts });
		await ben.composer.getByLabel('What we could do').fill(WORDS.way);
		await ben.putsDown();
		await ben.hasSaved();
		await ben.page.getByRole('button', { name: m.room_composer_shut() }).click();
		await expect(cardOn(desk, WORDS.way)).toBeVisible();
		await cardOn(chidi.page, WORDS.way).click();
		const details = chidi.page.getByRole('dialog');
		await expect(details.getByRole('heading', { name: m.board_what_it_answers() })).toBeVisible();
		await expect(details.getByText(WORDS.shifts)).toBeVisible();
		await details.getByRole('button', { name: m.board_close() }).click();
	});

	await test.step('a card is commented, and everyone reads it', async () => {
		await cardOn(chidi.page, WORDS.lunch).click();
		const details = chidi.page.getByRole('dialog');
		await details.getByLabel(m.board_comment_write()).fill(WORDS.comment);
		await details.getByRole('button', { name: m.board_comment_add() }).click();
		await expect(details.getByText(WORDS.comment)).toBeVisible();
		await details.getByRole('button', { name: m.board_close() }).click();
		await expect(cardOn(desk, WORDS.lunch)).toContainText(m.board_comments({ count: 1 }));
		await cardOn(desk, WORDS.lunch).click();
		await expect(desk.getByRole('dialog').getByText(WORDS.comment)).toBeVisible();
		await desk.getByRole('dialog').getByRole('button', { name: m.board_close() }).click();
	});

	await test.step('cards are brought together by mouse, by keys and by finger, and named', async () => {
		await ada.goesOn('group');
		await all('group');
		await dragByMouse(desk, cardOn(desk, WORDS.shifts), cardOn(desk, WORDS.lunch));
		await expect(groupOn(desk)).toBeVisible();
		await groupOn(desk).getByLabel(m.board_group_title()).fill(WORDS.group);
		for (const one of [ben, dana]) await expect(groupOn(one.page, WORDS.group)).toBeVisible();
		await dragByKeys(
			dana.page,
			cardOn(dana.page, WORDS.arabic),
			m.board_said_on_group({ title: WORDS.group })
		);
		await expect(groupOn(desk, WORDS.group).getByText(WORDS.arabic)).toBeVisible();
		await dragByFinger(
			chidi.page,
			cardOn(chidi.page, WORDS.early),
			cardOn(chidi.page, WORDS.chinese)
		);
		await expect(groupOn(chidi.page)).toBeVisible();
		await expect(groupOn(desk).getByText(WORDS.early)).toBeVisible();
		await expect(wall.getByText(WORDS.group)).toBeVisible();
		await desk.getByRole('heading', { name: m.desk_board() }).click();
	});

	await test.step('everyone has the same dots, and nobody is counted before it is shown', async () => {
		await ada.goesOn('vote');
		await all('vote');
		await ben.hasDots(5);
		await ben.votesFor(WORDS.group);
		await ben.votesFor(WORDS.group, 1);
		await ben.votesFor(WORDS.group, 2);
		await ben.hasDots(2);
		await ben.votesFor(WORDS.group, 3);
		await expect(ben.page.getByText(m.room_vote_one({ count: 3 }))).toBeVisible();
		await ben.votesFor(m.room_group_untitled());
		await ben.votesFor(WORDS.way);
		await ben.hasDots(0);
		await ben.votesFor(WORDS.way, 1);
		await expect(ben.page.getByText(m.room_vote_all({ count: 5 }))).toBeVisible();
		await ben.takesBack(WORDS.way);
		await ben.hasDots(1);
		await chidi.votesFor(WORDS.group);
		await chidi.hasDots(4);
		await dana.votesFor(WORDS.way);
		await dana.hasDots(4);
		for (const { page, opened } of [ada, screen, ben, chidi, dana]) {
			expect(opened.heard()).not.toMatch(/"totals:changed","[^"]+",\{/);
			await expect(page.getByText(m.room_dots({ count: 4 }), { exact: true })).toHaveCount(0);
		}
		await desk.getByRole('button', { name: m.desk_show_dots() }).click();
		await expect(groupOn(desk, WORDS.group)).toContainText(m.room_dots({ count: 4 }));
		for (const { page } of [ben, chidi, dana])
			await expect(
				page.getByRole('listitem').filter({ hasText: WORDS.group }).first()
			).toContainText(m.room_dots({ count: 4 }));
		await expect(wall.getByRole('img', { name: m.room_dots({ count: 4 }) })).toBeVisible();
	});

	await test.step('back, pause and one minute more: every screen follows', async () => {
		await desk.keyboard.press('b');
		await all('group');
		await ada.goesOn('vote');
		await all('vote');
		await chidi.hasDots(4);
		await desk.keyboard.press('p');
		// The face is read once it stands.
		await expect(desk.getByRole('timer').first()).toHaveAccessibleName(/^Paused/);
		const { face } = (await timersOf([ada]))[0]!;
		for (const { page } of everyone)
			await expect(page.getByRole('timer').filter({ visible: true }).first()).toHaveAccessibleName(
				m.desk_timer_paused({ time: face })
			);
		const before = (await timersOf([ada]))[0]!.seconds;
		await desk.keyboard.press('+');
		await expect
			.poll(async () => (await timersOf(everyone)).map((one) => one.seconds))
			.toEqual(everyone.map(() => before + 60));
		await desk.keyboard.press('p');
		await expect(desk.getByRole('button', { name: m.desk_pause() })).toBeVisible();
	});

	await test.step('a participant writes down who does what, and by when', async () => {
		await ada.goesOn('discuss');
		await all('discuss');
		// They were shut again when the room voted once more.
		await desk.getByRole('button', { name: m.desk_show_dots() }).click();
		await expect(chidi.page.getByText(m.room_results_place({ place: 1 }))).toBeVisible();
		await desk.getByRole('button', { name: m.tempo_menu() }).click();
		await desk.getByRole('menuitem', { name: m.tempo_end_time() }).click();
		await expect(ben.page.getByText(m.room_says_over()).first()).toBeVisible();
		await ada.goesOn('act');
		await all('act');
		await chidi.promises(WORDS.action, 'Chidi', 'before summer');
		await expect(wall.getByText(WORDS.action)).toBeVisible();
		await expect(desk.getByRole('row').filter({ hasText: WORDS.action })).toContainText(
			'before summer'
		);
	});

	await test.step('the workshop ends, and everyone keeps the boards', async () => {
		await ada.goesOn('done');
		await expect(ben.page.getByRole('heading', { name: m.room_waiting() })).toBeVisible();
		await ada.closesWorkshop();
		await expect(wall.getByRole('heading', { name: m.room_screen_thanks() })).toBeVisible();
		for (const { page } of [ben, chidi, dana])
			await expect(page.getByRole('heading', { name: m.room_closed() })).toBeVisible();
		await chidi.page.getByRole('link', { name: EXERCISE.title }).click();
		await expect(chidi.page.getByRole('heading', { level: 1, name: EXERCISE.title })).toBeVisible();
		await groupOn(chidi.page, WORDS.group)
			.getByRole('button', {
				name: m.board_group_cards_of({ title: WORDS.group, cards: m.board_cards({ count: 3 }) })
			})
			.click();
		await expect(groupOn(chidi.page, WORDS.group).getByText(WORDS.lunch)).toBeVisible();
		for (const { title } of EXERCISE.views) {
			await chidi.page.getByRole('radio', { name: title, exact: true }).check();
			await expect(chidi.page.getByRole('heading', { level: 2, name: title })).toBeVisible();
		}
	});

	const kept = [WORDS.lunch, WORDS.early, WORDS.arabic, WORDS.chinese, WORDS.shifts, WORDS.way];

	await test.step('the board goes home as PDF, table and data', async () => {
		const home = await takeBoardHome(chidi.page);
		for (const words of kept) for (const file of Object.values(home)) expect(file).toContain(words);
		for (const words of [WORDS.group, WORDS.comment, WORDS.action]) {
			expect(home.pdf).toContain(words);
			expect(home.json).toContain(words);
		}
		for (const words of [BARRIERS, WAYS]) expect(home.pdf).toContain(words);
		for (const file of Object.values(home)) expect(file).not.toContain(WORDS.slip);
	});

	await test.step('the whole workshop goes home as a summary', async () => {
		await ben.page.reload();
		await expect(ben.page.getByRole('heading', { name: m.room_closed() })).toBeVisible();
		const link = ben.page.getByRole('link', { name: m.downloads_pdf_home() });
		const words = pdfWords((await download(ben.page, link)).path);
		for (const one of [TITLE, EXERCISE.title, WORDS.action, 'Chidi', 'Ada Lovelace', WORDS.group])
			expect(words).toContain(one);
		const fromDesk = desk.getByRole('link', { name: m.downloads_pdf_home() });
		expect(pdfWords((await download(desk, fromDesk)).path)).toContain(WORDS.action);
	});
});
