/** What a board can be looked through by, with how many cards each gives, in words. */
import type { BoardValue, CardValue } from '#shared/doc/contents.ts';
import type { Field } from '#shared/exercises/format.ts';
import { SDG_GOALS } from '#shared/exercises/sdg.ts';
import {
	filterValues,
	has,
	HAVING,
	readValue,
	themesOf,
	type Around,
	type Filter,
	type Having,
	type Order
} from './sifting.ts';

/** What is said of facets in Plenary's own voice. */
export interface SiftWords {
	having: string;
	has: Record<Having, string>;
	column: string;
	theme: string;
	author: string;
	language: string;
	inNoGroup: string;
	untitled: string;
	someone: string;
	without: (field: string) => string;
	scale: (field: string, from: number, to: number) => string;
	value: (field: string, value: string) => string;
	orders: Record<'placed' | 'votes' | 'reactions' | 'comments', string>;
}

interface Facet {
	id: string;
	title: string;
	options: { filter: Filter; title: string; count: number }[];
	/** Of a scale: what its ends mean. */
	scale?: { field: string; low: string; high: string };
}

const counted = (values: Iterable<string>): [string, number][] => {
	const counts = new Map<string, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return [...counts];
};

const languageTitle = (language: string, around: Around): string =>
	new Intl.DisplayNames([around.language], { type: 'language', fallback: 'code' }).of(language) ??
	language;

const authorTitle = (author: string, cards: CardValue[], around: Around): string | null => {
	const card = cards.find((one) => one.author === author);
	return card ? around.author(card) : null;
};

function valueTitle(value: string, field: Field | undefined, around: Around, words: SiftWords) {
	if (field?.type === 'sdg-target') {
		const goal = SDG_GOALS.find(({ id }) => id === value);
		return goal ? `${goal.id} ${goal.title}` : value;
	}
	return readValue(value, field, around) || words.someone;
}

/** A filter in a few words, as its chip has it. */
export function filterTitle(
	filter: Filter,
	board: BoardValue,
	around: Around,
	words: SiftWords
): string {
	const { fields, columns } = around.exercise;
	const field = 'field' in filter ? fields.find(({ id }) => id === filter.field) : undefined;
	switch (filter.by) {
		case 'column':
			return columns.find(({ id }) => id === filter.value)?.title ?? filter.value;
		case 'theme': {
			if (filter.value === '') return words.inNoGroup;
			const group = board.groups.find(({ id }) => id === filter.value);
			return group?.title || words.untitled;
		}
		case 'author':
			return authorTitle(filter.value, board.cards, around) ?? words.someone;
		case 'language':
			return languageTitle(filter.value, around);
		case 'having':
			return words.has[filter.value];
		case 'without':
			return words.without(field?.title ?? filter.field);
		case 'scale':
			return words.scale(field?.title ?? '', filter.from, filter.to);
		case 'field':
			return words.value(field?.title ?? '', valueTitle(filter.value, field, around, words));
		default:
			return filter satisfies never;
	}
}

/** Those that tell some of the cards from others. */
export function facetsOf(board: BoardValue, around: Around, words: SiftWords): Facet[] {
	const { cards, groups } = board;
	const { columns, fields } = around.exercise;
	const byTitle = new Intl.Collator(around.language, { numeric: true });
	const named = (filters: [Filter, string, number][]) =>
		filters
			.map(([filter, title, count]) => ({ filter, title, count }))
			.sort((a, b) => byTitle.compare(a.title, b.title));

	function ofField(field: Field): Facet {
		const asking = new Set(
			columns.filter((one) => one.fields.includes(field.id)).map(({ id }) => id)
		);
		const asked = cards.filter(({ column }) => asking.has(column));
		const values = counted(cards.flatMap((card) => filterValues(card, field)));
		const without = asked.filter((card) => filterValues(card, field).length === 0).length;
		const isListed = !['text', 'paragraph', 'link', 'scale'].includes(field.type);
		const order = field.type === 'choice' ? field.options.map(({ id }) => id) : [];
		const options = named(
			(isListed ? values : []).map(([value, count]) => [
				{ by: 'field', field: field.id, value },
				valueTitle(value, field, around, words),
				count
			])
		);
		const rank = ({ filter }: (typeof options)[number]) =>
			'value' in filter ? (order.indexOf(filter.value) + order.length + 1) % (order.length + 1) : 0;
		if (order.length > 0) options.sort((a, b) => rank(a) - rank(b));
		if (without > 0)
			options.push({
				filter: { by: 'without', field: field.id },
				title: words.without(field.title),
				count: without
			});
		const scale =
			field.type === 'scale' && values.length > 0
				? { scale: { field: field.id, low: field.low, high: field.high } }
				: {};
		return { id: `field/${field.id}`, title: field.title, options, ...scale };
	}

	const inThemes = themesOf(board);
	const themes = counted([...inThemes.values()].flat());
	const grouped = new Set(groups.flatMap((group) => group.cards));
	const loose = cards.filter(({ id }) => !grouped.has(id)).length;
	const having = HAVING.map((value) => ({
		filter: { by: 'having', value } as const,
		title: words.has[value],
		count: cards.filter((card) => has(value, card, inThemes, around)).length
	}));
	const all: Facet[] = [
		{ id: 'having', title: words.having, options: having },
		{
			id: 'column',
			title: words.column,
			options: columns.map(({ id, title }) => ({
				filter: { by: 'column', value: id },
				title,
				count: cards.filter(({ column }) => column === id).length
			}))
		},
		{
			id: 'theme',
			title: words.theme,
			options: [
				...named(
					themes.map(([value, count]) => {
						const filter = { by: 'theme', value } as const;
						return [filter, filterTitle(filter, board, around, words), count];
					})
				),
				{ filter: { by: 'theme', value: '' }, title: words.inNoGroup, count: loose }
			]
		},
		...fields.map(ofField),
		{
			id: 'author',
			title: words.author,
			options: named(
				counted(cards.filter((card) => around.author(card)).map(({ author }) => author)).map(
					([value, count]) => [
						{ by: 'author', value },
						authorTitle(value, cards, around) ?? words.someone,
						count
					]
				)
			)
		},
		{
			id: 'language',
			title: words.language,
			options: named(
				counted(cards.flatMap(({ language }) => language ?? [])).map(([value, count]) => [
					{ by: 'language', value },
					languageTitle(value, around),
					count
				])
			)
		}
	];
	return all
		.map((facet) => ({
			...facet,
			options: facet.options.filter(({ count }) => count > 0 && count < cards.length)
		}))
		.filter(({ options, scale }) => options.length > 0 || scale);
}

/** What the cards can be sorted by. */
export function ordersOf(
	board: BoardValue,
	around: Around,
	words: SiftWords
): { id: Order; title: string }[] {
	const { cards } = board;
	const themes = themesOf(board);
	const some = (what: Having) => cards.some((card) => has(what, card, themes, around));
	const said = around.exercise.fields.filter((field) =>
		cards.some((card) => filterValues(card, field).length > 0)
	);
	return [
		{ id: 'placed', title: words.orders.placed },
		...(some('votes') ? [{ id: 'votes' as const, title: words.orders.votes }] : []),
		...(some('reactions') ? [{ id: 'reactions' as const, title: words.orders.reactions }] : []),
		...(some('comments') ? [{ id: 'comments' as const, title: words.orders.comments }] : []),
		...(cards.some((card) => around.author(card))
			? [{ id: 'author' as const, title: words.author }]
			: []),
		...said.map(({ id, title }) => ({ id: `field/${id}` as const, title }))
	];
}
