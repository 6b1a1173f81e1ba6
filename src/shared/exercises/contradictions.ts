/** What no schema can say of an exercise: that what it refers to is there, once, and of the right type. */
import type { Exercise, Field, View } from './format.ts';
import { DOTS } from '../facilitation/ways.ts';
import { isSdgTarget } from './sdg.ts';

/** Where in an exercise: `['columns', 1, 'fields', 0]`. */
export type Place = (string | number)[];

export type ContradictionReason =
	| 'twice'
	| 'no-field'
	| 'no-column'
	| 'field-type'
	| 'mains'
	| 'main-type'
	| 'itself'
	| 'no-target'
	| 'not-this-way'
	| 'this-way-needs';

export interface Contradiction {
	reason: ContradictionReason;
	place: Place;
	/** The name that is wrong, where there is one. */
	about: string;
	/** For who writes the file. */
	detail: string;
}

/** Everything in an exercise of the right shape that contradicts the rest of it, in its order. */
export const contradictionsOf = (exercise: Exercise): Contradiction[] => [...found(exercise)];

function* found(exercise: Exercise): Generator<Contradiction> {
	yield* twice(['fields'], idsOf(exercise.fields), 'two fields have the same id');
	yield* twice(['columns'], idsOf(exercise.columns), 'two columns have the same id');
	const links = (exercise.links ?? []).map(({ url }) => url);
	yield* twice(['links'], links, 'two links have the same address');
	yield* columnFaults(exercise);
	yield* fieldFaults(exercise);
	if (exercise.tab) yield* fieldAt(exercise, ['tab'], 'the tab', exercise.tab, 'choice');
	yield* votingFaults(exercise);
	for (const list of ['views', 'summary'] as const)
		for (const [at, view] of exercise[list].entries())
			yield* viewFaults(exercise, [list, at], view);
}

function* columnFaults(exercise: Exercise): Generator<Contradiction> {
	for (const [at, column] of exercise.columns.entries()) {
		const place = ['columns', at];
		const where = `column "${column.id}"`;
		yield* fieldsAt(exercise, [...place, 'fields'], where, column.fields);
		const mains = new Set(
			column.fields.filter((id) => exercise.fields.some((field) => field.id === id && field.main))
		).size;
		if (mains !== 1)
			yield {
				reason: 'mains',
				place: [...place, 'fields'],
				about: String(mains),
				detail: `${where} has ${mains} main fields, and needs one`
			};
		const { answers } = column;
		if (answers === column.id)
			yield fault('itself', [...place, 'answers'], answers, `${where} answers itself`);
		else if (answers) yield* columnAt(exercise, [...place, 'answers'], where, answers);
		const targets = column.targets ?? [];
		yield* twice([...place, 'targets'], targets, `${where} offers a target twice`);
		for (const [i, id] of targets.entries())
			if (!isSdgTarget(id))
				yield fault('no-target', [...place, 'targets', i], id, `${where} offers no target "${id}"`);
	}
}

function* fieldFaults({ fields }: Exercise): Generator<Contradiction> {
	for (const [at, field] of fields.entries()) {
		const place = ['fields', at];
		if (field.main && field.type !== 'text' && field.type !== 'paragraph') {
			const detail = `the main field "${field.id}" must be text or paragraph`;
			yield fault('main-type', [...place, 'main'], field.id, detail);
		}
		if (field.type === 'choice') {
			const detail = `the field "${field.id}" has two options of the same id`;
			yield* twice([...place, 'options'], idsOf(field.options), detail);
		}
	}
}

/** What goes with the way of voting and with what it is on, and nothing else. */
function* votingFaults(exercise: Exercise): Generator<Contradiction> {
	const { voting } = exercise;
	if (!voting) return;
	const { way, on = 'both', options, columns, axes, dots, onOne } = voting;
	const goes: Partial<Record<keyof typeof voting, boolean>> = {
		options: on === 'options',
		columns: on !== 'options',
		perColumn: way === 'dots' && on !== 'options',
		axes: way === 'placing',
		together: way === 'placing',
		dots: way === 'dots' || way === 'order',
		onOne: way === 'dots'
	};
	const at = (key: string) => ['voting', key];
	for (const [key, fits] of Object.entries(goes))
		if (!fits && key in voting)
			yield fault('not-this-way', at(key), key, `${key} does not go with this way of voting`);
	const needed = { axes: way === 'placing' && !axes, options: on === 'options' && !options };
	for (const [key, isMissing] of Object.entries(needed))
		if (isMissing) yield fault('this-way-needs', at(key), key, `this way of voting needs ${key}`);
	if (axes) {
		yield* fieldAt(exercise, [...at('axes'), 'x'], 'the voting', axes.x, 'scale');
		yield* fieldAt(exercise, [...at('axes'), 'y'], 'the voting', axes.y, 'scale');
	}
	yield* twice(at('options'), idsOf(options ?? []), 'two options have the same id');
	yield* twice(at('columns'), columns ?? [], 'the voting names a column twice');
	for (const [i, id] of (columns ?? []).entries())
		yield* columnAt(exercise, [...at('columns'), i], 'the voting', id);
	if (onOne !== undefined && onOne > (dots ?? DOTS))
		yield fault('not-this-way', at('onOne'), 'onOne', 'more on one than there are');
}

function* viewFaults(exercise: Exercise, place: Place, view: View): Generator<Contradiction> {
	const where = `the view "${view.title}"`;
	const at = (key: string) => [...place, key];
	if ('field' in view) {
		const type = view.type === 'coverage' ? 'sdg-target' : undefined;
		yield* fieldAt(exercise, at('field'), where, view.field, type);
	}
	if ('column' in view) yield* columnAt(exercise, at('column'), where, view.column);
	if ('columns' in view && view.columns) {
		yield* twice(at('columns'), view.columns, `${where} names a column twice`);
		for (const [i, id] of view.columns.entries())
			yield* columnAt(exercise, [...at('columns'), i], where, id);
	}
	if (view.type === 'matrix') {
		yield* fieldAt(exercise, at('x'), where, view.x, 'scale');
		yield* fieldAt(exercise, at('y'), where, view.y, 'scale');
	}
	if (view.type === 'matches') yield* fieldsAt(exercise, at('differ'), where, view.differ);
	if (view.type === 'table') {
		yield* fieldsAt(exercise, at('fields'), where, view.fields);
		if (view.sort) yield* fieldAt(exercise, at('sort'), where, view.sort);
	}
}

function* fieldsAt(
	exercise: Exercise,
	place: Place,
	where: string,
	ids: readonly string[]
): Generator<Contradiction> {
	yield* twice(place, ids, `${where} names a field twice`);
	for (const [i, id] of ids.entries()) yield* fieldAt(exercise, [...place, i], where, id);
}

function* fieldAt(
	{ fields }: Exercise,
	place: Place,
	where: string,
	id: string,
	type?: Field['type']
): Generator<Contradiction> {
	const field = fields.find((one) => one.id === id);
	if (!field)
		yield fault('no-field', place, id, `${where} names the field "${id}", which is not there`);
	else if (type && field.type !== type)
		yield fault(
			'field-type',
			place,
			field.title,
			`${where} needs a ${type}, and "${id}" is a ${field.type}`
		);
}

function* columnAt(
	{ columns }: Exercise,
	place: Place,
	where: string,
	id: string
): Generator<Contradiction> {
	if (!columns.some((column) => column.id === id))
		yield fault('no-column', place, id, `${where} names the column "${id}", which is not there`);
}

function* twice(place: Place, names: readonly string[], detail: string): Generator<Contradiction> {
	const seen = new Set<string>();
	for (const [at, name] of names.entries()) {
		if (seen.has(name)) yield fault('twice', [...place, at], name, detail);
		seen.add(name);
	}
}

const idsOf = (all: readonly { id: string }[]): string[] => all.map(({ id }) => id);

const fault = (
	reason: ContradictionReason,
	place: Place,
	about: string,
	detail: string
): Contradiction => ({ reason, place, about, detail });
