import { describe, expect, test } from 'vitest';
import { COMMANDS, type FacilitationCommand } from '#shared/facilitation/commands.ts';
import { ROLES, type Who } from '#shared/permissions.ts';
import { newWorkshop } from '#shared/facilitation/new-workshop.ts';
import type { WorkshopState } from '#shared/facilitation/state.ts';
import { step } from '#shared/facilitation/step.ts';
import { isRefusal, type RefusalReason } from '#shared/refusals.ts';
import {
	after,
	agreed,
	ben,
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

/** Every command of facilitation once, as it can be agreed to somewhere. */
const EVERY: { [T in FacilitationCommand['type']]: FacilitationCommand & { type: T } } = {
	rename: { type: 'rename', title: 'Another title' },
	'set-language': { type: 'set-language', language: 'fr' },
	'set-anonymous': { type: 'set-anonymous', anonymous: true },
	'set-agenda': { type: 'set-agenda', agenda: ['barrier', { break: 10 }] },
	open: { type: 'open' },
	close: { type: 'close' },
	'close-doors': { type: 'close-doors' },
	'open-doors': { type: 'open-doors' },
	'change-code': { type: 'change-code' },
	'set-retention': { type: 'set-retention', days: 30 },
	start: { type: 'start', exercise: 2, board: 'board-two' },
	'start-break': { type: 'start-break', item: 1 },
	'end-break': { type: 'end-break' },
	'set-going-on': { type: 'set-going-on', by: 'clock' },
	replan: { type: 'replan', minutes: 1 },
	'set-note': { type: 'set-note', item: 0, note: 'Ask Olena' },
	'show-text': { type: 'show-text', text: 'Look up, please' },
	'blank-screen': { type: 'blank-screen' },
	'unblank-screen': { type: 'unblank-screen' },
	// How it stood before is the server's to know.
	undo: { type: 'undo' },
	next: { type: 'next' },
	back: { type: 'back' },
	go: { type: 'go', phase: 'act' },
	finish: { type: 'finish' },
	pause: { type: 'pause' },
	resume: { type: 'resume' },
	extend: { type: 'extend', minutes: 1 },
	'end-timer': { type: 'end-timer' },
	'set-writing': { type: 'set-writing', mode: 'open', reveal: true },
	'set-grouping': { type: 'set-grouping', who: 'facilitators' },
	lock: { type: 'lock' },
	unlock: { type: 'unlock' },
	mute: { type: 'mute' },
	unmute: { type: 'unmute' },
	'show-nudge': { type: 'show-nudge', nudge: 0 },
	spotlight: { type: 'spotlight', on: null },
	'show-columns': { type: 'show-columns', columns: null },
	'set-dots': { type: 'set-dots', dots: 6, onOne: 3 },
	'show-votes': { type: 'show-votes' },
	'hide-votes': { type: 'hide-votes' },
	'hide-card': { type: 'hide-card', board, card },
	'show-card': { type: 'show-card', board, card }
};
const TYPES = Object.keys(EVERY) as FacilitationCommand['type'][];

const SITUATIONS: Record<string, () => WorkshopState> = {
	'a draft': draft,
	'open, nothing on': () => after(draft(), [{ type: 'open' }]),
	'a break': () => after(draft(), [{ type: 'open' }, { type: 'start-break', item: 1 }]),
	brief: () => inPhase('brief'),
	write: () => inPhase('write'),
	group: () => inPhase('group'),
	vote: () => inPhase('vote'),
	'a finished board': () => inPhase('done'),
	closed: () => inPhase('vote', [{ type: 'close' }])
};

/** What each situation refuses; every command that is not named is agreed to. */
const NO_BOARD = Object.fromEntries(
	(
		[
			'next',
			'back',
			'go',
			'finish',
			'pause',
			'resume',
			'extend',
			'end-timer',
			'set-writing',
			'set-grouping',
			'lock',
			'unlock',
			'mute',
			'unmute',
			'show-nudge',
			'spotlight',
			'show-columns',
			'set-dots',
			'show-votes',
			'hide-votes'
		] as const
	).map((type) => [type, 'no-board' as const])
);
const NOTHING_BEFORE = { undo: 'nothing-to-undo' } as const;
const NO_BREAK = { 'end-break': 'wrong-phase' } as const;
const NO_CARD = { 'hide-card': 'not-found', 'show-card': 'not-found' } as const;
const NOT_OPEN = { start: 'not-open', 'start-break': 'not-open', close: 'not-open' } as const;
const BEGUN = { 'set-anonymous': 'wrong-phase' } as const;
const LIVE = { start: 'board-live', 'start-break': 'board-live' } as const;
const UNSHOWN = { 'show-votes': 'wrong-phase', 'hide-votes': 'wrong-phase' } as const;
const REFUSED: Record<string, Partial<Record<FacilitationCommand['type'], RefusalReason>>> = {
	'a draft': { ...NOTHING_BEFORE, ...NO_BOARD, ...NO_BREAK, ...NO_CARD, ...NOT_OPEN },
	'open, nothing on': { ...NOTHING_BEFORE, ...NO_BOARD, ...NO_BREAK, ...NO_CARD, ...BEGUN },
	'a break': {
		...NOTHING_BEFORE,
		...NO_BOARD,
		...NO_CARD,
		...BEGUN,
		pause: undefined,
		resume: undefined,
		extend: undefined,
		'end-timer': undefined
	},
	brief: { ...NOTHING_BEFORE, ...NO_BREAK, ...BEGUN, ...LIVE, ...UNSHOWN, back: 'wrong-phase' },
	write: { ...NOTHING_BEFORE, ...NO_BREAK, ...BEGUN, ...LIVE, ...UNSHOWN },
	group: {
		...NOTHING_BEFORE,
		...NO_BREAK,
		...BEGUN,
		...LIVE,
		...UNSHOWN,
		'set-writing': 'already-revealed'
	},
	vote: { ...NOTHING_BEFORE, ...NO_BREAK, ...BEGUN, ...LIVE, 'set-writing': 'already-revealed' },
	'a finished board': { ...NOTHING_BEFORE, ...NO_BOARD, ...NO_BREAK, ...BEGUN },
	closed: { ...NOTHING_BEFORE, ...NO_BOARD, ...NO_BREAK, ...NOT_OPEN, ...BEGUN }
};

describe.each(Object.keys(SITUATIONS))('every command in %s', (situation) => {
	test.each(TYPES)('CO6 %s is agreed to or refused for the right reason', (type) => {
		const answer = give(SITUATIONS[situation]!(), EVERY[type]);
		expect(isRefusal(answer) ? answer.refused : undefined).toBe(REFUSED[situation]![type]);
	});
});

const whoOf: Record<(typeof ROLES)[number], Who> = {
	facilitator: { role: 'facilitator', account: 'ada' },
	'co-facilitator': { role: 'co-facilitator', account: 'cleo' },
	participant: ben,
	screen: { role: 'screen' },
	visitor: { role: 'visitor' }
};
test.each(TYPES)('CO1 who may give %s', (type) => {
	for (const role of ROLES) {
		const answer = step(inPhase('vote'), EVERY[type], whoOf[role], START, exerciseOf);
		const refused = isRefusal(answer) && answer.refused === 'not-allowed';
		const isTheOwners = type === 'set-retention';
		const mayGive = role === 'facilitator' || (role === 'co-facilitator' && !isTheOwners);
		expect(refused).toBe(!mayGive);
	}
});

test('CO1 every facilitation command of the schema is in this table', () => {
	const declared = Object.entries(COMMANDS).filter(([, one]) => one.kind === 'facilitation');
	expect(declared.map(([type]) => type).toSorted()).toEqual(TYPES.toSorted());
});

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
	expect(step(opened, start(0, board), whoOf.facilitator, START, () => undefined)).toMatchObject({
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
