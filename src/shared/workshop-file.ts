/**
 * A workshop as a file: what the JSON export writes and the import reads. The format that is published
 * at `/api/v1/schema.json` is made of this. What a schema cannot say (that a card's column is there,
 * that an answer answers a card) is judged by `server/imports/file-faults.ts`.
 *
 * Lists are sorted, and keys stand in one order, so that the same workshop is the same bytes.
 */
import * as v from 'valibot';
import { cardValueSchemas, GROUP_KINDS, LIMITS, placementSchema } from './doc/schema.ts';
import { REACTIONS } from './facilitation/reactions.ts';
import { exerciseSchema, optionSchema, RUNNING_PHASES } from './exercises/format.ts';
import { WAYS } from './facilitation/ways.ts';
import { idSchema, languageSchema } from './ids.ts';
import { summarySettingsSchema } from './summary/settings.ts';

export const FILE_FORMAT = 'plenary';
/** Counts up when a file of this version could not be read by the version before. */
export const FILE_VERSION = 2;
/** The first knew of no other votes than dots, and of no polls and reactions; what it says is said as ever. */
const READ_VERSIONS = [1, FILE_VERSION] as const;

/** What a file may hold. */
export const FILE_LIMITS = {
	bytes: 20 * 1024 * 1024,
	boards: 200,
	/** On all boards together. */
	cards: 20_000,
	/** Twice what a person may write, for what a facilitator has brought back. */
	cardsOfAuthor: 2 * LIMITS.cardsPerPerson,
	/** Comments, actions, reactions and what was voted for, on all boards together: each is a row to write. */
	notes: 30_000,
	/** Facilitators' own seats are among the seats, and who was removed. */
	seats: 2 * LIMITS.people,
	votes: 1_000_000
} as const;

/** Milliseconds since the epoch. */
const time = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15));
const words = (most: number) => v.pipe(v.string(), v.maxLength(most));
const list = <S extends v.GenericSchema>(of: S, most: number) =>
	v.pipe(v.array(of), v.maxLength(most));
/** Where a card or a group lies; a group that nobody has placed lies nowhere, which is ''. */
const { column, order } = placementSchema.entries;
const orNowhere = <S extends typeof column>(schema: S) => v.union([schema, v.literal('')]);

/** Somebody with a seat, in a workshop with names. */
const personSchema = v.strictObject({
	id: idSchema,
	name: words(LIMITS.name),
	/** Not counted among the people: a facilitator's own seat, or of somebody who was removed. */
	aside: v.optional(v.literal(true))
});

const fieldValueSchema = v.union([
	words(LIMITS.otherText),
	v.pipe(v.number(), v.integer()),
	list(words(LIMITS.ownWords), LIMITS.choices)
]);

const cardSchema = v.strictObject({
	id: idSchema,
	/** A person as this board knows them. */
	author: idSchema,
	column,
	/** Sorts cards and groups of a column, letter by letter. */
	order,
	/** The group that it stands in. */
	group: v.optional(idSchema),
	/** The card that it answers. */
	answers: v.optional(idSchema),
	/** The card of another board that it was taken from. */
	from: v.optional(cardValueSchemas.from),
	language: v.optional(cardValueSchemas.language),
	hidden: v.optional(v.literal(true)),
	/** By the ids of the exercise's fields; what has no value is left out. */
	fields: v.record(words(40), fieldValueSchema)
});

const groupSchema = v.strictObject({
	id: idSchema,
	kind: v.picklist(GROUP_KINDS),
	title: words(LIMITS.groupTitle),
	column: orNowhere(column),
	order: orNowhere(order),
	/** The theme that a `same` group stands in. */
	group: v.optional(idSchema),
	/** Those whose `group` this is, in their order. */
	cards: list(idSchema, LIMITS.placements)
});

const commentSchema = v.strictObject({
	id: idSchema,
	card: idSchema,
	text: v.pipe(words(LIMITS.comment), v.nonEmpty()),
	/** Who wrote it; a facilitator's comment says nobody, and on an anonymous board none does. */
	participant: v.optional(idSchema),
	at: time
});

const reactionsSchema = v.strictObject(
	v.entriesFromList(
		REACTIONS,
		v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LIMITS.people)))
	)
);

const actionSchema = v.strictObject({
	id: idSchema,
	what: v.pipe(words(LIMITS.action), v.nonEmpty()),
	who: words(LIMITS.ownWords),
	when: words(LIMITS.ownWords),
	card: v.optional(idSchema),
	at: time
});

const few = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(FILE_LIMITS.votes));
/** An option's id, or a card's or a group's. */
const targetId = v.pipe(
	v.string(),
	v.regex(/^[A-Za-z0-9_-]{1,40}$/),
	v.check((id) => !(id in Object.prototype))
);
const dots = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20));
const oneToFive = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5));
const axisSchema = v.strictObject({ title: words(200), low: words(200), high: words(200) });
const roundSchema = v.strictObject({
	way: v.picklist(WAYS),
	on: v.picklist(['both', 'cards', 'groups', 'options']),
	options: list(optionSchema, 20),
	/** Of these columns only; null: of all. */
	columns: v.nullable(list(words(40), 20)),
	perColumn: v.boolean(),
	axes: v.nullable(v.strictObject({ x: axisSchema, y: axisSchema })),
	together: v.boolean(),
	/** Among these alone; null: about everything. */
	among: v.nullable(list(targetId, 200)),
	open: v.picklist(['in-vote', 'throughout']),
	dots,
	onOne: dots,
	/** How many people cast something. */
	people: few,
	/** What each is ranked by: a sum of dots, a mean, how many placed it, points, a share in percent. */
	scores: v.record(targetId, v.pipe(v.number(), v.minValue(0), v.maxValue(FILE_LIMITS.votes))),
	/** Ratings: how many gave 1, 2, 3, 4, 5. */
	spread: v.record(targetId, v.pipe(v.array(few), v.length(5))),
	/** Placing: how many put it where. */
	places: v.record(targetId, list(v.strictObject({ x: oneToFive, y: oneToFive, people: few }), 25))
});
/** In their order, the last one is the one that was on. */
const votedSchema = v.pipe(v.array(roundSchema), v.minLength(1), v.maxLength(60));

const boardSchema = v.strictObject({
	id: idSchema,
	title: words(200),
	/** Nothing in the file leads from its authors to people. */
	anonymous: v.boolean(),
	/** Where it was when the file was made. */
	phase: v.picklist([...RUNNING_PHASES, 'done']),
	/** Where false, what was written is still private, and not in the file. */
	revealed: v.boolean(),
	startedAt: time,
	finishedAt: v.nullable(time),
	exercise: exerciseSchema,
	/** Who is behind each author: ids of `people`. Absent on an anonymous board. */
	authors: v.optional(v.record(idSchema, idSchema)),
	cards: list(cardSchema, LIMITS.placements),
	groups: list(groupSchema, LIMITS.groups),
	/** By the id of a card or a group; null until they were shown. */
	votes: v.nullable(
		v.record(
			idSchema,
			v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(FILE_LIMITS.votes))
		)
	),
	/** How many said what with one tap, by the id of a card; absent where nobody said anything. */
	reactions: v.optional(v.record(idSchema, reactionsSchema)),
	/** How it was voted, and what all rounds came to; absent where with plain dots, or not shown. */
	voted: v.optional(votedSchema),
	comments: list(commentSchema, FILE_LIMITS.notes),
	actions: list(actionSchema, FILE_LIMITS.notes)
});

export const workshopFileSchema = v.strictObject({
	format: v.literal(FILE_FORMAT),
	version: v.picklist(READ_VERSIONS),
	workshop: v.strictObject({
		id: idSchema,
		title: v.pipe(words(200), v.nonEmpty()),
		language: languageSchema,
		anonymous: v.boolean(),
		openedAt: v.nullable(time),
		closedAt: v.nullable(time),
		facilitator: words(200),
		/** How many took part. */
		people: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LIMITS.people)),
		summary: summarySettingsSchema
	}),
	/** Absent in an anonymous workshop. */
	people: v.optional(list(personSchema, FILE_LIMITS.seats)),
	boards: list(boardSchema, FILE_LIMITS.boards)
});

export type WorkshopFile = v.InferOutput<typeof workshopFileSchema>;
export type FileBoard = WorkshopFile['boards'][number];
export type FileRound = NonNullable<FileBoard['voted']>[number];
export type FileCard = FileBoard['cards'][number];
export type FileGroup = FileBoard['groups'][number];
