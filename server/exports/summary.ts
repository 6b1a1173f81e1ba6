/** A whole workshop, as the plain value that `templates/summary.typ` sets: what every exercise's summary asks for. */
import { blockOf, type Block } from './blocks.ts';
import {
	actionRows,
	commentsShown,
	factsOf,
	frontOf,
	type ActionRow,
	type Facts,
	type Front
} from './front.ts';
import type { BoardInput, ExportInput } from './input.ts';
import { clean, oneLine, type Paragraph } from './text.ts';
import type { Words } from './words.ts';

interface SummaryPage {
	front: Front;
	exercises: { title: string; rows: { title: Paragraph; facts: Facts; to: string }[] };
	actions: {
		title: string;
		none: string;
		head: string[];
		boards: { title: Paragraph; rows: ActionRow[] }[];
	};
	boards: { title: Paragraph; label: string; facts: Facts; blocks: Block[] }[];
	nothing: string;
}

/** The workshop's summary, ready to be set. */
export function summaryPage(input: ExportInput, words: Words, now: number): SummaryPage {
	const { workshop, boards } = input;
	const facts = boards.map((board) => factsOf(board, words));
	const title = (board: BoardInput) => oneLine(board.contents.exercise.title);
	const count = (of: (board: BoardInput) => number) =>
		boards.reduce((sum, one) => sum + of(one), 0);
	return {
		front: {
			...frontOf(input, words, now),
			title: oneLine(workshop.title),
			over: oneLine(words.say('export_summary')),
			document: clean(`${workshop.title}: ${words.say('export_summary')}`),
			facts: {
				references: [],
				prompt: [],
				counts: [
					words.count('people', workshop.people),
					words.count('exercises', boards.length),
					words.count(
						'cards',
						count((board) => board.contents.board.cards.length)
					),
					words.count('comments', count(commentsShown)),
					words.count(
						'actions',
						count((board) => board.contents.actions.length)
					)
				],
				left: [words.say('export_private')]
			}
		},
		exercises: {
			title: words.say('export_exercises'),
			rows: boards.map((board, i) => ({
				title: title(board),
				facts: facts[i]!,
				to: `board-${i + 1}`
			}))
		},
		actions: {
			title: words.say('export_actions'),
			none: words.say('export_no_actions'),
			head: [words.say('export_what'), words.say('export_who'), words.say('export_when')],
			boards: boards
				.map((board) => ({ title: title(board), rows: actionRows(board, words) }))
				.filter(({ rows }) => rows.length > 0)
		},
		boards: boards.map((board, i) => ({
			title: title(board),
			label: `board-${i + 1}`,
			facts: facts[i]!,
			blocks: board.contents.exercise.summary.map((view) => blockOf(view, board.contents, words))
		})),
		nothing: words.say('export_nothing')
	};
}
