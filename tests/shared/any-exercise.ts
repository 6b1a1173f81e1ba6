/** Exercises as the editor may have them at any moment: whole ones, and such as still lack something. */
import * as fc from 'fast-check';
import * as v from 'valibot';
import {
	exerciseShape,
	RUNNING_PHASES,
	type Column,
	type Exercise,
	type Field
} from '#shared/exercises/format.ts';
import { emptyExercise } from '#shared/exercises/own.ts';
import { WAYS } from '#shared/facilitation/ways.ts';
import { FIELD_TYPES, VIEW_TYPES } from '../../src/lib/exercise-editor/controls.ts';
import { addAt, addField, newView, setAt } from '../../src/lib/exercise-editor/model.ts';
import { changeVoting } from '../../src/lib/exercise-editor/voting.ts';

const WORDS = {
	title: 'Neighbours',
	why: 'Because.',
	prompt: 'Who?',
	column: 'Ideas',
	field: 'The idea',
	themes: 'Themes',
	votes: 'Votes'
};
const ONES = { option: 'One', low: 'little', high: 'much' };
const TARGETS = ['4', '4.6', '16.10', '5.b'];

/** Any that could be saved. */
export const anyExercise: fc.Arbitrary<Exercise> = fc.gen().map((draw) => {
	const one = <T>(all: readonly T[]): T => draw(fc.constantFrom, ...all);
	const some = <T>(all: T[]): T[] => draw(fc.subarray<T>, all);
	const often = () => draw(fc.boolean);
	let made = emptyExercise(WORDS, one(['en', 'ar', 'fr']));
	for (let n = draw(fc.nat, 8); n > 0; n--)
		made = addField(made, 'ideas', one(FIELD_TYPES), one(['Town', 'Why', 'المدينة']), ONES);
	const fields = made.fields.map((field): Field => {
		const flags = {
			...(often() && { required: true }),
			...(often() && { contact: one(['town', 'reach'] as const) })
		};
		if (field.type !== 'choice') return { ...field, ...flags };
		const options = ['a', 'b', 'c'].slice(0, 1 + draw(fc.nat, 2)).map((id) => ({ id, title: id }));
		return { ...field, ...flags, options, several: often(), other: often() };
	});
	const ids = Array.from({ length: one([1, 1, 2, 3, 7, 20]) }, (_, at) => `column-${at}`);
	const columns = ids.map((id): Column => {
		const others = ids.filter((other) => other !== id);
		return {
			id,
			title: one(['Ideas', 'Walls', 'أفكار']),
			fields: ['idea', ...some(fields.slice(1).map((field) => field.id))],
			...(often() && { singular: 'Idea' }),
			...(often() && others.length > 0 && { answers: one(others) }),
			...(often() && { buildsOn: one([['barrier'], ['barrier', 'own-gone']]) }),
			...(often() && { targets: some(TARGETS) }),
			...(often() && { contact: one(['organisation', 'person'] as const) }),
			...(often() && { opens: one(['write', 'share'] as const) })
		};
	});
	const used = fields.filter(({ id }) => columns.some((column) => column.fields.includes(id)));
	made = { ...made, fields: used, columns, views: [], summary: [] };
	const choices = used.filter(({ type }) => type === 'choice');
	if (choices.length > 0 && often()) made = setAt(made, ['tab'], one(choices).id);
	for (const list of ['views', 'summary'] as const)
		for (const type of some([...VIEW_TYPES])) {
			const view = newView(made, type, type);
			if (view) made = addAt(made, [list], view);
		}
	const phases = some([...RUNNING_PHASES]).map((phase) => ({ phase, minutes: 1 }));
	if (phases.length > 0) made = { ...made, phases };
	if (!often()) return made;
	const on = one(['both', 'cards', 'groups', 'options'] as const);
	return changeVoting(made, { way: one(WAYS), on, ...(often() && { open: 'throughout' }) }, 'Yes');
});

type Keyed = Record<string | number, unknown>;

/** Something else at a place that is there, as long as the editor would still take it up. */
const spoiled = (exercise: Exercise, chance: number[], other: unknown): Exercise => {
	const copy = structuredClone(exercise);
	let part = copy as unknown as Keyed;
	for (const drawn of chance) {
		const keys = Object.keys(part);
		const key = keys[drawn % keys.length];
		if (key === undefined) return exercise;
		const inner = part[key];
		if (drawn % 3 > 0 && typeof inner === 'object' && inner !== null) {
			part = inner as Keyed;
			continue;
		}
		if (other === undefined) delete part[key];
		else part[key] = other;
		break;
	}
	return v.safeParse(exerciseShape, copy).typed ? copy : exercise;
};

/** Any that somebody is at: also with empty words, empty lists, and names of what is not there. */
export const anyDraft: fc.Arbitrary<Exercise> = fc
	.tuple(
		anyExercise,
		fc.array(
			fc.tuple(
				fc.array(fc.nat(1000), { minLength: 6, maxLength: 6 }),
				fc.constantFrom<unknown>(
					'',
					' ',
					'nowhere',
					'idea',
					'x'.repeat(300),
					[],
					['nowhere'],
					0,
					1.5,
					true,
					undefined
				)
			),
			{ minLength: 1, maxLength: 12 }
		)
	)
	.map(([exercise, steps]) =>
		steps.reduce((one, [chance, other]) => spoiled(one, chance, other), exercise)
	);
