/** Cards as they are compared: those of one column in one language. */
import { normalised } from '#shared/exercises/views/cards.ts';
import { languageSchema, type CardId, type GroupId, type Language } from '#shared/ids.ts';
import * as v from 'valibot';
import { folded, languageOf } from './tokens.ts';
import { readText, weigh, type Read, type Vector } from './vectors.ts';

/** A card that people see, as its author wrote it. */
export interface SuggestCard {
	id: CardId;
	column: string;
	/** Its main field. */
	text: string;
	language?: string;
	/** What its author chose that it is about, where the exercise asks: the cause of a barrier. */
	about?: string;
	/** The town of the organisation or person that it names, where it names one. */
	place?: string;
}

/** A group that is on the board already. */
export interface SuggestGroup {
	id: GroupId;
	kind: 'theme' | 'same';
	cards: CardId[];
	/** The theme that a `same` group stands in. */
	group?: GroupId;
}

/** Where a card lies: what people have put together, and apart. */
interface Lies {
	same?: GroupId;
	theme?: GroupId;
}

/** One of a set. */
export interface Compared {
	card: SuggestCard;
	read: Read;
	/** The whole text, letter by letter. */
	exact: string;
	place: string;
	words: Vector;
	concepts: Vector;
	lies: Lies;
}

/** How much that says. */
const ABOUT = 1.5;
/** More cards of one column in one language are not compared with each other: the first. */
export const MOST = 1500;

/** Sets of cards that may have something to do with each other; pauses after each card. */
export function* setsOf(
	cards: SuggestCard[],
	groups: SuggestGroup[],
	around: { language: Language; columns: { id: string; title: string }[] }
): Generator<void, Compared[][]> {
	const sets = new Map<string, { language: Language; cards: SuggestCard[] }>();
	for (const card of cards) {
		if (card.text.trim() === '') continue;
		const language = languageOfCard(card) ?? around.language;
		const key = `${language} ${card.column}`;
		const set = sets.get(key) ?? { language, cards: [] };
		sets.set(key, set);
		set.cards.push(card);
		yield;
	}

	const lying = liesOf(groups);
	const all: Compared[][] = [];
	for (const [, { language, cards: found }] of [...sets].sort(([a], [b]) => (a < b ? -1 : 1))) {
		const set = found.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, MOST);
		if (set.length < 2) continue;
		const name = around.columns.find(({ id }) => id === set[0]!.column)?.title ?? '';
		const title = readText(name, language);
		const read: Read[] = [];
		for (const { text, place } of set) {
			read.push(readText(without(text, place), language, title));
			yield;
		}
		const words = weigh(read.map((one) => one.words));
		const concepts = weigh(read.map(({ concepts: of }, i) => about(of, set[i]!)));
		all.push(
			set.map((card, i) => ({
				card,
				read: read[i]!,
				exact: normalised(card.text),
				place: folded(card.place?.trim() ?? ''),
				words: words[i]!,
				concepts: concepts[i]!,
				lies: lying.get(card.id) ?? {}
			}))
		);
		yield;
	}
	return all;
}

/** What its author says is evidence like any other. */
const about = (concepts: Read['concepts'], card: SuggestCard): Read['concepts'] =>
	card.about === undefined ? concepts : new Map([...concepts, [`=${card.about}`, ABOUT]]);

function languageOfCard({ language, text }: SuggestCard): Language | null {
	const said = v.safeParse(languageSchema, language?.split('-')[0]);
	return said.success ? said.output : languageOf(text);
}

/** An office's town tells nothing of what it is: that both are there is compared by itself. */
function without(text: string, place: string | undefined): string {
	const town = place?.trim();
	if (!town) return text;
	const rest = text.replaceAll(town, ' ');
	return rest.trim() === '' ? text : rest;
}

function liesOf(groups: SuggestGroup[]): Map<CardId, Lies> {
	const lying = new Map<CardId, Lies>();
	for (const { id, kind, cards, group } of groups)
		for (const card of cards)
			lying.set(
				card,
				kind === 'theme' ? { theme: id } : { same: id, ...(group && { theme: group }) }
			);
	return lying;
}
