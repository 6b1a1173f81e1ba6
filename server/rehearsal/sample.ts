/**
 * What an international room of librarians might write (`sample/`; all of it invented), as the
 * exercises of the catalogue take it: own words where the sample says "other", and the people of
 * this workshop where it names one of its forty.
 */
import { readFileSync } from 'node:fs';
import type { FieldValue } from '#shared/doc/schema.ts';
import type { Exercise } from '#shared/exercises/format.ts';

export interface SamplePerson {
	id: string;
	name: string;
	language: string;
	country: string;
	libraryType: string;
}

export interface SampleCard {
	language: string;
	participant: string;
	column: string;
	fields: Record<string, FieldValue>;
	/** An index among the cards. */
	answers?: number;
}

export interface Sample {
	cards: SampleCard[];
	comments: { participant: string; card: number; text: string }[];
	actions: { what: string; who: string; when: string }[];
}

const read = <T>(name: string): T =>
	JSON.parse(readFileSync(new URL(`sample/${name}.json`, import.meta.url), 'utf8')) as T;

export const samplePeople = (): SamplePerson[] => {
	return read<SamplePerson[]>('participants');
};

/** The sample of one exercise; `personOf` says who one of the forty is here. */
export function sampleOf(exercise: Exercise, personOf: (sample: string) => string): Sample {
	const sample = read<Sample>(exercise.id);
	const cards = sample.cards.map((card) => ({
		...card,
		fields: Object.fromEntries(
			Object.entries(card.fields).map(([id, value]) => [id, fitted(exercise, id, value, personOf)])
		)
	}));
	return { ...sample, cards };
}

function fitted(
	exercise: Exercise,
	id: string,
	value: FieldValue,
	personOf: (id: string) => string
): FieldValue {
	const field = exercise.fields.find((one) => one.id === id);
	if (field?.type === 'person') return personOf(String(value));
	if (field?.type !== 'choice') return value;
	const own = (one: string) => (field.options.some((option) => option.id === one) ? one : 'Other');
	return Array.isArray(value) ? value.map(own) : own(String(value));
}
