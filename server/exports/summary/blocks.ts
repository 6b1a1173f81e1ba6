/** One view of an exercise's summary as a block: which kind it is follows from the view's type alone. */
import { isWritten, type View } from '#shared/exercises/format.ts';
import { computeView, type ViewResult, type ViewSection } from '#shared/exercises/views.ts';
import { cardsOf, fieldOf } from '#shared/exercises/views/cards.ts';
import type { Block, Item, ListSection, Said } from '#shared/summary/model.ts';
import { clothOf } from '#shared/exercises/cloth.ts';
import { altOfBars, barsOf } from './bars.ts';
import { coverageBlock } from './coverage.ts';
import { topOf } from './cut.ts';
import { answersIn, asked, itemOf, linksBeside, said, votedItem, type Looking } from './items.ts';
import { matrixOf, placedMatrix } from './matrix.ts';
import { askedHow, earlierRows, placedRows } from '../voted.ts';

type Sections = Extract<ViewResult, { kind: 'sections' }>;
type DistributiveOmit<T, K extends keyof T> = T extends unknown ? Omit<T, K> : never;
type Made = DistributiveOmit<Block, 'id' | 'title'>;

/** What is drawn in its place, and what the appendix has of it where that is not all. */
export function blockOf(
	id: string,
	view: View,
	looking: Looking
): { top: Block; whole: Block | null; besides: Block[] } {
	const { words } = looking;
	const named = { id, title: asked(view.title, looking) };
	const { made, appendix } = madeOf(view, looking);
	const { top, cut } = topOf({ ...named, ...made }, words);
	const besides = view.type === 'votes' ? besidesVotes(id, looking) : [];
	if (!cut) return { top, whole: null, besides };
	return { top, whole: { ...named, ...(appendix ?? made) }, besides };
}

/** `appendix`: instead of the block itself, where that is a picture. */
function madeOf(view: View, looking: Looking): { made: Made; appendix?: Made } {
	const { contents, words } = looking;
	const result = computeView(view, contents, words.view);
	if (view.type === 'votes') return votesOf(view, result as Sections, looking);
	if (isEmpty(result)) return { made: nothing(words.say('export_nothing')) };
	if (view.type === 'coverage') return { made: coverageBlock(view, looking) };
	if (result.kind === 'table') return { made: tableOf(view, result, looking) };

	switch (view.type) {
		case 'matrix': {
			const { matrix, cells } = matrixOf(view, result, looking);
			const rest = matrix.rest ? [matrix.rest] : [];
			return { made: matrix, appendix: { ...listOf([...(cells ?? []), ...rest]) } };
		}
		case 'matches':
			return { made: matchesOf(view, result, looking) };
		case 'by-field':
			if (view.chart) return { made: chartOf(view, result, looking) };
			return { made: listOf(result.sections.map((one) => sectionOf(one, looking))) };
		case 'by-column':
		case 'themes': {
			const made = sizedOf(view, result, looking);
			return { made, appendix: { ...made, bars: [] } };
		}
		case 'duplicates':
			return { made: listOf(result.sections.map((one) => sectionOf(one, looking))) };
		default:
			// One section, whose title says what the block's already does.
			return {
				made: listOf(
					result.sections.map((one) => {
						const { title: _, ...section } = sectionOf(one, looking);
						return section;
					})
				)
			};
	}
}

const nothing = (note: string): Made => ({ kind: 'nothing', note });

const isEmpty = (result: ViewResult): boolean =>
	result.kind === 'table' && result.view.type === 'coverage'
		? result.rows.every(({ cells }) => cells.slice(1, -1).every((count) => count === '0'))
		: result.empty;

/** Only sections that have cards. */
function listOf(sections: ListSection[]): Extract<Made, { kind: 'list' }> {
	const filled = sections.filter(({ items }) => items.length > 0);
	return { kind: 'list', bars: [], alt: '', head: ['', ''], sections: filled };
}

function sectionOf(section: ViewSection, looking: Looking): ListSection {
	return {
		title: said(section.title),
		count: section.count,
		rest: section.rest ?? false,
		items: section.cards.map(({ card, notes = [] }) =>
			itemOf(
				card,
				looking,
				notes.map((note) => said(note, card.language))
			)
		),
		more: 0
	};
}

function chartOf(
	view: Extract<View, { type: 'by-field' }>,
	{ sections }: Sections,
	{ contents, words }: Looking
): Made {
	const bars = barsOf(sections);
	const field = fieldOf(contents, view.field)?.title ?? '';
	const cards = new Set(sections.flatMap((section) => section.cards.map(({ card }) => card.id)));
	return {
		kind: 'bars',
		lead: words.say('export_lead_by', { cards: words.count('cards', cards.size), field }),
		bars,
		head: [field, words.say('export_cards')],
		alt: altOfBars(bars, words)
	};
}

/** Sections by size, drawn as bars and then told. */
function sizedOf(
	view: Extract<View, { type: 'by-column' | 'themes' }>,
	result: Sections,
	looking: Looking
): Extract<Made, { kind: 'list' }> {
	const { contents, words } = looking;
	const { columns } = contents.exercise;
	const byColumn = view.type === 'by-column';
	const sized = result.sections
		.map((section, i) => ({
			section,
			cloth: byColumn && columns[i] ? clothOf(contents.exercise, columns[i].id).cloth : 1
		}))
		.sort(
			(a, b) =>
				Number(a.section.rest ?? false) - Number(b.section.rest ?? false) ||
				b.section.count - a.section.count
		);
	const sections = sized.map(({ section }) => section);
	const bars = barsOf(sections, (i) => sized[i]!.cloth);
	const worth = bars.length > 1;
	return {
		...listOf(sections.map((one) => sectionOf(one, looking))),
		bars: worth ? bars : [],
		alt: worth ? altOfBars(bars, words) : '',
		head: [byColumn ? words.view.column : view.title, words.say('export_cards')]
	};
}

/** A ranking; of what was placed a field. */
function votesOf(
	view: Extract<View, { type: 'votes' }>,
	result: Sections,
	looking: Looking
): { made: Made; appendix?: Made } {
	const field = result.empty ? null : placedMatrix(result.sections, looking);
	if (!field) return { made: rankingOf(view, result, looking) };
	return { made: field.matrix, appendix: listOf(field.cells ?? []) };
}

/** What stands after the votes: how places spread, and what the rounds before came to. */
function besidesVotes(id: string, looking: Looking): Block[] {
	const { contents, words } = looking;
	const { axes, together } = contents.voted?.voting ?? { axes: null, together: false };
	const places = axes && !together ? placedRows(contents, words) : [];
	const rounds = earlierRows(contents, words, looking.rounds);
	const table = (title: string, head: string[], rows: string[][], divided: boolean): Block[] =>
		rows.length === 0
			? []
			: [
					{
						id,
						title: said(title),
						kind: 'table',
						head: head.map((one) => said(one)),
						rows: rows.map((row) => row.map((one) => said(one))),
						divided
					}
				];
	const what = words.say('export_col_text');
	return [
		...table(
			words.say('export_spread_of_places'),
			[what, words.say('export_col_placed'), axes?.x.title ?? '', axes?.y.title ?? ''],
			places,
			false
		),
		...table(
			words.say('export_rounds'),
			[words.say('export_col_round'), what, words.say('export_sheet_votes')],
			rounds,
			true
		)
	];
}

/**
 * By votes, each with what answers it. What is answered and got no votes, or none yet, follows as it
 * lies: a way round is worth reading without a vote.
 */
function rankingOf(
	view: Extract<View, { type: 'votes' }>,
	{ sections }: Sections,
	looking: Looking
): Made {
	const { contents, words } = looking;
	const answers = answersIn(contents);
	const items: Item[] = sections.map((section) => votedItem(section, looking, answers));
	const there = new Set(sections.flatMap(({ cards }) => cards.map(({ card }) => card.id)));
	for (const card of cardsOf(contents, view.columns))
		if (answers.has(card.id) && !there.has(card.id))
			items.push(itemOf(card, looking, answers.get(card.id)));
	const unshown = contents.votes === null;
	if (items.length === 0)
		return nothing(words.say(unshown ? 'export_votes_not_shown' : 'export_nothing'));
	const answering = contents.exercise.columns.filter(
		({ answers: column }) => column && (!view.columns || view.columns.includes(column))
	);
	const lead = [
		unshown ? words.say('export_votes_not_shown') : askedHow(contents, words),
		...answering.map(({ title }) => words.say('export_lead_answers', { column: title }))
	];
	return { kind: 'ranking', lead: lead.join(' '), items };
}

/** What a pair has in common: its column, and every value of `differ` that is the same for all of them. */
function matchesOf(
	view: Extract<View, { type: 'matches' }>,
	{ sections }: Sections,
	looking: Looking
): Made {
	const { contents, words } = looking;
	const item = ({ card, notes = [] }: ViewSection['cards'][number], without: string[]): Item =>
		itemOf(
			card,
			looking,
			notes.filter((note) => !without.includes(note)).map((note) => said(note))
		);
	const groups = sections
		.filter(({ rest }) => !rest)
		.map(({ title, cards }) => {
			const shared = (cards[0]?.notes ?? []).filter((note) =>
				cards.every(({ notes = [] }) => notes.includes(note))
			);
			return {
				theme: asked([title, ...shared].join(' · '), looking),
				items: cards.map((one) => item(one, shared))
			};
		});
	const alone = sections.filter(({ rest }) => rest).flatMap(({ cards }) => cards);
	const fields = view.differ.map((id) => fieldOf(contents, id)?.title ?? id);
	return {
		kind: 'matches',
		lead: words.say('export_lead_matches', { fields: words.list(fields) }),
		groups,
		alone: alone.map((one) => item(one, [])),
		aloneTitle: words.view.unmatched
	};
}

/** Under headings of what it is sorted by, where that comes first; who has none of it stands under a heading of its own. */
function tableOf(
	view: View,
	result: Extract<ViewResult, { kind: 'table' }>,
	looking: Looking
): Made {
	const { contents, words } = looking;
	const fields = view.type === 'table' ? view.fields : [];
	const byColumn = result.head.length > fields.length;
	const divided = byColumn || (view.type === 'table' && view.sort === fields[0]);
	const head = result.head.map((title) => asked(title, looking));
	const links = linksBeside(result, looking);
	return {
		kind: 'table',
		lead: words.count('cards', result.rows.length),
		head: [...head, ...links.map((link) => said(link.title))],
		divided,
		rows: result.rows.map(({ cells, card }) => [
			...cells.map((cell, i): Said => {
				const id = fields[byColumn ? i - 1 : i];
				const field = id === undefined ? undefined : fieldOf(contents, id);
				if (i === 0 && divided && !cell) return said(words.view.without(result.head[0]!));
				return said(cell, field && isWritten(field) ? card?.language : undefined);
			}),
			...links.map((link): Said => (card && link.of(card)) ?? said(''))
		])
	};
}
