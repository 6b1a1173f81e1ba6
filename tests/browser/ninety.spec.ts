/**
 * Ninety minutes at speed: the ready-made agenda, led from desk and phone, by one facilitator and then
 * by another, with a room screen and six people. Nothing here knows an exercise by name.
 */
import { expect, type Page } from '@playwright/test';
import { m } from '../../src/lib/paraglide/messages.js';
import { phaseName } from '../../src/lib/facilitation/phase-name.ts';
import { AGENDAS, findExercise } from '../../src/shared/exercises/catalogue.ts';
import {
	fieldsOf,
	RUNNING_PHASES,
	type Exercise,
	type RunningPhase
} from '../../src/shared/exercises/format.ts';
import { matchingOf } from '../../src/shared/matching/themes.ts';
import { Ada } from './support/ada.ts';
import { fillIn } from './support/fields.ts';
import { download, pdfWords } from './support/files.ts';
import { Participant } from './support/participant.ts';
import type { People } from './support/people.ts';
import { Remote } from './support/remote.ts';
import { RoomScreen } from './support/room-screen.ts';
import type { ServerProcess } from './support/server.ts';
import { cardOn, dragByKeys, groupOn } from './support/surface.ts';
import { test } from './support/test.ts';

const ITEMS = AGENDAS[0]!.items;
/** The exercise of each item; null for a break. */
const PLAN = ITEMS.map((item) =>
	typeof item === 'object' && 'break' in item
		? null
		: findExercise(typeof item === 'string' ? item : item.exercise)!
);
const EXERCISES = PLAN.filter((one) => one !== null);
const SECOND = 'The second card';
const OLENA = { name: 'olena', email: 'olena@example.org', password: 'four shorter words here' };
const TITLE = 'Partnerships in ninety minutes';
/** Who comes on time, with what, from where; and who comes late, to which exercise. */
const ON_TIME = [
	['Ben', 'phone', 'KE'],
	['Chidi', 'phone', 'NG'],
	['Dana', 'laptop', 'UA'],
	['Emil', 'phone', 'DE'],
	['Fatou', 'phone', 'SN']
] as const;
const LATE = { name: 'Gulnara', country: 'KZ', at: 2 };
/** The exercise from which on somebody else leads; the one whose room sits at tables; the one with a wrong press. */
const HANDED_OVER = 3;
const AT_TABLES = 4;
const WRONG_PRESS = 1;

test('JO16 JO55 JO56 JO57 ninety minutes, from open doors to what everybody takes home', async ({
	server,
	people
}) => {
	test.setTimeout(600_000);
	const ada = await Ada.arrives(people, server);
	await ada.page.goto(`${server.url}/workshops/new?agenda=${AGENDAS[0]!.id}`);
	await ada.page.waitForLoadState('networkidle');
	await ada.page.getByLabel(m.home_workshop_name()).fill(TITLE);
	await ada.page.getByRole('button', { name: m.home_create() }).click();
	const code = await ada.opensDoors();
	const remote = await Remote.opens(ada);
	const screen = await RoomScreen.opens(people, ada);
	const room: Participant[] = [];
	const from: string[] = [...ON_TIME.map(([, , country]) => country), LATE.country];
	for (const [name, device] of ON_TIME) {
		const one = await Participant.arrives(people, server, name, device);
		await one.joins(code, name);
		room.push(one);
	}
	const [ben, chidi] = room as [Participant, Participant];
	let leads = ada;

	const opened = new Set<string>();
	/** Everybody is in the phase; and one screen after the other is lost in it and opened again. */
	const arriveIn = async (phase: RunningPhase, turn: number) => {
		const everybody = [leads, ada, remote, screen, ben, chidi];
		await Promise.all(everybody.map((one) => one.isIn(phase)));
		const which = `${phase} ${turn % 4}`;
		if (opened.has(which)) return;
		opened.add(which);
		const lost = [leads, remote, screen, ben][turn % 4]!;
		await lost.page.reload();
		await lost.isIn(phase);
	};

	let place = -1;
	for (const exercise of PLAN) {
		if (!exercise) {
			await test.step('a break', () => rests(leads, screen));
			continue;
		}
		place += 1;
		const at = place;
		await test.step(exercise.title, async () => {
			const turn = (phase: RunningPhase) => at + RUNNING_PHASES.indexOf(phase);
			if (at === HANDED_OVER) leads = await handsOver(ada, people, server);
			// The hand that leads changes: the key on the desk, the thumb on the phone.
			const goesOn = (to: RunningPhase) =>
				turn(to) % 2 === 0 ? leads.goesOn(to) : remote.goesOn(to);

			await leads.starts(exercise.title);
			await arriveIn('brief', turn('brief'));
			if (at === LATE.at) room.push(await comesLate(people, server, code, at + 1));
			await goesOn('write');
			await arriveIn('write', turn('write'));
			const [said] = await Promise.all([
				writesAll(ben, exercise),
				...room.slice(1).map((one, i) => writes(one, exercise, { country: from[i + 1]! }))
			]);
			await goesOn('share');
			if (at === WRONG_PRESS) await pressesWrongly(leads, ben);
			await arriveIn('share', turn('share'));
			await showsAll(leads.page, exercise, said);
			if (matchingOf(exercise)) await matches(leads, ben);
			if (at === AT_TABLES) await sitsAtTables(leads, room, screen);

			await goesOn('group');
			await arriveIn('group', turn('group'));
			const [first] = said;
			await dragByKeys(
				leads.page,
				cardOn(leads.page, SECOND),
				m.board_said_on_card({ words: first! })
			);
			await groupOn(leads.page).getByLabel(m.board_group_title()).fill('Both together');
			await expect(groupOn(ben.page, 'Both together')).toBeVisible();
			await leads.page.getByRole('heading', { name: m.desk_board() }).click();
			await goesOn('vote');
			await arriveIn('vote', turn('vote'));
			await ben.votesFor('Both together');
			await ben.hasDots(4);
			await leads.page.getByRole('button', { name: m.desk_show_dots() }).click();
			await leads.goesOn('discuss');
			await arriveIn('discuss', turn('discuss'));
			await goesOn('act');
			await arriveIn('act', turn('act'));
			const action = `Write the letter of ${exercise.id}`;
			await ben.promises(action, 'Ben', 'this week');
			for (const { title } of exercise.views) {
				await leads.looksAt(title);
				await expect(leads.page.getByRole('heading', { level: 3, name: title })).toBeVisible();
			}
			await leads.goesOn('done');
			await takesHome(leads.page, exercise, [...said, 'Both together', action]);
		});
	}
	expect(opened.size).toBe(4 * RUNNING_PHASES.length);
	await test.step('everybody goes home', async () => {
		await leads.closesWorkshop();
		await expect(screen.page.getByRole('heading', { name: m.room_screen_thanks() })).toBeVisible();
		for (const { page } of room)
			await expect(page.getByRole('heading', { name: m.room_closed() })).toBeVisible();
		const link = ben.page.getByRole('link', { name: m.downloads_pdf_home() });
		const words = pdfWords((await download(ben.page, link)).path);
		expect(words).toContain(TITLE);
		for (const { title } of EXERCISES) expect(words).toContain(title);
	});
});

/** Every field of a card, and a second card; answers with what it says. */
async function writesAll(one: Participant, exercise: Exercise): Promise<string[]> {
	const column = exercise.columns[0]!;
	const fields = fieldsOf(exercise, column.id);
	const main = fields.find((field) => field.main)!;
	const said: string[] = [];
	for (const field of [main, ...fields.filter((other) => other !== main)]) {
		const label = one.composer.getByText(field.title, { exact: true }).first();
		if (field !== main && !(await label.isVisible()))
			await one.composer.getByText(m.board_more_about_it()).click();
		const words = await fillIn(one.composer, exercise, field);
		if (words) said.push(words);
	}
	await one.putsDown();
	await writes(one, exercise, { words: SECOND });
	await expect(one.ownCards.getByRole('listitem')).toHaveCount(2);
	return said;
}

/** The main field, and what is asked for. */
async function writes(
	one: Participant,
	exercise: Exercise,
	{ words = 'So do I', country = 'KE' }: { words?: string; country?: string }
): Promise<void> {
	const fields = fieldsOf(exercise, exercise.columns[0]!.id);
	const main = fields.find((field) => field.main)!;
	await one.composer.getByLabel(main.title, { exact: true }).fill(words);
	for (const field of fields.filter((other) => other.required && other !== main))
		await fillIn(one.composer, exercise, field, country);
	await one.putsDown();
	await one.hasSaved();
}

/** A card opened shows every field that was filled in. */
async function showsAll(page: Page, exercise: Exercise, said: string[]): Promise<void> {
	await cardOn(page, said[0]!).first().click();
	const details = page.getByRole('dialog');
	for (const words of said) await expect(details.getByText(words).first()).toBeVisible();
	for (const field of fieldsOf(exercise, exercise.columns[0]!.id).filter(({ main }) => !main))
		await expect(details.getByText(field.title, { exact: true })).toBeVisible();
	await details.getByRole('button', { name: m.board_close() }).click();
}

async function rests(leads: Ada, screen: RoomScreen): Promise<void> {
	await leads.page.getByRole('button', { name: m.desk_start_break({ count: 10 }) }).click();
	await expect(screen.page.getByText(m.desk_break(), { exact: true }).first()).toBeVisible();
	await screen.page.reload();
	await expect(screen.page.getByText(m.desk_break(), { exact: true }).first()).toBeVisible();
}

/** Joins at a later exercise: one page says what there was, and then she is where all are. */
async function comesLate(
	people: People,
	server: ServerProcess,
	code: string,
	at: number
): Promise<Participant> {
	const late = await Participant.arrives(people, server, LATE.name);
	await late.joins(code, LATE.name);
	const title = m.room_late_title({ place: at, places: EXERCISES.length });
	await expect(late.page.getByRole('heading', { name: title })).toBeVisible();
	await expect(late.page.getByText('Both together').first()).toBeVisible();
	await late.page
		.getByRole('button', { name: m.room_late_join_in({ phase: phaseName('brief') }) })
		.click();
	await late.isIn('brief');
	return late;
}

/** One press too many, and taken back: nobody has lost anything. */
async function pressesWrongly(leads: Ada, ben: Participant): Promise<void> {
	await leads.goesOn('group');
	await ben.isIn('group');
	await expect(async () => {
		await leads.page.keyboard.press('u');
		await leads.isIn('share');
	}).toPass();
	await ben.isIn('share');
}

/** People of the same theme are brought together, and one reaches the other. */
async function matches(leads: Ada, ben: Participant): Promise<void> {
	await leads.page.getByRole('button', { name: m.matching_match(), exact: true }).click();
	await expect(ben.page.getByText(/You are matched with/)).toBeVisible();
}

/** To the tables and back: each sees their own table's cards, or everybody's. */
async function sitsAtTables(leads: Ada, room: Participant[], screen: RoomScreen): Promise<void> {
	const dialog = await leads.opens(m.tables_title());
	await dialog.getByRole('button', { name: m.tables_save_and_go() }).click();
	await expect(screen.page.getByText(m.tables_screen_title())).toBeVisible();
	const strip = ({ page }: Participant) => page.getByRole('region', { name: m.tables_at_yours() });
	for (const one of room) await expect(strip(one)).toContainText(/Table \d, with /);
	const ben = room[0]!;
	await ben.page.getByRole('radio', { name: m.tables_everyone() }).check();
	await ben.page.reload();
	await expect(strip(ben)).toBeVisible();
	await leads.page.keyboard.press('t');
	for (const one of room) await expect(strip(one)).toHaveCount(0);
}

/** Ada invites Olena, who takes the desk over in the middle; Ada's stays open. */
async function handsOver(ada: Ada, people: People, server: ServerProcess): Promise<Ada> {
	const dialog = await ada.opens(m.desk_cofacilitators());
	await dialog.getByRole('button', { name: m.desk_cofacilitators_invite(), exact: true }).click();
	const link = await dialog.getByLabel(m.desk_cofacilitators_link()).inputValue();
	await ada.shuts();
	await server.addAccount(OLENA.email, OLENA.password);
	const olena = await Ada.logsIn(people, server, { ...OLENA, next: new URL(link).pathname });
	await olena.page.getByRole('button', { name: m.home_cofacilitate_yes() }).click();
	await expect(olena.page.getByRole('heading', { level: 1 })).toBeVisible();
	await olena.page.waitForLoadState('networkidle');
	return olena;
}

/** The board as it lay, in a file, as soon as it is done. */
async function takesHome(desk: Page, exercise: Exercise, said: string[]): Promise<void> {
	const taken = desk.getByRole('group', { name: m.downloads_of({ what: exercise.title }) });
	const link = taken.getByRole('link', { name: m.downloads_pdf(), exact: true });
	const words = pdfWords((await download(desk, link)).path);
	for (const one of said) expect(words).toContain(one);
}
