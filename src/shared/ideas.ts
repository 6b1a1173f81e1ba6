/** What is kept of a card beyond its workshop, in the Ideas Store. */
import type { Language } from './ids.ts';

/** What its author said to being asked. */
export type Consent = 'asked' | 'agreed' | 'declined';

export interface Idea {
	/** The main field. */
	text: string;
	/** The language of the card, where its author said so. */
	language?: string;
	/** The other fields, as a reader understands them. */
	fields: { title: string; value: string }[];
	column: string;
	/** What answered it: the ways round a barrier. */
	answers: string[];
	/** Where it came from. */
	exercise: { id: string; title: string; tags: string[]; language: Language };
	workshop: string;
	/** ISO 3166-1 alpha-2, where a field of the card says so. */
	country: string | null;
	/** When its workshop was held. */
	year: number;
	/** Where the author agreed to be named. */
	author?: string;
}

/** What an author may say to it: kept with their name, without it, or not at all. */
export const ANSWERS = ['named', 'unnamed', 'no'] as const;
export type Answer = (typeof ANSWERS)[number];

/** A card of somebody's that is asked for, as their phone is told. */
export interface AskedIdea {
	id: string;
	/** What the card shows large. */
	text: string;
	board: string;
	/** Null until they have answered. */
	answer: Answer | null;
	/** No name is ever kept of it. */
	anonymous: boolean;
}

/** A card as the desk picks from. */
export interface IdeaCard {
	card: string;
	text: string;
	column: string;
	/** '' on an anonymous board. */
	author: string;
	/** Its own or its group's; null until they were shown. */
	votes: number | null;
	/** Null while nobody has asked; `nobody`: there is nobody to ask. */
	consent: Consent | 'nobody' | null;
}

export interface IdeaBoard {
	board: string;
	title: string;
	cards: IdeaCard[];
}

/** What was kept, as its owner finds it. */
export interface KeptIdea {
	id: string;
	idea: Idea;
	published: boolean;
	/** When its author agreed. */
	keptAt: number;
}

/** What somebody looks for; '' is everything. */
export interface IdeaQuery {
	words: string;
	exercise: string;
	tag: string;
	country: string;
	year: string;
}

/** The public page of somebody's ideas. */
export interface IdeaPage {
	/** In its address. */
	key: string;
	title: string;
	published: boolean;
}

/** As a page and a feed show it to everybody. */
export interface PublicIdeas {
	title: string;
	updatedAt: number;
	ideas: Omit<KeptIdea, 'published'>[];
}

/** Words in one case, form and width, without accents: however somebody writes them, they are found. */
export const folded = (words: string): string =>
	words
		.normalize('NFKD')
		.replace(/\p{Mn}/gu, '')
		.toUpperCase()
		.toLowerCase()
		.normalize('NFC');

/** Everything that an idea is found by. */
export const foundBy = (idea: Idea): string =>
	folded(
		[
			idea.text,
			...idea.fields.map(({ value }) => value),
			...idea.answers,
			idea.column,
			idea.exercise.title,
			...idea.exercise.tags,
			idea.workshop,
			idea.author ?? ''
		].join('\n')
	);

/** Whether an idea has every word, anywhere: in Chinese no space says where a word begins. */
export function isFound(kept: { idea: Idea; found: string }, query: IdeaQuery): boolean {
	const { idea, found } = kept;
	const { exercise, tag, country, year } = query;
	return (
		(exercise === '' || idea.exercise.id === exercise) &&
		(tag === '' || idea.exercise.tags.includes(tag)) &&
		(country === '' || idea.country === country) &&
		(year === '' || String(idea.year) === year) &&
		folded(query.words)
			.split(/\s+/)
			.every((word) => found.includes(word))
	);
}
