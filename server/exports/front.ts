/** What stands at the head of every document, and the actions at its end. */
import { isPutDown } from '#shared/doc/read.ts';
import { byTime, type BoardInput, type ExportInput } from './input.ts';
import { clean, oneLine, paragraphs, type Paragraph } from './text.ts';
import type { Words } from './words.ts';

export interface Front {
	/** The language of Plenary's own words in it. */
	language: string;
	/** The document's own title and author: what a reader's window shows. */
	document: string;
	author: string;
	title: Paragraph;
	/** Over the title. */
	over: Paragraph;
	/** The day, the facilitator. */
	day: string;
	facilitator: Paragraph | null;
	facts: Facts;
	/** At the foot of every page, beside "{page} / {pages}". */
	foot: Paragraph;
	page: string;
	colophon: string;
}

/** What a board was, before its cards. */
export interface Facts {
	/** Where the exercise comes from, what it serves. */
	references: Paragraph[];
	prompt: Paragraph[];
	/** "37 cards", "12 people", … */
	counts: string[];
	/** What is not here, and why. */
	left: string[];
}

export interface ActionRow {
	what: Paragraph[];
	who: Paragraph[];
	when: Paragraph[];
}

/** All but the title and the facts. */
export function frontOf(
	input: ExportInput,
	words: Words,
	now: number
): Omit<Front, 'document' | 'title' | 'over' | 'facts'> {
	const { title, facilitator, openedAt } = input.workshop;
	return {
		language: words.language,
		author: clean(facilitator),
		day: words.day(openedAt ?? now),
		facilitator: facilitator ? oneLine(words.say('export_with', { facilitator })) : null,
		foot: oneLine(title),
		page: words.say('export_page'),
		colophon: words.say('export_made_with')
	};
}

/** The same facts as they are said, before they are made fit for print. */
export interface PlainFacts {
	references: string[];
	counts: string[];
	left: string[];
	/** How many count: those that are put down. */
	cards: number;
}

export function plainFacts(board: BoardInput, words: Words): PlainFacts {
	const { exercise, board: value } = board.contents;
	const { series, strategy, source } = exercise;
	const cards = value.cards.filter((card) => isPutDown(card, exercise));
	const people = new Set(cards.map((card) => card.author)).size;
	return {
		cards: cards.length,
		references: [
			series && words.say('export_series', series),
			strategy && words.say('export_strategy', strategy),
			source
		].filter((text) => text !== undefined),
		counts: [
			words.count('cards', cards.length),
			words.count('people', people),
			votesCast(board.contents, words),
			words.count('comments', commentsShown(board))
		],
		left: [
			...(board.hidden > 0 ? [words.count('hidden', board.hidden)] : []),
			...(board.state.revealed ? [] : [words.say('export_not_revealed')])
		]
	};
}

/** All dots, or in another way how many people have voted. */
function votesCast({ votes, voted }: BoardInput['contents'], words: Words): string {
	if (votes === null) return words.say('export_votes_uncounted');
	if (voted && voted.voting.way !== 'dots') return words.count('voters', voted.tally.people);
	return words.count(
		'votes',
		Object.values(votes).reduce((sum, count) => sum + count, 0)
	);
}

/** A board's references, prompt and numbers. */
export function factsOf(board: BoardInput, words: Words): Facts {
	const { prompt, language } = board.contents.exercise;
	const { references, counts, left } = plainFacts(board, words);
	return {
		references: references.map((text) => oneLine(text)),
		prompt: paragraphs(prompt, language),
		counts,
		left
	};
}

/** Comments on cards that are shown. */
export function commentsShown({ contents, comments }: BoardInput): number {
	const shown = new Set(contents.board.cards.map((card) => card.id));
	return comments.filter((comment) => shown.has(comment.card)).length;
}

/** A board's actions, as they were written down. */
export const actionRows = (board: BoardInput, words: Words): ActionRow[] =>
	[...board.contents.actions].sort(byTime).map(({ what, who, when }) => ({
		what: paragraphs(what),
		who: paragraphs(who),
		when: paragraphs(words.when(when))
	}));
