/** How the room is to vote, while that is put together in a dialog: what is typed, and whether it will do. */
import type { Exercise, Field } from '#shared/exercises/format.ts';
import type { CommandOf } from '#shared/facilitation/commands.ts';
import type { BoardView } from '#shared/facilitation/view.ts';
import type { Axis, Voting } from '#shared/facilitation/ways.ts';

export interface VotingDraft {
	way: Voting['way'];
	on: Voting['on'];
	/** None: all of them. */
	columns: string[];
	perColumn: boolean;
	dots: string;
	onOne: string;
	axes: { x: Axis; y: Axis };
	together: boolean;
}

type Board = Pick<BoardView, 'voting' | 'dots' | 'dotsOnOne'>;
type Scale = Extract<Field, { type: 'scale' }>;

/** The scales that an exercise asks for: axes for a placing. */
export const scalesOf = (exercise: Exercise | undefined): Scale[] =>
	(exercise?.fields ?? []).filter((field) => field.type === 'scale');

export const axisOf = ({ title, low, high }: Scale): Axis => ({
	title: title.slice(0, 80),
	low: low.slice(0, 40),
	high: high.slice(0, 40)
});

/** As the board has it now; its axes are the exercise's own where it has none yet, else `plain`. */
export function draftOf(
	{ voting, dots, dotsOnOne }: Board,
	exercise: Exercise | undefined,
	plain: VotingDraft['axes']
): VotingDraft {
	const [x, y] = scalesOf(exercise);
	const own = x && y ? { x: axisOf(x), y: axisOf(y) } : plain;
	return {
		way: voting.way,
		on: voting.on,
		columns: voting.columns ?? [],
		perColumn: voting.perColumn,
		dots: String(dots),
		onOne: String(dotsOnOne),
		axes: voting.axes ?? own,
		together: voting.together
	};
}

export type Wrong = 'dots' | 'order' | 'axes';

const MOST = 20;
const isCount = (typed: string) => /^\d+$/.test(typed.trim()) && +typed >= 1 && +typed <= MOST;
const isAxis = ({ title, low, high }: Axis) =>
	[title, low, high].every((words) => words.trim() !== '') &&
	title.trim().length <= 80 &&
	low.trim().length <= 40 &&
	high.trim().length <= 40;

/** What will not do; null where all will. */
export function wrongIn(draft: VotingDraft): Wrong | null {
	if (draft.way === 'order' && !isCount(draft.dots)) return 'order';
	if (
		draft.way === 'dots' &&
		!(isCount(draft.dots) && isCount(draft.onOne) && +draft.onOne <= +draft.dots)
	)
		return 'dots';
	return draft.way === 'placing' && !(isAxis(draft.axes.x) && isAxis(draft.axes.y)) ? 'axes' : null;
}

/** Of a voting, what goes with its way: what the other ways have, it has not. */
export function votingOf(draft: VotingDraft): Omit<CommandOf<'set-voting'>, 'type'> {
	const { way, on } = draft;
	return {
		way,
		// A list of answers is the exercise's own.
		...(on === 'options' ? {} : { on, columns: draft.columns.length === 0 ? null : draft.columns }),
		perColumn: way === 'dots' && draft.perColumn,
		axes: way === 'placing' ? draft.axes : null,
		together: way === 'placing' && draft.together
	};
}

/** Whether it is another voting than the board has. */
function isOther(draft: VotingDraft, { voting }: Pick<Board, 'voting'>): boolean {
	const before: Record<string, unknown> = { ...voting };
	return Object.entries(votingOf(draft)).some(
		([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key])
	);
}

/** How many there are, where the way asks for a number and it is another; null: as it is. */
export function dotsOf(
	draft: VotingDraft,
	board: Pick<Board, 'dots' | 'dotsOnOne'>
): Omit<CommandOf<'set-dots'>, 'type'> | null {
	if (draft.way !== 'dots' && draft.way !== 'order') return null;
	const dots = Number(draft.dots);
	// In an order each stands once: how many dots may lie on one is as it was.
	const onOne = draft.way === 'dots' ? Number(draft.onOne) : Math.min(dots, board.dotsOnOne);
	return dots === board.dots && onOne === board.dotsOnOne ? null : { dots, onOne };
}

/** Whether this, while people vote, is another round: another voting, or fewer than some may have placed. */
export function isAnew(draft: VotingDraft, board: Board): boolean {
	const { dots, onOne } = dotsOf(draft, board) ?? { dots: board.dots, onOne: board.dotsOnOne };
	return isOther(draft, board) || dots < board.dots || onOne < board.dotsOnOne;
}

/** All of it in one command, so that nothing is half done; null: it is as the board has it. */
export function commandOf(
	draft: VotingDraft,
	board: Board
): CommandOf<'set-voting'> | CommandOf<'set-dots'> | null {
	const dots = dotsOf(draft, board);
	if (isAnew(draft, board)) return { type: 'set-voting', ...votingOf(draft), ...dots };
	return dots && { type: 'set-dots', ...dots };
}
