/** The facilitator's two hands: the desk and the phone, on one room. */
import { expect } from '@playwright/test';
import { paceWords, takeBackName, takeBackWords } from '../../src/lib/facilitation/pace-words.ts';
import { pulseWords } from '../../src/lib/facilitation/pulse-words.ts';
import { readyWords } from '../../src/lib/facilitation/readiness-words.ts';
import { undoWords } from '../../src/lib/facilitation/undo-words.ts';
import { m } from '../../src/lib/paraglide/messages.js';
import { nextNote } from '../../src/lib/remote/next-words.ts';
import { findExercise } from '../../src/shared/exercises/catalogue.ts';
import { COMMANDS, type Command } from '../../src/shared/facilitation/commands.ts';
import type { BoardView } from '../../src/shared/facilitation/view.ts';
import type { CommandType } from '../../src/shared/permissions.ts';
import { Ada } from './support/ada.ts';
import { gives } from './support/gives.ts';
import { Participant } from './support/participant.ts';
import { isSound } from './support/looks.ts';
import { test } from './support/test.ts';

const EXERCISE = findExercise('barrier')!;
const MAIN = EXERCISE.fields.find((field) => field.main)!.title;
const WORDS = 'Nobody asked us in time';

test('DE33 how many are ready is said of one, of some, of all and of nobody', () => {
	const said = [0, 1, 2, 3].map((settled) => readyWords({ settled, here: 3 }));
	expect(new Set(said).size).toBe(4);
	expect(said[2]).toBe(m.tempo_ready_some({ ready: 2, here: 3 }));
});

test('DE35 the pace is in words, each with its figure', () => {
	const words = pulseWords({ 'with-you': 4, faster: 0, slower: 1, lost: 2 });
	expect(words.map(({ count }) => count)).toEqual([4, 0, 1, 2]);
	expect(words.map(({ word }) => word).join(' ')).toMatch(/^[a-z ]+$/);
});

test('DE38 how late it is stands in words too', () => {
	const said = [-7, 0.9, 4.9].map((minutes) => paceWords(minutes * 60_000));
	expect(said).toEqual([m.desk_ahead({ count: 7 }), m.desk_on_time(), m.desk_behind({ count: 4 })]);
});

test('DE39 what can be shorter is said in a sentence, and so is that nothing can', () => {
	const agenda = [
		{ kind: 'break' as const, minutes: 10 },
		{ kind: 'break' as const, minutes: 10 }
	];
	const discuss = { minutes: 2, all: 9, able: [{ phase: 'discuss' as const }, { item: 0 }] };
	expect(takeBackWords({ agenda }, discuss)).toBe(
		'2 minutes can come back from Discuss, or from the first break.'
	);
	expect(takeBackName({ agenda }, discuss)).toBe('Take it from Discuss');
	const none = { minutes: 2, all: 0, able: [] };
	expect(takeBackWords({ agenda }, none)).toBe(m.tempo_from_nothing());
	expect(takeBackName({ agenda }, { ...none, all: 1 })).toBe(m.tempo_replan());
	expect(takeBackWords({ agenda: agenda.slice(1) }, { ...none, all: 5, able: [{ item: 0 }] })).toBe(
		m.tempo_from_one({
			minutes: m.tempo_minutes({ count: 2 }),
			first: m.tempo_the_break()
		})
	);
});

test('DE41 every command that can be taken back is called by a name of its own', () => {
	const types = (Object.keys(COMMANDS) as CommandType[]).filter(
		(type) => COMMANDS[type].kind === 'facilitation' && type !== 'undo' && type !== 'change-code'
	);
	const words = types.map((type) => undoWords(type));
	expect(words).not.toContain(m.undo());
	expect(new Set(words).size).toBe(types.length);
	expect(undoWords('next')).toBe('Undo: Next');
	expect(undoWords(null)).toBeNull();
});

test('DE50 the next step says that cards turn over, and what follows', () => {
	const board = { revealed: false, writing: 'private', grouping: 'everyone', dots: 5 } as BoardView;
	const note = (phase: 'share' | 'group', cards: number) =>
		nextNote({ kind: 'phase', phase, minutes: 1, reveals: phase === 'share' }, board, cards);
	expect(note('share', 58)).toBe('58 cards turn over for everyone');
	expect(note('share', 1)).toBe('1 card turns over for everyone');
	expect(note('group', 58)).toBe('everyone may group, 1 min');
	expect(nextNote({ kind: 'votes', after: 'discuss', minutes: 2 }, board, 0)).toBe(
		'then Discuss, 2 min'
	);
});

test('DE26 DE41 DE45 DE46 DE54 DE55 DE56 a desk and a phone lead one room', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const made = await ada.page.evaluate(async (exercise) => {
		const agenda = [exercise, { break: 10 }];
		const body = JSON.stringify({ title: 'Two hands', language: 'en', anonymous: false, agenda });
		const headers = { 'content-type': 'application/json' };
		return (await fetch('/api/v1/workshops', { method: 'POST', headers, body })).json();
	}, EXERCISE.id);
	await ada.page.goto(`${server.url}/workshops/${made.id}`);
	await ada.page.waitForLoadState('networkidle');
	const code = await ada.opensDoors();
	const phone = await ada.page.context().newPage();
	await phone.setViewportSize({ width: 360, height: 640 });
	await phone.goto(`${ada.page.url()}/remote`);
	await phone.waitForLoadState('networkidle');
	const button = (name: string | RegExp, on = phone) => on.getByRole('button', { name });
	const stands = (words: string, on = phone) =>
		expect(on.getByText(words, { exact: true }).first()).toBeVisible();
	const chooses = async (what: string) => {
		await button(m.remote_more()).click();
		await phone.getByRole('menuitem', { name: what }).click();
	};
	const ben = await Participant.arrives(people, server, 'Ben');
	await ben.joins(code, 'Ben');
	await expect(
		ada.page.getByRole('region', { name: m.desk_people() }).getByText('Ben', { exact: true })
	).toBeVisible();

	await button(m.desk_start({ title: EXERCISE.title })).click();
	await ada.isIn('brief');
	// One press, and the same again at once, is one; in the brief nobody is left behind.
	const pressesTwice = () =>
		ada.page.evaluate(() => {
			for (let press = 0; press < 2; press++)
				document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', bubbles: true }));
		});
	await pressesTwice();
	await ada.isIn('write');
	// Now somebody would be: nobody is moved.
	await pressesTwice();
	await expect(button(m.tempo_next_same(), ada.page)).toBeVisible();
	await ada.isIn('write');
	const board = await ada.page.evaluate(async () => {
		const id = location.pathname.split('/')[2]!;
		return (await (await fetch(`/api/v1/workshops/${id}`)).json()).live as string;
	});
	const ready = (on: boolean): Command => ({ type: 'ready', board, phase: 'write', on });
	await gives(ben.page, ready(true));
	const oneSaysSo = ada.page.getByText(m.tempo_ready_said_one());
	await expect(oneSaysSo).toBeVisible();
	await gives(ben.page, ready(false));
	await expect(oneSaysSo).toHaveCount(0);

	// On the phone, too, it asks; the wrong one is taken back within two taps.
	await ben.composer.getByLabel(MAIN).fill(WORDS);
	const next = phone.getByRole('contentinfo').getByRole('button').last();
	// Right after the desk went on, a press on the phone is none (DE14).
	await expect(async () => {
		await next.click();
		await expect(next).toContainText(m.tempo_next_same(), { timeout: 500 });
	}).toPass();
	await expect(next).toContainText(m.tempo_ready_nobody());
	await next.click();
	await ada.isIn('share');
	await chooses(m.undo_of({ deed: m.undo_next() }));
	await ada.isIn('write');
	await ben.isIn('write');
	// What Ben had begun was put down for him, and who has put a card down is ready: one press.
	await stands(m.remote_put_down_one());
	await next.click();
	await ada.isIn('share');

	await gives(ben.page, { type: 'raise-hand' });
	await stands(m.remote_hands({ names: 'Ben' }));
	await button(m.tempo_lower_named({ name: 'Ben' }), ada.page).press('Enter');
	await expect(phone.getByText(m.remote_hands({ names: 'Ben' }))).toHaveCount(0);
	await expect(ada.page.locator('main:focus')).toHaveCount(1); // the button has gone

	await button(m.remote_spotlight()).click();
	const list = phone.getByRole('dialog');
	await list.getByLabel(m.remote_spotlight_find()).fill('asked');
	await list.getByRole('button', { name: WORDS }).click();
	const seen = ada.page.getByRole('region', { name: m.desk_room_sees() });
	await expect(seen).toContainText(WORDS);
	await phone.reload();
	await expect(phone.getByText(m.focus_in_the_light({ what: WORDS }))).toBeVisible();
	await button(m.focus_let_go()).click();
	await expect(seen).not.toContainText(WORDS);

	await ada.page.keyboard.press('.');
	await expect(button(m.remote_unblank())).toBeVisible();
	await button(m.remote_unblank()).click();
	await expect(button(m.tempo_blank(), ada.page)).toBeVisible();
	await ada.page.getByRole('textbox', { name: m.tempo_say() }).fill('Look up, please');
	await ada.page.keyboard.press('Enter');
	await expect(seen).toContainText('Look up, please');
	await chooses(m.remote_text_off());
	await expect(seen).not.toContainText('Look up, please');
	const note = ada.page.getByRole('textbox', { name: m.tempo_note(), exact: true });
	await note.fill('Ask Ben first');
	await note.blur();
	await stands('Ask Ben first');

	await chooses(m.tempo_break_of({ count: 5 }));
	const rest = ada.page.getByRole('region', { name: m.desk_break() });
	await expect(rest).toContainText(m.tempo_break_waits());
	await button(m.desk_end_break()).click();
	await expect(rest).toHaveCount(0);

	await ada.page.getByRole('heading', { name: m.desk_nudges() }).click();
	for (let more = 0; more < 7; more++) await ada.page.keyboard.press('+');
	const rail = ada.page.getByRole('navigation', { name: m.desk_agenda() });
	await expect(rail).toContainText(/\d min behind/);
	await button(m.tempo_take_from({ from: m.tempo_the_break() }), ada.page).click();
	await expect(button(m.undo_of({ deed: m.undo_replan() }), ada.page)).toBeVisible();

	const height = phone.viewportSize()!.height;
	for (const one of [phone.getByRole('timer'), next, button(m.desk_pause())]) {
		const box = (await one.boundingBox())!;
		expect(box.y + box.height).toBeLessThanOrEqual(height);
	}
	await isSound(phone, 'the remote');
	await ada.closesWorkshop();
	await button(m.undo_of({ deed: m.undo_close() }), ada.page).click();
	await ada.isIn('share');
	await expect(next).toContainText(m.desk_next({ phase: m.desk_phase_group() }));
});
