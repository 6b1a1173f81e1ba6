/**
 * Whom people named, in all the workshops of somebody who facilitates: organisations, partners and
 * advocates, each once. Which cards name somebody, the exercise says by its columns.
 */
import * as v from 'valibot';
import { mainText } from '../doc/read.ts';
import { namesNobody } from '../earlier.ts';
import { fieldsOf, type Column } from '../exercises/format.ts';
import { byName, cardsOf, normalised, readableValue } from '../exercises/views/cards.ts';
import type { BoardContents, ViewWords } from '../exercises/views.ts';
import type { BoardId, CardId, WorkshopId } from '../ids.ts';

type ContactKind = NonNullable<Column['contact']>;

/** A workshop that cards are from. */
export interface Origin {
	id: WorkshopId;
	title: string;
	/** When it was held. */
	at: number;
}

/** Another card that a card speaks of. */
export interface Linked {
	id: CardId;
	text: string;
}

/** One card that names somebody. */
export interface Mention {
	card: CardId;
	board: BoardId;
	workshop: Origin;
	/** The exercise's title, and the column's. */
	exercise: string;
	column: string;
	kind: ContactKind;
	name: string;
	/** ISO code; empty where the card says none. */
	country: string;
	town: string;
	reach: string;
	link: string;
	/** Whatever else it says. */
	said: { title: string; value: string }[];
	/** The card that it answers, and the one of an earlier exercise that it is for. */
	answers?: Linked;
	isFor?: Linked;
	/** Absent on an anonymous board. */
	author?: string;
	/** The group in which the room put what is the same. */
	same?: string;
}

export interface Contact {
	/** Its first card's. */
	id: CardId;
	kind: ContactKind;
	name: string;
	country: string;
	/** The oldest first. */
	mentions: Mention[];
}

/** The cards of a board that name somebody. */
export function mentionsOf(
	workshop: Origin,
	board: BoardId,
	contents: BoardContents,
	words: Pick<ViewWords, 'someone'>
): Mention[] {
	const { exercise, names } = contents;
	const groups = new Map(contents.board.groups.map((group) => [group.id, group.kind]));
	const naming = exercise.columns.filter(({ contact }) => contact);
	const cards = new Map(contents.board.cards.map((card) => [card.id, card]));
	const mentions: Mention[] = [];
	for (const card of cardsOf(
		contents,
		naming.map(({ id }) => id)
	)) {
		const column = naming.find(({ id }) => id === card.column)!;
		const name = mainText(card, exercise).replace(/\s+/gu, ' ').trim();
		const source = contents.sources?.[card.id];
		if (name === '' || namesNobody(source)) continue;
		const answered = card.answers === undefined ? undefined : cards.get(card.answers);
		const fields = fieldsOf(exercise, column.id);
		const value = (of: (field: (typeof fields)[number]) => boolean) => {
			const found = fields.find(of);
			const value = found && card.fields[found.id];
			return typeof value === 'string' ? value.trim() : '';
		};
		const author = names[card.author];
		mentions.push({
			card: card.id,
			board,
			workshop,
			exercise: exercise.title,
			column: column.title,
			kind: column.contact!,
			name,
			country: value(({ type }) => type === 'country'),
			town: value(({ contact }) => contact === 'town'),
			reach: value(({ contact }) => contact === 'reach'),
			link: value(({ type }) => type === 'link'),
			said: fields
				.filter(({ main, type, contact }) => !main && !contact && !NAMED_BY_ITSELF.has(type))
				.map((field) => ({
					title: field.title,
					value: readableValue(card.fields[field.id], field, contents, words)
				}))
				.filter(({ value }) => value !== ''),
			...(answered && { answers: { id: answered.id, text: mainText(answered, exercise) } }),
			...(source && { isFor: { id: source.of.card, text: source.of.text } }),
			...(author && { author }),
			...(card.group !== undefined && groups.get(card.group) === 'same' && { same: card.group })
		});
	}
	return mentions;
}

/** What stands in a mention under its own name. */
const NAMED_BY_ITSELF: ReadonlySet<string> = new Set(['country', 'link']);

/**
 * Each contact once: the same kind, the same name (but for case, accents, punctuation and spaces) and
 * the same country, or what a room grouped as the same. A mention without a country belongs to the
 * only country that has that name.
 */
export function mergedContacts(mentions: Mention[]): Contact[] {
	const called = (one: Mention) => `${one.kind} ${normalised(one.name)}`;
	const countries = new Map<string, Set<string>>();
	for (const one of mentions)
		if (one.country)
			countries.set(called(one), (countries.get(called(one)) ?? new Set()).add(one.country));
	const keysOf = (one: Mention): string[] => {
		const known = [...(countries.get(called(one)) ?? [])];
		const country = one.country || (known.length === 1 ? known[0]! : '');
		return [`${called(one)} ${country}`, ...(one.same ? [`same ${one.same}`] : [])];
	};

	const inOrder = mentions.toSorted((a, b) => a.workshop.at - b.workshop.at);
	return together(inOrder, keysOf)
		.map(contactOf)
		.sort((a, b) => byName(a.name, b.name) || byName(a.country, b.country));
}

function contactOf(mentions: Mention[]): Contact {
	const [{ card, kind, name }] = mentions as [Mention];
	const country = mentions.find((one) => one.country)?.country ?? '';
	return { id: card, kind, name, country, mentions };
}

/** What has a key in common stands together, also by way of others. */
function together<T>(all: T[], keysOf: (one: T) => string[]): T[][] {
	/** Towards the first of those that stand together. */
	const towards = all.map((_, i) => i);
	const firstOf = (at: number): number => {
		let first = at;
		while (towards[first] !== first) first = towards[first] = towards[towards[first]!]!;
		return first;
	};
	const having = new Map<string, number>();
	all.forEach((one, at) => {
		for (const key of keysOf(one)) {
			const [a, b] = [firstOf(at), firstOf(having.get(key) ?? at)];
			towards[Math.max(a, b)] = Math.min(a, b);
			having.set(key, Math.min(a, b));
		}
	});
	const groups = new Map<number, T[]>();
	all.forEach((one, at) => {
		const group = groups.get(firstOf(at));
		if (group) group.push(one);
		else groups.set(at, [one]);
	});
	return [...groups.values()];
}

/** What somebody looks for, in the query of the page's address; whatever is empty does not matter. */
const asked = v.fallback(v.optional(v.pipe(v.string(), v.maxLength(200)), ''), '');
export const wantedSchema = v.object({
	words: asked,
	country: asked,
	kind: asked,
	workshop: asked
});
export type Wanted = v.InferOutput<typeof wantedSchema>;

/** Contacts as their page shows them. */
export interface ContactsView {
	wanted: Wanted;
	/** Of those that are wanted, as many as a page bears. */
	contacts: Contact[];
	found: number;
	/** Of all of them, for who narrows them down. */
	all: number;
	countries: string[];
	workshops: Origin[];
	/** Whether there are more workshops than are read. */
	cut: boolean;
}

/** Those of which all of it is true; all words have to be there, in whatever was said of them. */
export function wantedContacts(contacts: Contact[], wanted: Wanted): Contact[] {
	const words = wanted.words
		.split(/\s+/u)
		.filter(Boolean)
		.map((word) => normalised(word));
	return contacts.filter(
		(contact) =>
			(wanted.kind === '' || contact.kind === wanted.kind) &&
			(wanted.country === '' ||
				contact.mentions.some(({ country }) => country === wanted.country)) &&
			(wanted.workshop === '' ||
				contact.mentions.some(({ workshop }) => workshop.id === wanted.workshop)) &&
			hasWords(contact, words)
	);
}

function hasWords({ mentions }: Contact, words: string[]): boolean {
	if (words.length === 0) return true;
	const said = mentions.map(({ said, workshop, ...one }) =>
		[
			one.name,
			one.town,
			one.reach,
			one.link,
			one.column,
			one.author ?? '',
			one.answers?.text ?? '',
			one.isFor?.text ?? '',
			workshop.title,
			...said.map(({ value }) => value)
		]
			.map(normalised)
			.join(' ')
	);
	const all = said.join(' ');
	return words.every((word) => all.includes(word));
}
