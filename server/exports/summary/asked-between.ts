/** What was asked in between, as one part of the summary: each poll a question and what it came to. */
import type { CardValue } from '#shared/doc/contents.ts';
import { computeView } from '#shared/exercises/views.ts';
import { cardsOf } from '#shared/exercises/views/cards.ts';
import { pollOf, RATED } from '#shared/facilitation/polls.ts';
import type { Block, Part } from '#shared/summary/model.ts';
import { ASKED, type SummarySettings } from '#shared/summary/settings.ts';
import type { Words } from '../words.ts';
import { altOfBars, barsOf } from './bars.ts';
import { asked, itemOf, said } from './items.ts';
import { blockId, isIn, type SummedBoard } from './leaving-out.ts';

/** Words that are drawn; the others follow in a line. */
const DRAWN = 12;

/** Null where nothing was asked, or all of it is left out. */
export function askedBetween(
	polls: SummedBoard[],
	settings: SummarySettings,
	words: Words
): Part | null {
	const shown = polls.filter((board) => isIn(settings, blockId(board, 0)));
	if (shown.length === 0 || !isIn(settings, ASKED)) return null;
	const hidden = shown.reduce((sum, board) => sum + board.hidden, 0);
	const leftOut = shown.reduce((sum, board) => sum + board.leftOut, 0);
	return {
		board: ASKED,
		anchor: ASKED,
		title: said(words.say('export_asked_between')),
		references: [],
		prompt: said(words.say('export_asked_between_note')),
		counts: [words.count('questions', shown.length)],
		left: [
			...(hidden > 0 ? [words.count('hidden', hidden)] : []),
			...(leftOut > 0 ? [words.count('cards_left', leftOut)] : [])
		],
		blocks: shown.map((board) => ({
			id: blockId(board, 0),
			title: asked(board.contents.exercise.prompt, board),
			...cameTo(board, words)
		}))
	};
}

type DistributiveOmit<T, K extends keyof T> = T extends unknown ? Omit<T, K> : never;
type Made = DistributiveOmit<Block, 'id' | 'title'>;

function cameTo(board: SummedBoard, words: Words): Made {
	const { exercise, votes, voted } = board.contents;
	const poll = pollOf(exercise);
	switch (poll?.kind) {
		case 'words':
			return wordsOf(board, words);
		case 'questions':
			return questionsOf(board, words);
		case 'hands': {
			if (!votes) return notShown(words);
			const options = exercise.voting?.options ?? [];
			const counts = options.map(({ id, title }) => ({ title, count: votes[id] ?? 0 }));
			return barsFrom(counts, poll.question, people(voted?.tally.people ?? 0, words), words);
		}
		case 'scale': {
			const spread = voted?.tally.spread[RATED] ?? [];
			if (!votes) return notShown(words);
			const ends: Record<number, string> = { 1: poll.low, 5: poll.high };
			const counts = [1, 2, 3, 4, 5].map((figure) => ({
				title: ends[figure] ? `${figure} · ${ends[figure]}` : String(figure),
				count: spread[figure - 1] ?? 0
			}));
			const mean = votes[RATED];
			const lead = mean
				? `${words.say('export_poll_mean', { mean: oneDecimal(mean, words) })} ${people(voted?.tally.people ?? 0, words)}`
				: '';
			return barsFrom(counts, poll.question, lead, words);
		}
		case undefined:
			return { kind: 'nothing', note: words.say('export_nothing') };
	}
}

const notShown = (words: Words): Made => ({
	kind: 'nothing',
	note: words.say('export_votes_not_shown')
});

const oneDecimal = (mean: number, { language }: Words): string =>
	new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
		mean
	);

/** Of what came as a file it is not known how many people they were. */
const people = (count: number, words: Words): string =>
	count > 0 ? words.count('people', count) : '';

function barsFrom(
	counts: { title: string; count: number }[],
	head: string,
	lead: string,
	words: Words
): Made {
	const bars = barsOf(counts.map((one) => ({ ...one, cards: [] })));
	return {
		kind: 'bars',
		...(lead && { lead }),
		bars,
		head: [head, words.say('export_poll_people')],
		alt: altOfBars(bars, words)
	};
}

function wordsOf({ contents }: SummedBoard, words: Words): Made {
	const result = computeView({ type: 'cloud', title: '' }, contents, words.view);
	const sections = result.kind === 'sections' ? result.sections : [];
	if (sections.length === 0) return { kind: 'nothing', note: words.say('export_nothing') };
	const others = sections
		.slice(DRAWN)
		.map(({ title, count }) => (count > 1 ? `${title} (${count})` : title));
	const lead =
		others.length > 0 ? words.say('export_poll_also', { words: others.join(' · ') }) : '';
	return barsFrom(sections.slice(0, DRAWN), contents.exercise.prompt, lead, words);
}

/** All of them, most wanted first. */
function questionsOf({ contents }: SummedBoard, words: Words): Made {
	const votesOf = (card: CardValue) => contents.votes?.[card.id] ?? 0;
	const cards = cardsOf(contents).sort((a, b) => votesOf(b) - votesOf(a));
	if (cards.length === 0) return { kind: 'nothing', note: words.say('export_nothing') };
	return { kind: 'ranking', items: cards.map((card) => itemOf(card, { contents, words })) };
}
