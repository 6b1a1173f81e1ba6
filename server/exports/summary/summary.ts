/** A workshop's summary: the one value that the page, the PDF, Word and Markdown are made from. */
import { emptyForms } from '#shared/empty-forms.ts';
import type { Block, Part, Summary } from '#shared/summary/model.ts';
import { isPoll } from '#shared/facilitation/polls.ts';
import { isRightToLeft } from '#shared/ids.ts';
import { plainFacts } from '../front.ts';
import type { ExportInput } from '../input.ts';
import type { Words } from '../words.ts';
import { blockOf } from './blocks.ts';
import { actionsOf, didOf, ideasOf, summaryFront } from './before-exercises.ts';
import { chainSection, foundFor } from './chains.ts';
import { askedBetween } from './asked-between.ts';
import { othersBlock, othersIn } from './others.ts';
import { asked, said, type Looking } from './items.ts';
import { blockId, boardsToSum, isIn, type SummedBoard } from './leaving-out.ts';

/** `now`: the day of a workshop that was never opened. */
export function summaryOf(input: ExportInput, words: Words, now: number): Summary {
	const { workshop, summary: settings } = input;
	const all = boardsToSum(input);
	const polls = all.filter(({ state }) => isPoll(state));
	const boards = all.filter((board) => !polls.includes(board));
	const between = askedBetween(polls, settings, words);
	const found = foundFor(boards, words);
	const shown = boards
		.filter(({ id }) => isIn(settings, id))
		.map((board) => partOf(board, input, words, (card) => found(board, card)));
	const appended = shown.filter(({ whole }) => whole.length > 0);
	const { conclusions } = settings;
	return {
		language: words.language,
		direction: isRightToLeft(workshop.language) ? 'rtl' : 'ltr',
		front: summaryFront(input, boards, words, now),
		did: isIn(settings, 'did') && boards.length > 0 ? didOf(boards, words) : null,
		ideas: isIn(settings, 'ideas') ? ideasOf(boards, words) : null,
		chains: isIn(settings, 'chains') ? chainSection(boards, words) : null,
		actions: isIn(settings, 'actions') ? actionsOf(boards, words) : null,
		parts: [...shown.map(({ part }) => part), ...(between ? [between] : [])],
		conclusions: conclusions.trim()
			? { title: words.say('export_conclusions'), text: said(conclusions) }
			: null,
		appendix:
			appended.length === 0
				? null
				: {
						title: words.say('export_appendix'),
						parts: appended.map(({ part, whole }) => ({ title: part.title, blocks: whole }))
					},
		colophon: words.say('export_made_with'),
		empty: emptyForms(input.boards.map(({ contents }) => contents))
	};
}

/** One exercise, and what the appendix has of it. */
function partOf(
	board: SummedBoard,
	{ summary: settings }: ExportInput,
	words: Words,
	found: Looking['found']
): { part: Part; whole: Block[] } {
	const { contents } = board;
	const { exercise } = contents;
	const facts = plainFacts(board, words);
	const looking = { contents, words, found, rounds: board.state.rounds };
	const blocks = exercise.summary
		.map((view, i) => ({ view, id: blockId(board, i) }))
		.filter(({ id }) => isIn(settings, id))
		.map(({ view, id }) => blockOf(id, view, looking));
	const others = othersIn(contents);
	const last = blockId(board, exercise.summary.length);
	if (others && isIn(settings, last))
		blocks.push(othersBlock(last, { ...looking, contents: others }));
	return {
		part: {
			board: board.id,
			anchor: board.anchor,
			title: asked(exercise.title, board),
			references: facts.references.map((text) => said(text)),
			prompt: asked(exercise.prompt, board),
			counts: facts.counts,
			left: [
				...facts.left,
				...(board.leftOut > 0 ? [words.count('cards_left', board.leftOut)] : [])
			],
			blocks: blocks.flatMap(({ top, besides }) => [top, ...besides])
		},
		whole: blocks.flatMap(({ whole }) => (whole ? [whole] : []))
	};
}
