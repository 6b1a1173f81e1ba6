import { expect, test } from 'vitest';
import type { CardValue } from '#shared/doc/contents.ts';
import { exerciseSchema } from '#shared/exercises/format.ts';
import * as v from 'valibot';
import { CATALOGUE } from '#shared/exercises/catalogue.ts';
import { standingOf } from '../../src/lib/board/standing.ts';

const challenge = CATALOGUE.find(({ id }) => id === 'common-challenge')!;
const column = challenge.columns[0]!.id;
const card = (id: string, fields: CardValue['fields'], draft?: true): CardValue => ({
	id,
	author: 'me',
	column,
	order: id,
	fields,
	...(draft && { draft })
});

test('BO30 the next card begins with what the last one says of whoever writes, and with nothing else', () => {
	expect(standingOf(challenge, column, [])).toEqual({});
	const first = card('a', { challenge: 'No budget', myCountry: 'NO', libraryType: 'public' });
	const second = card('b', { challenge: 'No time', myCountry: 'KE' });
	expect(standingOf(challenge, column, [first])).toEqual({
		myCountry: 'NO',
		libraryType: 'public'
	});
	expect(standingOf(challenge, column, [first, second])).toEqual({
		myCountry: 'KE',
		libraryType: 'public'
	});
});

test('BO30 a draft says nothing yet, and a card of another column only what both ask', () => {
	const draft = card('c', { challenge: 'No', myCountry: 'NO' }, true);
	expect(standingOf(challenge, column, [draft])).toEqual({});
	const barrier = CATALOGUE.find(({ id }) => id === 'barrier')!;
	const cause = card('d', { cause: 'time' });
	expect(standingOf(barrier, barrier.columns[0]!.id, [cause])).toEqual({});
});

test('BO30 only a country or a choice can stay', () => {
	const marked = (name: string) => ({
		...challenge,
		fields: challenge.fields.map((field) => (field.id === name ? { ...field, stays: true } : field))
	});
	const parses = (exercise: unknown) => v.safeParse(exerciseSchema, exercise).success;
	expect(parses(marked('libraryType'))).toBe(true);
	expect(parses(marked('tried'))).toBe(false);
});
