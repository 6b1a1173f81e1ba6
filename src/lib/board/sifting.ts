/**
 * Looking through a board: which cards are seen, and in which order they lie, for one person on one
 * page. Pure: nothing of it is written anywhere, and what comes out is a board like any other.
 */
import type { BoardValue, CardValue, GroupValue, Votes } from '#shared/doc/contents.ts';
import { byOrder } from '#shared/doc/order.ts';
import type { Exercise, Field } from '#shared/exercises/format.ts';
import { readable, valuesOf } from '#shared/exercises/views/cards.ts';
import type { AuthorKey, CardId, GroupId } from '#shared/ids.ts';
import { folded } from '../ui/search.ts';

export const HAVING = [
	'comments',
	'answers',
	'no-answer',
	'votes',
	'reactions',
	'earlier',
	'mine'
] as const;
export type Having = (typeof HAVING)[number];

/** One thing that cards are looked for by. Of one subject, either is enough; of several, all must hold. */
export type Filter =
	| { by: 'column' | 'author' | 'language'; value: string }
	/** A group's id, or '' for cards in none. */
	| { by: 'theme'; value: GroupId | '' }
	/** A value as it stands in the card; of an `sdg-target`, the number of a goal. */
	| { by: 'field'; field: string; value: string }
	| { by: 'scale'; field: string; from: number; to: number }
	| { by: 'without'; field: string }
	| { by: 'having'; value: Having };

export type Order = 'placed' | 'votes' | 'reactions' | 'comments' | 'author' | `field/${string}`;

export interface Sifting {
	/** Words that must all be somewhere in a card. */
	words: string;
	filters: Filter[];
	order: Order;
}
export const NO_SIFTING: Sifting = { words: '', filters: [], order: 'placed' };

/** What is known of cards beside themselves. */
export interface Around {
	exercise: Exercise;
	/** Null until they are shown. */
	totals: Votes | null;
	comments: (card: CardId) => number;
	reactions: (card: CardId) => number;
	/** How many cards answer it. */
	answers: (card: CardId) => number;
	/** Whether it is for, or from, a card of an earlier exercise. */
	earlier: (card: CardValue) => boolean;
	/** Null where the board has no names. */
	author: (card: CardValue) => string | null;
	/** Who looks, as an author; null where they write nothing. */
	own: AuthorKey | null;
	/** Names by participant, for fields that name a person. */
	people: Record<string, string>;
	countryName: (code: string) => string;
	/** The reader's. */
	language: string;
}

export const hidesNothing = ({ words, filters }: Sifting): boolean =>
	words.trim() === '' && filters.length === 0;

/** Cards that lie otherwise than the room has them cannot be put anywhere. */
export const mayMove = ({ order }: Sifting): boolean => order === 'placed';

export const sameFilter = (a: Filter, b: Filter): boolean =>
	JSON.stringify(a) === JSON.stringify(b);

/** What two filters must share to be alternatives of each other. */
const subjectOf = (filter: Filter): string =>
	'field' in filter
		? `field/${filter.field}`
		: filter.by === 'having'
			? `having/${filter.value}`
			: filter.by;

const fieldOf = ({ exercise }: Around, id: string): Field | undefined =>
	exercise.fields.find((field) => field.id === id);

/** One value of a field as it is read. */
export const readValue = (value: string | number, field: Field | undefined, around: Around) =>
	readable(value, field, around, { someone: '' });

const goalOf = (target: string | number): string => String(target).split('.')[0]!;

/** A card's values as filters know them. */
export function filterValues(card: CardValue, field: Field): string[] {
	const values = valuesOf(card, field.id).map(String);
	return field.type === 'sdg-target' ? [...new Set(values.map(goalOf))] : values;
}

/** Whether a column's cards are asked for a field. */
const isAsked = ({ exercise }: Around, card: CardValue, field: string): boolean =>
	exercise.columns.find(({ id }) => id === card.column)?.fields.includes(field) ?? false;

const mayBeAnswered = ({ exercise }: Around, card: CardValue): boolean =>
	exercise.columns.some(({ answers }) => answers === card.column);

function holds(filter: Filter, card: CardValue, themes: Themes, around: Around) {
	switch (filter.by) {
		case 'column':
			return card.column === filter.value;
		case 'author':
			return card.author === filter.value;
		case 'language':
			return card.language === filter.value;
		case 'theme':
			return (themes.get(card.id) ?? ['']).includes(filter.value);
		case 'field': {
			const field = fieldOf(around, filter.field);
			return field !== undefined && filterValues(card, field).includes(filter.value);
		}
		case 'scale':
			return valuesOf(card, filter.field).some(
				(value) => Number(value) >= filter.from && Number(value) <= filter.to
			);
		case 'without':
			return isAsked(around, card, filter.field) && valuesOf(card, filter.field).length === 0;
		case 'having':
			return has(filter.value, card, themes, around);
		default:
			return filter satisfies never;
	}
}

/** Whether a card has comments, is answered, and so on. */
export function has(what: Having, card: CardValue, themes: Themes, around: Around): boolean {
	switch (what) {
		case 'comments':
			return around.comments(card.id) > 0;
		case 'answers':
			return around.answers(card.id) > 0;
		case 'no-answer':
			return mayBeAnswered(around, card) && around.answers(card.id) === 0;
		case 'votes':
			// What was voted for as one counts for each card in it.
			return [card.id, ...(themes.get(card.id) ?? [])].some(
				(voted) => (around.totals?.[voted] ?? 0) > 0
			);
		case 'reactions':
			return around.reactions(card.id) > 0;
		case 'earlier':
			return around.earlier(card);
		case 'mine':
			return around.own !== null && card.author === around.own;
		default:
			return what satisfies never;
	}
}

/** The groups that each card stands in, also those around its group. */
type Themes = Map<CardId, string[]>;

/** Finds these; cards in no group are not among them. */
export function themesOf({ groups }: Pick<BoardValue, 'groups'>): Themes {
	const byId = new Map(groups.map((group) => [group.id, group]));
	const themes: Themes = new Map();
	for (const group of groups) {
		const outer = group.group === undefined ? undefined : byId.get(group.group);
		for (const card of group.cards) themes.set(card, outer ? [group.id, outer.id] : [group.id]);
	}
	return themes;
}

/** Everything in a card that words are looked for in. */
function wordsOf(card: CardValue, around: Around): string {
	const said = around.exercise.fields.flatMap((field) =>
		valuesOf(card, field.id).map((value) => readValue(value, field, around))
	);
	return folded([...said, around.author(card) ?? ''].join('\n'));
}

/** The cards that are looked for. */
function found(board: BoardValue, { words, filters }: Sifting, around: Around): Set<CardId> {
	const themes = themesOf(board);
	const wanted = folded(words).split(/\s+/u).filter(Boolean);
	const subjects = [...Map.groupBy(filters, subjectOf).values()];
	const seen = board.cards.filter(
		(card) =>
			subjects.every((some) => some.some((filter) => holds(filter, card, themes, around))) &&
			(wanted.length === 0 || isSaid(wanted, wordsOf(card, around)))
	);
	return new Set(seen.map(({ id }) => id));
}
const isSaid = (wanted: string[], words: string) => wanted.every((word) => words.includes(word));

/** A group stands while anything in it is seen. */
function only({ cards, groups }: BoardValue, seen: Set<CardId>): BoardValue {
	const left = groups.map((group) => ({
		...group,
		cards: group.cards.filter((card) => seen.has(card))
	}));
	const around = new Set(left.flatMap((one) => (one.cards.length > 0 && one.group) || []));
	return {
		cards: cards.filter(({ id }) => seen.has(id)),
		groups: left.filter((group) => group.cards.length > 0 || around.has(group.id))
	};
}

/** What something is sorted by: the most first, or by name; what has nothing comes last. */
type Key = number | string | null;

function keyOf(card: CardValue, order: Exclude<Order, 'placed'>, around: Around): Key {
	switch (order) {
		case 'votes':
			return around.totals?.[card.id] ?? 0;
		case 'reactions':
			return around.reactions(card.id);
		case 'comments':
			return around.comments(card.id);
		case 'author':
			return around.author(card);
		default: {
			const field = fieldOf(around, order.slice('field/'.length));
			const value = field && valuesOf(card, field.id)[0];
			if (!field || value === undefined) return null;
			if (field.type === 'scale') return Number(value);
			return readValue(value, field, around);
		}
	}
}

/** The same things in another order: within columns, within groups, and groups among cards. */
function ordered(
	{ cards, groups }: BoardValue,
	order: Exclude<Order, 'placed'>,
	around: Around
): BoardValue {
	const collator = new Intl.Collator(around.language, { numeric: true });
	const compare = (a: Key, b: Key): number => {
		if (a === null || b === null) return Number(a === null) - Number(b === null);
		return typeof a === 'number' && typeof b === 'number'
			? b - a
			: collator.compare(String(a), String(b));
	};
	const keys = new Map(cards.map((card) => [card.id, keyOf(card, order, around)]));
	const sorted = cards
		.toSorted(byOrder)
		.map((card) => ({ card, key: keys.get(card.id)! }))
		.sort((a, b) => compare(a.key, b.key));
	const rank = new Map(sorted.map(({ card }, at) => [card.id, at]));
	const byRank = (a: CardId, b: CardId) => rank.get(a)! - rank.get(b)!;
	const inside = Map.groupBy(groups, ({ group }) => group);
	const members = (group: GroupValue): CardId[] => [
		...group.cards,
		...(inside.get(group.id) ?? []).flatMap((one) => one.cards)
	];
	/** A group counts as what it got itself, with what its cards got; by name, as its first card. */
	const groupKey = (group: GroupValue): Key => {
		const all = members(group).sort(byRank);
		const first = keys.get(all[0]!) ?? null;
		if (order === 'votes') return Math.max(around.totals?.[group.id] ?? 0, Number(first));
		if (order === 'reactions' || order === 'comments')
			return all.reduce((sum, card) => sum + Number(keys.get(card)), 0);
		return first;
	};
	const things = [
		...cards.map((card) => ({ id: card.id, order: card.order, key: keys.get(card.id) ?? null })),
		...groups.map((group) => ({ id: group.id, order: group.order, key: groupKey(group) }))
	];
	const places = new Map(
		things
			.sort(byOrder)
			.sort((a, b) => compare(a.key, b.key))
			.map(({ id }, at) => [id, `a${String(at).padStart(6, '0')}`])
	);
	return {
		cards: sorted.map(({ card }) => ({ ...card, order: places.get(card.id)! })),
		groups: groups.map((group) => ({
			...group,
			order: places.get(group.id)!,
			cards: group.cards.toSorted(byRank)
		}))
	};
}

/** The board as this person looks at it; the very same where they look for nothing. */
export function sift(board: BoardValue, sifting: Sifting, around: Around): BoardValue {
	const left = hidesNothing(sifting) ? board : only(board, found(board, sifting, around));
	return sifting.order === 'placed' ? left : ordered(left, sifting.order, around);
}
