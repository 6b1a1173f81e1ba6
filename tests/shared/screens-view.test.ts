/** A view of the exercise that everybody is led to: when, what it holds, and how people get there and away. */
import { expect, test } from 'vitest';
import type { BoardValue, CardValue } from '#shared/doc/contents.ts';
import type { FieldValue } from '#shared/doc/schema.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { Exercise, View } from '#shared/exercises/format.ts';
import { roomViews } from '#shared/exercises/room-views.ts';
import { boardBefore } from '#shared/facilitation/beginnings.ts';
import type { BoardView } from '#shared/facilitation/view.ts';
import { textInLight } from '../../src/lib/facilitation/focus.ts';
import { coverageGrid } from '../../src/lib/room-screen/coverage-grid.ts';
import { foldsAway, goesBack, isAway, NOWHERE, shows } from '../../src/lib/room/leading.ts';
import { ledName, ledTo } from '../../src/lib/room/led.ts';
import { roomContents, shownView, shownVotes, type Looked } from '../../src/lib/room/shown-view.ts';
import { boardOf, give, inPhase, after, POLLS } from './facilitation-room.ts';
import { words } from './views-board.ts';

const barrier = findExercise('barrier')!;
const [BY_CAUSE, THEMES, VOTES, OPEN] = [0, 1, 2, 3];
const viewOf = <T extends View['type']>(exercise: Exercise, type: T) =>
	exercise.views.find((view): view is Extract<View, { type: T }> => view.type === type)!;

const board = (more: Partial<BoardView> = {}): BoardView => ({
	id: 'board-one',
	index: 0,
	exercise: 'barrier',
	title: 'Barriers',
	anonymous: false,
	phases: [{ phase: 'share', minutes: 4 }],
	phase: 'discuss',
	timer: { kind: 'none' },
	writing: 'private',
	revealed: true,
	...boardBefore(),
	startedAt: 0,
	phaseStartedAt: 1000,
	finishedAt: null,
	...more
});

const card = (
	id: string,
	column: string,
	fields: Record<string, FieldValue>,
	more: Partial<CardValue> = {}
): CardValue => ({ id, author: 'ben', column, order: id, fields, ...more });
const cause = (id: string, cause: string) =>
	card(id, 'barriers', { stoppedUs: `Words of ${id}`, cause });

const value: BoardValue = {
	cards: [
		cause('late', 'time'),
		cause('poor', 'money'),
		card('way', 'ways-round', { whatWeCouldDo: 'Words of way' }, { answers: 'late' })
	],
	groups: []
};
const ben = { id: 'V1StGXR8_Z5jdHi6B-myT', name: 'Ben', here: true, joinedAt: 0 };
const news = (more: Partial<Looked['news']> = {}): Looked['news'] => ({
	people: [ben],
	totals: { 'board-one': { late: 2, way: 1 } },
	tallies: {},
	...more
});
const looked = (more: Partial<BoardView> = {}, over: Partial<Looked> = {}): Looked => ({
	board: board(more),
	exercise: barrier,
	value,
	news: news(),
	language: 'en',
	...over
});
const cardsIn = (at: number, more: Partial<BoardView> = {}, over: Partial<Looked> = {}) => {
	const view = (over.exercise ?? barrier).views[at]!;
	const shown = shownView(view, looked(more, over), words);
	if (shown.kind !== 'sections') throw new Error(`${view.type} gave a table`);
	return shown.sections.flatMap(({ cards }) => cards.map(({ card }) => card.id)).toSorted();
};

test('SC29 everybody is led to a view of a revealed board, until the phase changes', () => {
	const show = { type: 'spotlight', on: { view: 0 } } as const;
	expect(give(inPhase('write'), show)).toMatchObject({ refused: 'wrong-phase' });
	const led = inPhase('share', [show]);
	expect(boardOf(led).spotlight).toEqual({ view: 0 });
	expect(boardOf(after(led, [{ type: 'next' }])).spotlight).toBeNull();
	expect(boardOf(after(led, [{ type: 'spotlight', on: null }])).spotlight).toBeNull();
});

test('SC29 a view that is not there, who was matched, and a poll’s are refused', () => {
	const show = (view: number) => give(inPhase('share'), { type: 'spotlight', on: { view } });
	expect(show(0)).not.toHaveProperty('refused');
	expect(show(1)).toMatchObject({ refused: 'malformed' });
	expect(show(2)).toMatchObject({ refused: 'malformed' });
	const asked = inPhase('share', [{ type: 'ask', poll: POLLS[0]!, board: 'poll' }]);
	expect(give(asked, { type: 'spotlight', on: { view: 0 } })).toMatchObject({
		refused: 'malformed'
	});
});

test('SC29 a view that is not there leads nowhere', () => {
	const to = (view: number, exercise = barrier) =>
		ledTo(board({ spotlight: { view } }), value, exercise);
	expect(to(OPEN)).toMatchObject({ kind: 'view', view: { type: 'unanswered' } });
	expect(ledName(to(THEMES)!, barrier)).toBe('Themes');
	expect(to(9)).toBeNull();
	const matching = findExercise('common-challenge')!;
	expect(matching.views[0]!.type).toBe('matches');
	expect(to(0, matching)).toBeNull();
	expect(to(1, matching)).not.toBeNull();
	// Two views are two things to be led to.
	expect(to(OPEN)!.id).not.toBe(to(THEMES)!.id);
});

test('SC30 a view holds no hidden card, and nothing of a column that is not shown', () => {
	expect(cardsIn(BY_CAUSE)).toEqual(['late', 'poor']);
	expect(cardsIn(BY_CAUSE, { hidden: ['poor'] })).toEqual(['late']);
	expect(cardsIn(THEMES)).toEqual(['late', 'poor', 'way']);
	expect(cardsIn(THEMES, { columnsShown: ['barriers'] })).toEqual(['late', 'poor']);
	// With the answer out of sight, what it answers is open.
	expect(cardsIn(OPEN)).toEqual(['poor']);
	expect(cardsIn(OPEN, { hidden: ['way'] })).toEqual(['late', 'poor']);
	const columns = shownView(
		{ type: 'by-column', title: 'All' },
		looked({ columnsShown: ['barriers'] }),
		words
	);
	expect(JSON.stringify(columns)).not.toContain(barrier.columns[1]!.title);
});

test('SC30 nobody is named on an anonymous board', () => {
	const organisations = findExercise('organisations')!;
	const field = organisations.fields.find(({ type }) => type === 'person')!;
	const column = organisations.columns.find(({ fields }) => fields.includes(field.id))!;
	const theirs = card('one', column.id, { [column.fields[0]!]: 'Radio', [field.id]: ben.id });
	const shown = (anonymous: boolean) =>
		JSON.stringify(
			shownView(
				{ type: 'by-field', title: 'Who', field: field.id },
				looked({ anonymous }, { exercise: organisations, value: { cards: [theirs], groups: [] } }),
				words
			)
		);
	expect(shown(false)).toContain('Ben');
	expect(shown(true)).not.toContain('Ben');
	expect(roomContents(looked()).names).toEqual({});
});

test('SC30 votes are in no view but their own, and in that once they are shown', () => {
	const view = viewOf(barrier, 'votes');
	expect(barrier.views[VOTES]).toBe(view);
	expect(shownVotes(view, looked())).toBeNull();
	const ids = (over: Partial<BoardView>, only = view) =>
		shownVotes(only, looked({ votesShown: true, ...over }))!.ranked.map(({ id }) => id);
	expect(ids({})).toEqual(['late', 'way']);
	expect(ids({ hidden: ['late'] })).toEqual(['way']);
	expect(ids({}, { ...view, columns: ['ways-round'] })).toEqual(['way']);
	expect(JSON.stringify(shownView(barrier.views[THEMES]!, looked(), words))).not.toContain(
		'"votes"'
	);
});

test('SC30 a view with nothing in it knows so', () => {
	const nothing = { value: { cards: [], groups: [] } };
	for (const view of barrier.views.filter(({ type }) => type !== 'votes'))
		expect(shownView(view, looked({}, nothing), words).empty).toBe(true);
	expect(shownView(barrier.views[BY_CAUSE]!, looked(), words).empty).toBe(false);
});

test('SC32 goals are rows, those that were named or offered', () => {
	const sixPs = findExercise('six-ps')!;
	const column = sixPs.columns[0]!.id;
	const named = card('one', column, { [sixPs.fields[0]!.id]: 'A story', targets: ['1.4', '1.1'] });
	const contents = roomContents(
		looked({}, { exercise: sixPs, value: { cards: [named], groups: [] } })
	);
	const grid = coverageGrid(viewOf(sixPs, 'coverage'), contents, words);
	expect(grid.columns).toHaveLength(6);
	expect(grid.goals[0]).toEqual({ number: '1', counts: [1, 0, 0, 0, 0, 0] });
	expect(grid.goals.map(({ number }) => number)).toContain('16');
	expect(grid.goals.map(({ number }) => number)).not.toContain('14');
	expect(grid.notes).toEqual(['1 in 1 of 6']);
});

test('SC34 whoever folds a view away has the way back, and is not brought there again', () => {
	const shown = shows(NOWHERE, 'view 0', false);
	const folded = foldsAway(shown);
	expect(folded).toMatchObject({ open: false, brought: shown.brought });
	expect(isAway(folded)).toBe(true);
	expect(goesBack(folded)).toMatchObject({ open: true, brought: 2, asked: true });
});

test('SC35 a view is said by its title, and can be chosen where the room may see it', () => {
	expect(textInLight({ view: OPEN }, barrier, undefined)).toBe('Still open');
	expect(textInLight({ view: 9 }, barrier, undefined)).toBeNull();
	const { views } = findExercise('common-challenge')!;
	expect(roomViews({ views }).map(({ index }) => index)).toEqual([1, 2, 3]);
});
