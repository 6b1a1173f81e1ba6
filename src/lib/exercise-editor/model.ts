/**
 * What is done to an exercise in the editor: each a function from one exercise to the next. Nothing
 * here makes a reference to what is not there; what else may be wrong with it, `faultsOf` says.
 */
import type { Column, Exercise, Field, RunningPhase, View } from '#shared/exercises/format.ts';
import { RUNNING_PHASES } from '#shared/exercises/format.ts';
import type { Place } from '#shared/exercises/faults.ts';
import { controlAt, offered, VIEW_CONTROLS, type FieldType, type ViewType } from './controls.ts';
import { renamedVoting, withVoting } from './voting.ts';

type Keyed = Record<string | number, unknown>;

/** A value at a place; `undefined` takes it away. What no control stands for cannot be set. */
export function setAt(exercise: Exercise, place: Place, value: unknown): Exercise {
	if (controlAt(exercise, place) === null)
		throw new Error(`Nothing in the editor sets ${place.join('.')}`);
	return changed(exercise, place, value) as Exercise;
}

/** The value at a place. */
export const valueAt = (exercise: Exercise, place: Place): unknown =>
	place.reduce<unknown>((part, key) => (part as Keyed | undefined)?.[key], exercise);

function changed(part: unknown, [key, ...rest]: Place, value: unknown): unknown {
	if (key === undefined) return value;
	const inner = (part ?? {}) as Keyed;
	const next = changed(inner[key], rest, value);
	if (Array.isArray(part)) return part.map((one: unknown, at) => (at === key ? next : one));
	if (next !== undefined) return { ...inner, [key]: next };
	const { [key]: _gone, ...kept } = inner;
	return kept;
}

const listAt = (exercise: Exercise, place: Place): unknown[] =>
	(valueAt(exercise, place) as unknown[] | undefined) ?? [];

/** One more at the end of a list. */
export const addAt = (exercise: Exercise, list: Place, item: unknown): Exercise =>
	setAt(exercise, list, [...listAt(exercise, list), item]);

/** Out of a list. An optional list that is empty is none. */
export function takeOut(exercise: Exercise, list: Place, at: number): Exercise {
	const left = listAt(exercise, list).filter((_, i) => i !== at);
	const isOptional = list.at(-1) === 'links' || list.at(-1) === 'targets';
	return setAt(exercise, list, isOptional && left.length === 0 ? undefined : left);
}

/** `by` places on; at the end of its list it stays. */
export function moveAt(exercise: Exercise, list: Place, from: number, by: number): Exercise {
	const items = listAt(exercise, list);
	const to = Math.min(items.length - 1, Math.max(0, from + by));
	const moved = items.filter((_, at) => at !== from);
	moved.splice(to, 0, items[from]);
	return setAt(exercise, list, moved);
}

/** An id made of words, as files show it; another where that is taken. */
export function idOf(words: string, taken: readonly string[], fallback: string): string {
	const plain = words
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^[^a-z]+|-+$/g, '')
		.slice(0, 30)
		.replace(/-+$/, '');
	const base = plain === '' || plain in Object.prototype ? fallback : plain;
	for (let n = 1; ; n++) {
		const id = n === 1 ? base : `${base}-${n}`;
		if (!taken.includes(id)) return id;
	}
}

/** Whether something may be called so in files, beside the others of its list. */
export const isFreeId = (id: string, others: readonly { id: string }[]): boolean =>
	/^[A-Za-z][A-Za-z0-9-]{0,39}$/.test(id) &&
	!(id in Object.prototype) &&
	others.every((one) => one.id !== id);

const idsOf = (all: readonly { id: string }[]): string[] => all.map(({ id }) => id);

/** A column with a field of its own that its cards show large. */
export function addColumn(exercise: Exercise, title: string, main: string): Exercise {
	const id = idOf(title, idsOf(exercise.columns), 'column');
	const column: Column = { id, title, fields: [] };
	const begun = { ...exercise, columns: [...exercise.columns, column] };
	const withField = addField(begun, id, 'paragraph', main);
	const at = withField.fields.length - 1;
	return setAt(setAt(withField, ['fields', at, 'main'], true), ['fields', at, 'required'], true);
}

/** A new field of a type, on the cards of a column. */
export function addField(
	exercise: Exercise,
	column: string,
	type: FieldType,
	title: string,
	words: { option: string; low: string; high: string } = { option: '1', low: '1', high: '5' }
): Exercise {
	const id = idOf(title, idsOf(exercise.fields), 'field');
	const field = { id, title, type, ...needs(type, words) } as Field;
	return useField({ ...exercise, fields: [...exercise.fields, field] }, column, id);
}

function needs(
	type: FieldType,
	{ option, low, high }: { option: string; low: string; high: string }
) {
	if (type === 'choice') return { options: [{ id: idOf(option, [], 'option'), title: option }] };
	return type === 'scale' ? { low, high } : {};
}

/** A field that is there, on the cards of one more column. */
export const useField = (exercise: Exercise, column: string, field: string): Exercise =>
	withColumn(exercise, column, (one) => ({ ...one, fields: [...one.fields, field] }));

/** Another type for a field: it keeps what both have. Views that need the old type go. */
export function changeType(
	exercise: Exercise,
	id: string,
	type: FieldType,
	words: { option: string; low: string; high: string }
): Exercise {
	const fields = exercise.fields.map((field): Field => {
		if (field.id !== id) return field;
		const { title, hint, required, contact } = field;
		const main = type === 'text' || type === 'paragraph' ? field.main : undefined;
		const kept = { id, title, hint, required, contact, main, type, ...needs(type, words) };
		return Object.fromEntries(
			Object.entries(kept).filter(([, value]) => value !== undefined)
		) as Field;
	});
	return withoutLost({ ...exercise, fields });
}

/** Off the cards of a column; a field that is on none any more is gone, and so is what was made of it. */
export function dropField(exercise: Exercise, column: string, field: string): Exercise {
	const without = withColumn(exercise, column, (one) => ({
		...one,
		fields: one.fields.filter((id) => id !== field)
	}));
	return withoutLost(withoutUnused(without));
}

/** With the fields that are on no other card, and what was made of them. */
export function dropColumn(exercise: Exercise, id: string): Exercise {
	const columns = exercise.columns
		.filter((column) => column.id !== id)
		.map((column): Column => {
			const { answers, ...rest } = column;
			return answers === id ? rest : column;
		});
	return withoutLost(withoutUnused({ ...exercise, columns }));
}

const withoutUnused = (exercise: Exercise): Exercise => ({
	...exercise,
	fields: exercise.fields.filter(({ id }) =>
		exercise.columns.some(({ fields }) => fields.includes(id))
	)
});

/** Without references to what is not there any more: views that lose what they need go. */
function withoutLost(exercise: Exercise): Exercise {
	const { tab, ...rest } = exercise;
	const tabField = exercise.fields.find(({ id }) => id === tab);
	const kept = tabField?.type === 'choice' ? exercise : rest;
	const views = (list: readonly View[]) => list.flatMap((view) => stillThere(exercise, view) ?? []);
	const left = withVoting(kept, exercise.voting ?? null);
	return { ...left, views: views(exercise.views), summary: views(exercise.summary) };
}

function stillThere(exercise: Exercise, view: View): View | null {
	let left: Keyed = { ...view };
	for (const [key, control] of Object.entries(VIEW_CONTROLS[view.type])) {
		const value = left[key];
		if (value === undefined || control.kind === 'line' || control.kind === 'flag') continue;
		const there = idsOf(offered(control, exercise));
		const fits = Array.isArray(value)
			? (value as string[]).filter((id) => there.includes(id))
			: there.includes(String(value));
		if (Array.isArray(fits) ? fits.length > 0 : fits) {
			if (Array.isArray(fits)) left[key] = fits;
		} else if ('needed' in control) return null;
		else left = Object.fromEntries(Object.entries(left).filter(([one]) => one !== key));
	}
	return left as unknown as View;
}

/** Another name in files; whatever names it follows. */
export const renameField = (exercise: Exercise, from: string, to: string): Exercise =>
	isFreeId(to, exercise.fields)
		? withNames(exercise, { field: (id) => (id === from ? to : id) })
		: exercise;
export const renameColumn = (exercise: Exercise, from: string, to: string): Exercise =>
	isFreeId(to, exercise.columns)
		? withNames(exercise, { column: (id) => (id === from ? to : id) })
		: exercise;

function withNames(
	exercise: Exercise,
	{
		field = same,
		column = same
	}: { field?: (id: string) => string; column?: (id: string) => string }
): Exercise {
	const renamed = (view: View): View => {
		const left: Keyed = { ...view };
		for (const [key, control] of Object.entries(VIEW_CONTROLS[view.type])) {
			const name = control.kind.startsWith('column') ? column : field;
			if (control.kind === 'line' || control.kind === 'flag' || left[key] === undefined) continue;
			const value = left[key] as string | string[];
			left[key] = Array.isArray(value) ? value.map(name) : name(value);
		}
		return left as unknown as View;
	};
	return {
		...exercise,
		...(exercise.tab !== undefined && { tab: field(exercise.tab) }),
		...renamedVoting(exercise.voting, field, column),
		fields: exercise.fields.map((one) => ({ ...one, id: field(one.id) })),
		columns: exercise.columns.map((one) => ({
			...one,
			id: column(one.id),
			fields: one.fields.map(field),
			...(one.answers !== undefined && { answers: column(one.answers) })
		})),
		views: exercise.views.map(renamed),
		summary: exercise.summary.map(renamed)
	};
}
const same = (id: string): string => id;

const withColumn = (
	exercise: Exercise,
	id: string,
	change: (column: Column) => Column
): Exercise => ({
	...exercise,
	columns: exercise.columns.map((column) => (column.id === id ? change(column) : column))
});

/** One more thing to choose from. */
export function addOption(exercise: Exercise, field: number, title: string): Exercise {
	const place: Place = ['fields', field, 'options'];
	const taken = idsOf(listAt(exercise, place) as { id: string }[]);
	return addAt(exercise, place, { id: idOf(title, taken, 'option'), title });
}

/** A view of the first fields that it can be of; null where there are none. */
export function newView(exercise: Exercise, type: ViewType, title: string): View | null {
	const view: Keyed = { type, title };
	for (const [key, control] of Object.entries(VIEW_CONTROLS[type])) {
		if (!('needed' in control)) continue;
		const found = idsOf(offered(control, exercise));
		// A matrix is of two.
		const first = key === 'y' ? found[1] : found[0];
		if (first === undefined) return null;
		view[key] = control.kind === 'fields' ? [first] : first;
	}
	return view as unknown as View;
}

/** The minutes of a phase; 0 leaves it out. */
export function setMinutes(exercise: Exercise, phase: RunningPhase, minutes: number): Exercise {
	const planned = new Map(exercise.phases.map((one) => [one.phase, one.minutes]));
	planned.set(phase, minutes);
	const phases = RUNNING_PHASES.flatMap((one) => {
		const of = planned.get(one) ?? 0;
		return of > 0 ? [{ phase: one, minutes: of }] : [];
	});
	return setAt(exercise, ['phases'], phases);
}
