import { describe, expect, test } from 'vitest';
import { RUNNING_PHASES, type Phase } from '#shared/exercises/format.ts';
import type { FacilitationCommand } from '#shared/facilitation/commands.ts';
import { ROLES, type Role } from '#shared/permissions.ts';
import {
	forwards,
	GRACE,
	mayAddAction,
	mayArrange,
	mayChangeAction,
	mayComment,
	nextPhase,
	previousPhase,
	takesCards
} from '#shared/facilitation/phases.ts';
import { viewFor } from '#shared/facilitation/view.ts';
import {
	after,
	agreed,
	boardOf,
	draft,
	give,
	inPhase,
	LATER,
	start,
	START
} from './facilitation-room.ts';

const PHASES: Phase[] = [...RUNNING_PHASES, 'done'];
const phasesWhere = (holds: (phase: Phase) => boolean) => PHASES.filter(holds);

test('PH1 next goes through the planned phases and ends with done', () => {
	let state = inPhase('brief');
	const seen: Phase[] = [];
	while (state.live) {
		state = agreed(give(state, { type: 'next' }));
		seen.push(boardOf(state).phase);
	}
	expect(seen).toEqual(['write', 'share', 'group', 'vote', 'discuss', 'act', 'done']);
	expect(boardOf(state).finishedAt).toBe(START);
	expect(nextPhase(boardOf(state))).toBeNull();
	expect(previousPhase(boardOf(state))).toBeNull();
	expect(give(state, { type: 'next' })).toMatchObject({ refused: 'no-board' });
});

test('PH1 phases that are not planned are passed over', () => {
	const state = after(draft(), [{ type: 'open' }, start(2, 'board-two'), { type: 'next' }]);
	expect(boardOf(state).phase).toBe('vote');
	expect(previousPhase(boardOf(state))).toBe('write');
});

test('PH2 back enters the phase before, and the first has none', () => {
	const state = inPhase('group', [{ type: 'back' }]);
	expect(boardOf(state).phase).toBe('share');
	expect(give(inPhase('brief'), { type: 'back' })).toMatchObject({ refused: 'wrong-phase' });
});

describe('PH3 go', () => {
	test.each(PHASES.filter((phase) => phase !== 'brief'))('PH3 enters %s from brief', (phase) => {
		const state = agreed(give(inPhase('brief'), { type: 'go', phase }));
		expect(boardOf(state).phase).toBe(phase);
		expect(state.live).toBe(phase === 'done' ? null : 'board-one');
	});
	test('PH3 refuses the present phase and one that is not planned', () => {
		expect(give(inPhase('share'), { type: 'go', phase: 'share' })).toMatchObject({
			refused: 'wrong-phase'
		});
		const short = after(draft(), [{ type: 'open' }, start(2, 'board-two')]);
		expect(give(short, { type: 'go', phase: 'group' })).toMatchObject({ refused: 'wrong-phase' });
	});
});

test.each<[string, FacilitationCommand, boolean]>([
	['next', { type: 'next' }, true],
	['go on to vote', { type: 'go', phase: 'vote' }, true],
	['go to brief', { type: 'go', phase: 'brief' }, true],
	['finish', { type: 'finish' }, true],
	['close', { type: 'close' }, true],
	['back', { type: 'back' }, false]
])('PH4 leaving write by %s', (_how, command, revealed) => {
	const left = agreed(give(inPhase('write'), command));
	expect(boardOf(left).revealed).toBe(revealed);
});

test('PH4 passing over write reveals too', () => {
	expect(boardOf(inPhase('brief')).revealed).toBe(false);
	expect(boardOf(inPhase('share')).revealed).toBe(true);
});

test('PH5 private to open is the reveal, and wants to be meant', () => {
	const writing = inPhase('write');
	const open = { type: 'set-writing', mode: 'open' } as const;
	expect(give(writing, open)).toMatchObject({ refused: 'would-reveal' });
	expect(boardOf(after(writing, [{ type: 'set-writing', mode: 'private' }])).revealed).toBe(false);
	const opened = after(writing, [{ ...open, reveal: true }]);
	expect(boardOf(opened)).toMatchObject({ writing: 'open', revealed: true });
	for (const mode of ['private', 'open'] as const)
		expect(give(opened, { type: 'set-writing', mode, reveal: true })).toMatchObject({
			refused: 'already-revealed'
		});
});

test('PH5 a board written openly is revealed from its start', () => {
	const state = after(draft(), [{ type: 'open' }, start(3, 'board-open')]);
	expect(boardOf(state)).toMatchObject({ writing: 'open', revealed: true, phase: 'write' });
	expect(forwards(boardOf(state), LATER)).toBe(true);
});

test('PH6 back in write after the reveal means writing openly', () => {
	for (const way of [{ type: 'back' }, { type: 'go', phase: 'write' }] as const) {
		const board = boardOf(inPhase('share', [way]));
		expect(board).toMatchObject({ phase: 'write', writing: 'open', revealed: true });
		expect(forwards(board, LATER)).toBe(true);
	}
});

test('PH7 which phases forward', () => {
	expect(phasesWhere((phase) => forwards(boardOf(inPhase(phase)), LATER))).toEqual([
		'share',
		'group',
		'discuss'
	]);
	const open = after(draft(), [{ type: 'open' }, start(3, 'board-open')]);
	expect(forwards(boardOf(open), LATER)).toBe(true);
});

test('PH8 what was on its way when the phase ended is forwarded for three seconds', () => {
	const voting = boardOf(inPhase('group', [{ type: 'next' }]));
	expect(forwards(voting, START + GRACE)).toBe(true);
	expect(forwards(voting, START + GRACE + 1)).toBe(false);
	const acting = boardOf(after(inPhase('vote'), [{ type: 'go', phase: 'act' }], LATER));
	expect(forwards(acting, LATER)).toBe(false);
});

test('PH8 the reveal has its grace whatever phase follows', () => {
	const voting = boardOf(inPhase('write', [{ type: 'go', phase: 'vote' }]));
	expect(forwards(voting, START + GRACE)).toBe(true);
	expect(forwards(voting, START + GRACE + 1)).toBe(false);
	const back = boardOf(inPhase('write', [{ type: 'back' }]));
	expect(forwards(back, START)).toBe(false);
});

test('PH9 mute holds any phase, lock share and discuss', () => {
	const muted = (phase: Phase) => boardOf(inPhase(phase, [{ type: 'mute' }]));
	const locked = (phase: Phase) => boardOf(inPhase(phase, [{ type: 'lock' }]));
	for (const phase of ['share', 'group', 'discuss'] as const)
		expect(forwards(muted(phase), LATER)).toBe(false);
	expect(forwards(locked('share'), LATER)).toBe(false);
	expect(forwards(locked('discuss'), LATER)).toBe(false);
	expect(forwards(locked('group'), LATER)).toBe(true);
	const again = inPhase('share', [{ type: 'lock' }, { type: 'mute' }, { type: 'unmute' }]);
	expect(forwards(boardOf(again), LATER)).toBe(false);
	expect(forwards(boardOf(after(again, [{ type: 'unlock' }])), LATER)).toBe(true);
});

test.each<[Role, Phase[]]>([
	['facilitator', ['group', 'discuss', 'act']],
	['co-facilitator', ['group', 'discuss', 'act']],
	['participant', ['group']],
	['screen', []],
	['visitor', []]
])('PH10 where a %s arranges', (role, phases) => {
	expect(phasesWhere((phase) => mayArrange(boardOf(inPhase(phase)), role, LATER))).toEqual(phases);
});

test('PH10 grouping can be the facilitators alone', () => {
	const board = boardOf(inPhase('group', [{ type: 'set-grouping', who: 'facilitators' }]));
	expect(mayArrange(board, 'participant', LATER)).toBe(false);
	expect(mayArrange(board, 'facilitator', LATER)).toBe(true);
});

test('PH11 the grace for arranging, which a view does not have', () => {
	const state = inPhase('group', [{ type: 'next' }]);
	expect(mayArrange(boardOf(state), 'participant', START + GRACE)).toBe(true);
	expect(mayArrange(boardOf(state), 'participant', START + GRACE + 1)).toBe(false);
	expect(mayArrange(boardOf(state), 'screen', START)).toBe(false);
	const view = viewFor({ id: 'w', code: 'c', version: 1, state }, 'participant', START);
	expect(mayArrange(view.boards[0]!, 'participant', START)).toBe(false);
});

test('PH12 which columns take cards when', () => {
	const takes = (opens: 'write' | 'share', commands: FacilitationCommand[] = []) =>
		phasesWhere(
			(phase) => phase !== 'done' && takesCards(boardOf(inPhase(phase, commands)), { opens })
		);
	expect(takes('write')).toEqual(['write', 'share', 'group', 'discuss']);
	expect(takes('share')).toEqual(['share', 'group', 'discuss']);
	expect(takes('write', [{ type: 'lock' }])).toEqual(['write']);
	expect(takes('write', [{ type: 'mute' }])).toEqual([]);
	expect(takesCards(boardOf(inPhase('done')), {})).toBe(false);
});

test('PH13 cards are commented from share to act', () => {
	expect(phasesWhere((phase) => mayComment({ phase, shut: [] }))).toEqual([
		'share',
		'group',
		'vote',
		'discuss',
		'act'
	]);
});

test('PH14 who adds and changes actions when', () => {
	const adds = (role: Role) => phasesWhere((phase) => mayAddAction({ phase }, role));
	expect(adds('participant')).toEqual(['act']);
	expect(adds('facilitator')).toEqual(['discuss', 'act', 'done']);
	expect(adds('co-facilitator')).toEqual(['discuss', 'act', 'done']);
	expect(ROLES.filter((role) => mayChangeAction({ phase: 'act' }, role, true))).toEqual([
		'facilitator',
		'co-facilitator',
		'participant'
	]);
	expect(mayChangeAction({ phase: 'act' }, 'participant', false)).toBe(false);
	expect(mayChangeAction({ phase: 'done' }, 'participant', true)).toBe(false);
	expect(mayChangeAction({ phase: 'act' }, 'facilitator', false)).toBe(true);
});

test('PH21 a new phase ends muting and takes the nudge off', () => {
	const before = inPhase('write', [{ type: 'mute' }, { type: 'show-nudge', nudge: 1 }]);
	expect(boardOf(before)).toMatchObject({ muted: true, nudge: 1 });
	expect(boardOf(after(before, [{ type: 'next' }]))).toMatchObject({ muted: false, nudge: null });
});
