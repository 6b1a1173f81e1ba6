/** Cards and headings as the summary says them: as typed, with the language where its author said so. */
import type { CardValue } from '#shared/doc/contents.ts';
import { mainText } from '#shared/doc/read.ts';
import type { Source } from '#shared/earlier.ts';
import type { BoardContents, ViewResult, ViewSection } from '#shared/exercises/views.ts';
import { cardsOf } from '#shared/exercises/views/cards.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import type { CardId } from '#shared/ids.ts';
import type { Item, Said } from '#shared/summary/model.ts';
import { clothOf } from '#shared/exercises/cloth.ts';
import { scoreOf } from '../voted.ts';
import type { Words } from '../words.ts';

/** What a block is made from. */
export interface Looking {
	contents: BoardContents;
	words: Words;
	/** What later exercises brought for a card. */
	found?: (card: CardId) => Said[];
	/** The rounds of voting before, as the board has them. */
	rounds?: BoardState['rounds'];
}

export const said = (text: string, lang?: string): Said => (lang ? { text, lang } : { text });

/** What the exercise says: titles, prompts. */
export const asked = (text: string, { contents }: Pick<Looking, 'contents'>): Said =>
	said(text, contents.exercise.language);

/** A card in a list: its words, whose they are where that may be known, and its votes where they were shown. */
export function itemOf(card: CardValue, looking: Looking, notes: Said[] = []): Item {
	const { contents, words } = looking;
	const links = linksOf(card, looking);
	const author = contents.names[card.author];
	const reactions = words.reactions(contents.reactions?.[card.id]);
	return {
		card: card.id,
		text: said(mainText(card, contents.exercise), card.language),
		...(author && { author: said(author) }),
		...scoreOf(contents, card.id, words),
		...(reactions && { reactions }),
		notes,
		...(links.length > 0 && { links }),
		cloth: clothOf(contents.exercise, card.column).cloth
	};
}

function linksOf(card: CardValue, { contents, words, found }: Looking): Said[] {
	const source = contents.sources?.[card.id];
	const sentence = source && linkWords(source, words);
	const answered = answeredBy(card, contents);
	return [
		...(answered
			? [said(words.say('export_answers_this', { card: answered.text }), answered.lang)]
			: []),
		...(sentence ? [sentence] : []),
		...(found?.(card.id) ?? [])
	];
}

/** What a card answers; null where that is nothing, or not there. */
function answeredBy({ answers }: CardValue, contents: BoardContents): Said | null {
	const card = answers === undefined ? undefined : cardsById(contents).get(answers);
	return card ? said(mainText(card, contents.exercise), card.language) : null;
}

/** Made once of the same cards: each item asks. */
function cardsById({ board }: BoardContents): Map<CardId, CardValue> {
	const known = byId.get(board.cards) ?? new Map(board.cards.map((card) => [card.id, card]));
	byId.set(board.cards, known);
	return known;
}
const byId = new WeakMap<CardValue[], Map<CardId, CardValue>>();

/** What a card is for, or where it was carried over from. */
const linkWords = ({ of, carried }: Source, words: Words): Said =>
	carried
		? said(words.say('export_carried', { exercise: of.title }))
		: said(words.say('export_for_this', { card: of.text }), of.language);

interface LinkColumn {
	title: string;
	of: (card: CardValue) => Said | null;
}

/** A column of what cards answer, and one of what they are for, where any of the table's cards does. */
export function linksBeside(
	{ rows }: Extract<ViewResult, { kind: 'table' }>,
	{ contents, words }: Looking
): LinkColumn[] {
	const all: LinkColumn[] = [
		{ title: words.say('export_answers'), of: (card) => answeredBy(card, contents) },
		{
			title: words.say('export_for'),
			of: ({ id }) => {
				const source = contents.sources?.[id];
				if (!source) return null;
				const { of, carried } = source;
				// What was carried over says the same: where it is from is what there is to say.
				return carried
					? said(words.say('export_carried', { exercise: of.title }))
					: said(of.text, of.language);
			}
		}
	];
	return all.filter(({ of }) => rows.some(({ card }) => card && of(card)));
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
	return {
		text: said(section.title),
		...scoreOf(looking.contents, section.target ?? '', looking.words),
		notes: [],
		cloth: items[0]?.cloth ?? 0,
		members: items
	};
}
