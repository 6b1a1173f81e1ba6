/** The preview of an exercise: cards made of the exercise itself, its views as on the desk, and what stays. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CATALOGUE, findExercise } from '#shared/exercises/catalogue.ts';
import { faultsOf } from '#shared/exercises/faults.ts';
import {
	fieldsOf,
	type Column,
	type Exercise,
	type Field,
	type View
} from '#shared/exercises/format.ts';
import { computeView, type BoardContents } from '#shared/exercises/views.ts';
import { isSdgTarget } from '#shared/exercises/sdg.ts';
import { offeredTo } from '#shared/earlier.ts';
import { isPutDown, mainText } from '#shared/doc/read.ts';
import type { FieldValue } from '#shared/doc/schema.ts';
import { setMinutes } from '../../src/lib/exercise-editor/model.ts';
import { afterPause } from '../../src/lib/exercise-editor/after-pause.ts';
import {
	hindranceOf,
	SAMPLE_BOARD,
	sampleOf,
	type Sample,
	type SampleWords
} from '../../src/lib/exercise-editor/sample-cards.ts';
import { changeVoting } from '../../src/lib/exercise-editor/voting.ts';
import { whatStays } from '../../src/lib/exercise-editor/what-stays.ts';
import { anyDraft, anyExercise } from './any-exercise.ts';
import { words } from './views-board.ts';

const OTHERS = CATALOGUE.map(({ id, title }) => ({ id, title }));
const WORDS: SampleWords = {
	numbered: (name, number) => `${name} ${number}`,
	person: (number) => `Person ${number}`,
	group: 'Together',
	untitled: 'Untitled',
	earlier: (exercise) => `Of ${exercise}`
};
const sampleFor = (exercise: Exercise) => sampleOf(exercise, WORDS, OTHERS);
const contentsOf = (exercise: Exercise, { board, votes, names }: Sample): BoardContents => ({
	exercise,
	board,
	votes,
	actions: [],
	names,
	people: {},
	countryName: (code) => code
});
const sampleView = (view: View, exercise: Exercise, sample: Sample) =>
	computeView(view, contentsOf(exercise, sample), words);
const barrier = findExercise('barrier')!;
const organisations = findExercise('organisations')!;
const partner = findExercise('potential-partner')!;

const without = (column: Column, key: 'answers' | 'contact'): Column => {
	const left = { ...column };
	delete left[key];
	return left;
};

/** Whether a value is what the format says of a field's type. */
function fits(field: Field, value: FieldValue): boolean {
	const all = [value].flat();
	switch (field.type) {
		case 'choice':
			return (
				Array.isArray(value) === (field.several === true) &&
				all.every((one) => field.options.some(({ id }) => id === one))
			);
		case 'scale':
			return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 5;
		case 'country':
			return /^[A-Z]{2}$/.test(String(value));
		case 'sdg-target':
			return (
				Array.isArray(value) && value.length > 0 && all.every((one) => isSdgTarget(String(one)))
			);
		case 'link':
			return String(value).startsWith('https://');
		default:
			return typeof value === 'string' && value.trim() !== '';
	}
}

test('OX17 every column has cards, and every field a value of its type somewhere', () => {
	fc.assert(
		fc.property(anyExercise, (exercise) => {
			expect(faultsOf(exercise)).toEqual([]);
			const { board } = sampleFor(exercise);
			for (const column of exercise.columns) {
				const cards = board.cards.filter((card) => card.column === column.id);
				expect(cards.length).toBeGreaterThan(0);
				for (const card of cards) {
					expect(isPutDown(card, exercise)).toBe(true);
					for (const field of fieldsOf(exercise, column.id)) {
						const value = card.fields[field.id];
						if (value === undefined) expect(field.required ?? field.main ?? false).toBe(false);
						else expect(fits(field, value), field.type).toBe(true);
					}
				}
			}
			for (const field of exercise.fields)
				expect(board.cards.some(({ fields }) => fields[field.id] !== undefined)).toBe(true);
		}),
		{ seed: 20261130, numRuns: 30 }
	);
});

test('OX17 the same exercise has the same sample, whose parts hold together', () => {
	fc.assert(
		fc.property(anyExercise, (exercise) => {
			const { board, votes, names } = sampleFor(exercise);
			expect(sampleFor(structuredClone(exercise)).board).toEqual(board);
			const ids = board.cards.map(({ id }) => id);
			expect(new Set(ids).size).toBe(ids.length);
			for (const { answers, author, column } of board.cards) {
				expect(names[author]).toBeDefined();
				const asked = exercise.columns.find(({ id }) => id === column)!.answers;
				const answered = board.cards.find(({ id }) => id === answers);
				expect(answered?.column).toBe(asked);
			}
			const has = (phase: string) => exercise.phases.some((one) => one.phase === phase);
			if (!has('group')) expect(board.groups).toEqual([]);
			const votable = [
				...ids,
				...board.groups.map(({ id }) => id),
				...(exercise.voting?.options ?? []).map(({ id }) => id)
			];
			if (!has('vote') && exercise.voting?.open !== 'throughout') expect(votes).toBeNull();
			else expect(votable).toEqual(expect.arrayContaining(Object.keys(votes!)));
		}),
		{ seed: 20261130, numRuns: 30 }
	);
});

test('OX17 words are those of the exercise: what a card is called, and its number', () => {
	const { board } = sampleFor(barrier);
	const said = board.cards.map((card) => mainText(card, barrier));
	expect(said.slice(0, 2)).toEqual(['Barrier 1', 'Barrier 2']);
	expect(said.at(-1)).toBe('Way round it 3');
	// Options are taken in turn, and what may stay empty does once.
	expect(board.cards.slice(0, 3).map(({ fields }) => fields['cause'])).toEqual([
		'time',
		'goals',
		undefined
	]);
});

test('OX17 what is of its writer rather than of the card is the same on all of their cards', () => {
	const challenge = findExercise('common-challenge')!;
	const { board } = sampleFor(challenge);
	const said = new Map(board.cards.map(({ author, fields }) => [author, fields['myCountry']]));
	expect(new Set(said.values()).size).toBe(said.size);
	for (const { author, fields } of board.cards) expect(fields['myCountry']).toBe(said.get(author));
});

test.each(CATALOGUE)('OX18 each view of $id has something of the sample to show', (exercise) => {
	const sample = sampleFor(exercise);
	for (const view of [...exercise.views, ...exercise.summary]) {
		// Where each card has to say it, none is without.
		const field = view.type === 'without' && exercise.fields.find(({ id }) => id === view.field);
		if (field && field.required) continue;
		const result = sampleView(view, exercise, sample);
		expect(result.empty, view.title).toBe(false);
		expect(hindranceOf(exercise, view)).toBeNull();
	}
	const matrix = exercise.views.find(({ type }) => type === 'matrix');
	if (!matrix) return;
	const result = sampleView(matrix, exercise, sample);
	const filled = result.kind === 'sections' && result.sections.filter(({ cards }) => cards.length);
	expect(filled && filled.length).toBeGreaterThanOrEqual(4);
});

test('OX18 a view that has nothing to show whatever people write says why', () => {
	const [, themes, votes, open] = barrier.views;
	const unvoted = setMinutes(setMinutes(barrier, 'vote', 0), 'group', 0);
	expect(sampleFor(unvoted)).toMatchObject({ votes: null, board: { groups: [] } });
	expect(sampleView(votes!, unvoted, sampleFor(unvoted)).empty).toBe(true);
	expect([themes, votes].map((view) => hindranceOf(unvoted, view!))).toEqual(['group', 'vote']);
	const unasked = {
		...barrier,
		columns: barrier.columns.map((column) => without(column, 'answers'))
	};
	expect(hindranceOf(unasked, open!)).toBe('answers');
	// Votes that are open throughout need no phase of their own.
	const throughout = changeVoting(unvoted, { open: 'throughout' }, 'Yes');
	expect(hindranceOf(throughout, votes!)).toBeNull();
});

test('OX19 it is said what the summary has, what a row of the files, and whom contacts take', () => {
	const staysOf = (exercise: Exercise) =>
		whatStays(exercise, contentsOf(exercise, sampleFor(exercise)));
	const stays = staysOf(organisations);
	expect(stays.parts).toEqual(organisations.summary);
	expect(stays.cells.map(({ id }) => id)).not.toContain('organisation');
	expect(stays.contacts.map(({ column }) => column)).toEqual(organisations.columns);
	expect(stays.contacts[0]?.mention).toMatchObject({
		name: 'UN agency 1',
		country: 'NG',
		town: 'City 1',
		reach: 'desk1@example.org'
	});
	expect([stays.goals, staysOf(findExercise('six-ps')!).goals]).toEqual([false, true]);
	// The marks of fields say nothing where no column’s cards name anybody.
	const columns = organisations.columns.map((column) => without(column, 'contact'));
	const unnamed = staysOf({ ...organisations, columns });
	expect(unnamed.contacts).toEqual([]);
	expect(unnamed.alone.map(({ id }) => id)).toEqual(['city', 'contact']);
	expect(stays.alone).toEqual([]);
});

test('OX20 where a column builds on earlier exercises, the composer has a card of one to choose', () => {
	const { earlier, board } = sampleFor(partner);
	const [column] = partner.columns;
	expect(offeredTo(SAMPLE_BOARD, column!, earlier)).toHaveLength(column!.buildsOn!.length);
	expect(earlier[0]!.text).toContain(barrier.title);
	expect(board.cards[0]!.from).toEqual({ board: 'earlier', card: 'barrier' });
	expect(whatStays(partner, contentsOf(partner, sampleFor(partner))).feeds).toHaveLength(
		partner.columns.length
	);
	expect(sampleFor(findExercise('common-challenge')!).earlier).toEqual([]);
});

test('OX21 whatever is still missing, what there is is shown', () => {
	let faulty = 0;
	fc.assert(
		fc.property(anyDraft, (draft) => {
			const sample = sampleFor(draft);
			for (const view of [...draft.views, ...draft.summary]) {
				const result = sampleView(view, draft, sample);
				expect(result.kind).toMatch(/^(sections|table)$/);
				hindranceOf(draft, view);
			}
			const ids = sample.board.cards.map(({ id }) => id);
			for (const { answers } of sample.board.cards)
				if (answers !== undefined) expect(ids).toContain(answers);
			whatStays(draft, contentsOf(draft, sample));
			if (faultsOf(draft).length > 0) faulty += 1;
		}),
		{ seed: 20261130, numRuns: 200 }
	);
	expect(faulty).toBeGreaterThan(50);
});

test('OX22 of several letters in a row the preview is drawn once, of the last', () => {
	const drawn: string[] = [];
	let due: (() => void)[] = [];
	const typed = afterPause<string>(
		(words) => drawn.push(words),
		(_ms, run) => {
			due.push(run);
			return () => (due = due.filter((one) => one !== run));
		}
	);
	const pass = () => due.splice(0).forEach((run) => run());
	for (const words of ['W', 'Wh', 'What']) typed(words);
	expect([drawn, due.length]).toEqual([[], 1]);
	pass();
	expect(drawn).toEqual(['What']);
	// Whoever leaves the page calls it off.
	typed('What?')();
	pass();
	expect(drawn).toEqual(['What']);
});
