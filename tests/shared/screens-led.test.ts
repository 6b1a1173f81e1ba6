/** What a room is led to, what of a board it sees, and what people say without a word. */
import { expect, test } from 'vitest';
import type { BoardValue, CardValue } from '#shared/doc/contents.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import { boardBefore } from '#shared/facilitation/beginnings.ts';
import { PULSE_COUNTS_FOR, stretchOf } from '#shared/facilitation/signals.ts';
import type { Break } from '#shared/facilitation/state.ts';
import type { BoardView } from '#shared/facilitation/view.ts';
import { atRest } from '../../src/lib/board/at-rest.ts';
import { openColumns } from '../../src/lib/board/open-columns.ts';
import { screenStage } from '../../src/lib/room-screen/screen-stage.ts';
import { shownCardSize, textSize } from '../../src/lib/room-screen/shown-size.ts';
import { wallOf } from '../../src/lib/room-screen/wall.ts';
import { goesBack, isAway, NOWHERE, shows } from '../../src/lib/room/leading.ts';
import { ledName, ledTo } from '../../src/lib/room/led.ts';
import { asksWhoIsReady, isReady, pulseOf } from '../../src/lib/room/own-signals.ts';
import { stageOf } from '../../src/lib/room/stage.ts';
import { votables } from '../../src/lib/room/vote-targets.ts';
import { columnsSeen, seenByRoom, shownBoard } from '../../src/lib/state/shown-board.ts';

const barrier = findExercise('barrier')!;
const timer = { kind: 'running', endsAt: 60_000 } as const;

const board = (more: Partial<BoardView> = {}): BoardView => ({
	id: 'board-one',
	index: 0,
	exercise: 'barrier',
	title: 'Barriers',
	anonymous: false,
	phases: [{ phase: 'share', minutes: 4 }],
	phase: 'share',
	timer,
	writing: 'private',
	revealed: true,
	...boardBefore(),
	startedAt: 0,
	phaseStartedAt: 1000,
	finishedAt: null,
	...more
});

const card = (id: string, column: string, more: Partial<CardValue> = {}): CardValue => ({
	id,
	author: 'ben',
	column,
	order: id,
	fields: { [column === 'barriers' ? 'stoppedUs' : 'whatWeCouldDo']: `Words of ${id}` },
	...more
});
const group = (id: string, column: string, cards: string[]) => ({
	id,
	kind: 'theme' as const,
	title: id,
	column,
	order: id,
	cards
});

/** A barrier and the way round that answers it, and a group in which a way round stands by a barrier. */
const value: BoardValue = {
	cards: [
		card('barrier', 'barriers'),
		card('way', 'ways-round', { answers: 'barrier' }),
		card('grouped', 'barriers', { group: 'theme' }),
		card('moved', 'ways-round', { group: 'theme' })
	],
	groups: [group('theme', 'barriers', ['grouped', 'moved'])]
};
const ids = (list: { id: string }[]) => list.map(({ id }) => id);

test('SC15 ready is for one stay in one phase, where there is time', () => {
	const now = board();
	const said = { readyFor: stretchOf(now) };
	expect(isReady(said, now)).toBe(true);
	expect(isReady({ readyFor: null }, now)).toBe(false);
	expect(isReady(said, board({ phase: 'group' }))).toBe(false);
	expect(isReady(said, board({ phaseStartedAt: 9000 }))).toBe(false);
	expect(isReady(said, board({ id: 'board-two' }))).toBe(false);
	expect(asksWhoIsReady(now)).toBe(true);
	expect(asksWhoIsReady(board({ timer: { kind: 'paused', left: 1000 } }))).toBe(true);
	expect(asksWhoIsReady(board({ timer: { kind: 'none' } }))).toBe(false);
	expect(asksWhoIsReady(board({ phase: 'done' }))).toBe(false);
});

test('SC16 a pulse is shown as said while it counts, and not after', () => {
	const said = { pulse: 'slower', pulseAt: 1000 } as const;
	expect(pulseOf(said, 1000)).toBe('slower');
	expect(pulseOf(said, 1000 + PULSE_COUNTS_FOR - 1)).toBe('slower');
	expect(pulseOf(said, 1000 + PULSE_COUNTS_FOR)).toBeNull();
	expect(pulseOf({ pulse: null, pulseAt: 1000 }, 1000)).toBeNull();
	expect(pulseOf({ pulse: null, pulseAt: null }, 1000)).toBeNull();
});

const exercise = { kind: 'exercise' as const, exercise: 'barrier', title: 'Barriers' };
const workshop = {
	status: 'open' as const,
	agenda: [{ ...exercise, phases: [], writing: 'private' as const }],
	boards: [board()],
	live: 'board-one',
	break: null,
	blank: false
};
const rest: Break = { index: null, minutes: 10, timer, stopped: true };

test('SC18 a break over a live board leaves it to the people, and takes the room screen', () => {
	const resting = { ...workshop, break: rest };
	expect(stageOf(resting)).toMatchObject({ kind: 'board', board: { id: 'board-one' } });
	expect(screenStage(resting)).toMatchObject({
		kind: 'break',
		timer: rest.timer,
		next: { title: 'Barriers' }
	});
	expect(screenStage(workshop)).toMatchObject({ kind: 'board' });
});

test('SC19 a blank room screen shows nothing, whatever is on, and then what it would have shown', () => {
	for (const on of [
		workshop,
		{ ...workshop, break: rest },
		{ ...workshop, live: null },
		{ ...workshop, status: 'closed' as const }
	]) {
		expect(screenStage({ ...on, blank: true })).toEqual({ kind: 'blank' });
		expect(screenStage(on).kind).not.toBe('blank');
	}
});

test('SC20 SC25 a sentence and a card are as large as their words allow, within two limits', () => {
	for (const size of [textSize, shownCardSize]) {
		const sizes = [10, 200, 400, 5000].map((letters) => size('a'.repeat(letters)));
		expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
		expect(size('a'.repeat(20_000))).toBe(sizes[3]);
		expect(size('')).toBe(sizes[0]);
		expect(size('馆'.repeat(100))).toBeLessThan(size('a'.repeat(100)));
	}
	expect(shownCardSize('Money')).toBe(7);
	expect(shownCardSize('a'.repeat(5000))).toBeGreaterThanOrEqual(2.6);
});

test('SC21 everybody is led to a card, with what it answers, or to a column', () => {
	const led = ledTo(board({ spotlight: { card: 'way' } }), value, barrier)!;
	expect(led).toMatchObject({ kind: 'card', id: 'way', answered: { id: 'barrier' } });
	expect(ledName(led, barrier)).toBe('Words of way');
	expect(ledTo(board({ spotlight: { card: 'barrier' } }), value, barrier)).toMatchObject({
		answered: null
	});
	const column = ledTo(board({ spotlight: { column: 'ways-round' } }), value, barrier)!;
	expect(column).toMatchObject({ kind: 'column', id: 'ways-round' });
	expect(ledTo(board(), value, barrier)).toBeNull();
});

test('SC21 nobody is led to what the room does not see: hidden, in a column not shown, or gone', () => {
	const to = (more: Partial<BoardView>) => ledTo(board(more), value, barrier);
	expect(to({ spotlight: { card: 'way' }, hidden: ['way'] })).toBeNull();
	expect(to({ spotlight: { card: 'way' }, hidden: ['barrier'] })).toMatchObject({ answered: null });
	expect(to({ spotlight: { card: 'way' }, columnsShown: ['barriers'] })).toBeNull();
	expect(to({ spotlight: { column: 'ways-round' }, columnsShown: ['barriers'] })).toBeNull();
	expect(to({ spotlight: { card: 'nowhere' } })).toBeNull();
	expect(to({ spotlight: { column: 'nowhere' } })).toBeNull();
});

test('SC22 the view goes there once; who is busy is not moved, and who is away has a way back', () => {
	const moved = shows(NOWHERE, 'way', false);
	expect(moved).toMatchObject({ open: true, brought: 1, asked: false });
	expect(isAway(moved)).toBe(false);
	expect(isAway({ ...moved, inSight: false })).toBe(true);

	const typing = shows(NOWHERE, 'way', true);
	expect(typing).toMatchObject({ open: false, brought: 0 });
	expect(isAway(typing)).toBe(true);
	const back = goesBack(typing);
	expect(back).toMatchObject({ open: true, brought: 1, asked: true });
	expect(isAway(back)).toBe(false);

	expect(shows(back, null, false)).toMatchObject({ open: false, brought: 1 });
	expect(shows(back, 'barrier', false)).toMatchObject({ brought: 2, asked: false });
});

test('SC23 of the columns only those shown are seen, with the groups that stand there', () => {
	const shown = seenByRoom(value, { hidden: [], columnsShown: ['barriers'] });
	expect(ids(shown.cards)).toEqual(['barrier', 'grouped', 'moved']);
	expect(shown.groups).toMatchObject([{ id: 'theme', cards: ['grouped', 'moved'] }]);
	expect(ids(columnsSeen(barrier, ['barriers']))).toEqual(['barriers']);
	expect(ids(votables(shown, barrier))).toEqual(['barrier', 'theme']);
	const wall = wallOf(shown, barrier, { width: 160, height: 74, slack: 1 });
	expect(wall.pages.flat().map(({ column }) => column.id)).not.toContain('ways-round');

	const other = seenByRoom(value, { hidden: [], columnsShown: ['ways-round'] });
	expect(ids(other.cards)).toEqual(['way']);
	expect(other.cards[0]).not.toHaveProperty('answers');
	expect(other.groups).toEqual([]);
	expect(seenByRoom(value, { hidden: [], columnsShown: null })).toBe(value);
	expect(ids(columnsSeen(barrier, null))).toEqual(ids(barrier.columns));
});

test('SC23 one’s own card in a column that is not shown is not on the board, and stays one’s own', () => {
	const own = [card('mine', 'ways-round')];
	const seen = (columnsShown: string[] | null) =>
		shownBoard({
			exercise: barrier,
			room: value,
			own,
			author: 'ada',
			isPlaced: () => false,
			hidden: [],
			seesHidden: false,
			columnsShown
		});
	expect(ids(seen(['barriers']).cards)).not.toContain('mine');
	expect(ids(seen(null).cards)).toContain('mine');
	expect(ids(own)).toEqual(['mine']);
});

test('SC24 people write in the columns that they see, and where they have begun', () => {
	const open = (shown: string[] | null, own: CardValue[] = [], more: Partial<BoardView> = {}) =>
		ids(openColumns(barrier, board(more), columnsSeen(barrier, shown), own));
	const draft = card('begun', 'ways-round', { draft: true });
	expect(open(null)).toEqual(['barriers', 'ways-round']);
	expect(open(['barriers'])).toEqual(['barriers']);
	expect(open(['barriers'], [draft])).toEqual(['barriers', 'ways-round']);
	expect(open(['barriers'], [card('down', 'ways-round')])).toEqual(['barriers']);
	// What it would answer cannot be chosen.
	expect(open(['ways-round'])).toEqual([]);
	expect(open(null, [draft], { muted: true })).toEqual([]);
});

test('SC26 what rests is said in the phases that are for it, and in no other', () => {
	const rests = (more: Partial<BoardView>) => atRest(board(more), barrier.columns);
	expect(rests({})).toEqual([]);
	expect(rests({ muted: true })).toEqual(['writing']);
	expect(rests({ muted: true, phase: 'discuss' })).toEqual(['writing']);
	expect(rests({ muted: true, phase: 'vote' })).toEqual([]);
	expect(rests({ locked: true })).toEqual(['cards']);
	expect(rests({ locked: true, phase: 'write' })).toEqual([]);
	expect(rests({ locked: true, phase: 'act' })).toEqual([]);
	expect(rests({ shut: ['comments', 'votes'] })).toEqual(['comments']);
	expect(rests({ shut: ['comments', 'votes'], phase: 'vote' })).toEqual(['comments', 'votes']);
	expect(rests({ shut: ['comments', 'votes'], phase: 'write' })).toEqual([]);
	expect(rests({ shut: ['comments', 'votes'], phase: 'done' })).toEqual([]);
});
