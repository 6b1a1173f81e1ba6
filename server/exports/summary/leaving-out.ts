/** What facilitators left out of the summary: cards, from everything that is counted or drawn in it. */
import type { Summary } from '#shared/summary/model.ts';
import { SECTIONS, type SummarySettings } from '#shared/summary/settings.ts';
import type { BoardContents } from '#shared/exercises/views.ts';
import type { BoardInput, ExportInput } from '../input.ts';
import { othersIn } from './others.ts';

/** A board that the summary looks at, and how many of its cards it does not look at. */
export interface SummedBoard extends BoardInput {
	/** `board-1`: its place among all boards, also where others are left out. */
	anchor: string;
	leftOut: number;
}

/** The boards without the cards that were left out. What a group got in votes stays with the others in it. */
export function boardsToSum({ boards, summary }: ExportInput): SummedBoard[] {
	const gone = new Set(summary.cards);
	return boards.map((board, i) => {
		const { contents } = board;
		const sources = Object.fromEntries(
			Object.entries(contents.sources ?? {}).filter(
				([card, { of }]) => !gone.has(card) && !gone.has(of.card)
			)
		);
		const cards = contents.board.cards.filter(({ id }) => !gone.has(id));
		const leftOut = contents.board.cards.length - cards.length;
		const taken = new Set(contents.board.cards.map(({ id }) => id).filter((id) => gone.has(id)));
		const whole = {
			...board,
			contents: { ...contents, sources },
			anchor: `board-${i + 1}`,
			leftOut
		};
		if (leftOut === 0) return whole;
		const groups = contents.board.groups.map((group) => ({
			...group,
			cards: group.cards.filter((id) => !gone.has(id))
		}));
		// A group stands while something is in it, be it a group.
		const standing = groups.filter(
			({ id, cards: own }) =>
				own.length > 0 || groups.some((inner) => inner.group === id && inner.cards.length > 0)
		);
		const ids = new Set([...cards, ...standing].map(({ id }) => id));
		return {
			...whole,
			all: { ...board.all, cards: board.all.cards.filter((card) => !taken.has(card.id)) },
			contents: {
				...contents,
				sources,
				board: {
					groups: standing,
					cards: cards.map(({ answers, ...card }) =>
						answers === undefined || gone.has(answers) ? card : { ...card, answers }
					)
				},
				votes:
					contents.votes &&
					Object.fromEntries(
						Object.entries(contents.votes).filter(([id]) => ids.has(id) || isOption(contents, id))
					)
			}
		};
	});
}

const isOption = ({ voted }: BoardContents, target: string): boolean =>
	voted?.voting.options.some(({ id }) => id === target) ?? false;

/** Whether a section stands in the summary. */
export const isIn = (settings: SummarySettings, section: string): boolean =>
	!settings.leftOut.includes(section);

/** How many sections are left out of those that there are; a board counts once, with all that is in it. */
export function sectionsLeftOut(settings: SummarySettings, boards: SummedBoard[]): number {
	const known = boards.flatMap((board) => [
		board.id,
		...(isIn(settings, board.id)
			? Array.from({ length: blocksOf(board.contents) }, (_, i) => blockId(board, i))
			: [])
	]);
	return [...SECTIONS, ...known].filter((section) => !isIn(settings, section)).length;
}

/** How many parts an exercise has: what it asks for, and what that passes over. */
const blocksOf = (contents: BoardContents): number =>
	contents.exercise.summary.length + (othersIn(contents) ? 1 : 0);

export const blockId = (board: { id: string }, index: number): Summary['parts'][number]['board'] =>
	`${board.id}/${index}`;
