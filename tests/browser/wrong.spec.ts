/** Bad input and wrong moments, by hand: each gets a sentence, and nothing is lost or half done. */
import { expect } from '@playwright/test';
import { m } from '../../src/lib/paraglide/messages.js';
import { showCode } from '../../src/shared/code.ts';
import { findExercise } from '../../src/shared/exercises/catalogue.ts';
import { GRACE } from '../../src/shared/facilitation/phases.ts';
import { LIMITS } from '../../src/shared/doc/schema.ts';
import { Ada } from './support/ada.ts';
import { download, pdfWords } from './support/files.ts';
import { Participant } from './support/participant.ts';
import { AWAY } from './support/people.ts';
import { RoomScreen } from './support/room-screen.ts';
import { cardOn } from './support/surface.ts';
import { test } from './support/test.ts';

const EXERCISE = findExercise('barrier')!;
const MAIN = EXERCISE.fields.find((field) => field.main)!.title;

test('JO19 a code that is wrong, malformed, or of a closed workshop opens nothing, and the right one still does', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const code = await ada.opensWorkshop('Behind the right code', EXERCISE.id);
	const ben = await Participant.arrives(people, server, 'Ben');
	const field = ben.page.getByLabel(m.room_join_code());
	const wrong = code === 'AAAAAA' ? 'BBBBBB' : 'AAAAAA';
	await field.fill(wrong);
	await expect(ben.page.getByText(m.room_join_wrong({ code: showCode(wrong) }))).toBeVisible();
	await field.fill('AB0');
	await expect(ben.page.getByText(m.room_join_strange({ letter: '0' }))).toBeVisible();
	await expect(field).toHaveValue('AB');
	await ben.page.goto(`${server.url}/?code=%F0%9F%92%A9%20--`);
	await expect(ben.page.getByRole('heading', { name: m.room_join_title() })).toBeVisible();
	await ben.joins(`${code.slice(0, 2)}-${code.slice(2)} `, 'Ben');
	await expect(ben.page.getByRole('heading', { name: m.room_seated() })).toBeVisible();

	await ada.closesWorkshop();
	const chidi = await Participant.arrives(people, server, 'Chidi');
	await chidi.page.getByLabel(m.room_join_code()).fill(code);
	await expect(chidi.page.getByText(m.room_join_wrong({ code: showCode(code) }))).toBeVisible();
	chidi.opened.forgive(/404/);
	await chidi.page.goto(`${server.url}/screen/${code}`);
	await expect(chidi.page.getByRole('heading', { name: m.home_missing_title() })).toBeVisible();
	await chidi.page.goto(`${server.url}/p/nobody`);
	await expect(chidi.page.getByRole('heading', { name: m.room_join_title() })).toBeVisible();
});

test('JO20 what is typed into the door before its page has come alive stays', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const code = await ada.opensWorkshop('Over a slow line', EXERCISE.id);
	const ben = await Participant.arrives(people, server, 'Ben');
	const alive = Promise.withResolvers<void>();
	await ben.page.route('**/_app/**/*.js', async (route) => {
		await alive.promise;
		await route.continue();
	});
	await ben.page.goto(server.url, { waitUntil: 'commit' });
	await ben.page.getByLabel(m.room_join_code()).fill(code.toLowerCase());
	alive.resolve();
	await expect(ben.page.getByText(m.room_join_open_now())).toBeVisible();
	await expect(ben.page.getByLabel(m.room_join_code())).toHaveValue(code);
});

test('JO64 before a page has come alive its buttons are not pressed, and then they do what they say', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	await ada.opensWorkshop('Over a slow line', EXERCISE.id);
	const alive = Promise.withResolvers<void>();
	await ada.page.route('**/_app/**/*.js', async (route) => {
		await alive.promise;
		await route.continue();
	});
	await ada.page.emulateMedia({ reducedMotion: 'no-preference' });
	await ada.page.goto(ada.page.url(), { waitUntil: 'commit' });
	const start = ada.page.getByRole('button', { name: m.desk_start({ title: EXERCISE.title }) });
	await expect(start).toHaveCSS('pointer-events', 'none');
	await expect(start).toHaveCSS('opacity', '0.6');
	alive.resolve();
	await start.click();
	await ada.isIn('brief');
	await expect(ada.page.locator('html')).toHaveClass(/alive/);
});

test('JO21 a name of spaces, of 500 characters, of marks of direction', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const code = await ada.opensWorkshop('By name', EXERCISE.id);
	const screen = await RoomScreen.opens(people, ada);
	const names = screen.page.getByRole('list', { name: m.room_screen_names() });
	const ben = await Participant.arrives(people, server, 'Ben');
	await ben.page.getByLabel(m.room_join_code()).fill(code);
	await ben.page.getByRole('button', { name: m.room_join_come_in() }).click();
	const name = ben.page.getByLabel(m.room_join_name());
	for (const nobody of ['   ', '\u202e\u200f\u2066']) {
		await name.fill(nobody);
		await ben.page.getByRole('button', { name: m.room_join_sit() }).click();
		await expect(ben.page.getByText(m.refusal_invalid_name())).toBeVisible();
	}
	await name.evaluate((input) => input.removeAttribute('maxlength'));
	await name.fill('x'.repeat(500));
	await ben.page.getByRole('button', { name: m.room_join_sit() }).click();
	await expect(ben.page.getByText(m.refusal_invalid_name())).toBeVisible();
	await expect(names).toBeHidden();
	await name.fill('\u202eBen\u202c\u200f  the   Second');
	await ben.page.getByRole('button', { name: m.room_join_sit() }).click();
	await expect(names.getByRole('listitem')).toHaveText(['Ben the Second']);
	expect(await names.getByRole('listitem').textContent()).not.toMatch(/[\u202a-\u202e\u200f]/);
});

test('JO22 a card of 20,000 characters is kept to what a card can hold, and the next one goes in', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const code = await ada.opensWorkshop('Much to say', EXERCISE.id);
	const ben = await Participant.arrives(people, server, 'Ben');
	await ben.joins(code, 'Ben');
	await ada.starts(EXERCISE.title);
	await ada.goesOn('write');
	const field = ben.composer.getByLabel(MAIN);
	await field.fill('All I ever wanted to say. '.repeat(800));
	const typed = await field.inputValue();
	expect(typed.length).toBeLessThanOrEqual(LIMITS.mainField);
	await ben.putsDown();
	await ben.hasSaved();
	await field.fill('And one more thing');
	await ben.putsDown();
	await ben.hasSaved();
	await ada.goesOn('share');
	await expect(cardOn(ada.page, 'And one more thing')).toBeVisible();
	await cardOn(ada.page, 'All I ever wanted').click();
	await expect(ada.page.getByRole('dialog').getByText(typed.trim())).toBeVisible();
});

test('JO23 two desks press next at once: one step, and the other is told', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	await ada.opensWorkshop('Two at the desk', EXERCISE.id);
	await ada.starts(EXERCISE.title);
	const second = await ada.onAnotherDesk(people);
	await second.isIn('brief');
	await second.page.waitForLoadState('networkidle');
	await ada.hasAtMost(58);
	await Promise.all([ada.page.keyboard.press('n'), second.page.keyboard.press('n')]);
	await Promise.all([ada.isIn('write'), second.isIn('write')]);
	const told = () =>
		Promise.all(
			[ada, second].map(({ page }) => page.getByText(m.desk_moved_on(), { exact: true }).count())
		);
	await expect.poll(async () => (await told()).reduce((sum, one) => sum + one, 0)).toBe(1);
	await Promise.all([ada.isIn('write'), second.isIn('write')]);
	const [first] = await told();
	const late = first === 1 ? ada : second;
	await late.hasAtMost(4 * 60 - 2);
	await late.goesOn('share');
	await Promise.all([ada.isIn('share'), second.isIn('share')]);
});

test('JO24 JO38 words that come after their phase are kept, held, and let in or left out, and their authors are told', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const code = await ada.opensWorkshop('A dead spot in the room', EXERCISE.id);
	const ben = await Participant.arrives(people, server, 'Ben');
	const chidi = await Participant.arrives(people, server, 'Chidi');
	const lines = await Promise.all([ben, chidi].map((one) => one.standsInADeadSpot()));
	await ben.joins(code, 'Ben');
	await chidi.joins(code, 'Chidi');
	await ada.starts(EXERCISE.title);
	await ada.goesOn('write');
	await ben.composer.getByLabel(MAIN).fill('In good time');
	await ben.putsDown();
	await ben.hasSaved();
	await expect(chidi.composer).toBeVisible();
	for (const line of lines) line.cut();
	await ben.composer.getByLabel(MAIN).fill('Too late, but good');
	await ben.putsDown();
	await chidi.composer.getByLabel(MAIN).fill('Too late, and off the point');
	await chidi.putsDown();
	await ada.goesOn('share');
	await ada.goesOn('group');
	await ada.goesOn('vote');
	await ben.isIn('vote');
	await expect(cardOn(ada.page, 'In good time')).toBeVisible();
	// What is on its way when a phase ends still gets in.
	await ada.hasAtMost(60 - GRACE / 1000 - 1);

	lines[0]!.mend();
	await expect(ben.page.getByText(m.room_late())).toBeVisible();
	await expect(ada.page.getByText(m.desk_late_one())).toBeVisible();
	await expect(cardOn(ada.page, 'Too late, but good')).toBeHidden();
	expect(ada.opened.heard()).not.toContain('Too late, but good');
	await ada.page.getByRole('button', { name: m.desk_let_in() }).click();
	await expect(cardOn(ada.page, 'Too late, but good')).toBeVisible();
	await expect(ben.page.getByText(m.room_late())).toBeHidden();
	await expect(ben.page.getByText(m.room_fate_let_in({ count: 1 }))).toBeVisible();
	await chidi.votesFor('Too late, but good');

	lines[1]!.mend();
	await expect(chidi.page.getByText(m.room_late())).toBeVisible();
	await ada.page.getByRole('button', { name: m.desk_leave(), exact: true }).click();
	await ada.page.getByRole('button', { name: m.desk_leave_yes() }).click();
	await expect(chidi.page.getByText(m.room_late())).toBeHidden();
	const left = chidi.page.getByRole('status').filter({ hasText: m.room_fate_left({ count: 1 }) });
	await expect(left).toContainText('Too late, and off the point');
	await expect(cardOn(ada.page, 'Too late, and off the point')).toBeHidden();
	await expect(ben.page.getByText('Too late, and off the point')).toHaveCount(0);

	// It is the server that says so: also to a page that has seen nothing of it, and between boards.
	await chidi.page.reload();
	await expect(left).toContainText('Too late, and off the point');
	await ada.goesOn('discuss');
	await ada.goesOn('act');
	await ada.goesOn('done');
	await expect(chidi.page.getByRole('heading', { name: m.room_waiting() })).toBeVisible();
	await expect(left).toContainText('Too late, and off the point');
	await chidi.page.getByRole('link', { name: EXERCISE.title }).click();
	await expect(left).toContainText('Too late, and off the point');
	await left.getByRole('button', { name: m.board_close() }).click();
	await expect(left).toBeHidden();
	await chidi.page.reload();
	await expect(chidi.page.getByRole('heading', { name: EXERCISE.title })).toBeVisible();
	await expect(left).toBeHidden();
});

test('JO28 before the notebook is there no field is offered, and then what is typed is kept', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const code = await ada.opensWorkshop('Late to the table', EXERCISE.id);
	const ben = await Participant.arrives(people, server, 'Ben');
	const line = await ben.standsInADeadSpot();
	line.cut();
	await ben.joins(code, 'Ben');
	await ada.starts(EXERCISE.title);
	await ada.goesOn('write');
	await ben.isIn('write');
	await expect(ben.page.getByText(m.room_loading_board())).toBeVisible();
	await expect(ben.page.getByRole('textbox')).toHaveCount(0);
	line.mend();
	await ben.composer.getByLabel(MAIN).fill('Written at last');
	await ben.putsDown();
	await ben.hasSaved();
	await ada.goesOn('share');
	await expect(cardOn(ada.page, 'Written at last')).toBeVisible();
});

test('JO25 where nobody needs a name, none is shown, told or printed, not even one that was slipped in', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const code = await ada.opensWorkshop('Without names', EXERCISE.id, true);
	const screen = await RoomScreen.opens(people, ada);
	const ben = await Participant.arrives(people, server, 'Ben');
	const chidi = await Participant.arrives(people, server, 'Chidi', 'laptop');
	await ben.page.getByLabel(m.room_join_code()).fill(code);
	await ben.page.getByRole('button', { name: m.room_join_come_in() }).click();
	await expect(ben.page.getByText(m.room_join_anonymous_note())).toBeVisible();
	await ben.page.locator('form').evaluate((form) => {
		form.insertAdjacentHTML('beforeend', '<input name="name" value="Sneaky Ben">');
	});
	await ben.page.getByRole('button', { name: m.room_join_sit() }).click();
	await chidi.joins(code);
	await ada.starts(EXERCISE.title);
	await ada.goesOn('write');
	for (const [one, words] of [
		[ben, 'Said by one'],
		[chidi, 'Said by another']
	] as const) {
		await one.composer.getByLabel(MAIN).fill(words);
		await one.putsDown();
		await one.hasSaved();
	}
	await ada.goesOn('share');
	const everyone = [ada, screen, ben, chidi];
	for (const { page } of everyone)
		await expect(page.getByText('Said by one').filter({ visible: true }).first()).toBeVisible();
	await cardOn(chidi.page, 'Said by one').click();
	await chidi.page.getByLabel(m.board_comment_write()).fill('Well said');
	await chidi.page.getByRole('button', { name: m.board_comment_add() }).click();
	await expect(chidi.page.getByRole('dialog').getByText('Well said')).toBeVisible();
	await chidi.page.getByRole('dialog').getByRole('button', { name: m.board_close() }).click();
	await ada.goesOn('group');
	await ada.goesOn('vote');
	await ben.votesFor('Said by another');
	await ben.hasDots(4);
	await ada.goesOn('discuss');
	await ada.goesOn('act');
	await ada.goesOn('done');
	for (const { page, opened } of everyone) {
		await expect(page.getByText('Sneaky')).toHaveCount(0);
		expect(opened.heard()).not.toContain('Sneaky');
		for (const roster of opened.heard().match(/42\["roster:changed".*/g) ?? [])
			expect(roster).not.toContain('"name"');
		for (const authors of opened.heard().match(/42\["authors:changed".*/g) ?? [])
			expect(authors).toMatch(/,\{\}\]$/);
	}
	const taken = ada.page.getByRole('group', {
		name: m.downloads_of({ what: EXERCISE.title })
	});
	const pdf = await download(
		ada.page,
		taken.getByRole('link', { name: m.downloads_pdf(), exact: true })
	);
	expect(pdfWords(pdf.path)).toContain('Said by one');
	expect(pdfWords(pdf.path)).not.toContain('Sneaky');
	await taken.getByText(m.downloads_others()).click();
	const json = await download(ada.page, taken.getByRole('link', { name: m.downloads_json() }));
	expect(json.text()).not.toContain('Sneaky');
});

test('EX58 a download says how it goes, can be cancelled, and tried again', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	ada.opened.forgive(AWAY);
	ada.opened.forgive(/ERR_INTERNET_DISCONNECTED/);
	await ada.opensWorkshop('Taken home', EXERCISE.id);
	await ada.starts(EXERCISE.title);
	for (const phase of ['write', 'share', 'group', 'vote', 'discuss', 'act', 'done'] as const)
		await ada.goesOn(phase);
	const { page } = ada;
	const taken = page.getByRole('group', { name: m.downloads_of({ what: EXERCISE.title }) });
	await taken.getByText(m.downloads_others()).click();
	const what = m.downloads_csv();
	const link = taken.getByRole('link', { name: what, exact: true });
	await expect(link).toHaveAttribute('href', /^\/api\/v1\/boards\/[\w-]+\/export\.csv$/);

	await page.route('**/export.csv', () => new Promise(() => {}));
	await link.click();
	await expect(taken.getByText(m.downloads_making({ what }))).toBeVisible();
	await taken.getByRole('button', { name: m.downloads_cancel_of({ what }) }).click();
	await expect(taken.getByText(m.downloads_making({ what }))).toHaveCount(0);
	await expect(link).toBeFocused();

	await page.unroute('**/export.csv');
	await page.context().setOffline(true);
	await link.press('Enter');
	await expect(taken.getByText(m.downloads_offline())).toBeVisible();
	await page.context().setOffline(false);
	const again = taken.getByRole('button', { name: m.downloads_again_of({ what }) });
	const csv = await download(page, again);
	expect(csv.name).toMatch(/\.csv$/);
	await expect(link).toBeFocused();
	// What it leaves out is said where it was taken.
	await expect(taken.getByText(m.downloads_taken({ what }))).toContainText(m.export_left_csv());
});
