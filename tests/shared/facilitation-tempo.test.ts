import { expect, test } from 'vitest';
import { RUNNING_PHASES } from '#shared/exercises/format.ts';
import { boardBefore, completed } from '#shared/facilitation/beginnings.ts';
import type { FacilitationCommand } from '#shared/facilitation/commands.ts';
import { mayComment, mayVote } from '#shared/facilitation/phases.ts';
import type { WorkshopState } from '#shared/facilitation/state.ts';
import { startTimer } from '#shared/facilitation/timer.ts';
import { viewFor } from '#shared/facilitation/view.ts';
import { castVote } from '#shared/facilitation/votes.ts';
import { ROLES } from '#shared/permissions.ts';
import {
	after,
	agreed,
	boardOf,
	draft,
	give,
	inPhase,
	MINUTE,
	start,
	START
} from './facilitation-room.ts';

test('TF1 a break that is needed stops the clock of the live board, which goes on after it', () => {
	const resting = after(inPhase('write'), [{ type: 'start-break', minutes: 5 }], START + MINUTE);
	expect(resting.break).toEqual({
		index: null,
		minutes: 5,
		timer: startTimer(5, START + MINUTE),
		stopped: true
	});
	expect(boardOf(resting)).toMatchObject({ phase: 'write', timer: { left: 3 * MINUTE } });
	const longer = after(resting, [{ type: 'extend', minutes: 2 }], START + MINUTE);
	expect(longer.break?.timer).toEqual(startTimer(7, START + MINUTE));
	const again = after(longer, [{ type: 'end-break' }], START + 9 * MINUTE);
	expect(again.break).toBeNull();
	expect(boardOf(again).timer).toEqual(startTimer(3, START + 9 * MINUTE));
});

test('TF1 a clock that stood still before the break stands still after it', () => {
	const paused = inPhase('write', [{ type: 'pause' }, { type: 'start-break', minutes: 5 }]);
	expect(boardOf(after(paused, [{ type: 'end-break' }])).timer.kind).toBe('paused');
	const twice = inPhase('write', [
		{ type: 'start-break', minutes: 5 },
		{ type: 'start-break', minutes: 9 },
		{ type: 'end-break' }
	]);
	expect(boardOf(twice).timer.kind).toBe('running');
});

test('TF1 a break is of the agenda or of so many minutes, never both nor neither', () => {
	const open = after(draft(), [{ type: 'open' }]);
	expect(give(open, { type: 'start-break' })).toMatchObject({ refused: 'malformed' });
	const both: FacilitationCommand = { type: 'start-break', item: 1, minutes: 5 };
	expect(give(open, both)).toMatchObject({ refused: 'malformed' });
	expect(give(draft(), { type: 'start-break', minutes: 5 })).toMatchObject({ refused: 'not-open' });
	expect(after(open, [{ type: 'start-break', minutes: 5 }]).break?.stopped).toBe(false);
});

const LATER_ON: FacilitationCommand[] = [
	{ type: 'next' },
	{ type: 'back' },
	{ type: 'go', phase: 'act' },
	{ type: 'finish' },
	{ type: 'close' }
];
test.each(LATER_ON)('TF2 $type ends a break and takes a sentence off the screens', (command) => {
	const resting = inPhase('group', [
		{ type: 'start-break', minutes: 5 },
		{ type: 'show-text', text: 'Back at eleven' }
	]);
	expect(resting.text).toBe('Back at eleven');
	expect(after(resting, [command])).toMatchObject({ break: null, text: null });
});

test('TF2 so does the start of a board, or of a break', () => {
	const told = after(draft(), [{ type: 'open' }, { type: 'show-text', text: 'Welcome' }]);
	expect(after(told, [start(0, 'board-one')]).text).toBeNull();
	expect(after(told, [{ type: 'start-break', minutes: 5 }]).text).toBeNull();
	expect(after(told, [{ type: 'show-text', text: null }]).text).toBeNull();
});

test('TF3 time that is ended is up now, and runs over from there', () => {
	const ended = after(inPhase('write'), [{ type: 'end-timer' }], START + MINUTE);
	expect(boardOf(ended).timer).toEqual({ kind: 'running', endsAt: START + MINUTE });
	const paused = inPhase('write', [{ type: 'pause' }, { type: 'end-timer' }]);
	expect(boardOf(paused).timer).toEqual({ kind: 'running', endsAt: START });
	expect(boardOf(ended).phase).toBe('write');
});

test('TF18 the room screen is blank until it is not, whatever happens', () => {
	const blank = inPhase('write', [{ type: 'blank-screen' }]);
	const later = after(blank, [{ type: 'next' }, { type: 'finish' }, start(2, 'board-two')]);
	expect(later.blank).toBe(true);
	expect(after(later, [{ type: 'unblank-screen' }]).blank).toBe(false);
});

const LEADING: FacilitationCommand[] = [
	{ type: 'spotlight', on: { card: 'card-one' } },
	{ type: 'spotlight', on: { column: 'barriers' } },
	{ type: 'show-columns', columns: ['barriers'] }
];
test.each(LEADING)('TF19 nobody is led to what they cannot see yet: %j', (command) => {
	expect(give(inPhase('write'), command)).toMatchObject({ refused: 'wrong-phase' });
	const led = inPhase('share', [command]);
	const { spotlight, columnsShown } = boardOf(led);
	expect([spotlight, columnsShown]).toContainEqual(
		command.type === 'spotlight' ? command.on : ['barriers']
	);
	const on = boardOf(after(led, [{ type: 'next' }]));
	expect([on.spotlight, on.columnsShown]).toEqual([null, null]);
});

test('TF20 comments and votes are shut one by one, until unlocked or the phase changes', () => {
	const shut = inPhase('vote', [
		{ type: 'lock', what: 'votes' },
		{ type: 'lock', what: 'comments' }
	]);
	expect(boardOf(shut)).toMatchObject({ shut: ['votes', 'comments'], locked: false });
	expect(mayVote(boardOf(shut))).toBe(false);
	expect(mayComment(boardOf(shut))).toBe(false);
	expect(castVote(boardOf(shut), {}, { card: 'card-one' }, 1)).toMatchObject({
		refused: 'wrong-phase'
	});
	const open = boardOf(after(shut, [{ type: 'unlock', what: 'votes' }]));
	expect([mayVote(open), mayComment(open)]).toEqual([true, false]);
	expect(boardOf(after(shut, [{ type: 'next' }])).shut).toEqual([]);
	expect(boardOf(inPhase('vote', [{ type: 'lock', what: 'cards' }])).locked).toBe(true);
});

test('TF21 dots are set until the vote; during it there may be more, never fewer', () => {
	const set = (state: WorkshopState, dots: number, onOne: number) =>
		give(state, { type: 'set-dots', dots, onOne });
	expect(boardOf(agreed(set(inPhase('group'), 3, 1)))).toMatchObject({ dots: 3, dotsOnOne: 1 });
	expect(boardOf(agreed(set(inPhase('vote'), 8, 3)))).toMatchObject({ dots: 8, dotsOnOne: 3 });
	expect(set(inPhase('vote'), 4, 3)).toMatchObject({ refused: 'wrong-phase' });
	expect(set(inPhase('vote'), 5, 2)).toMatchObject({ refused: 'wrong-phase' });
	expect(set(inPhase('discuss'), 8, 3)).toMatchObject({ refused: 'wrong-phase' });
	expect(set(inPhase('group'), 2, 3)).toMatchObject({ refused: 'malformed' });
});

test('TF16 a note is for those who facilitate, and stays while the agenda changes around it', () => {
	const noted = inPhase('write', [
		{ type: 'set-note', item: 0, note: 'Ask Olena' },
		{ type: 'set-note', item: 1, note: 'Coffee is upstairs' },
		{
			type: 'set-agenda',
			agenda: ['barrier', { break: 5, note: 'Coffee is outside' }, 'short']
		}
	]);
	expect(noted.agenda.map(({ note }) => note)).toEqual([
		'Ask Olena',
		'Coffee is outside',
		undefined
	]);
	for (const role of ROLES) {
		const view = viewFor({ id: 'w', code: 'K7M4PR', version: 1, state: noted }, role, START);
		const sees = role === 'facilitator' || role === 'co-facilitator';
		expect(JSON.stringify(view).includes('Olena')).toBe(sees);
		expect(view.timetable !== null).toBe(sees);
	}
	const gone = after(noted, [{ type: 'set-note', item: 0, note: '' }]);
	expect(gone.agenda[0]).not.toHaveProperty('note');
	expect(give(noted, { type: 'set-note', item: 9, note: 'x' })).toMatchObject({
		refused: 'not-found'
	});
});

test('PH21 entering a phase lets go of all that was set for the one before', () => {
	for (const phase of RUNNING_PHASES.slice(2)) {
		const { muted, shut, nudge, spotlight, columnsShown } = boardBefore();
		const busy = inPhase('share', [
			{ type: 'mute' },
			{ type: 'lock', what: 'comments' },
			{ type: 'show-nudge', nudge: 0 },
			{ type: 'spotlight', on: { card: 'card-one' } },
			{ type: 'show-columns', columns: ['barriers'] }
		]);
		const command: FacilitationCommand =
			phase === 'share' ? { type: 'next' } : { type: 'go', phase };
		expect(boardOf(after(busy, [command]))).toMatchObject({
			muted,
			shut,
			nudge,
			spotlight,
			columnsShown
		});
	}
});

test('TF26 a state that an older version stored is read with what it lacks', () => {
	const now = inPhase('share');
	const { text: _t, blank: _b, goesOn: _g, timetable: _tt, past: _p, ...older } = now;
	const boards = now.boards.map(({ shut: _s, spotlight: _l, columnsShown: _c, ...rest }) => rest);
	const resting = { index: 1, timer: startTimer(10, START) };
	const read = completed({ ...older, boards } as unknown as WorkshopState);
	expect(read).toEqual(now);
	const inBreak = completed({ ...older, boards, break: resting } as unknown as WorkshopState);
	expect(inBreak.break).toEqual({ ...resting, minutes: 0, stopped: false });
	expect(completed(now)).toEqual(now);
});
