/** Whom somebody was matched with, as their page shows it. */
import type { CardValue } from '#shared/doc/contents.ts';
import { mainText } from '#shared/doc/read.ts';
import { countryName } from '#shared/exercises/countries.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import { readableValue } from '#shared/exercises/views/cards.ts';
import type { AuthorKey, Language } from '#shared/ids.ts';
import { matchingOf } from '#shared/matching/themes.ts';
import type { MatchedView } from '#shared/wire/events.ts';

export interface Other {
	author: AuthorKey;
	/** Empty where nobody has a name. */
	name: string;
	/** Absent where it is not on the board now. */
	card?: CardValue;
	text: string;
	/** What people were matched by: what each has said of it. */
	facts: { title: string; theirs: string; mine: string }[];
	got?: string;
	left?: string;
}

interface Read {
	exercise: Exercise;
	cards: CardValue[];
	authors: Record<AuthorKey, { name: string }>;
	language: Language;
	someone: string;
}

/** The matches of now, and who has only words left from before. */
export function matchedWith(
	matched: MatchedView,
	{ exercise, cards, authors, language, someone }: Read
): { groups: { theme: string; others: Other[] }[]; before: Other[] } {
	const contacts = new Map(matched.contacts.map((contact) => [contact.author, contact]));
	const cardOf = (id: string) => cards.find((card) => card.id === id);
	const said = (card: CardValue | undefined, id: string) =>
		readableValue(
			card?.fields[id],
			exercise.fields.find((field) => field.id === id),
			{ people: {}, countryName: (code) => countryName(code, language) },
			{ someone }
		);
	const other = (author: AuthorKey, id?: string, mine?: string): Other => {
		const card = id === undefined ? undefined : cardOf(id);
		const own = mine === undefined ? undefined : cardOf(mine);
		const facts = (matchingOf(exercise)?.differ ?? []).map((field) => ({
			title: exercise.fields.find((one) => one.id === field)?.title ?? field,
			theirs: said(card, field),
			mine: said(own, field)
		}));
		return {
			name: authors[author]?.name ?? '',
			text: card ? mainText(card, exercise) : '',
			...(card && { card }),
			facts: facts.filter(({ theirs }) => theirs !== ''),
			...contacts.get(author),
			author
		};
	};
	const groups = matched.groups.map(({ column, card: mine, others }) => ({
		theme: exercise.columns.find(({ id }) => id === column)?.title ?? '',
		others: others.map(({ author, card }) => other(author, card, mine))
	}));
	const now = new Set(groups.flatMap(({ others }) => others.map(({ author }) => author)));
	const before = matched.contacts.filter(({ author }) => !now.has(author));
	return { groups, before: before.map(({ author }) => other(author)) };
}
