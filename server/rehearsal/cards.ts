/**
 * What simulated people write: for the exercises that ship what stands in `sample/`, for all others
 * an answer that fits each field, out of stock sentences in the writer's language.
 */
import { readFileSync } from 'node:fs';
import { CATALOGUE } from '#shared/exercises/catalogue.ts';
import { COUNTRIES } from '#shared/exercises/countries.ts';
import { fieldsOf, mainFieldOf, type Exercise, type Field } from '#shared/exercises/format.ts';
import { pollOf, type Poll } from '#shared/facilitation/polls.ts';
import { SDG_TARGETS } from '#shared/exercises/sdg.ts';
import type { FieldValue } from '#shared/doc/schema.ts';
import { sampleOf, samplePeople, type SamplePerson } from './sample.ts';
import type { Written } from './simulated-person.ts';

/** From 0 to below 1. */
export type Chance = () => number;

/** Somebody of the play: of the forty of the sample, and after these the same under other names. */
export interface Part extends SamplePerson {
	/** Of a person field: what this workshop calls them. */
	participant: string;
}

interface Stock {
	line: string[];
	lines: string[];
	comment: string[];
	group: string[];
	action: string[];
	when: string[];
}
const STOCK = JSON.parse(readFileSync(new URL('stock.json', import.meta.url), 'utf8')) as Record<
	string,
	Stock
>;

/** One of the stock sentences of a language. */
export const say = (language: string, kind: keyof Stock, chance: Chance): string =>
	one((STOCK[language] ?? STOCK['en']!)[kind], chance);

export const one = <T>(all: readonly T[], chance: Chance): T =>
	all[Math.floor(chance() * all.length)]!;

/** So many parts: each has a name of their own. */
export function castOf(size: number): SamplePerson[] {
	const known = samplePeople();
	return Array.from({ length: size }, (_, at) => {
		const person = known[at % known.length]!;
		const again = Math.floor(at / known.length) + 1;
		return again === 1 ? person : { ...person, id: '', name: `${person.name} ${again}` };
	});
}

/** Where somebody writes, and what of the sample others have written there already. */
export interface Page {
	exercise: Exercise;
	dealt: Set<number>;
	cast: readonly Part[];
	chance: Chance;
}

/**
 * The next card of `part` in a column: their own of the sample, then one of those who speak like
 * them and are not there; where the sample has nothing more, one out of the stock.
 */
export function nextCard(page: Page, column: string, part: Part): Written {
	const { exercise, dealt, cast, chance } = page;
	const poll = pollOf(exercise);
	if (poll) return answerTo(poll, page, column, part);
	const others = cast.filter(({ participant }) => participant !== part.participant);
	const mate = () => one(others.length > 0 ? others : cast, chance).participant;
	if (CATALOGUE.some(({ id }) => id === exercise.id)) {
		const absent = (id: string) => !cast.some((one) => one.id === id);
		const { cards } = sampleOf(exercise, mate);
		const free = cards
			.map((card, at) => ({ ...card, at }))
			.filter((card) => card.column === column && !dealt.has(card.at));
		const next =
			free.find(({ participant }) => participant === part.id) ??
			free.find((card) => absent(card.participant) && card.language === part.language);
		if (next) {
			dealt.add(next.at);
			const fields = { ...next.fields, ...ofOneself(exercise, column, part) };
			return { column, language: next.language, fields };
		}
	}
	const fields = fieldsOf(exercise, column).filter(
		(field) => field.main || field.required || chance() < 0.8
	);
	return {
		column,
		language: part.language,
		fields: {
			...Object.fromEntries(
				fields.map((field) => [field.id, valueFor(field, page, column, part, mate)])
			),
			...ofOneself(exercise, column, part)
		}
	};
}

/** What a card says of its writer, whoever's words these are: nobody is in two countries. */
function ofOneself(exercise: Exercise, column: string, part: Part): Written['fields'] {
	return Object.fromEntries(
		fieldsOf(exercise, column).flatMap((field): [string, FieldValue][] => {
			if (!('stays' in field) || !field.stays) return [];
			if (field.type === 'country') return [[field.id, part.country]];
			const own = field.options.some(({ id }) => id === part.libraryType);
			return own ? [[field.id, part.libraryType]] : [];
		})
	);
}

/** A word or two, or a question. */
function answerTo(
	{ kind }: Poll,
	{ exercise, chance }: Page,
	column: string,
	{ language }: Part
): Written {
	const said = (STOCK[language] ?? STOCK['en']!)[kind === 'words' ? 'group' : 'comment'];
	const questions = said.filter((text) => /[?？؟]$/.test(text));
	const text = one(kind === 'questions' && questions.length > 0 ? questions : said, chance);
	return { column, language, fields: { [mainFieldOf(exercise, column)!.id]: text } };
}

function valueFor(
	field: Field,
	{ exercise, chance }: Page,
	column: string,
	part: Part,
	mate: () => string
): FieldValue {
	switch (field.type) {
		case 'text':
			return say(part.language, 'line', chance);
		case 'paragraph':
			return say(part.language, 'lines', chance);
		case 'choice': {
			const chosen =
				field.other && chance() < 0.15
					? say(part.language, 'line', chance)
					: one(field.options, chance).id;
			return field.several ? [chosen] : chosen;
		}
		case 'scale':
			return 1 + Math.floor(chance() * 5);
		case 'country':
			return COUNTRIES.includes(part.country) ? part.country : one(COUNTRIES, chance);
		case 'sdg-target': {
			const offered = exercise.columns.find(({ id }) => id === column)?.targets ?? [];
			const target = offered.length > 0 ? one(offered, chance) : one(SDG_TARGETS, chance).id;
			return [target];
		}
		case 'link':
			return `https://example.org/${part.language}/${Math.floor(chance() * 1000)}`;
		case 'person':
			return mate();
		default:
			return field satisfies never;
	}
}
