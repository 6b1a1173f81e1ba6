/** Who may be in the room, and for how long: co-facilitators, doors, codes, people, and what is kept. */
import { expect, type Locator } from '@playwright/test';
import { m } from '../../src/lib/paraglide/messages.js';
import { auditSentence } from '../../src/lib/facilitation/audit-sentence.ts';
import { showCode } from '../../src/shared/code.ts';
import { findExercise } from '../../src/shared/exercises/catalogue.ts';
import type { AuditView } from '../../src/shared/facilitation/audit.ts';
import { COMMANDS } from '../../src/shared/facilitation/commands.ts';
import { Ada } from './support/ada.ts';
import { download } from './support/files.ts';
import { isSound } from './support/looks.ts';
import { Participant } from './support/participant.ts';
import { RoomScreen } from './support/room-screen.ts';
import { cardOn } from './support/surface.ts';
import { test } from './support/test.ts';

const EXERCISE = findExercise('barrier')!;
const MAIN = EXERCISE.fields.find((field) => field.main)!.title;
const CHIDI = { name: 'chidi', email: 'chidi@example.org', password: 'four shorter words here' };

const press = (dialog: Locator, name: string) =>
	dialog.getByRole('button', { name, exact: true }).click();

test('JO29 JO34 JO35 DE26 a co-facilitator is invited, runs the desk, and is revoked', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	await ada.opensWorkshop('Led by two', EXERCISE.id);
	await ada.starts(EXERCISE.title);
	const dialog = await ada.opens(m.desk_cofacilitators());
	await expect(dialog).toContainText(m.desk_cofacilitators_none());
	await press(dialog, m.desk_cofacilitators_invite());
	const invitation = dialog.getByLabel(m.desk_cofacilitators_link());
	await expect(invitation).toBeFocused();
	const link = await invitation.inputValue();
	await isSound(ada.page, 'the co-facilitators');
	await ada.shuts();

	await server.addAccount(CHIDI.email, CHIDI.password);
	const next = new URL(link).pathname;
	const chidi = await Ada.logsIn(people, server, { ...CHIDI, next });
	await expect(chidi.page.getByText('Led by two')).toBeVisible();
	await isSound(chidi.page, 'the invitation');
	await chidi.page.getByRole('button', { name: m.home_cofacilitate_yes() }).click();
	await chidi.isIn('brief');
	await chidi.page.waitForLoadState('networkidle');
	await chidi.goesOn('write');
	await ada.isIn('write');

	await chidi.page.goto(`${server.url}/workshops`);
	await expect(chidi.page.getByText(m.home_cofacilitated())).toBeVisible();
	const remove = m.home_delete_named({ title: 'Led by two' });
	await expect(chidi.page.getByRole('button', { name: remove })).toHaveCount(0);
	await chidi.page.getByRole('link', { name: 'Led by two' }).click();
	await chidi.isIn('write');
	const theirs = await chidi.opens(m.desk_cofacilitators());
	await expect(theirs.getByRole('button', { name: m.desk_cofacilitators_leave() })).toBeVisible();
	await expect(theirs.getByRole('button', { name: m.desk_cofacilitators_invite() })).toHaveCount(0);
	await chidi.shuts();

	const audit = await ada.opens(m.desk_audit());
	const lines = audit.getByRole('listitem');
	await expect(lines.filter({ hasText: m.desk_audit_next({ phase: 'Write' }) })).toContainText(
		CHIDI.name
	);
	await expect(lines.filter({ hasText: m.desk_audit_open() })).toContainText('Ada Lovelace');
	await isSound(ada.page, 'what was done');
	await ada.shuts();

	const again = await ada.opens(m.desk_cofacilitators());
	await press(again, m.desk_cofacilitators_end_named({ name: CHIDI.name }));
	await press(ada.page.getByRole('dialog').last(), m.desk_cofacilitators_end_yes());
	await expect(again).toContainText(m.desk_cofacilitators_ended({ name: CHIDI.name }));
	await expect(again).toContainText(m.desk_cofacilitators_none());
	await expect(chidi.page.getByText(m.desk_ended_title())).toBeVisible();
	await chidi.page.goto(link);
	await expect(
		chidi.page.getByRole('heading', { name: m.home_cofacilitate_gone_title() })
	).toBeVisible();
});

test('JO30 JO31 the doors are closed and opened, and the code is changed', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const old = await ada.opensWorkshop('Behind closed doors', EXERCISE.id);
	const screen = await RoomScreen.opens(people, ada);
	const ben = await Participant.arrives(people, server, 'Ben');
	await ben.joins(old, 'Ben');

	const doors = await ada.opens(m.desk_doors());
	await press(doors, m.desk_close_doors());
	await expect(doors).toContainText(m.desk_doors_are_closed());
	await isSound(ada.page, 'the doors');
	await expect(screen.page.getByText(m.room_screen_doors_closed())).toBeVisible();
	const newcomer = await Participant.arrives(people, server, 'a newcomer');
	await newcomer.page.getByLabel(m.room_join_code()).fill(old);
	await expect(newcomer.page.getByText(m.room_join_doors_closed())).toBeVisible();
	await isSound(newcomer.page, 'a closed door');
	await ben.page.reload();
	await expect(ben.page.getByRole('heading', { name: m.room_seated() })).toBeVisible();
	await ben.page.goto(`${server.url}/?code=${old}`);
	await expect(ben.page.getByRole('heading', { name: m.room_seated() })).toBeVisible();

	await press(doors, m.desk_open_doors());
	await press(doors, m.desk_change_code());
	await press(ada.page.getByRole('dialog').last(), m.desk_change_code_yes());
	const shown = doors.locator('.code');
	await expect(shown).not.toHaveText(showCode(old));
	const code = (await shown.innerText()).replace(/\W/g, '');
	await ada.shuts();
	await screen.showsTheWayIn(server.url, code);
	await newcomer.page.goto(`${server.url}/?code=${old}`);
	await expect(newcomer.page.getByText(m.room_join_wrong({ code: showCode(old) }))).toBeVisible();
	await newcomer.page.goto(server.url);
	await newcomer.joins(code, 'Chidi');
	await ben.page.reload();
	await expect(ben.page.getByText(m.room_here({ count: 2 }))).toBeVisible();
});

test('JO32 JO33 JO39 a person is renamed, a card is hidden, and a person is removed with their cards', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const code = await ada.opensWorkshop('Who is who', EXERCISE.id);
	const ben = await Participant.arrives(people, server, 'Ben');
	const chidi = await Participant.arrives(people, server, 'Chidi', 'laptop');
	await ben.joins(code, 'Ben');
	await chidi.joins(code, 'Chidi');
	await ada.starts(EXERCISE.title);
	await ada.goesOn('write');
	for (const [one, words] of [
		[ben, 'Said by Ben'],
		[chidi, 'Said by Chidi']
	] as const) {
		await one.composer.getByLabel(MAIN).fill(words);
		await one.putsDown();
		await one.hasSaved();
	}
	await ada.goesOn('share');
	await expect(cardOn(chidi.page, 'Said by Ben')).toContainText('Ben');

	const panel = await ada.looksUp('Ben');
	await expect(panel.getByRole('button', { name: m.desk_people_back() })).toBeFocused();
	await isSound(ada.page, 'a person');
	await panel.getByLabel(m.desk_person_name()).fill('Benedikt');
	await press(panel, m.desk_person_rename());
	await expect(cardOn(chidi.page, 'Said by Ben')).toContainText('Benedikt');
	await expect(cardOn(ben.page, 'Said by Ben')).toContainText('Benedikt');
	await expect(ada.page.getByRole('dialog', { name: 'Benedikt' })).toBeVisible();
	await ada.shuts();

	await cardOn(ada.page, 'Said by Ben').click();
	const card = ada.page.getByRole('dialog');
	await press(card, m.board_hide_card());
	await expect(card).toContainText(m.board_hidden_devices());
	await press(card, m.board_show_card());
	await expect(card.getByText(m.board_hidden_devices())).toHaveCount(0);
	await ada.shuts();

	const gone = await ada.looksUp('Benedikt');
	await press(gone, m.desk_person_remove_go());
	await press(ada.page.getByRole('dialog').last(), m.desk_person_remove_go_yes());
	await expect(ada.page.getByText(m.desk_person_removed({ name: 'Benedikt' }))).toBeVisible();
	await expect(ben.page.getByRole('heading', { name: m.room_ended() })).toBeVisible();
	await expect(cardOn(chidi.page, 'Said by Ben')).toHaveCount(0);
	await expect(cardOn(chidi.page, 'Said by Chidi')).toBeVisible();
	await isSound(ada.page, 'the people');
	await ada.shuts();
	await ada.page.getByText(m.desk_removed({ count: 1 })).click();
	await ada.page.getByRole('button', { name: m.desk_bring_back() }).click();
	await expect(cardOn(chidi.page, 'Said by Ben')).toBeVisible();
});

test('JO34 JO36 JO37 DE26 what is kept, for how long, and how it is had and undone', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const code = await ada.opensWorkshop('Kept for a while', EXERCISE.id);
	const ben = await Participant.arrives(people, server, 'Ben');
	await ben.page.getByRole('link', { name: m.room_privacy_link() }).click();
	await expect(ben.page.getByRole('heading', { name: m.privacy_title() })).toBeVisible();
	await isSound(ben.page, 'what is stored');
	await ben.page.goto(server.url);
	await ben.joins(code, 'Ben');
	const mine = ben.page.getByRole('link', { name: m.room_data_mine() });
	const data: unknown = JSON.parse((await download(ben.page, mine)).text());
	expect(JSON.stringify(data)).toContain('"Ben"');

	const kept = await ada.opens(m.desk_retention());
	await kept.getByLabel(m.desk_retention_days()).fill('0');
	await press(kept, m.desk_retention_save());
	await expect(kept).toContainText(m.desk_retention_range());
	await isSound(ada.page, 'how long it is kept');
	await kept.getByLabel(m.desk_retention_days()).fill('14');
	await press(kept, m.desk_retention_save());
	await expect(kept).toBeHidden();
	await ada.closesWorkshop();
	const longer = ada.page.getByRole('button', { name: m.desk_deletes_longer() });
	await expect(longer).toBeVisible();
	await ada.page.goto(`${server.url}/workshops`);
	const row = ada.page.getByRole('listitem').filter({ hasText: 'Kept for a while' });
	await expect(row).toContainText('Will be deleted on');
	await row.getByRole('link').click();
	await longer.click();
	const again = ada.page.getByRole('dialog', { name: m.desk_retention() });
	await again.getByRole('radio', { name: m.desk_retention_never() }).check();
	await press(again, m.desk_retention_save());
	await expect(longer).toHaveCount(0);

	await ada.page.goto(`${server.url}/workshops`);
	await ada.page.waitForLoadState('networkidle');
	await press(row, m.home_delete_named({ title: 'Kept for a while' }));
	await press(ada.page.getByRole('dialog'), m.home_delete_now());
	await expect(row).toContainText(m.home_deleted());
	await expect(row.getByRole('button')).toBeFocused();
	await expect(ben.page.getByRole('heading', { name: m.room_ended() })).toBeVisible();
	await isSound(ada.page, 'a list with a deleted workshop');
	await press(row, m.home_undo_named({ title: 'Kept for a while' }));
	await expect(row.getByRole('link')).toBeFocused();
	await row.getByRole('link').click();
	await expect(ada.page.getByText(m.desk_closed_note())).toBeVisible();
});

/** Every deed that can be in the list; a new one does not compile until it is here. */
const OTHERS: Record<Exclude<AuditView['deed'], keyof typeof COMMANDS>, true> = {
	created: true,
	imported: true,
	'asked-ideas': true,
	'invited-cofacilitator': true,
	'joined-as-cofacilitator': true,
	'revoked-cofacilitator': true,
	exported: true,
	'changed-summary': true,
	'shared-summary': true,
	'revoked-summary-link': true,
	deleted: true,
	restored: true
};
const deeds = [...Object.keys(COMMANDS), ...Object.keys(OTHERS)] as AuditView['deed'][];

test('DE22 every deed has a sentence of its own', () => {
	const said = deeds.map((deed) => auditSentence({ deed, about: {}, person: null }));
	expect(new Set(said).size).toBe(deeds.length);
	for (const sentence of said) expect(sentence).toMatch(/^[a-z].*[a-z]$/);
});

test('DE22 a sentence says to whom, where to and how much', () => {
	const said = (deed: AuditView['deed'], about: AuditView['about'], name: string | null = null) =>
		auditSentence({ deed, about, person: name });
	expect(said('rename-person', { person: '1' }, 'Ben')).toBe('renamed Ben');
	expect(said('remove-person', { person: '1' })).toBe('removed somebody who is gone');
	expect(said('next', { phase: 'share' })).toBe('went on: Share');
	expect(said('go', { phase: 'nonsense' })).toBe('went to another phase: another phase');
	expect(said('extend', { minutes: 2 })).toBe('gave 2 min more');
});
