import * as v from 'valibot';
import { WAYS } from '../facilitation/ways.ts';
import { languageSchema } from '../ids.ts';
import { contradictionsOf, type Place } from './contradictions.ts';

/**
 * The format of an exercise: data, never code. The seven that ship (`catalogue/*.json`), those
 * that a facilitator writes, and the copy that a board keeps of the one it runs are all this.
 */

/** What an exercise goes through, in this order; it may leave some out. `done` follows the last. */
export const RUNNING_PHASES = [
	'brief',
	'write',
	'share',
	'group',
	'vote',
	'discuss',
	'act'
] as const;
export type RunningPhase = (typeof RUNNING_PHASES)[number];
export type Phase = RunningPhase | 'done';

/** Never `constructor` and its kin, which every object has. */
const key = v.pipe(
	v.string(),
	v.regex(/^[A-Za-z][A-Za-z0-9-]{0,39}$/),
	v.check((id) => !(id in Object.prototype))
);
const line = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(200));
const words = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(2000));
/** Something to choose: of a field, or to vote for. */
export const optionSchema = v.strictObject({ id: key, title: line });
/** Of the web: it becomes a link that people follow. */
const address = v.pipe(v.string(), v.url(), v.regex(/^https?:\/\//i), v.maxLength(2000));

const asked = {
	id: key,
	title: line,
	hint: v.optional(line),
	/** What the card shows large. Each column has exactly one main field among its fields. */
	main: v.optional(v.boolean()),
	required: v.optional(v.boolean()),
	/** What it tells of a contact (a column's mark): the town, or how to reach them. */
	contact: v.optional(v.picklist(['town', 'reach']))
};

/** Of whoever writes rather than of the card: their next card begins with what their last one said. */
const stays = v.optional(v.boolean());

const inOrder = (phases: { phase: RunningPhase }[]): boolean =>
	phases.every(
		({ phase }, i) =>
			i === 0 || RUNNING_PHASES.indexOf(phase) > RUNNING_PHASES.indexOf(phases[i - 1]!.phase)
	);

/** A field of a card. What its value is on the wire and in a document stands at each type. */
export const fieldSchema = v.variant('type', [
	/** One line: a Y.Text. */
	v.strictObject({ type: v.literal('text'), ...asked }),
	/** Several lines: a Y.Text. */
	v.strictObject({ type: v.literal('paragraph'), ...asked }),
	/** An option's id, or the person's own words where `other`; an array of these where `several`. */
	v.strictObject({
		type: v.literal('choice'),
		...asked,
		options: v.pipe(v.array(optionSchema), v.minLength(1), v.maxLength(40)),
		several: v.optional(v.boolean()),
		other: v.optional(v.boolean()),
		stays
	}),
	/** A whole number from 1 to 5. */
	v.strictObject({ type: v.literal('scale'), ...asked, low: line, high: line }),
	/** ISO 3166-1 alpha-2, in capitals. */
	v.strictObject({ type: v.literal('country'), ...asked, stays }),
	/** Ids such as `16.10`, in an array; `4` names a whole goal. */
	v.strictObject({ type: v.literal('sdg-target'), ...asked, several: v.optional(v.boolean()) }),
	/** An http(s) address, as typed. */
	v.strictObject({ type: v.literal('link'), ...asked }),
	/** A participant's id, or a name in the person's own words. */
	v.strictObject({ type: v.literal('person'), ...asked })
]);
export type Field = v.InferOutput<typeof fieldSchema>;

const exerciseId = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{1,39}$/));

export const columnSchema = v.strictObject({
	id: key,
	title: line,
	/** One card of it, for the composer: "Barrier". The column's title where absent. */
	singular: v.optional(line),
	hint: v.optional(line),
	fields: v.pipe(v.array(key), v.minLength(1), v.maxLength(20)),
	/** The phase from which on it takes cards: a way round needs a barrier to be seen. */
	opens: v.optional(v.picklist(['write', 'share'])),
	/** Its cards answer cards of this column. */
	answers: v.optional(key),
	/** Its cards may be for cards that an earlier exercise of the workshop brought: of these exercises. */
	buildsOn: v.optional(v.pipe(v.array(exerciseId), v.minLength(1), v.maxLength(20))),
	/** A heading over several neighbouring columns. */
	set: v.optional(line),
	/** SDG targets offered first here. */
	targets: v.optional(v.array(v.string())),
	/** Its cards name somebody to work with: what an address book takes. */
	contact: v.optional(v.picklist(['organisation', 'person']))
});
export type Column = v.InferOutput<typeof columnSchema>;

/** A way of looking at the cards that makes sense of them. What each gives: `views.ts`. */
export const viewSchema = v.variant('type', [
	/** Cards under each value of a field: by cause, by country. Zeroes are shown for a choice. */
	v.strictObject({
		type: v.literal('by-field'),
		title: line,
		field: key,
		columns: v.optional(v.array(key)),
		chart: v.optional(v.boolean())
	}),
	/** Cards under each column. */
	v.strictObject({ type: v.literal('by-column'), title: line }),
	/** The room's groups, largest first. */
	v.strictObject({ type: v.literal('themes'), title: line }),
	/** Cards and groups by votes, most first; answers stand with what they answer. */
	v.strictObject({ type: v.literal('votes'), title: line, columns: v.optional(v.array(key)) }),
	/** Cards of a column that no card answers. */
	v.strictObject({ type: v.literal('unanswered'), title: line, column: key }),
	/** Cards whose field is empty: offices that nobody has taken. */
	v.strictObject({ type: v.literal('without'), title: line, field: key }),
	/** What the main field says, the more often the larger. */
	v.strictObject({ type: v.literal('cloud'), title: line }),
	/** The same main field, named by several people. */
	v.strictObject({ type: v.literal('duplicates'), title: line }),
	/** Two scales against each other. */
	v.strictObject({ type: v.literal('matrix'), title: line, x: key, y: key }),
	/** Columns × goals of an sdg-target field: how many cards; and per author how many columns. */
	v.strictObject({ type: v.literal('coverage'), title: line, field: key }),
	/** Authors of one column whose `differ` fields differ, paired. */
	v.strictObject({
		type: v.literal('matches'),
		title: line,
		differ: v.pipe(v.array(key), v.minLength(1))
	}),
	/** Every card as a row of the named fields, sorted by the first of `sort`. */
	v.strictObject({
		type: v.literal('table'),
		title: line,
		fields: v.pipe(v.array(key), v.minLength(1)),
		sort: v.optional(key)
	}),
	/** Cards that have this field, and what it says: first steps, what has been tried. */
	v.strictObject({ type: v.literal('field'), title: line, field: key })
]);
export type View = v.InferOutput<typeof viewSchema>;

const dots = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20));

/** How an exercise lets the room vote; what each is says `facilitation/ways.ts`. */
export const votingSchema = v.strictObject({
	way: v.picklist(WAYS),
	on: v.optional(v.picklist(['both', 'cards', 'groups', 'options'])),
	/** What there is to choose from where it is `on` options. */
	options: v.optional(v.pipe(v.array(optionSchema), v.minLength(1), v.maxLength(20))),
	columns: v.optional(v.pipe(v.array(key), v.minLength(1))),
	perColumn: v.optional(v.boolean()),
	/** Placing: two scale fields, whose words the axes take. */
	axes: v.optional(v.strictObject({ x: key, y: key })),
	together: v.optional(v.boolean()),
	dots: v.optional(dots),
	onOne: v.optional(dots),
	open: v.optional(v.picklist(['in-vote', 'throughout']))
});

/** Its shape alone; whether its parts agree is for `contradictions.ts` to say. */
export const exerciseShape = v.strictObject({
	id: exerciseId,
	version: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000_000)),
	language: languageSchema,
	title: line,
	series: v.optional(v.strictObject({ name: line, number: v.pipe(v.number(), v.integer()) })),
	/** The strategy that it serves: `3.2`, and what that says. */
	strategy: v.optional(v.strictObject({ ref: line, title: line })),
	/** Where it comes from, where it is not of a series. */
	source: v.optional(line),
	tags: v.pipe(v.array(line), v.maxLength(20)),
	why: words,
	prompt: words,
	nudges: v.pipe(v.array(words), v.maxLength(40)),
	links: v.optional(
		v.pipe(v.array(v.strictObject({ title: line, url: address })), v.maxLength(20))
	),
	fields: v.pipe(v.array(fieldSchema), v.minLength(1), v.maxLength(40)),
	columns: v.pipe(v.array(columnSchema), v.minLength(1), v.maxLength(20)),
	/** The field whose value gives a card its tab; the column does where absent. */
	tab: v.optional(key),
	phases: v.pipe(
		v.array(
			v.strictObject({
				phase: v.picklist(RUNNING_PHASES),
				minutes: v.pipe(v.number(), v.minValue(0.1), v.maxValue(600))
			})
		),
		v.minLength(1),
		v.check((phases) => inOrder(phases), `phases go in the order ${RUNNING_PHASES.join(', ')}`)
	),
	/** How the room votes, unless the facilitator says otherwise; with dots where absent. */
	voting: v.optional(votingSchema),
	views: v.pipe(v.array(viewSchema), v.maxLength(40)),
	/** What the summary must contain, in this order; actions always follow. */
	summary: v.pipe(v.array(viewSchema), v.maxLength(40))
});

/** An exercise. Beyond its shape, every id that it refers to must be there. */
export const exerciseSchema = v.pipe(
	exerciseShape,
	v.rawCheck(({ dataset, addIssue }) => {
		if (!dataset.typed) return;
		for (const { detail, place } of contradictionsOf(dataset.value))
			addIssue({ message: detail, path: pathOf(place, dataset.value) });
	})
);
export type Exercise = v.InferOutput<typeof exerciseShape>;

/** A place as valibot says it; there is at least one step to it. */
const pathOf = (place: Place, input: object): [v.IssuePathItem, ...v.IssuePathItem[]] =>
	place.map((key) => ({
		type: 'unknown',
		origin: 'value',
		input,
		key,
		value: null
	})) as unknown as [v.IssuePathItem];

/** The fields of a column, in its order. */
export const fieldsOf = (exercise: Exercise, columnId: string): Field[] =>
	(exercise.columns.find((column) => column.id === columnId)?.fields ?? []).flatMap(
		(id) => exercise.fields.find((field) => field.id === id) ?? []
	);

/** What a column's cards show large. */
export const mainFieldOf = (exercise: Exercise, columnId: string): Field | undefined =>
	fieldsOf(exercise, columnId).find((field) => field.main);

/** Text that is typed into a Y.Text, rather than set as one value. */
export const isWritten = (field: Field): boolean =>
	field.type === 'text' || field.type === 'paragraph';
