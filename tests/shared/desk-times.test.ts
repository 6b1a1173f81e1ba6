import { expect, test } from 'vitest';
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { FacilitationCommand } from '#shared/facilitation/commands.ts';
import { newWorkshop } from '#shared/facilitation/new-workshop.ts';
import type { WorkshopState } from '#shared/facilitation/state.ts';
import { step } from '#shared/facilitation/step.ts';
import { viewFor } from '#shared/facilitation/view.ts';
import { isRefusal } from '#shared/refusals.ts';
import { clockFace } from '../../src/lib/facilitation/clock-face.ts';
import { plannedAgenda, wholeMinutes } from '../../src/lib/facilitation/planned-times.ts';

const MINUTE = 60_000;
const NINE = Date.UTC(2026, 10, 24, 9);
const ADA = { role: 'facilitator', account: 'ada' } as const;

/** Two exercises of ten minutes with a break of five between, its doors open at nine. */
const opened = (): WorkshopState => {
	const state = newWorkshop(
		{
			title: 'Partners',
			language: 'en',
			anonymous: false,
			agenda: ['common-challenge', { break: 5 }, 'barrier']
		},
		findExercise
	);
	if (isRefusal(state)) throw new Error(state.refused);
	return given(state, { type: 'open' }, NINE);
};
const given = (state: WorkshopState, command: FacilitationCommand, now: number): WorkshopState => {
	const after = step(state, command, ADA, now, findExercise);
	if (isRefusal(after)) throw new Error(after.refused);
	return after;
};
const started = (state: WorkshopState, exercise: number, now: number) =>
	given(state, { type: 'start', exercise, board: `board-${exercise}` }, now);
const planAt = (state: WorkshopState, now: number) =>
	plannedAgenda(viewFor({ id: 'w', code: 'K7M4PR', version: 1, state }, 'facilitator', now), now);
const offsets = (state: WorkshopState, now: number) =>
	planAt(state, now).items.map(({ planned }) => (planned - NINE) / MINUTE);
const places = (state: WorkshopState, now: number) =>
	planAt(state, now).items.map(({ place }) => place);

test.each([
	[161_000, '2:41'],
	[160_001, '2:41'],
	[600_000, '10:00'],
	[0, '0:00'],
	[1, '0:01'],
	[-1, '+0:00'],
	[-24_000, '+0:24'],
	[-3_661_000, '+61:01']
])('DE1 with %d ms left it shows %s', (left, face) => {
	expect(clockFace(left)).toBe(face);
});

test('DE2 before anything is started, the plan begins now and moves with the clock', () => {
	expect(offsets(opened(), NINE)).toEqual([0, 10, 15]);
	expect(offsets(opened(), NINE + 7 * MINUTE)).toEqual([7, 17, 22]);
});

test('DE2 once it has begun, the plan stays where it began', () => {
	const state = started(opened(), 0, NINE + 2 * MINUTE);
	expect(offsets(state, NINE + 30 * MINUTE)).toEqual([2, 12, 17]);
	expect(planAt(state, NINE + 30 * MINUTE).end).toBe(NINE + 27 * MINUTE);
});

test('DE3 what runs is now, what has been run is past, and so is a break gone beyond', () => {
	const first = started(opened(), 0, NINE);
	expect(places(first, NINE)).toEqual(['now', 'next', 'next']);
	const finished = given(first, { type: 'finish' }, NINE + 9 * MINUTE);
	expect(places(finished, NINE + 9 * MINUTE)).toEqual(['past', 'next', 'next']);
	const pause = given(finished, { type: 'start-break', item: 1 }, NINE + 9 * MINUTE);
	expect(places(pause, NINE + 9 * MINUTE)).toEqual(['past', 'now', 'next']);
	expect(places(started(pause, 2, NINE + 15 * MINUTE), NINE + 15 * MINUTE)).toEqual([
		'past',
		'past',
		'now'
	]);
});

test('DE4 an exercise in its time is on time, and one that runs over is behind', () => {
	const state = started(opened(), 0, NINE);
	expect(planAt(state, NINE).behind).toBe(0);
	// A minute of brief that lasts four pushes everything after it by three.
	const behind = planAt(state, NINE + 4 * MINUTE).behind ?? 0;
	expect(wholeMinutes(behind)).toBe(3);
});

test('DE4 going on early is ahead, and seconds count for nothing', () => {
	const early = given(started(opened(), 0, NINE), { type: 'go', phase: 'vote' }, NINE + MINUTE);
	expect(wholeMinutes(planAt(early, NINE + MINUTE).behind ?? 0)).toBe(-6);
	expect(wholeMinutes(59_000)).toBe(0);
	expect(wholeMinutes(-59_000)).toBe(0);
});

test('DE4 between two exercises the waiting counts; before the first nothing does', () => {
	expect(planAt(opened(), NINE).behind).toBeNull();
	const finished = given(started(opened(), 0, NINE), { type: 'finish' }, NINE + 10 * MINUTE);
	expect(wholeMinutes(planAt(finished, NINE + 13 * MINUTE).behind ?? 0)).toBe(3);
});

test('DE5 offers the next item that nobody has reached, a break too, and nothing meanwhile', () => {
	expect(planAt(opened(), NINE).next).toBe(0);
	const first = started(opened(), 0, NINE);
	expect(planAt(first, NINE).next).toBeNull();
	const finished = given(first, { type: 'finish' }, NINE + 10 * MINUTE);
	expect(planAt(finished, NINE + 10 * MINUTE).next).toBe(1);
});

test('DE5 at the end it comes back to what was skipped, then to nothing', () => {
	const last = given(started(opened(), 2, NINE), { type: 'finish' }, NINE + MINUTE);
	expect(planAt(last, NINE + MINUTE).next).toBe(0);
	const both = given(started(last, 0, NINE + MINUTE), { type: 'finish' }, NINE + 2 * MINUTE);
	expect(planAt(both, NINE + 2 * MINUTE).next).toBeNull();
});
