import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { AGENDAS, CATALOGUE, findExercise } from '#shared/exercises/catalogue.ts';
import { COUNTRIES, countryName } from '#shared/exercises/countries.ts';
import { exerciseSchema, mainFieldOf, RUNNING_PHASES } from '#shared/exercises/format.ts';
import { isSdgTarget, SDG_GOALS, SDG_TARGETS } from '#shared/exercises/sdg.ts';

const folder = new URL('../../src/shared/exercises/catalogue/', import.meta.url).pathname;
/** An exercise on its way to being wrong. */
interface Draft {
	columns: { fields: string[]; answers?: string }[];
	phases: unknown[];
}

const broken = (change: (exercise: Draft) => void): string[] => {
	const copy = structuredClone(findExercise('barrier')) as unknown as Draft;
	change(copy);
	return v.safeParse(exerciseSchema, copy).issues?.map((issue) => issue.message) ?? [];
};

/** After IFLA's series; others may be added, with other phases. */
const SHIPPED = [
	'advocate',
	'barrier',
	'common-challenge',
	'organisations',
	'potential-partner',
	'six-ps',
	'work-with'
];

test('XR1 every file of the catalogue is an exercise, and every one is in the catalogue', () => {
	const ids = readdirSync(folder).map(
		(name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).id
	);
	expect(ids.sort()).toEqual(CATALOGUE.map(({ id }) => id).sort());
	expect(ids).toEqual(expect.arrayContaining(SHIPPED));
});

const shipped = CATALOGUE.filter(({ id }) => SHIPPED.includes(id));

test.each(shipped)('XR2 $id has the seven phases in ten minutes', (exercise) => {
	expect(exercise.phases.map(({ phase }) => phase)).toEqual([...RUNNING_PHASES]);
	expect(exercise.phases.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(10);
});

describe.each(CATALOGUE)('$id', (exercise) => {
	test('XR3 each column has one main field, and it is asked for', () => {
		for (const column of exercise.columns)
			expect(mainFieldOf(exercise, column.id)?.required).toBe(true);
	});

	test('XR4 the targets that its columns offer first are targets', () => {
		for (const column of exercise.columns)
			expect((column.targets ?? []).filter((id) => !isSdgTarget(id))).toEqual([]);
	});
});

test('XR5 an exercise that contradicts itself is refused with a sentence that says where', () => {
	const columns = (copy: Draft) => copy.columns;
	expect(broken(() => {})).toEqual([]);
	expect(broken((copy) => columns(copy)[0]!.fields.push('nowhere'))).toEqual([
		'column "barriers" names the field "nowhere", which is not there'
	]);
	expect(broken((copy) => (columns(copy)[1]!.answers = 'nowhere'))).toEqual([
		'column "ways-round" names the column "nowhere", which is not there'
	]);
	expect(broken((copy) => columns(copy)[0]!.fields.shift())).toEqual([
		'column "barriers" has 0 main fields, and needs one'
	]);
	expect(broken((copy) => copy.phases.reverse())).toHaveLength(1);
	expect(broken((copy) => Object.assign(copy, { tab: 'stoppedUs' }))).toEqual([
		'the tab needs a choice, and "stoppedUs" is a paragraph'
	]);
});

test('XR6 the partnerships agenda takes ninety minutes with its two breaks', () => {
	const minutes = AGENDAS[0]!.items.map((item) =>
		typeof item === 'string'
			? findExercise(item)!.phases.reduce((sum, phase) => sum + phase.minutes, 0)
			: 'break' in item
				? item.break
				: NaN
	);
	expect(minutes.reduce((sum, one) => sum + one, 0)).toBe(90);
	expect(minutes).toHaveLength(9);
});

test('XR7 all 17 goals and their 169 targets are there, by number', () => {
	expect(SDG_GOALS.map(({ id }) => id)).toEqual(Array.from({ length: 17 }, (_, i) => `${i + 1}`));
	expect(new Set(SDG_TARGETS.map(({ id }) => id)).size).toBe(169);
	expect(
		SDG_TARGETS.every(({ goal, gist }) => SDG_GOALS.some(({ id }) => id === goal) && gist)
	).toBe(true);
});

test('XR8 every country has a name in the reader’s language', () => {
	expect(countryName('CN', 'ar')).toBe('الصين');
	expect(COUNTRIES.filter((code) => countryName(code, 'en') === code)).toEqual([]);
	expect(countryName('nowhere', 'en')).toBe('nowhere');
});
