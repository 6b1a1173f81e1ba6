/**
 * What the main field says, a section for each different thing, named by most people first. Words are
 * the same whatever their case and accents, as far as the exercise's language takes an accent for one:
 * `ñ` is a letter of its own in Spanish.
 */
import type { CardValue } from '../../doc/contents.ts';
import { mainText } from '../../doc/read.ts';
import type { BoardContents, ViewSection } from '../views.ts';
import { cardsOf, normalised, viewCard } from './cards.ts';

export function cloud(
	contents: Pick<BoardContents, 'exercise' | 'board' | 'votes'>
): ViewSection[] {
	const { exercise } = contents;
	const said = (card: CardValue) => mainText(card, exercise);
	const collator = new Intl.Collator(exercise.language, { sensitivity: 'base' });
	/** By what `normalised` leaves, which folds too much; in it the words that are really the same. */
	const alike = new Map<string, CardValue[][]>();
	for (const card of cardsOf(contents)) {
		const key = normalised(said(card));
		const near = alike.get(key) ?? [];
		const same = near.find(
			([first]) => collator.compare(bare(said(first!)), bare(said(card))) === 0
		);
		if (same) same.push(card);
		else alike.set(key, [...near, [card]]);
	}
	const sections = [...alike.values()].flat().map((cards) => ({
		title: mostOf(cards.map(said)),
		count: new Set(cards.map(({ author }) => author)).size,
		cards: cards.map((card) => viewCard(card, contents))
	}));
	return sections.sort((a, b) => b.count - a.count);
}

/** Accents belong to letters; signs and spaces make no other word of it. */
const bare = (text: string): string =>
	text.normalize('NFC').replace(/[^\p{L}\p{N}\p{M}]/gu, '') || text.trim();

/** As most have written it, and of equals as it was first. */
function mostOf(texts: string[]): string {
	const times = Map.groupBy(texts, (text) => text.trim());
	return [...times.values()]
		.reduce((most, one) => (one.length > most.length ? one : most))[0]!
		.trim();
}
