/**
 * Every command, once: its schema; who may give it says `permissions.ts`. Both ends infer their
 * types from here; the socket, the API and the command's journal parse with the same schema. `step`
 * answers those of kind `facilitation`; the others write rows of their own, or nothing (`screen`), and
 * do not move the workshop's version.
 */
import * as v from 'valibot';
import { LIMITS } from '../doc/schema.ts';
import { RUNNING_PHASES } from '../exercises/format.ts';
import { idSchema, languageSchema } from '../ids.ts';
import { pollSchema } from './polls.ts';
import { REACTIONS } from './reactions.ts';
import { TURNS } from './screen-pages.ts';
import { PULSES } from './signals.ts';
import { LOCKABLE } from './state.ts';
import {
	amongSchema,
	placeSchema,
	roundSchema,
	targetSchema,
	votingEntries
} from './vote-schemas.ts';
import type { CommandType } from '../permissions.ts';

const minutes = v.pipe(v.number(), v.minValue(0.1), v.maxValue(600));
const title = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(200));
const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const board = idSchema;
const card = idSchema;
const people = v.pipe(v.array(idSchema), v.minLength(1));
const words = (most: number) => v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(most));
const note = v.pipe(v.string(), v.trim(), v.maxLength(2000));
const lockable = v.optional(v.picklist(LOCKABLE));
const columnId = v.pipe(v.string(), v.maxLength(40));
const moment = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const round = v.optional(roundSchema);
const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20));
/** How many everybody has, and may place on one; as they are where it does not say. */
const dots = { dots: v.optional(count), onOne: v.optional(count) };
const plan = v.array(v.strictObject({ phase: v.picklist(RUNNING_PHASES), minutes }));

/** An agenda as it is sent: an exercise id, or more about it, or a break. */
export const agendaSchema = v.pipe(
	v.array(
		v.union([
			v.string(),
			v.strictObject({
				exercise: v.string(),
				phases: v.optional(v.pipe(plan, v.minLength(1))),
				writing: v.optional(v.picklist(['private', 'open'])),
				note: v.optional(note)
			}),
			v.strictObject({ break: minutes, note: v.optional(note) })
		])
	),
	v.maxLength(50)
);
export type AgendaInput = v.InferOutput<typeof agendaSchema>;

const facilitation = <const T extends string, E extends v.ObjectEntries>(type: T, entries: E) => ({
	kind: 'facilitation' as const,
	schema: v.strictObject({ type: v.literal(type), ...entries })
});
const ofPeople = <const T extends string, E extends v.ObjectEntries>(type: T, entries: E) => ({
	kind: 'people' as const,
	schema: v.strictObject({ type: v.literal(type), ...entries })
});
const ofSignals = <const T extends string, E extends v.ObjectEntries>(type: T, entries: E) => ({
	kind: 'signal' as const,
	schema: v.strictObject({ type: v.literal(type), ...entries })
});
const ofScreen = <const T extends string, E extends v.ObjectEntries>(type: T, entries: E) => ({
	kind: 'screen' as const,
	schema: v.strictObject({ type: v.literal(type), ...entries })
});
const item = <const T extends string, E extends v.ObjectEntries>(type: T, entries: E) => ({
	kind: 'item' as const,
	schema: v.strictObject({ type: v.literal(type), ...entries })
});

export const COMMANDS = {
	// The workshop.
	rename: facilitation('rename', { title }),
	'set-language': facilitation('set-language', { language: languageSchema }),
	'set-anonymous': facilitation('set-anonymous', { anonymous: v.boolean() }),
	'set-agenda': facilitation('set-agenda', { agenda: agendaSchema }),
	open: facilitation('open', {}),
	close: facilitation('close', {}),
	/** Nobody new comes in; who has joined comes back as before. */
	'close-doors': facilitation('close-doors', {}),
	'open-doors': facilitation('open-doors', {}),
	/** The old code is dead at once; who has joined stays. */
	'change-code': facilitation('change-code', {}),
	/** So long after it was closed the workshop is deleted; never where null. */
	'set-retention': facilitation('set-retention', {
		days: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3650)))
	}),
	/** Starts the item `exercise` of the agenda; `board` is made by whoever sends it, or the server. */
	start: facilitation('start', { exercise: index, board: v.optional(board) }),
	/** The agenda's break `item`, or one of so many minutes; a live board's clock waits for it. */
	'start-break': facilitation('start-break', {
		item: v.optional(index),
		minutes: v.optional(minutes)
	}),
	'end-break': facilitation('end-break', {}),
	/** Whether phases go on by themselves when their time is up. */
	'set-going-on': facilitation('set-going-on', { by: v.picklist(['hand', 'clock']) }),
	/** Takes so many minutes out of what follows: of one phase or item, else in their order. */
	replan: facilitation('replan', {
		minutes,
		from: v.optional(
			v.union([
				v.strictObject({ phase: v.picklist(RUNNING_PHASES) }),
				v.strictObject({ item: index })
			])
		)
	}),
	/** What whoever facilitates wants to remember at an item; empty takes it away. */
	'set-note': facilitation('set-note', { item: index, note }),
	/** A sentence on everybody's screen; null takes it off. */
	'show-text': facilitation('show-text', { text: v.nullable(words(300)) }),
	'blank-screen': facilitation('blank-screen', {}),
	'unblank-screen': facilitation('unblank-screen', {}),
	/** Takes back the last command of facilitation that has not been taken back. */
	undo: facilitation('undo', {}),
	/** A question to everybody, at once; a live board waits for it. `finish` ends it. */
	ask: facilitation('ask', { poll: pollSchema, board: v.optional(board) }),
	/** The room split; null: no more. Nobody sits at two tables. */
	'set-tables': facilitation('set-tables', {
		tables: v.nullable(
			v.pipe(
				v.array(v.strictObject({ id: idSchema, name: words(40), people: v.array(idSchema) })),
				v.minLength(1),
				v.maxLength(100)
			)
		)
	}),
	/** At another table, or at none. */
	'seat-person': facilitation('seat-person', { person: idSchema, table: v.nullable(idSchema) }),
	'to-tables': facilitation('to-tables', {}),
	'to-plenary': facilitation('to-plenary', {}),
	/** An item of the agenda collects answers until then; or, where it does already, until another moment. */
	collect: facilitation('collect', { exercise: index, until: moment, board: v.optional(board) }),
	/** Collecting is over: what was written is shown to whoever opens the board. */
	'end-collecting': facilitation('end-collecting', { board }),
	// The live board.
	next: facilitation('next', { reveal: v.optional(v.boolean()) }),
	back: facilitation('back', {}),
	go: facilitation('go', { phase: v.picklist([...RUNNING_PHASES, 'done']) }),
	finish: facilitation('finish', {}),
	pause: facilitation('pause', {}),
	resume: facilitation('resume', {}),
	/** `taken`: what follows gives up as much. */
	extend: facilitation('extend', { minutes, taken: v.optional(v.boolean()) }),
	/** Time is up now. */
	'end-timer': facilitation('end-timer', {}),
	/** Private to open is the reveal, and needs `reveal: true`. */
	'set-writing': facilitation('set-writing', {
		mode: v.picklist(['private', 'open']),
		reveal: v.optional(v.boolean())
	}),
	'set-grouping': facilitation('set-grouping', { who: v.picklist(['everyone', 'facilitators']) }),
	/** New cards, where it does not say what. */
	lock: facilitation('lock', { what: lockable }),
	unlock: facilitation('unlock', { what: lockable }),
	mute: facilitation('mute', {}),
	unmute: facilitation('unmute', {}),
	'show-nudge': facilitation('show-nudge', { nudge: v.nullable(index) }),
	/** Leads everybody's screen to a card, a column or a view; null lets go of them. */
	spotlight: facilitation('spotlight', {
		on: v.nullable(
			v.union([
				v.strictObject({ card }),
				v.strictObject({ column: columnId }),
				v.strictObject({ view: index })
			])
		)
	}),
	/** What of the board the room sees, column by column; null: all of it. */
	'show-columns': facilitation('show-columns', { columns: v.nullable(v.array(columnId)) }),
	/** How many dots everyone has, and how many of them may lie on one. */
	'set-dots': facilitation('set-dots', { dots: count, onOne: count }),
	/** How the room votes, until it does; while it votes this begins a new round. */
	'set-voting': facilitation('set-voting', { ...votingEntries, ...dots }),
	/** Everybody votes once more, perhaps among a few alone; what the round before came to stays. */
	'new-round': facilitation('new-round', {
		among: v.optional(v.nullable(amongSchema)),
		...votingEntries,
		...dots
	}),
	'show-votes': facilitation('show-votes', {}),
	'hide-votes': facilitation('hide-votes', {}),
	'hide-card': facilitation('hide-card', { board, card }),
	'show-card': facilitation('show-card', { board, card }),

	// The people. They move the workshop's version no more than those below.
	/** Somebody without a device; `keptBy` writes for them beside those who facilitate. */
	'add-person': ofPeople('add-person', {
		person: idSchema,
		name: v.optional(v.string()),
		keptBy: v.optional(idSchema)
	}),
	'rename-person': ofPeople('rename-person', { person: idSchema, name: v.string() }),
	/** Their tokens end; their cards stay as they are, or are removed, to be restored if need be. */
	'remove-person': ofPeople('remove-person', {
		person: idSchema,
		cards: v.picklist(['stay', 'go'])
	}),
	/** Name, cards and comments, for good: also from the log. */
	'erase-person': ofPeople('erase-person', { person: idSchema }),

	// What people say without a word.
	/** With the phase that the board is in; `on: false` takes it back. */
	ready: ofSignals('ready', { board, phase: v.picklist(RUNNING_PHASES), on: v.boolean() }),
	pulse: ofSignals('pulse', { pulse: v.nullable(v.picklist(PULSES)) }),
	'raise-hand': ofSignals('raise-hand', {}),
	/** One's own; a facilitator says whose. */
	'lower-hand': ofSignals('lower-hand', { person: v.optional(idSchema) }),

	// The pages of the room screen: kept nowhere.
	/** As its own keys do. */
	'turn-page': ofScreen('turn-page', { to: v.picklist(TURNS) }),
	/** A room screen says which page it shows; null where there is none to turn. */
	'tell-page': ofScreen('tell-page', {
		shown: v.nullable(
			v.pipe(
				v.strictObject({
					page: index,
					pages: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(10_000)),
					stays: v.boolean()
				}),
				v.check(({ page, pages }) => page < pages)
			)
		)
	}),

	// Rows and documents of their own.
	'remove-card': item('remove-card', { board, card }),
	'restore-card': item('restore-card', { board, card }),
	/** Puts a board back to how it lay at a moment of its history. */
	'restore-moment': item('restore-moment', {
		board,
		at: v.pipe(v.number(), v.safeInteger(), v.minValue(0))
	}),
	'withdraw-card': item('withdraw-card', { board, card, for: v.optional(idSchema) }),
	'let-in': item('let-in', { board, people: v.optional(people) }),
	leave: item('leave', { board, people: v.optional(people) }),
	vote: item('vote', {
		board,
		target: targetSchema,
		count: v.pipe(v.number(), v.integer(), v.minValue(0)),
		/** Somebody without a device, whom the giver may write for: their dots, not the giver's. */
		for: v.optional(idSchema),
		round
	}),
	/** Placing: where it is; null takes it back. */
	place: item('place', {
		board,
		target: targetSchema,
		at: v.nullable(placeSchema),
		for: v.optional(idSchema),
		round
	}),
	/** Order: one's first few, the first first, instead of what was there. */
	rank: item('rank', {
		board,
		targets: v.pipe(v.array(targetSchema), v.maxLength(20)),
		for: v.optional(idSchema),
		round
	}),
	/** Pairs: which of the two is better; null: neither. */
	prefer: item('prefer', {
		board,
		pair: v.strictTuple([targetSchema, targetSchema]),
		better: v.nullable(v.picklist([0, 1])),
		for: v.optional(idSchema),
		round
	}),
	/** One's own, on a card; null takes it back. */
	react: item('react', { board, card, reaction: v.nullable(v.picklist(REACTIONS)) }),
	comment: item('comment', {
		board,
		id: idSchema,
		card,
		text: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(LIMITS.comment))
	}),
	'remove-comment': item('remove-comment', { board, id: idSchema }),
	/** Adds the action, or changes the one of that id. */
	action: item('action', {
		board,
		id: idSchema,
		what: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(LIMITS.action)),
		who: v.pipe(v.string(), v.trim(), v.maxLength(LIMITS.ownWords)),
		when: v.pipe(v.string(), v.trim(), v.maxLength(LIMITS.ownWords)),
		card: v.optional(card)
	}),
	'remove-action': item('remove-action', { board, id: idSchema }),
	/** Those who are matched stay so, unless everybody is matched anew. */
	match: item('match', { board, anew: v.optional(v.boolean()) }),
	/** For one of those they are matched with, as the author that the board knows; empty takes it back. */
	'leave-contact': item('leave-contact', {
		board,
		to: idSchema,
		text: v.pipe(v.string(), v.trim(), v.maxLength(LIMITS.contact)),
		for: v.optional(idSchema)
	})
} as const satisfies Record<CommandType, unknown>;

export type CommandOf<T extends CommandType> = v.InferOutput<(typeof COMMANDS)[T]['schema']>;
export type Command = { [T in CommandType]: CommandOf<T> }[CommandType];
type OfKind<K> = {
	[T in CommandType]: (typeof COMMANDS)[T]['kind'] extends K ? T : never;
}[CommandType];
export type FacilitationCommand = CommandOf<OfKind<'facilitation'>>;
export type ItemCommand = CommandOf<OfKind<'item'>>;
export type PeopleCommand = CommandOf<OfKind<'people'>>;
export type SignalCommand = CommandOf<OfKind<'signal'>>;
export type ScreenCommand = CommandOf<OfKind<'screen'>>;

export const commandSchema = v.variant(
	'type',
	Object.values(COMMANDS).map((command) => command.schema) as unknown as [
		(typeof COMMANDS)[CommandType]['schema'],
		...(typeof COMMANDS)[CommandType]['schema'][]
	]
);

/** A command as it travels: its own id (applied once, however often it comes), and the version of the state that it was given on. */
export const envelopeSchema = v.strictObject({
	id: idSchema,
	version: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
	command: commandSchema
});
export type Envelope = Omit<v.InferOutput<typeof envelopeSchema>, 'command'> & { command: Command };
