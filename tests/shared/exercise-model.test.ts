/** The editor of exercises: that it can make whatever the format has, and leaves nothing that names what is gone. */
import * as fc from 'fast-check';
import type * as v from 'valibot';
import { expect, test } from 'vitest';
import { CATALOGUE, findExercise } from '#shared/exercises/catalogue.ts';
import { faultsOf, type Place } from '#shared/exercises/faults.ts';
import {
	columnSchema,
	exerciseShape,
	fieldSchema,
	RUNNING_PHASES,
	viewSchema,
	votingSchema,
	type Exercise,
	type View
} from '#shared/exercises/format.ts';
import { emptyExercise } from '#shared/exercises/own.ts';
import { WAYS } from '#shared/facilitation/ways.ts';
import {
	COLUMN_CONTROLS,
	controlAt,
	EXERCISE_CONTROLS,
	FIELD_CONTROLS,
	FIELD_TYPES,
	offered,
	VIEW_CONTROLS,
	VIEW_TYPES,
	VOTING_CONTROLS
} from '../../src/lib/exercise-editor/controls.ts';
import {
	addAt,
	addColumn,
	addField,
	addOption,
	changeType,
	dropColumn,
	dropField,
	idOf,
	moveAt,
	newView,
	renameColumn,
	renameField,
	setAt,
	setMinutes,
	takeOut,
	useField
} from '../../src/lib/exercise-editor/model.ts';
import {
	changeVoting,
	keysOf as keysOfVoting,
	withVoting
} from '../../src/lib/exercise-editor/voting.ts';

const WORDS = {
	title: 'T',
	why: 'W',
	prompt: 'P',
	column: 'C',
	field: 'F',
	themes: 'A',
	votes: 'B'
};
const ONES = { option: 'One', low: 'little', high: 'much' };
const begun = (): Exercise => emptyExercise(WORDS, 'en');

/** The keys that a schema has, of an object or of each type. */
const keysOf = (schema: { entries: object }) =>
	Object.keys(schema.entries).filter((key) => key !== 'id' && key !== 'type');
const typesOf = (schema: { options: readonly { entries: object }[] }) =>
	schema.options.map((one) => {
		const { type } = one.entries as { type: v.LiteralSchema<string, undefined> };
		return { type: type.literal, keys: keysOf(one).toSorted() };
	});

test('OX13 the editor has a control for everything that the format has', () => {
	const controlled = (table: object) =>
		Object.entries(table).map(([type, keys]) => ({
			type,
			keys: Object.keys(keys as object).toSorted()
		}));
	expect(controlled(FIELD_CONTROLS)).toEqual(typesOf(fieldSchema));
	expect(controlled(VIEW_CONTROLS)).toEqual(typesOf(viewSchema));
	expect(Object.keys(COLUMN_CONTROLS).toSorted()).toEqual(keysOf(columnSchema).toSorted());
	expect(Object.keys(EXERCISE_CONTROLS).toSorted()).toEqual(keysOf(exerciseShape).toSorted());
	expect(Object.keys(VOTING_CONTROLS).toSorted()).toEqual(keysOf(votingSchema).toSorted());
});

test('OX13 what has no control for a type of field, the format refuses there', () => {
	for (const [type, table] of Object.entries(FIELD_CONTROLS))
		for (const [key, control] of Object.entries(table)) {
			if (control !== null) continue;
			const made = addField(begun(), 'ideas', type as keyof typeof FIELD_CONTROLS, 'New', ONES);
			const fields = made.fields.map((field) =>
				field.id === 'new' ? { ...field, [key]: true } : field
			);
			expect(faultsOf({ ...made, fields }).map(({ reason }) => reason)).toContain('main-type');
		}
});

/** An exercise made over again, by what the editor's parts call and nothing else. */
function rebuilt(shipped: Exercise): Exercise {
	let made = begun();
	const set = (place: Place, value: unknown) => {
		// What is chosen from a list has to be in it.
		const control = controlAt(made, place);
		const list = control ? offered(control, made).map(({ id }) => id) : [];
		if (control && /^(field|column)s?$/.test(control.kind))
			for (const id of [value].flat()) expect(list).toContain(id);
		if (control?.kind === 'pick')
			for (const one of [value].flat()) expect(control.of).toContain(one);
		made = setAt(made, place, value);
	};
	const rest = (place: Place, part: object, without: string[]) => {
		for (const [key, value] of Object.entries(part))
			if (!['id', 'type', ...without].includes(key)) set([...place, key], value);
	};

	for (const { id, title, fields } of shipped.columns) {
		made = addColumn(made, title, 'Its first field');
		const column = made.columns.at(-1)!;
		for (const fieldId of fields) {
			const field = shipped.fields.find((one) => one.id === fieldId)!;
			if (made.fields.some((one) => one.id === fieldId)) {
				made = useField(made, column.id, fieldId);
				continue;
			}
			made = addField(made, column.id, field.type, field.title, ONES);
			const at = made.fields.length - 1;
			made = renameField(made, made.fields[at]!.id, fieldId);
			if (field.type === 'choice') {
				const [first, ...more] = field.options;
				set(['fields', at, 'options', 0, 'id'], first!.id);
				set(['fields', at, 'options', 0, 'title'], first!.title);
				for (const option of more) {
					made = addOption(made, at, option.title);
					const place = ['fields', at, 'options', field.options.indexOf(option), 'id'];
					set(place, option.id);
				}
			}
			rest(['fields', at], field, ['title', 'options']);
		}
		made = dropField(made, column.id, column.fields[0]!);
		made = renameColumn(made, column.id, id);
	}
	made = dropColumn(made, 'ideas');
	for (const [at, column] of shipped.columns.entries())
		rest(['columns', at], column, ['title', 'fields']);
	while (made.views.length > 0) made = takeOut(made, ['views'], 0);
	while (made.summary.length > 0) made = takeOut(made, ['summary'], 0);
	for (const list of ['views', 'summary'] as const)
		for (const [at, view] of shipped[list].entries()) {
			made = addAt(made, [list], newView(made, view.type, view.title));
			rest([list, at], view, ['title']);
		}
	for (const phase of RUNNING_PHASES)
		made = setMinutes(made, phase, shipped.phases.find((one) => one.phase === phase)?.minutes ?? 0);
	rest([], shipped, ['version', 'fields', 'columns', 'views', 'summary', 'phases']);
	return made;
}

test.each(CATALOGUE)('OX13 the editor makes $id as it ships', (shipped) => {
	const made = rebuilt(shipped);
	expect({ ...made, id: shipped.id }).toEqual(shipped);
	expect(faultsOf(made)).toEqual([]);
});

test.each(WAYS)(
	'VO55 the editor lets an exercise vote in %s, with what goes with it and nothing else',
	(way) => {
		const advocate = findExercise('advocate')!;
		const all = {
			perColumn: true,
			dots: 4,
			onOne: 2,
			together: true,
			columns: [advocate.columns[0]!.id]
		};
		const made = changeVoting(advocate, { way, ...all }, 'Answer');
		expect(faultsOf(made)).toEqual([]);
		expect(made.voting?.way).toBe(way);
		for (const key of keysOfVoting(made.voting!))
			expect(controlAt(made, ['voting', key])).not.toBeNull();
		const asked = changeVoting(made, { on: 'options' }, 'Answer');
		expect(faultsOf(asked)).toEqual([]);
		expect(asked.voting).toMatchObject({ way, on: 'options', options: [{ title: 'Answer' }] });
		expect(asked.voting).not.toHaveProperty('columns');
		expect(setAt(asked, ['voting', 'options', 0, 'title'], 'Yes').voting?.options?.[0]?.title).toBe(
			'Yes'
		);
		expect(withVoting(asked, null)).not.toHaveProperty('voting');
	}
);

test('VO55 a placing takes two scales of the exercise, and is dots where they have gone', () => {
	const advocate = findExercise('advocate')!;
	const [x, y] = advocate.fields.filter(({ type }) => type === 'scale').map(({ id }) => id);
	const made = changeVoting(advocate, { way: 'placing' }, 'Answer');
	expect(made.voting).toEqual({ way: 'placing', axes: { x, y } });
	expect(renameField(made, x!, 'effort').voting?.axes).toEqual({ x: 'effort', y });
	const less = advocate.columns.reduce((one, { id }) => dropField(one, id, x!), made);
	expect(less.voting).toEqual({ way: 'dots' });
});

test('OX14 what is taken off takes along what was made of it, and nothing else', () => {
	const barrier = findExercise('barrier')!;
	const without = dropColumn(barrier, 'barriers');
	expect(without.columns.map(({ id }) => id)).toEqual(['ways-round']);
	expect(without.columns[0]).not.toHaveProperty('answers');
	expect(without.fields.map(({ id }) => id)).toEqual(['whatWeCouldDo']);
	expect(without).not.toHaveProperty('tab');
	expect(without.views.map(({ type }) => type)).toEqual(['themes', 'votes']);
	expect(without.summary).toEqual([{ type: 'votes', title: barrier.summary[1]!.title }]);
	expect(faultsOf(without)).toEqual([]);

	// A field that other cards have too stays, with its views.
	const sixPs = findExercise('six-ps')!;
	const once = dropField(sixPs, 'portals', 'targets');
	expect([once.fields, once.views]).toEqual([sixPs.fields, sixPs.views]);
});

test('OX14 a new name is followed by whatever names it', () => {
	const barrier = findExercise('barrier')!;
	const renamed = renameColumn(renameField(barrier, 'cause', 'reason'), 'barriers', 'walls');
	expect(faultsOf(renamed)).toEqual([]);
	expect(JSON.stringify(renamed)).not.toMatch(/"(cause|barriers)"/);
	// One that is taken, or that files do not take, changes nothing.
	for (const to of ['withWhom', '2nd', 'constructor', ''])
		expect(renameField(barrier, 'cause', to)).toBe(barrier);
});

test('OX14 a name is made of the words, and is another’s never', () => {
	expect(idOf('Où êtes-vous ?', [], 'field')).toBe('ou-etes-vous');
	expect(idOf('挑战', ['field'], 'field')).toBe('field-2');
	expect(idOf('Constructor', [], 'field')).toBe('field');
});

/** What may be missing while somebody is at it; all else would name what is not there. */
const UNFINISHED = new Set(['mains', 'empty', 'few']);

test('OX14 whatever is done, nothing names what is not there', () => {
	type Step = (
		exercise: Exercise,
		pick: <One>(list: readonly One[]) => One | undefined
	) => Exercise;
	const steps: Record<string, Step> = {
		column: (one) => addColumn(one, 'New', 'Words'),
		'column off': (one, pick) =>
			one.columns.length > 1 ? dropColumn(one, pick(one.columns)!.id) : one,
		field: (one, pick) => addField(one, pick(one.columns)!.id, pick(FIELD_TYPES)!, 'New', ONES),
		'field of another': (one, pick) => {
			const column = pick(one.columns)!;
			const field = pick(one.fields.filter(({ id }) => !column.fields.includes(id)));
			return field ? useField(one, column.id, field.id) : one;
		},
		'field off': (one, pick) => {
			const column = pick(one.columns)!;
			return column.fields.length > 1 ? dropField(one, column.id, pick(column.fields)!) : one;
		},
		type: (one, pick) => changeType(one, pick(one.fields)!.id, pick(FIELD_TYPES)!, ONES),
		answers: (one, pick) => {
			const at = one.columns.indexOf(pick(one.columns)!);
			const other = pick(one.columns.filter((_, i) => i !== at));
			return setAt(one, ['columns', at, 'answers'], other?.id);
		},
		tab: (one, pick) =>
			setAt(one, ['tab'], pick(one.fields.filter(({ type }) => type === 'choice'))?.id),
		view: (one, pick) => {
			const view: View | null = newView(one, pick(VIEW_TYPES)!, 'New');
			return view && one.views.length < 30 ? addAt(one, ['views'], view) : one;
		},
		'view of columns': (one, pick) => {
			const at = one.views.findIndex(({ type }) => type === 'votes' || type === 'by-field');
			return at < 0 ? one : setAt(one, ['views', at, 'columns'], [pick(one.columns)!.id]);
		},
		'column elsewhere': (one, pick) =>
			moveAt(one, ['columns'], one.columns.indexOf(pick(one.columns)!), 1),
		voting: (one, pick) => changeVoting(one, { way: pick(WAYS)! }, 'Answer'),
		'voting of a column': (one, pick) =>
			changeVoting(one, { on: 'both', columns: [pick(one.columns)!.id] }, 'Answer'),
		'name of a field': (one, pick) =>
			renameField(one, pick(one.fields)!.id, `name-${one.fields.length}`),
		'name of a column': (one, pick) =>
			renameColumn(one, pick(one.columns)!.id, `name-${one.columns.length}`)
	};
	const made = fc.record({
		step: fc.constantFrom(...Object.keys(steps)),
		chance: fc.array(fc.nat(1000), { minLength: 4, maxLength: 4 })
	});
	fc.assert(
		fc.property(fc.constantFrom(...CATALOGUE), fc.array(made, { maxLength: 25 }), (first, all) => {
			let exercise = first;
			for (const { step, chance } of all) {
				let drawn = 0;
				const pick = <One>(list: readonly One[]) => list[chance[drawn++]! % list.length];
				exercise = steps[step]!(exercise, pick);
				const wrong = faultsOf(exercise).filter(({ reason }) => !UNFINISHED.has(reason));
				expect(wrong, step).toEqual([]);
			}
		}),
		{ seed: 20261129, numRuns: 150 }
	);
});
