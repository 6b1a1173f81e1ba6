/** A bad exercise, or a bad file of one: each fault is told with its place and its reason. */
import { expect, test } from 'vitest';
import { CATALOGUE, findExercise } from '#shared/exercises/catalogue.ts';
import { FAULT_REASONS, faultsOf, placeInWords } from '#shared/exercises/faults.ts';
import { exerciseFile, readExercise, readExerciseFile } from '#shared/exercises/own.ts';

type Draft = Record<string, never>;
const bytes = (text: string) => new TextEncoder().encode(text);
/** `barrier`, with something at a place. */
const barrierWith = (place: string, value: unknown): unknown => {
	const copy = structuredClone(findExercise('barrier')) as unknown as Draft;
	const keys = place.split('.');
	const last = keys.pop()!;
	const part = keys.reduce((one, key) => one[key]!, copy) as Record<string, unknown>;
	if (value === undefined) delete part[last];
	else part[last] = value;
	return copy;
};
const told = (value: unknown) =>
	faultsOf(value).map(({ place, reason }) => `${place.join('.')}: ${reason}`);

const option = { id: 'time', title: 'Time again' };
const link = { title: 'A page', url: 'https://example.org' };
const FAULTS: [place: string, value: unknown, told: string][] = [
	['title', undefined, 'title: missing'],
	['colour', 'red', 'colour: unknown'],
	['prompt', 7, 'prompt: kind'],
	['columns.0.title', '  ', 'columns.0.title: empty'],
	['columns.1.singular', 'x'.repeat(201), 'columns.1.singular: long'],
	['columns.1.fields', [], 'columns.1.fields: few'],
	['tags', Array.from({ length: 21 }, String), 'tags: many'],
	['phases.0.minutes', 0, 'phases.0.minutes: range'],
	['series.number', 1.5, 'series.number: range'],
	['language', 'tlh', 'language: choice'],
	['fields.1.type', 'colour', 'fields.1.type: choice'],
	['views.0.type', 'mist', 'views.0.type: choice'],
	['links', [{ ...link, url: 'javascript:alert(1)' }], 'links.0.url: address'],
	['fields.3.id', 'two words', 'fields.3.id: id'],
	['phases.0.phase', 'act', 'phases: order'],
	['columns.1.id', 'barriers', 'columns.1.id: twice'],
	['fields.1.options.3', option, 'fields.1.options.3: twice'],
	['links', [link, link], 'links.1: twice'],
	['columns.0.fields.2', 'cause', 'columns.0.fields.2: twice'],
	['columns.0.fields.1', 'nowhere', 'columns.0.fields.1: no-field'],
	['summary.0.field', 'nowhere', 'summary.0.field: no-field'],
	['views.3.column', 'nowhere', 'views.3.column: no-column'],
	['columns.1.answers', 'nowhere', 'columns.1.answers: no-column'],
	['columns.1.answers', 'ways-round', 'columns.1.answers: itself'],
	['tab', 'stoppedUs', 'tab: field-type'],
	['fields.0.main', undefined, 'columns.0.fields: mains'],
	['fields.2.main', true, 'fields.2.main: main-type'],
	['columns.0.targets', ['16.10', '99.9'], 'columns.0.targets.1: no-target'],
	['voting', { way: 'dots', on: 'options' }, 'voting.options: this-way-needs'],
	['voting', { way: 'rating', dots: 3 }, 'voting.dots: not-this-way']
];
/** A second of the same id is told at the second; what both are named by, at its own place. */
const placed = (all: string[], one: string) =>
	all.includes(one) || all.includes(one.replace('.id:', ':'));

test.each(FAULTS.map(([place, value, fault]) => [fault, place, value] as const))(
	'OX10 a file is refused where it is wrong: %s',
	(fault, place, value) => {
		const all = told(barrierWith(place, value));
		expect(placed(all, fault), all.join('; ')).toBe(true);
		const read = readExerciseFile(
			bytes(
				JSON.stringify({
					format: 'plenary-exercise',
					version: 1,
					exercise: barrierWith(place, value)
				})
			)
		);
		expect(Array.isArray(read) && read[0]!.place[0]).toBe('exercise');
	}
);

test('OX10 a place has one fault of its shape: an address that is not there yet is told once', () => {
	expect(told(barrierWith('links', [{ ...link, url: '' }]))).toEqual(['links.0.url: address']);
});

test('OX10 a file that is no exercise’s, or a newer one’s, is refused as such', () => {
	const exercise = findExercise('barrier');
	const refused = (text: string | Uint8Array) => {
		const read = readExerciseFile(typeof text === 'string' ? bytes(text) : text);
		return Array.isArray(read)
			? read.map(({ place, reason }) => [placeInWords(place), reason])
			: read;
	};
	expect(refused('{"format":')).toEqual([['', 'no-json']]);
	expect(refused(new Uint8Array([0xff, 0xfe]))).toEqual([['', 'no-json']]);
	expect(refused('[]')).toEqual([['', 'format']]);
	expect(refused(JSON.stringify({ format: 'plenary', version: 1 }))).toEqual([['', 'format']]);
	const head = { format: 'plenary-exercise', version: 1 };
	expect(refused(JSON.stringify({ ...head, version: 2, exercise }))).toEqual([
		['version', 'newer']
	]);
	expect(refused(JSON.stringify({ ...head, exercise, more: 1 }))).toEqual([['more', 'unknown']]);
	expect(refused(JSON.stringify(head))).toEqual([['exercise', 'missing']]);
});

test('OX3 one that is longer than one can be is refused as a whole', () => {
	const nudges = Array.from({ length: 40 }, (_, i) => `${i}${'x'.repeat(1900)}`);
	expect(readExercise({ ...findExercise('barrier'), nudges })).toEqual([
		{ place: [], reason: 'bytes', about: '' }
	]);
});

test('OX10 every reason is met by one of these', () => {
	const met = new Set(FAULTS.map(([, , fault]) => fault.split(': ')[1]));
	for (const other of ['no-json', 'format', 'newer', 'bytes']) met.add(other);
	expect(FAULT_REASONS.filter((reason) => !met.has(reason))).toEqual([]);
});

test('OX10 a place is told as a person counts', () => {
	expect(placeInWords(['columns', 1, 'fields', 0])).toBe('columns → 2 → fields → 1');
});

test('OX9 the same exercise is the same bytes, in whatever order a database has its keys', () => {
	for (const exercise of CATALOGUE) {
		const turned = JSON.parse(JSON.stringify(exercise), (_key, part: unknown) =>
			part && typeof part === 'object' && !Array.isArray(part)
				? Object.fromEntries(Object.entries(part).toReversed())
				: part
		) as typeof exercise;
		const file = exerciseFile(exercise);
		expect(exerciseFile(turned)).toBe(file);
		expect(readExerciseFile(bytes(file))).toEqual(exercise);
	}
});
