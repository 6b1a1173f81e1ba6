/** What the commands do, one by one: opening and closing, starting, agendas, cards. */
import { expect, test } from 'vitest';
import { newWorkshop } from '#shared/facilitation/new-workshop.ts';
import type { WorkshopState } from '#shared/facilitation/state.ts';
import { step } from '#shared/facilitation/step.ts';
import {
	ada,
	after,
	agreed,
	boardOf,
	draft,
	exerciseOf,
	give,
	inPhase,
	MINUTE,
	start,
	START
} from './facilitation-room.ts';

const board = 'board-one';
const card = 'card-one';

test('CO2 opening, closing, and opening again', () => {
	const opened = after(draft(), [{ type: 'open' }]);
	expect(opened).toMatchObject({ status: 'open', openedAt: START, closedAt: null });
	const closed = after(opened, [{ type: 'close' }], START + MINUTE);
	expect(closed).toMatchObject({ status: 'closed', closedAt: START + MINUTE });
	const again = after(closed, [{ type: 'open' }], START + 2 * MINUTE);
	expect(again).toMatchObject({ status: 'open', openedAt: START, closedAt: null });
	expect(agreed(give(again, { type: 'open' }))).toEqual(again);
});

test('CO2 closing ends the live board and the break', () => {
	const closed = inPhase('write', [{ type: 'close' }]);
	expect(closed.live).toBeNull();
	expect(boardOf(closed)).toMatchObject({ phase: 'done', finishedAt: START, revealed: true });
	const resting = after(draft(), [{ type: 'open' }, { type: 'start-break', item: 1 }]);
	expect(after(resting, [{ type: 'close' }]).break).toBeNull();
});

test('CO3 what start needs', () => {
	const opened = after(draft(), [{ type: 'open' }]);
	expect(give(draft(), start(0, board))).toMatchObject({ refused: 'not-open' });
	expect(give(opened, start(9, board))).toMatchObject({ refused: 'unknown-exercise' });
	expect(give(opened, start(1, board))).toMatchObject({ refused: 'unknown-exercise' });
	expect(give(opened, start(0))).toMatchObject({ refused: 'malformed' });
	expect(step(opened, start(0, board), ada, START, () => undefined)).toMatchObject({
		refused: 'unknown-exercise'
	});
	const live = after(opened, [start(0, board)]);
	expect(give(live, start(2, 'board-two'))).toMatchObject({ refused: 'board-live' });
	const finished = after(live, [{ type: 'finish' }]);
	expect(give(finished, start(0, 'board-two'))).toMatchObject({ refused: 'already-run' });
	expect(give(finished, start(2, board))).toMatchObject({ refused: 'already-run' });
	expect(after(finished, [start(2, 'board-two')]).live).toBe('board-two');
});

test('CO4 how a board starts', () => {
	const started = after(draft(), [{ type: 'open' }, start(0, board)]);
	expect(started.live).toBe(board);
	expect(boardOf(started)).toMatchObject({
		id: board,
		index: 0,
		exercise: 'barrier',
		title: 'Think of a barrier',
		phase: 'brief',
		timer: { kind: 'running', endsAt: START + MINUTE },
		writing: 'private',
		revealed: false,
		anonymous: false
	});
	const fromBreak = after(draft(), [
		{ type: 'set-anonymous', anonymous: true },
		{ type: 'open' },
		{ type: 'start-break', item: 1 },
		start(3, board)
	]);
	expect(fromBreak.break).toBeNull();
	expect(boardOf(fromBreak)).toMatchObject({ writing: 'open', revealed: true, anonymous: true });
});

test('CO5 a break starts as often as wanted', () => {
	const once = after(draft(), [{ type: 'open' }, { type: 'start-break', item: 1 }]);
	const ended = after(once, [{ type: 'end-break' }]);
	expect(ended.break).toBeNull();
	expect(after(ended, [{ type: 'start-break', item: 1 }]).break?.index).toBe(1);
	expect(give(ended, { type: 'start-break', item: 0 })).toMatchObject({ refused: 'not-found' });
	expect(give(ended, { type: 'start-break', item: 9 })).toMatchObject({ refused: 'not-found' });
});

const readAgenda = (agenda: Parameters<typeof newWorkshop>[0]['agenda']) =>
	newWorkshop({ title: 'T', language: 'en', anonymous: false, agenda }, exerciseOf);

test('CO7 an agenda is filled in from its exercises', () => {
	const plan = [{ phase: 'write', minutes: 7 }] as const;
	const state = agreed(
		readAgenda(['short', { exercise: 'barrier', phases: [...plan], writing: 'open' }, { break: 5 }])
	);
	expect(state.agenda).toEqual([
		{
			kind: 'exercise',
			exercise: 'short',
			title: 'A short one',
			phases: exerciseOf('short')!.phases,
			writing: 'private'
		},
		{
			kind: 'exercise',
			exercise: 'barrier',
			title: 'Think of a barrier',
			phases: plan,
			writing: 'open'
		},
		{ kind: 'break', minutes: 5 }
	]);
});

test('CO7 unknown exercises, and phases out of order', () => {
	expect(readAgenda(['nowhere'])).toMatchObject({ refused: 'unknown-exercise' });
	const twice = [
		{ phase: 'share', minutes: 1 },
		{ phase: 'write', minutes: 1 }
	] as const;
	expect(readAgenda([{ exercise: 'short', phases: [...twice] }])).toMatchObject({
		refused: 'malformed'
	});
	expect(give(draft(), { type: 'set-agenda', agenda: ['nowhere'] })).toMatchObject({
		refused: 'unknown-exercise'
	});
});

test('CO8 what has been run stays as it is', () => {
	const run = inPhase('done');
	const refused = (state: WorkshopState, agenda: Parameters<typeof readAgenda>[0]) =>
		expect(give(state, { type: 'set-agenda', agenda })).toMatchObject({ refused: 'already-run' });
	refused(run, []);
	refused(run, ['short', 'barrier']);
	refused(run, [{ break: 3 }]);
	refused(run, [{ exercise: 'barrier', writing: 'open' }]);
	refused(run, [{ exercise: 'barrier', phases: [{ phase: 'write', minutes: 9 }] }]);
	const shorter = after(run, [{ type: 'set-agenda', agenda: ['barrier', 'short'] }]);
	expect(shorter.agenda).toHaveLength(2);
	expect(shorter.agenda[0]).toEqual(run.agenda[0]);
	const resting = after(run, [{ type: 'start-break', item: 1 }]);
	refused(resting, ['barrier', { break: 3 }]);
	expect(
		after(resting, [{ type: 'set-agenda', agenda: ['barrier', { break: 10 }] }]).break
	).toEqual(resting.break);
});

test('CO9 anonymous only in the draft', () => {
	expect(after(draft(), [{ type: 'set-anonymous', anonymous: true }]).anonymous).toBe(true);
	const opened = after(draft(), [{ type: 'open' }]);
	expect(give(opened, { type: 'set-anonymous', anonymous: true })).toMatchObject({
		refused: 'wrong-phase'
	});
});

test('CO10 cards are hidden and shown, on finished boards too', () => {
	const hidden = inPhase('done', [
		{ type: 'hide-card', board, card },
		{ type: 'hide-card', board, card },
		{ type: 'hide-card', board, card: 'card-two' }
	]);
	expect(boardOf(hidden).hidden).toEqual([card, 'card-two']);
	expect(boardOf(after(hidden, [{ type: 'show-card', board, card }])).hidden).toEqual(['card-two']);
	expect(give(hidden, { type: 'hide-card', board: 'another', card })).toMatchObject({
		refused: 'not-found'
	});
});

test('CO12 only nudges that the exercise has', () => {
	const writing = inPhase('write');
	expect(boardOf(after(writing, [{ type: 'show-nudge', nudge: 1 }])).nudge).toBe(1);
	expect(give(writing, { type: 'show-nudge', nudge: 2 })).toMatchObject({ refused: 'malformed' });
	expect(boardOf(after(writing, [{ type: 'show-nudge', nudge: null }])).nudge).toBeNull();
});

test('CO13 title and language', () => {
	const renamed = inPhase('vote', [
		{ type: 'rename', title: 'Partners' },
		{ type: 'set-language', language: 'ar' }
	]);
	expect(renamed).toMatchObject({ title: 'Partners', language: 'ar' });
});
