/**
 * What a trainer put together by hand in exercises of the sample (`labels/`), against what is suggested,
 * as pairs of cards: how many of the suggested pairs are the trainer's, and how many of those are found.
 */
import { readFileSync } from 'node:fs';
import { findExercise } from '#shared/exercises/catalogue.ts';
import { mainFieldOf, type Exercise } from '#shared/exercises/format.ts';
import { normalised } from '#shared/exercises/views/cards.ts';
import type { Suggestion } from '#shared/suggestions.ts';
import { suggest } from '#server/suggestions/suggest.ts';
import { sampleOf, type SampleCard } from '#server/rehearsal/sample.ts';

/** Where the labels come from: every number of the method was chosen by the first two alone. */
export const TUNED = ['barrier', 'organisations'];
export const HELD_OUT = ['common-challenge', 'potential-partner'];

interface Labels {
	/** Indices of cards that say the same idea. */
	same: number[][];
	/** Cards under one heading, those that say the same among them. */
	themes: { title: string; cards: number[] }[];
}

/** Each pair as its two indices, the smaller first. */
type Pairs = ReadonlySet<string>;
interface Found {
	same: Pairs;
	themes: Pairs;
}
export interface Tally {
	right: number;
	found: number;
	wanted: number;
}

/** A way of finding what belongs together. */
export type Way = (exercise: Exercise, cards: SampleCard[]) => Found;

/** Runs it in one go. */
export function run<T>(work: Generator<void, T>): T {
	for (;;) {
		const step = work.next();
		if (step.done) return step.value;
	}
}

/** What is suggested for a sample; `told`: whether cards say which language they are in. */
export function suggested(exercise: Exercise, cards: SampleCard[], told = true): Suggestion[] {
	const about = exercise.tab;
	const town = exercise.fields.find(({ contact }) => contact === 'town')?.id;
	return run(
		suggest({
			cards: cards.map((card, i) => ({
				id: String(i).padStart(3, '0'),
				column: card.column,
				text: textOf(exercise, card),
				...(told && { language: card.language }),
				...(about && card.fields[about] && { about: String(card.fields[about]) }),
				...(town && { place: String(card.fields[town] ?? '') })
			})),
			groups: [],
			answered: new Set(),
			language: 'en',
			columns: exercise.columns
		})
	).open;
}

export const textOf = (exercise: Exercise, card: SampleCard): string =>
	String(card.fields[mainFieldOf(exercise, card.column)?.id ?? ''] ?? '');

/** Suggestions; and two ways that need no thought. */
export const WAYS: Record<string, Way> = {
	suggestions: (exercise, cards) => foundBy(suggested(exercise, cards)),
	'suggestions, language not told': (exercise, cards) => foundBy(suggested(exercise, cards, false)),
	'the same letter by letter': (exercise, cards) => {
		const same = together(cards, (card) => normalised(textOf(exercise, card)));
		return { same, themes: same };
	},
	'one group for each cause, or column': (exercise, cards) => {
		const { tab } = exercise;
		const all = together(cards, (card) => (tab ? card.fields[tab] : card.column));
		return { same: all, themes: all };
	}
};

/** What a way finds of one exercise's labels. */
export function measured(id: string, way: Way): { same: Tally; themes: Tally } {
	const exercise = findExercise(id)!;
	const { cards } = sampleOf(exercise, (person) => person);
	const labels = JSON.parse(
		readFileSync(new URL(`labels/${id}.json`, import.meta.url), 'utf8')
	) as Labels;
	const found = way(exercise, cards);
	return {
		same: tally(found.same, pairsOf(labels.same)),
		themes: tally(found.themes, pairsOf(labels.themes.map((theme) => theme.cards)))
	};
}

export const sum = (all: Tally[]): Tally =>
	all.reduce((a, b) => ({
		right: a.right + b.right,
		found: a.found + b.found,
		wanted: a.wanted + b.wanted
	}));

const tally = (found: Pairs, wanted: Pairs): Tally => ({
	right: [...found].filter((pair) => wanted.has(pair)).length,
	found: found.size,
	wanted: wanted.size
});

/** What suggestions say belongs together: what is one idea is of one theme as well. */
function foundBy(suggestions: Suggestion[]): Found {
	const same = suggestions.filter(({ kind }) => kind === 'same');
	const indices = (some: Suggestion[]) => some.map(({ cards }) => cards.map(Number));
	return { same: pairsOf(indices(same)), themes: pairsOf(indices(suggestions)) };
}

/** Those of a key, among cards of one column and one language: what is compared at all. */
function together(cards: SampleCard[], keyOf: (card: SampleCard) => unknown): Pairs {
	const groups = new Map<string, number[]>();
	cards.forEach((card, i) => {
		const key = keyOf(card);
		if (key === undefined) return;
		const whole = `${card.column} ${card.language} ${String(key)}`;
		groups.set(whole, [...(groups.get(whole) ?? []), i]);
	});
	return pairsOf([...groups.values()]);
}

const pairsOf = (groups: number[][]): Pairs =>
	new Set(
		groups.flatMap((group) =>
			group.flatMap((a, i) => group.slice(i + 1).map((b) => (a < b ? `${a} ${b}` : `${b} ${a}`)))
		)
	);
