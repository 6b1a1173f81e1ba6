/**
 * Every choice that an exercise has, and by what it is set in the editor. The tables are as long as
 * the format: a key that it has and they lack is an error of types, and of a test.
 */
import {
	RUNNING_PHASES,
	type Column,
	type Exercise,
	type Field,
	type View
} from '#shared/exercises/format.ts';
import type { Place } from '#shared/exercises/faults.ts';
import { WAYS } from '#shared/facilitation/ways.ts';
import { languageSchema } from '#shared/ids.ts';
import type { ExerciseVoting } from './voting.ts';

export type Control =
	/** One line of words; several. */
	| { kind: 'line' }
	| { kind: 'words' }
	| { kind: 'flag' }
	| { kind: 'pick'; of: readonly string[] }
	/** Of the exercise's own fields, of one type where that is said; of its columns. */
	| { kind: 'field' | 'fields'; type?: Field['type']; needed?: true }
	| { kind: 'column' | 'columns'; needed?: true }
	| { kind: 'targets' }
	/** Of other exercises that the account may use. */
	| { kind: 'exercises' }
	/** It has a part of the editor to itself. */
	| { kind: 'own' };

/** Null: the format has it, and refuses it there. */
type Controls<Part> = Record<Exclude<keyof Part & string, 'id' | 'type'>, Control | null>;
type Typed<Part extends { type: string }> = {
	[Type in Part['type']]: Controls<Extract<Part, { type: Type }>>;
};

const line: Control = { kind: 'line' };
const flag: Control = { kind: 'flag' };
const own: Control = { kind: 'own' };
const field = (type?: Field['type']): Control => ({
	kind: 'field',
	needed: true,
	...(type && { type })
});

const asked = {
	title: line,
	hint: line,
	required: flag,
	contact: { kind: 'pick', of: ['town', 'reach'] } as Control
};
/** Only words can be what a card shows large. */
const unlarge = { ...asked, main: null };

export const FIELD_CONTROLS = {
	text: { ...asked, main: flag },
	paragraph: { ...asked, main: flag },
	choice: { ...unlarge, options: own, several: flag, other: flag, stays: flag },
	scale: { ...unlarge, low: line, high: line },
	country: { ...unlarge, stays: flag },
	'sdg-target': { ...unlarge, several: flag },
	link: unlarge,
	person: unlarge
} as const satisfies Typed<Field>;

export const COLUMN_CONTROLS = {
	title: line,
	singular: line,
	hint: line,
	fields: own,
	opens: { kind: 'pick', of: ['write', 'share'] },
	answers: { kind: 'column' },
	buildsOn: { kind: 'exercises' },
	set: line,
	targets: { kind: 'targets' },
	contact: { kind: 'pick', of: ['organisation', 'person'] }
} as const satisfies Controls<Column>;

export const VIEW_CONTROLS = {
	'by-field': { title: line, field: field(), columns: { kind: 'columns' }, chart: flag },
	'by-column': { title: line },
	themes: { title: line },
	votes: { title: line, columns: { kind: 'columns' } },
	unanswered: { title: line, column: { kind: 'column', needed: true } },
	without: { title: line, field: field() },
	cloud: { title: line },
	duplicates: { title: line },
	matrix: { title: line, x: field('scale'), y: field('scale') },
	coverage: { title: line, field: field('sdg-target') },
	matches: { title: line, differ: { kind: 'fields', needed: true } },
	table: { title: line, fields: { kind: 'fields', needed: true }, sort: { kind: 'field' } },
	field: { title: line, field: field() }
} as const satisfies Typed<View>;

/** How the room votes. */
export const VOTING_CONTROLS = {
	way: { kind: 'pick', of: WAYS },
	on: { kind: 'pick', of: ['both', 'cards', 'groups', 'options'] },
	options: own,
	columns: { kind: 'columns' },
	perColumn: flag,
	axes: own,
	together: flag,
	dots: own,
	onOne: own,
	open: { kind: 'pick', of: ['in-vote', 'throughout'] }
} as const satisfies Controls<ExerciseVoting>;

/** Its id and version are the server's to give. */
export const EXERCISE_CONTROLS = {
	version: null,
	language: { kind: 'pick', of: languageSchema.options },
	title: line,
	series: own,
	strategy: own,
	source: line,
	tags: own,
	why: { kind: 'words' },
	prompt: { kind: 'words' },
	nudges: own,
	links: own,
	fields: own,
	columns: own,
	tab: { kind: 'field', type: 'choice' },
	phases: { kind: 'pick', of: RUNNING_PHASES },
	voting: own,
	views: own,
	summary: own
} as const satisfies Controls<Exercise>;

export type FieldType = keyof typeof FIELD_CONTROLS;
export type ViewType = keyof typeof VIEW_CONTROLS;
export const FIELD_TYPES = Object.keys(FIELD_CONTROLS) as FieldType[];
export const VIEW_TYPES = Object.keys(VIEW_CONTROLS) as ViewType[];

type Table = Readonly<Record<string, Control | null>>;
const INSIDE: Readonly<Record<string, Table>> = {
	series: { name: line, number: own },
	strategy: { ref: line, title: line },
	links: { title: line, url: line },
	options: { id: own, title: line },
	voting: VOTING_CONTROLS,
	axes: { x: field('scale'), y: field('scale') }
};

/** By what the value at a place is set; null where by nothing. */
export function controlAt(exercise: Exercise, place: Place): Control | null {
	const [part, at, key, , inner] = place;
	if (place.length === 1) return tableOf(EXERCISE_CONTROLS)[part!] ?? null;
	if (place.length === 2)
		return typeof at === 'number' ? own : (INSIDE[String(part)]?.[String(at)] ?? null);
	if (part === 'voting')
		// `axes, x`, or `options, 1, title`.
		return INSIDE[String(at)]?.[String(place.at(-1))] ?? (typeof key === 'number' ? own : null);
	if (place.length === 5) return INSIDE[String(key)]?.[String(inner)] ?? null;
	if (place.length !== 3 || typeof at !== 'number') return null;
	if (part === 'columns') return tableOf(COLUMN_CONTROLS)[key!] ?? null;
	if (part === 'fields')
		return tableOf(FIELD_CONTROLS[exercise.fields[at]?.type ?? 'text'])[key!] ?? null;
	if (part === 'views' || part === 'summary')
		return tableOf(VIEW_CONTROLS[exercise[part][at]?.type ?? 'themes'])[key!] ?? null;
	return INSIDE[String(part)]?.[String(key)] ?? null;
}

const tableOf = (table: object): Record<string | number, Control | null> =>
	table as Record<string, Control | null>;

/** What a control offers, as ids with their titles. */
export function offered(
	control: Control,
	{ fields, columns }: Exercise
): { id: string; title: string }[] {
	if (control.kind === 'column' || control.kind === 'columns') return columns;
	if (control.kind !== 'field' && control.kind !== 'fields') return [];
	return fields.filter(({ type }) => control.type === undefined || type === control.type);
}
