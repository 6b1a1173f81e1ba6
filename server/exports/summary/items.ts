/** Cards and headings as the summary says them: as typed, with the language where its author said so. */
import type { CardValue } from '#shared/doc/contents.ts';
import { mainText } from '#shared/doc/read.ts';
import type { BoardContents, ViewSection } from '#shared/exercises/views.ts';
import { cardsOf } from '#shared/exercises/views/cards.ts';
import type { Item, Said } from '#shared/summary/model.ts';
import { clothOf } from '#shared/exercises/cloth.ts';
import type { Words } from '../words.ts';

/** What a block is made from. */
export interface Looking {
	contents: BoardContents;
	words: Words;
}

export const said = (text: string, lang?: string): Said => (lang ? { text, lang } : { text });

/** What the exercise says: titles, prompts. */
export const asked = (text: string, { contents }: Pick<Looking, 'contents'>): Said =>
	said(text, contents.exercise.language);

/** A card in a list: its words, whose they are where that may be known, and its votes where they were shown. */
export function itemOf(card: CardValue, { contents, words }: Looking, notes: Said[] = []): Item {
	const author = contents.names[card.author];
	const votes = contents.votes?.[card.id];
	return {
		card: card.id,
		text: said(mainText(card, contents.exercise), card.language),
		...(author && { author: said(author) }),
		...(votes && { votes: words.count('votes', votes), count: votes }),
		notes,
		cloth: clothOf(contents.exercise, card.column).cloth
	};
}

/** The cards that answer each card, as they lie, each with its language. */
export function answersIn(contents: BoardContents): Map<string, Said[]> {
	const answers = new Map<string, Said[]>();
	for (const card of cardsOf(contents)) {
		if (card.answers === undefined) continue;
		const text = said(mainText(card, contents.exercise), card.language);
		answers.set(card.answers, [...(answers.get(card.answers) ?? []), text]);
	}
	return answers;
}

/** A section of the votes: one card as it is, or a group with its cards under its title. */
export function votedItem(
	section: ViewSection,
	looking: Looking,
	answers?: Map<string, Said[]>
): Item {
	const items = section.cards.map(({ card }) => itemOf(card, looking, answers?.get(card.id)));
	if (section.title === '' && items[0]) return items[0];
	const { words } = looking;
	return {
		text: said(section.title),
		...(section.count > 0 && { votes: words.count('votes', section.count), count: section.count }),
		notes: [],
		cloth: items[0]?.cloth ?? 0,
		members: items
	};
}
