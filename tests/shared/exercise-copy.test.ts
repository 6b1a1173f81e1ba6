import { expect, test } from 'vitest';
import { CATALOGUE } from '#shared/exercises/catalogue.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import { copyOf as copied, readExercise } from '#shared/exercises/own.ts';

const copyOf = (exercise: Exercise) =>
	copied(exercise, {
		title: ({ title }) => `${title} (copy)`,
		after: ({ series, number, title }) => `After ${series} ${number}, “${title}”`
	});

test('OX2 a copy says what it is after, and claims no place in a series or a strategy', () => {
	for (const shipped of CATALOGUE) {
		const copy = copyOf(shipped);
		expect(copy.series).toBeUndefined();
		expect(copy.strategy).toBeUndefined();
		expect(copy.source).toContain(shipped.series ? shipped.title : shipped.source!);
		expect(copy.title).not.toBe(shipped.title);
		const { series: _series, strategy: _strategy, source: _source, ...same } = shipped;
		expect({ ...copy, title: shipped.title, source: undefined }).toEqual({
			...same,
			source: undefined
		});
	}
});

test('OX2 a copy of a copy is after the same, and the longest titles make one that can be kept', () => {
	const first = copyOf(CATALOGUE[0]!);
	expect(copyOf(first).source).toBe(first.source);
	const long = {
		...CATALOGUE[0]!,
		title: 'x'.repeat(200),
		series: { name: 'y'.repeat(200), number: 1e9 }
	};
	expect(readExercise(copyOf(long))).toMatchObject({ tags: long.tags });
});
