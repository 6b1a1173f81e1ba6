import { minutesOf } from '#shared/facilitation/timetable.ts';
import { expect, test } from 'vitest';
import { AGENDAS, CATALOGUE, findExercise } from '#shared/exercises/catalogue.ts';
import { newWorkshop } from '#shared/facilitation/new-workshop.ts';
import { isRefusal } from '#shared/refusals.ts';
import {
	inputOf,
	moveRow,
	moveRowTo,
	rowsOf,
	rowsOfInput,
	runUpTo,
	type AgendaRow
} from '../../src/lib/facilitation/agenda-draft.ts';
import { filterCatalogue, seriesOf, tagsOf } from '../../src/lib/facilitation/catalogue-filter.ts';
import { deskKey } from '../../src/lib/facilitation/desk-keys.ts';
import { movedUnderHand } from '../../src/lib/facilitation/moved-under-hand.ts';
import { oneAtATime, type Keeping } from '../../src/lib/facilitation/one-at-a-time.ts';
import { until } from '../support/until.ts';

const counting = () => {
	let count = 0;
	return () => `row-${count++}`;
};
const rows = (...input: Parameters<typeof rowsOfInput>[0]) =>
	rowsOfInput(input, CATALOGUE, counting());
const ids = (some: AgendaRow[]) => some.map(({ id }) => id).join(' ');

test('DE6 the partnerships agenda becomes nine rows of ninety minutes', () => {
	const ready = rowsOfInput(AGENDAS[0]!.items, CATALOGUE, counting());
	expect(ready.map(({ kind }) => kind).filter((kind) => kind === 'break')).toHaveLength(2);
	expect(ready.reduce((sum, row) => sum + minutesOf(row), 0)).toBe(90);
	expect(ready[1]).toMatchObject({
		kind: 'exercise',
		exercise: 'barrier',
		writing: 'private',
		phases: findExercise('barrier')!.phases
	});
});

test('DE6 an exercise that the catalogue does not know is left out', () => {
	expect(rows('barrier', 'no-such-exercise')).toHaveLength(1);
});

test('DE7 a phase of 0 minutes is left out of what is sent, and found again', () => {
	const [row] = rows('barrier');
	if (row?.kind !== 'exercise') throw new Error('not an exercise');
	const without = {
		...row,
		phases: row.phases.map((one) => (one.phase === 'vote' ? { ...one, minutes: 0 } : one))
	};
	const sent = inputOf([without]);
	expect(JSON.stringify(sent)).not.toContain('vote');
	const state = newWorkshop(
		{ title: 'Partners', language: 'en', anonymous: false, agenda: sent },
		findExercise
	);
	if (isRefusal(state)) throw new Error(state.refused);
	const [again] = rowsOf(state.agenda, CATALOGUE, counting());
	expect(again).toMatchObject({ phases: without.phases });
	expect(inputOf([again!])).toEqual(sent);
});

test('DE8 a row moves by one place, and stops at the ends', () => {
	const three = rows('barrier', { break: 10 }, 'advocate');
	expect(ids(moveRow(three, 'row-0', 1, 0))).toBe('row-1 row-0 row-2');
	expect(ids(moveRow(three, 'row-2', -1, 0))).toBe('row-0 row-2 row-1');
	expect(ids(moveRow(three, 'row-0', -1, 0))).toBe('row-0 row-1 row-2');
	expect(ids(moveRow(three, 'row-2', 1, 0))).toBe('row-0 row-1 row-2');
});

test('DE8 a dragged row goes where it is put down, and no further than the ends', () => {
	const three = rows('barrier', { break: 10 }, 'advocate');
	expect(ids(moveRowTo(three, 'row-0', 2, 0))).toBe('row-1 row-2 row-0');
	expect(ids(moveRowTo(three, 'row-2', 0, 0))).toBe('row-2 row-0 row-1');
	expect(ids(moveRowTo(three, 'row-0', 9, 0))).toBe('row-1 row-2 row-0');
});

test('DE8 nothing moves before what has been run, and that does not move', () => {
	const three = rows('barrier', 'advocate', 'work-with');
	expect(ids(moveRow(three, 'row-1', -1, 1))).toBe('row-0 row-1 row-2');
	expect(ids(moveRow(three, 'row-0', 1, 1))).toBe('row-0 row-1 row-2');
});

test('DE9 what stays is everything up to the last that was run, or the break that is on', () => {
	expect(runUpTo({ boards: [], break: null })).toBe(0);
	expect(runUpTo({ boards: [{ index: 0 }, { index: 2 }], break: null })).toBe(3);
	expect(runUpTo({ boards: [{ index: 0 }], break: { index: 1 } })).toBe(2);
});

test('DE10 tags narrow down together, and the series beside them', () => {
	const found = (tags: string[], series: string | null = null) =>
		filterCatalogue(CATALOGUE, { tags, series }).map(({ id }) => id);
	expect(found([])).toHaveLength(CATALOGUE.length);
	expect(found(['partnerships', 'collaboration'])).toEqual(['barrier']);
	expect(found(['advocacy'], '10-Minute Library Advocate')).toEqual(['work-with']);
	expect(found(['advocacy', 'networking'])).toEqual([]);
});

test('DE10 an exercise of no series is found by its source', () => {
	const source = findExercise('six-ps')!.source!;
	expect(seriesOf(CATALOGUE)).toContain(source);
	expect(filterCatalogue(CATALOGUE, { tags: [], series: source })).toHaveLength(1);
	expect(tagsOf(CATALOGUE)[0]).toBe('partnerships');
});

const press = (key: string, held: object = {}) => ({
	key,
	ctrlKey: false,
	metaKey: false,
	altKey: false,
	repeat: false,
	...held
});
const nowhere = { typing: false, inControl: false };

test('DE11 N and the arrow go on; typing, shortcuts and held keys do nothing', () => {
	for (const key of ['n', 'N', 'ArrowRight']) expect(deskKey(press(key), nowhere)).toBe('next');
	expect(deskKey(press('?'), nowhere)).toBe('help');
	expect(deskKey(press('n'), { typing: true, inControl: false })).toBeNull();
	expect(deskKey(press('n', { ctrlKey: true }), nowhere)).toBeNull();
	expect(deskKey(press('n', { metaKey: true }), nowhere)).toBeNull();
	expect(deskKey(press('n', { repeat: true }), nowhere)).toBeNull();
	expect(deskKey(press('x'), nowhere)).toBeNull();
});

test('DE12 an arrow within the board or a menu stays there, N still goes on', () => {
	const inBoard = { typing: false, inControl: true };
	expect(deskKey(press('ArrowRight'), inBoard)).toBeNull();
	expect(deskKey(press('ArrowLeft'), inBoard)).toBeNull();
	expect(deskKey(press('n'), inBoard)).toBe('next');
});

test('DE13 what is changed while a change is on its way is sent after it, as one', async () => {
	const sent: string[] = [];
	const told: Keeping[] = [];
	const answers: ((taken: boolean) => void)[] = [];
	const save = oneAtATime(
		(value: string) => {
			sent.push(value);
			return new Promise<boolean>((answer) => answers.push(answer));
		},
		(keeping) => told.push(keeping)
	);
	const all = Promise.all([save('a'), save('b'), save('c')]);
	expect(sent).toEqual(['a']);
	answers.shift()!(true);
	await until(() => sent.length === 2, { what: 'the second change' });
	expect(sent).toEqual(['a', 'c']);
	answers.shift()!(true);
	await all;
	expect(told).toEqual(['saving', 'saved']);
});

test('DE13 a change that is refused is told, and what waited is not pushed after it', async () => {
	const told: Keeping[] = [];
	const sent: string[] = [];
	const save = oneAtATime(
		async (value: string) => {
			sent.push(value);
			return false;
		},
		(keeping) => told.push(keeping)
	);
	await Promise.all([save('a'), save('b')]);
	expect(sent).toEqual(['a']);
	expect(told).toEqual(['saving', 'refused']);
});

test('DE14 a press right after somebody else moved the room on is none, and one of one’s own counts', () => {
	const board = { startedAt: 0, phaseStartedAt: 60_000 };
	expect(movedUnderHand(board, { now: 60_050, own: false })).toBe(true);
	expect(movedUnderHand(board, { now: 60_050, own: true })).toBe(false);
	expect(movedUnderHand(board, { now: 61_000, own: false })).toBe(false);
});

test('DE14 the first phase was not moved to: it may be left at once', () => {
	const board = { startedAt: 60_000, phaseStartedAt: 60_000 };
	expect(movedUnderHand(board, { now: 60_050, own: false })).toBe(false);
});
