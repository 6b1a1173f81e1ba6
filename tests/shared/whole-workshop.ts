/** What holds of a workshop at every moment, from one moment to the next, and after `undo`. */
import { expect } from 'vitest';
import { RUNNING_PHASES, type Phase } from '#shared/exercises/format.ts';
import type { FacilitationCommand } from '#shared/facilitation/commands.ts';
import { collects } from '#shared/facilitation/phases.ts';
import type { BoardState, WorkshopState } from '#shared/facilitation/state.ts';
import { ownVotes, tallyOf, type Cast } from '#shared/facilitation/tally.ts';
import { LEAST_LEFT, resumeTimer, timeLeft } from '#shared/facilitation/timer.ts';
import { columnOf, PEOPLE } from './any-command.ts';

const rank = (phase: Phase) =>
	phase === 'done' ? RUNNING_PHASES.length : RUNNING_PHASES.indexOf(phase);

/** Thousands of times in a test: `expect` is asked only to say what differs. */
function holds(what: string, is: boolean): void {
	if (!is) throw new Error(what);
}
function same(is: unknown, expected: unknown): void {
	if (JSON.stringify(is) !== JSON.stringify(expected)) expect(is).toEqual(expected);
}
const once = (what: string, ids: unknown[]) => holds(what, new Set(ids).size === ids.length);

/** CO11, CB10, TB1, PO2: at any moment. */
export function checkState(state: WorkshopState): void {
	const { waiting, agenda, break: resting } = state;
	once('who sits sits once', state.tables?.flatMap(({ people }) => people) ?? []);
	if (state.atTables) holds('at tables there are some', state.tables !== null);
	if (state.status === 'closed') holds('after the close all are together', !state.atTables);
	const live = state.boards.find(({ id }) => id === state.live);
	const waits = state.boards.find(({ id }) => id === waiting?.board);
	const running = state.boards.filter((board) => board.phase !== 'done' && !collects(board));
	// One is live; what waits is never done and is not what is live.
	same(
		running.map(({ id }) => id),
		[waiting?.board, state.live].filter((id) => id !== undefined && id !== null)
	);
	if (waiting) {
		holds('what waits waits for a poll', live?.index === null && waits?.index !== null);
		holds('what waits has its clock stopped', waits?.timer.kind !== 'running');
	}
	if (state.live) holds('what is live needs an open workshop', state.status === 'open');
	if (state.live && resting)
		holds('beside a board a break is of the moment', resting.index === null);
	if (resting?.stopped) holds('a break has stopped the clock', live?.timer.kind === 'paused');
	if (resting && resting.index !== null)
		holds('a break is in the agenda', agenda[resting.index]?.kind === 'break');
	once(
		'boards are different',
		state.boards.map(({ id }) => id)
	);
	once(
		'an item has one board',
		state.boards.flatMap(({ index }) => index ?? [])
	);
	for (const board of state.boards) checkBoard(board, state);
}

function checkBoard(board: BoardState, { agenda, status }: WorkshopState): void {
	const { index, phase, phases, revealed, writing, timer } = board;
	const item = index === null ? null : agenda[index];
	if (item === null) holds('a poll has one phase', phases.length === 1);
	else
		holds(
			'its item is in the agenda',
			item?.kind === 'exercise' && item.exercise === board.exercise
		);
	holds('it plans its phase', phase === 'done' || phases.some((one) => one.phase === phase));
	holds('done is finished', (board.finishedAt !== null) === (phase === 'done'));
	if (writing === 'open') holds('open is revealed', revealed);
	if (phase === 'write' && revealed) holds('revealed is open', writing === 'open');
	if (phase !== 'brief' && phase !== 'write') holds('after writing it is revealed', revealed);
	if (collects(board)) {
		holds('collecting is private', phase === 'write' && writing === 'private' && !revealed);
		holds('collecting has no clock', timer.kind === 'none');
		holds('nothing collects when closed', status !== 'closed');
	}
	once('a card is hidden once', board.hidden);
	once('rounds are different', [...board.rounds.map(({ round }) => round), board.round]);
	const ends = timer.kind === 'running' ? timer.endsAt : timer.kind === 'paused' ? timer.left : 0;
	const times = [board.startedAt, board.phaseStartedAt, ends, ...Object.values(board.left)];
	holds('times are finite', times.every(Number.isFinite));
}

/** What never changes once it is so; and a board goes only the way that it was told to. */
export function checkStep(
	before: WorkshopState,
	now: WorkshopState,
	command: FacilitationCommand
): void {
	for (const old of before.boards) {
		const board = now.boards.find(({ id }) => id === old.id);
		if (!board) throw new Error('a board is gone');
		if (old.revealed) holds('a reveal stays', board.revealed);
		if (old.finishedAt !== null) same({ ...board, hidden: [] }, { ...old, hidden: [] });
		if (board.phase !== old.phase) same(board.phase, wayOf(old, command));
	}
}

/** The phase that this command leads to. */
function wayOf({ phase, phases }: BoardState, command: FacilitationCommand): Phase | null {
	const planned = phases.map((one) => one.phase);
	switch (command.type) {
		case 'next':
			return planned.find((one) => rank(one) > rank(phase)) ?? 'done';
		case 'back':
			return planned.findLast((one) => rank(one) < rank(phase)) ?? null;
		case 'go':
			return command.phase;
		case 'finish':
		case 'close':
		case 'end-collecting':
			return 'done';
		default:
			return null;
	}
}

/**
 * TF22: `back` is `before` again, all of it, but for what people have seen or done since, up to
 * `left`: each exception is in `seen`, with when it may be one.
 */
export function checkTakenBack(
	before: WorkshopState,
	left: WorkshopState,
	back: WorkshopState,
	now: number
): void {
	const apart = (state: WorkshopState) => ({ ...state, boards: [], past: [] });
	same(apart(back), apart(before));
	same(back.past, left.past.slice(0, -1));
	same(
		back.boards,
		before.boards.map((was, at) => {
			const since = left.boards.find(({ id }) => id === was.id);
			const closing = back.boards[at]?.closing ?? null;
			return since ? { ...seen(was, since), closing } : was;
		})
	);

	function seen(was: BoardState, since: BoardState): BoardState {
		const is = { ...was };
		// What was shown is shown, and nobody writes it in private again.
		is.revealed = was.revealed || since.revealed;
		if (is.revealed && rank(was.phase) <= rank('write')) is.writing = 'open';
		// What was revealed collects no more.
		if (collects(was) && is.revealed) {
			is.phase = 'done';
			is.finishedAt = since.finishedAt ?? now;
		}
		// A ballot that was recorded meanwhile.
		if (was.phase === since.phase) is.ballot = since.ballot;
		// Dots that people may have placed meanwhile.
		if (was.round === since.round) {
			is.dots = Math.max(was.dots, since.dots);
			is.dotsOnOne = Math.max(was.dotsOnOne, since.dotsOnOne);
		}
		// A round that was taken back is known.
		is.lastRound = Math.max(since.round, since.lastRound);
		// A clock that would go on by itself at once.
		if (before.goesOn === 'by-clock' && (timeLeft(was.timer, now) ?? 1) <= 0)
			is.timer = { kind: 'paused', left: LEAST_LEFT };
		// A clock that stood still for a poll.
		if (left.waiting?.board === was.id && before.live === was.id && was.timer.kind === 'running')
			is.timer = resumeTimer(since.timer, now);
		return is;
	}
}

/** VO2, VO10, VO12, VO16, VO23: what stands in `rows`, round by round. `gone`: rounds that were taken back. */
export function checkVotes(board: BoardState, rows: Cast[], gone: ReadonlySet<number>): void {
	const rounds = [...board.rounds, board];
	const known = new Set(rounds.map(({ round }) => round));
	holds('no round is used again', ![...known].some((round) => gone.has(round)));
	if (rows.length === 0) return;
	for (const round of rounds)
		for (const person of PEOPLE)
			checkOwn(
				round,
				rows.filter((row) => row.participant === person)
			);
	const { totals, tally } = tallyOf(board, rows);
	// Only what is of its rounds counts, and as the result that is on only what is of that one.
	same(
		{ totals, tally },
		tallyOf(
			board,
			rows.filter(({ round }) => known.has(round))
		)
	);
	const now = rows.filter(({ round }) => round === board.round);
	same(Object.keys(totals).sort(), [...new Set(now.map(({ target }) => target))].sort());
	same(tally.people, new Set(now.map(({ participant }) => participant)).size);
}

/** One person's votes of one round are within what everybody has. */
function checkOwn(
	round: Pick<BoardState, 'round' | 'voting' | 'dots' | 'dotsOnOne'>,
	rows: Cast[]
): void {
	const { way, perColumn } = round.voting;
	const mine = Object.entries(ownVotes(rows, round).mine);
	const counts = mine.map(([, count]) => count);
	if (way === 'rating')
		holds(
			'a rating is 1 to 5',
			counts.every((one) => one >= 1 && one <= 5)
		);
	if (way === 'order') holds('an order is as long as there are dots', mine.length <= round.dots);
	if (way !== 'dots') return;
	holds(
		'more on one than may be',
		counts.every((one) => one >= 1 && one <= round.dotsOnOne)
	);
	const spent: Record<string, number> = {};
	for (const [id, count] of mine) {
		const from = (perColumn && columnOf(id)) || 'all';
		spent[from] = (spent[from] ?? 0) + count;
	}
	holds(
		'more dots than there are',
		Object.values(spent).every((all) => all <= round.dots)
	);
}
