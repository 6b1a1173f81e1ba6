import { describe, expect, test } from 'vitest';
import { COMMANDS, type FacilitationCommand } from '#shared/facilitation/commands.ts';
import { ROLES, type Who } from '#shared/permissions.ts';
import type { WorkshopState } from '#shared/facilitation/state.ts';
import { step } from '#shared/facilitation/step.ts';
import { isRefusal, type RefusalReason } from '#shared/refusals.ts';
import {
	after,
	ben,
	draft,
	exerciseOf,
	give,
	inPhase,
	MINUTE,
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
	'set-tables': { type: 'set-tables', tables: null },
	'seat-person': { type: 'seat-person', person: 'ben-participant', table: null },
	'to-tables': { type: 'to-tables' },
	'to-plenary': { type: 'to-plenary' },
	'set-voting': { type: 'set-voting', way: 'rating' },
	'new-round': { type: 'new-round' },
	'show-votes': { type: 'show-votes' },
	'hide-votes': { type: 'hide-votes' },
	'hide-card': { type: 'hide-card', board, card },
	'show-card': { type: 'show-card', board, card },
	collect: { type: 'collect', exercise: 2, until: START + MINUTE, board: 'board-two' },
	'end-collecting': { type: 'end-collecting', board },
	ask: { type: 'ask', poll: { kind: 'words', question: 'In one word?' }, board: 'board-poll' }
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
			'set-voting',
			'new-round',
			'show-votes',
			'hide-votes'
		] as const
	).map((type) => [type, 'no-board' as const])
);
const NOTHING_BEFORE = { undo: 'nothing-to-undo' } as const;
const NO_BREAK = { 'end-break': 'wrong-phase' } as const;
const NO_CARD = {
	'hide-card': 'not-found',
	'show-card': 'not-found',
	'end-collecting': 'not-found'
} as const;
const RUN = { 'end-collecting': 'wrong-phase' } as const;
const NOT_OPEN = {
	ask: 'not-open',
	'set-tables': 'not-open',
	'seat-person': 'not-open',
	'to-tables': 'not-open',
	'to-plenary': 'not-open',
	start: 'not-open',
	'start-break': 'not-open',
	close: 'not-open'
} as const;
const NO_TABLES = {
	'seat-person': 'no-tables',
	'to-tables': 'no-tables',
	'to-plenary': 'no-tables'
} as const;
const OVER = { collect: 'not-open' } as const;
const BEGUN = { 'set-anonymous': 'wrong-phase' } as const;
const LIVE = { start: 'board-live', 'start-break': 'board-live' } as const;
const UNSHOWN = {
	'show-votes': 'wrong-phase',
	'hide-votes': 'wrong-phase',
	'new-round': 'wrong-phase'
} as const;
const REFUSED: Record<string, Partial<Record<FacilitationCommand['type'], RefusalReason>>> = {
	'a draft': { ...NOTHING_BEFORE, ...NO_BOARD, ...NO_BREAK, ...NO_CARD, ...NOT_OPEN },
	'open, nothing on': {
		...NO_TABLES,
		...NOTHING_BEFORE,
		...NO_BOARD,
		...NO_BREAK,
		...NO_CARD,
		...BEGUN
	},
	'a break': {
		...NO_TABLES,
		...NOTHING_BEFORE,
		...NO_BOARD,
		...NO_CARD,
		...BEGUN,
		pause: undefined,
		resume: undefined,
		extend: undefined,
		'end-timer': undefined
	},
	brief: {
		...NO_TABLES,
		...RUN,
		...NOTHING_BEFORE,
		...NO_BREAK,
		...BEGUN,
		...LIVE,
		...UNSHOWN,
		back: 'wrong-phase'
	},
	write: { ...NO_TABLES, ...RUN, ...NOTHING_BEFORE, ...NO_BREAK, ...BEGUN, ...LIVE, ...UNSHOWN },
	group: {
		...NO_TABLES,
		...RUN,
		...NOTHING_BEFORE,
		...NO_BREAK,
		...BEGUN,
		...LIVE,
		...UNSHOWN,
		'set-writing': 'already-revealed'
	},
	vote: {
		...NO_TABLES,
		...RUN,
		...NOTHING_BEFORE,
		...NO_BREAK,
		...BEGUN,
		...LIVE,
		'set-writing': 'already-revealed'
	},
	'a finished board': {
		...NO_TABLES,
		...RUN,
		...NOTHING_BEFORE,
		...NO_BOARD,
		...NO_BREAK,
		...BEGUN
	},
	closed: { ...RUN, ...OVER, ...NOTHING_BEFORE, ...NO_BOARD, ...NO_BREAK, ...NOT_OPEN, ...BEGUN }
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
