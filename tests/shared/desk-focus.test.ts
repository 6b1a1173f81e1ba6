import { expect, test } from 'vitest';
import type { BoardValue } from '#shared/doc/contents.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { FacilitationCommand } from '#shared/facilitation/commands.ts';
import { viewFor, type WorkshopView } from '#shared/facilitation/view.ts';
import { commandOf } from '../../src/lib/facilitation/desk-acts.ts';
import { deskKey, isPageKey, turnOf } from '../../src/lib/facilitation/desk-keys.ts';
import { isSame, nextColumn, textInLight } from '../../src/lib/facilitation/focus.ts';
import { nextStep, pressOf } from '../../src/lib/remote/next-step.ts';
import { phaseCounts } from '../../src/lib/remote/phase-counts.ts';
import { after, draft, exerciseOf, inPhase, start, START } from './facilitation-room.ts';

const seen = (state: ReturnType<typeof inPhase>): WorkshopView =>
	viewFor({ id: 'w', code: 'K7M4PR', version: 1, state }, 'facilitator', START);
const opened = (...commands: FacilitationCommand[]) =>
	seen(after(draft(), [{ type: 'open' }, ...commands]));

const press = (key: string, held = {}) => ({
	key,
	ctrlKey: false,
	metaKey: false,
	altKey: false,
	shiftKey: false,
	repeat: false,
	...held
});
const nowhere = { typing: false, inControl: false };
const inBoard = { typing: false, inControl: true };

test('DE37 M, the full stop and U are keys of the desk; they rest while someone types', () => {
	const keys = ['m', 'M', '.', 'u', 'U'];
	expect(keys.map((key) => deskKey(press(key), nowhere))).toEqual([
		'mute',
		'mute',
		'blank',
		'undo',
		'undo'
	]);
	for (const key of keys)
		expect(deskKey(press(key), { typing: true, inControl: false })).toBeNull();
});

test('DE57 J, K and L turn the pages of the room screen; they rest while someone types', () => {
	const keys = ['j', 'K', 'l'];
	const asked = keys.map((key) => deskKey(press(key), nowhere)!);
	expect(asked.map((key) => isPageKey(key) && turnOf(key))).toEqual(['previous', 'stay', 'next']);
	expect(isPageKey('next')).toBe(false);
	for (const key of keys)
		expect(deskKey(press(key), { typing: true, inControl: false })).toBeNull();
});

test('DE37 Ctrl or Cmd and Z undo, but not in the board, not while someone types, and not with Shift', () => {
	for (const held of [{ ctrlKey: true }, { metaKey: true }]) {
		expect(deskKey(press('z', held), nowhere)).toBe('undo');
		expect(deskKey(press('z', held), inBoard)).toBeNull();
		expect(deskKey(press('z', held), { typing: true, inControl: false })).toBeNull();
		expect(deskKey(press('z', { ...held, shiftKey: true }), nowhere)).toBeNull();
	}
	expect(deskKey(press('z'), nowhere)).toBeNull();
});

test('DE37 a key asks for what can be done now, and else for nothing', () => {
	const writing = seen(inPhase('write'));
	expect(commandOf('mute', writing)).toEqual({ type: 'mute' });
	expect(commandOf('mute', seen(inPhase('write', [{ type: 'mute' }])))).toEqual({ type: 'unmute' });
	expect(commandOf('mute', seen(inPhase('vote')))).toBeNull();
	expect(commandOf('pause', writing)).toEqual({ type: 'pause' });
	expect(commandOf('pause', seen(inPhase('write', [{ type: 'pause' }])))).toEqual({
		type: 'resume'
	});
	expect(commandOf('blank', writing)).toEqual({ type: 'blank-screen' });
	expect(commandOf('blank', { ...writing, blank: true })).toEqual({ type: 'unblank-screen' });
	expect(commandOf('blank', seen(draft()))).toBeNull();
	expect(commandOf('pause', opened())).toBeNull();
	expect(commandOf('minute', opened())).toBeNull();
	expect(commandOf('undo', { ...writing, undo: null })).toBeNull();
	expect(commandOf('undo', { ...writing, undo: 'next' })).toEqual({ type: 'undo' });
});

test('DE45 while a break is on, pause and the minute are the break’s', () => {
	const paused = inPhase('write', [{ type: 'pause' }, { type: 'start-break', minutes: 5 }]);
	expect(commandOf('pause', seen(paused))).toEqual({ type: 'pause' });
	expect(commandOf('minute', seen(paused))).toEqual({ type: 'extend', minutes: 1 });
});

const EXERCISE = exerciseOf('barrier')!;
const wide: Exercise = {
	...EXERCISE,
	columns: ['a', 'b', 'c'].map((id) => ({ id, title: id.toUpperCase(), fields: ['what'] }))
};

test('DE42 columns are shown one after another in their order; with the last, all are', () => {
	const first = nextColumn(wide, null);
	expect(first).toEqual({ title: 'A', columns: ['a'] });
	expect(nextColumn(wide, ['a'])).toEqual({ title: 'B', columns: ['a', 'b'] });
	expect(nextColumn(wide, ['c'])).toEqual({ title: 'A', columns: ['a', 'c'] });
	expect(nextColumn(wide, ['a', 'b'])).toEqual({ title: 'C', columns: null });
	expect(nextColumn({ columns: wide.columns.slice(0, 1) }, null)).toBeNull();
});

test('DE43 a column in the light is said by its title, a card by its words, where it is there', () => {
	const card = { id: 'one', column: 'barriers', fields: { what: 'Nobody asked us' } };
	const board = { cards: [card] } as unknown as BoardValue;
	expect(textInLight({ column: 'ways' }, EXERCISE, board)).toBe('Ways round');
	expect(textInLight({ card: 'one' }, EXERCISE, board)).toBe('Nobody asked us');
	expect(textInLight({ card: 'two' }, EXERCISE, board)).toBeNull();
	expect(textInLight({ card: 'one' }, EXERCISE, undefined)).toBeNull();
	expect(textInLight({ column: 'none' }, EXERCISE, board)).toBeNull();
	expect(isSame({ card: 'one' }, { card: 'one' })).toBe(true);
	expect(isSame({ card: 'one' }, { column: 'one' })).toBe(false);
	expect(isSame(null, { card: 'one' })).toBe(false);
});

const stepOf = (view: WorkshopView) => nextStep(view, START);

test('DE50 the next step is the next phase, and is known to turn cards over where it does', () => {
	expect(stepOf(seen(inPhase('brief', [{ type: 'next' }])))).toEqual({
		kind: 'phase',
		phase: 'share',
		minutes: 1,
		reveals: true
	});
	expect(stepOf(seen(inPhase('group')))).toMatchObject({ phase: 'vote', reveals: false });
	expect(stepOf(seen(inPhase('act')))).toMatchObject({ phase: 'done' });
	expect(pressOf(stepOf(seen(inPhase('act')))!)).toEqual({ goOn: 'next' });
});

test('DE51 in the vote the next step shows what it came to, and then goes on', () => {
	const voting = stepOf(seen(inPhase('vote')))!;
	expect(voting).toEqual({ kind: 'votes', after: 'discuss', minutes: 1 });
	expect(pressOf(voting)).toEqual({ goOn: 'show-votes' });
	const shown = stepOf(seen(inPhase('vote', [{ type: 'show-votes' }])))!;
	expect(shown).toMatchObject({ kind: 'phase', phase: 'discuss' });
});

test('DE52 between boards one button begins what is next, and a break over a board ends', () => {
	const does = (view: WorkshopView) => {
		const step = stepOf(view);
		return step ? pressOf(step) : null;
	};
	expect(does(seen(draft()))).toEqual({ give: { type: 'open' } });
	expect(does({ ...seen(draft()), agenda: [] })).toBeNull();
	expect(does(opened())).toEqual({ give: { type: 'start', exercise: 0 } });
	const finished = [start(0, 'board-one'), { type: 'finish' } as const];
	expect(does(opened(...finished))).toEqual({ give: { type: 'start-break', item: 1 } });
	expect(does(opened(...finished, { type: 'start-break', item: 1 }))).toEqual({
		give: { type: 'start', exercise: 2 }
	});
	expect(does(opened(start(0, 'board-one'), { type: 'start-break', minutes: 5 }))).toEqual({
		give: { type: 'end-break' }
	});
	expect(does(opened({ type: 'close' }))).toEqual({ give: { type: 'open' } });
	const all = [0, 2, 3].flatMap((index) => [
		start(index, `board-${index}`),
		{ type: 'finish' } as const
	]);
	expect(does(opened(...all, { type: 'start-break', item: 1 }))).toEqual({
		give: { type: 'end-break' }
	});
});

test('DE53 the two counts are of cards and who still writes, and in other phases of who is ready', () => {
	const room = { here: 31, ready: 12, down: 25, settled: 28 };
	expect(phaseCounts({ phase: 'write' }, room)).toEqual([
		{ of: 'down', count: 25 },
		{ of: 'writing', count: 6 }
	]);
	expect(phaseCounts({ phase: 'share' }, room)).toEqual([
		{ of: 'ready', count: 12 },
		{ of: 'not-yet', count: 19 }
	]);
});
