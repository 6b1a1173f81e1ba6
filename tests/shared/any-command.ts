/** Any command of facilitation, any vote, given by anybody: for tests of what holds in every sequence. */
import * as fc from 'fast-check';
import type { VoteTarget } from '#shared/doc/contents.ts';
import { RUNNING_PHASES } from '#shared/exercises/format.ts';
import {
	COMMANDS,
	type CommandOf,
	type FacilitationCommand
} from '#shared/facilitation/commands.ts';
import { LOCKABLE } from '#shared/facilitation/state.ts';
import type { ColumnOf } from '#shared/facilitation/votes.ts';
import { WAYS } from '#shared/facilitation/ways.ts';
import type { Who } from '#shared/permissions.ts';
import { ada, ben, MINUTE, POLLS, START } from './facilitation-room.ts';

type Type = FacilitationCommand['type'];

/** Every command that moves the workshop's version, as the schemas have them. */
export const TYPES = Object.entries(COMMANDS).flatMap(([type, { kind }]) =>
	kind === 'facilitation' ? (type as Type) : []
);

const DAY = 24 * 60 * MINUTE;
const BOARDS = ['board-one', 'board-two', 'board-three', 'board-four'];
const CARDS = ['card-one', 'card-two', 'card-three', 'card-four'];
export const PEOPLE = ['ben-participant', 'cyd-participant', 'dana-participant'];
const TARGETS: VoteTarget[] = [
	...CARDS.map((card) => ({ card })),
	{ group: 'group-one' },
	...['option-1', 'option-2', 'answer'].map((option) => ({ option }))
];
const WAYS_ROUND = new Set(['card-three', 'card-four', 'group-one']);
/** Where each target lies, on every board. */
export const columnOf: ColumnOf = (id) => (WAYS_ROUND.has(id) ? 'ways' : 'barriers');

const COLUMNS = ['barriers', 'ways'];
const axis = (title: string) => ({ title, low: 'little', high: 'much' });
const of = <T extends Type, R extends object>(
	type: T,
	rest: { [K in keyof R]: fc.Arbitrary<R[K]> }
) => fc.record({ type: fc.constant(type), ...rest }) as unknown as fc.Arbitrary<{ type: T } & R>;
const plain = <T extends Type>(type: T) => fc.constant({ type });
const perhaps = { requiredKeys: [] };
const one = <const T>(...values: T[]) => fc.constantFrom(...values);
const item = fc.nat(4);
const board = one(...BOARDS);
const card = one(...CARDS);
const minutes = fc.integer({ min: 1, max: 12 });
const lockable = fc.record({ what: one(...LOCKABLE) }, perhaps);

/** What of a voting is to be otherwise. */
const voting = fc.record(
	{
		way: one(...WAYS, 'dots', 'dots', 'order'),
		on: one('both', 'cards', 'groups'),
		columns: one<string[] | null>(null, ['ways'], COLUMNS),
		perColumn: fc.boolean(),
		axes: one(null, { x: axis('Effort'), y: axis('Effect') }),
		together: fc.boolean(),
		dots: fc.integer({ min: 1, max: 8 }),
		onOne: fc.integer({ min: 1, max: 4 })
	},
	perhaps
);

/** Who sits where: also somebody at two tables, which is refused. */
const tables = fc.option(
	fc
		.tuple(fc.subarray(PEOPLE), fc.subarray(PEOPLE))
		.map((people) =>
			['table-one', 'table-two'].map((id, at) => ({ id, name: id, people: people[at]! }))
		),
	{ freq: 6 }
);

/** Commands by their type. One that `COMMANDS` has and this has not is no program. */
export const ANY: { [T in Type]: fc.Arbitrary<CommandOf<T>> } = {
	rename: of('rename', { title: one('Another', 'A third') }),
	'set-language': of('set-language', { language: one('en', 'fr') }),
	'set-anonymous': of('set-anonymous', { anonymous: fc.boolean() }),
	'set-agenda': of('set-agenda', {
		agenda: fc.array(
			one<CommandOf<'set-agenda'>['agenda'][number]>(
				'barrier',
				'short',
				{ break: 10 },
				{ exercise: 'short', writing: 'open' }
			),
			{ maxLength: 5 }
		)
	}),
	open: plain('open'),
	close: plain('close'),
	'close-doors': plain('close-doors'),
	'open-doors': plain('open-doors'),
	'change-code': plain('change-code'),
	'set-retention': of('set-retention', { days: one(null, 30) }),
	start: of('start', { exercise: item, board }),
	'start-break': fc.oneof(of('start-break', { item }), of('start-break', { minutes })),
	'end-break': plain('end-break'),
	'set-going-on': of('set-going-on', { by: one('hand', 'clock') }),
	replan: of('replan', { minutes }),
	'set-note': of('set-note', { item, note: one('', 'Ask') }),
	'show-text': of('show-text', { text: one(null, 'Look up') }),
	'blank-screen': plain('blank-screen'),
	'unblank-screen': plain('unblank-screen'),
	undo: plain('undo'),
	ask: of('ask', { poll: one(...POLLS), board: one('poll-one', 'poll-two', 'poll-three') }),
	'set-tables': of('set-tables', { tables }),
	'seat-person': of('seat-person', {
		person: one(...PEOPLE),
		table: one('table-one', 'table-two', null)
	}),
	'to-tables': plain('to-tables'),
	'to-plenary': plain('to-plenary'),
	collect: of('collect', {
		exercise: item,
		until: fc.integer({ min: START - DAY, max: START + 9 * DAY }),
		board
	}),
	'end-collecting': of('end-collecting', { board }),
	next: plain('next'),
	back: plain('back'),
	go: of('go', { phase: one(...RUNNING_PHASES, 'vote', 'done') }),
	finish: plain('finish'),
	pause: plain('pause'),
	resume: plain('resume'),
	extend: of('extend', {
		minutes: fc.double({ min: 0.1, max: 600, noNaN: true }),
		taken: fc.boolean()
	}),
	'end-timer': plain('end-timer'),
	'set-writing': of('set-writing', { mode: one('private', 'open'), reveal: fc.boolean() }),
	'set-grouping': of('set-grouping', { who: one('everyone', 'facilitators') }),
	lock: lockable.map((what) => ({ type: 'lock', ...what })),
	unlock: lockable.map((what) => ({ type: 'unlock', ...what })),
	mute: plain('mute'),
	unmute: plain('unmute'),
	'show-nudge': of('show-nudge', { nudge: one(null, 0, 1, 7) }),
	spotlight: of('spotlight', {
		on: one(null, { card: 'card-one' }, { column: 'ways' }, { view: 0 })
	}),
	'show-columns': of('show-columns', { columns: one<string[] | null>(null, ['barriers'], []) }),
	'set-dots': of('set-dots', {
		dots: fc.integer({ min: 1, max: 8 }),
		onOne: fc.integer({ min: 1, max: 4 })
	}),
	'set-voting': voting.map((asked) => ({ type: 'set-voting', ...asked })),
	'new-round': fc
		.tuple(
			voting,
			one<string[] | null | undefined>(
				undefined,
				null,
				['card-one', 'card-three'],
				['card-one', 'card-one']
			)
		)
		.map(([asked, among]) => ({
			type: 'new-round',
			...asked,
			...(among !== undefined && { among })
		})),
	'show-votes': plain('show-votes'),
	'hide-votes': plain('hide-votes'),
	'hide-card': of('hide-card', { board, card }),
	'show-card': of('show-card', { board, card })
};

const weighted = (weight: number, ...types: Type[]) => ({
	weight,
	arbitrary: fc.oneof(...types.map((type): fc.Arbitrary<FacilitationCommand> => ANY[type]))
});

/** Any of them: those more often on which a workshop's course and its votes turn. */
export const command: fc.Arbitrary<FacilitationCommand> = fc.oneof(
	weighted(6, ...TYPES),
	weighted(2, 'start', 'next', 'back', 'go', 'finish'),
	weighted(2, 'set-voting', 'new-round', 'set-dots'),
	weighted(2, 'ask', 'collect', 'start-break', 'set-tables'),
	weighted(3, 'undo')
);

/** Somebody votes: dots or a rating, or an order, each the first that the board takes. */
export interface AnyVote {
	type: 'votes';
	person: string;
	target: VoteTarget;
	count: number;
	order: VoteTarget[];
}
export const vote: fc.Arbitrary<AnyVote> = fc.record({
	type: fc.constant('votes' as const),
	person: one(...PEOPLE),
	target: one(...TARGETS),
	count: fc.integer({ min: -1, max: 8 }),
	order: fc.oneof(
		fc.shuffledSubarray(TARGETS.slice(0, 5)),
		fc.array(one(...TARGETS), { maxLength: 6 })
	)
});

/** In every role, and by a token of both that may have one; those who facilitate more often. */
export const GIVERS: Who[] = [
	ada,
	{ role: 'co-facilitator', account: 'cleo-account' },
	{ role: 'facilitator', account: 'ada-account', token: true },
	{ role: 'co-facilitator', account: 'cleo-account', token: true },
	ben,
	{ role: 'screen' },
	{ role: 'visitor' }
];
export const giver: fc.Arbitrary<Who> = fc.oneof(
	{ weight: 5, arbitrary: fc.constant(ada) },
	{ weight: 4, arbitrary: one(...GIVERS) }
);

const opened: FacilitationCommand = { type: 'open' };
const started: FacilitationCommand = { type: 'start', exercise: 0, board: 'board-one' };
const collected: FacilitationCommand = {
	type: 'collect',
	exercise: 2,
	until: START + DAY,
	board: 'board-two'
};
const seats: FacilitationCommand = {
	type: 'set-tables',
	tables: [{ id: 'table-one', name: 'One', people: PEOPLE }]
};
const to = (...commands: FacilitationCommand[]) => [opened, started, ...commands];

/** How far a workshop has come before the sequence begins. */
export const BEGINNINGS: Record<string, FacilitationCommand[]> = {
	'a draft': [],
	'open doors': [opened],
	'collecting before the day': [collected],
	'a board in brief': to(),
	'a board in write': to({ type: 'next' }),
	'a vote': to(collected, seats, { type: 'go', phase: 'vote' }),
	'a discussion at tables': to(seats, { type: 'to-tables' }, { type: 'go', phase: 'discuss' }),
	'a poll in front of a board': to({ type: 'ask', poll: POLLS[1]!, board: 'poll-one' }),
	'a break, and the clock': to(
		{ type: 'set-going-on', by: 'clock' },
		{ type: 'start-break', minutes: 5 }
	),
	'over, and collecting': to(collected, { type: 'close' }),
	'a closed workshop': to({ type: 'close' })
};
