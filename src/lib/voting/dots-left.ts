/** How many dots somebody has left: of all, or where each column has its own, in each. */
import type { Votes } from '#shared/doc/contents.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { BoardView } from '#shared/facilitation/view.ts';
import type { Votable } from '../room/vote-targets.ts';

type Budget = Pick<BoardView, 'dots'>;

export const dotsLeft = ({ dots }: Budget, given: Votes): number =>
	Math.max(0, dots - Object.values(given).reduce((sum, count) => sum + count, 0));

/** Of each column that has something to vote for: its title, that, and how many are left. */
export const dotsByColumn = (
	board: Budget,
	exercise: Exercise,
	targets: Votable[],
	mine: Votes
): { id: string; title: string; targets: Votable[]; left: number }[] =>
	exercise.columns.flatMap(({ id, title }) => {
		const own = targets.filter(({ column }) => column === id);
		const given = Object.fromEntries(own.map((one) => [one.id, mine[one.id] ?? 0]));
		return own.length === 0 ? [] : [{ id, title, targets: own, left: dotsLeft(board, given) }];
	});
