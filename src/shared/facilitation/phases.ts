/**
 * Which phase follows which, and what each allows. A notebook is never refused for its timing:
 * the phase decides only whether it is forwarded to the board.
 */
import { RUNNING_PHASES, type Column, type Phase } from '../exercises/format.ts';
import type { Role } from '../permissions.ts';
import type { BoardState, Closing, Grouping } from './state.ts';

/** How long after a phase, in ms, frames still count that were on their way when it ended. */
export const GRACE = 3000;

/** The phase after this one; `done` after the last, and nothing after that. */
export function nextPhase(board: Pick<BoardState, 'phase' | 'phases'>): Phase | null {
	if (board.phase === 'done') return null;
	const later = board.phases.find(({ phase }) => isAfter(phase, board.phase));
	return later?.phase ?? 'done';
}

/** The planned phase before this one; nothing before the first, and a finished board stays so. */
export function previousPhase(board: Pick<BoardState, 'phase' | 'phases'>): Phase | null {
	if (board.phase === 'done') return null;
	return board.phases.findLast(({ phase }) => isAfter(board.phase, phase))?.phase ?? null;
}

type Collected = Partial<Pick<BoardState, 'collecting'>>;

/** Whether answers come in to it in people's own time: neither live nor done. */
export const collects = (board: Collected & Pick<BoardState, 'phase'>): boolean =>
	!!board.collecting && board.phase !== 'done';

/** Collected, and finished without ever having been on in the room. */
export const neverLive = (board: Collected & Pick<BoardState, 'phase'>): boolean =>
	!!board.collecting && board.phase === 'done';

/** Whether `phase` comes later in an exercise than `other`. */
export const isAfter = (phase: Phase, other: Phase): boolean => rank(phase) > rank(other);
const rank = (phase: Phase) =>
	phase === 'done' ? RUNNING_PHASES.length : RUNNING_PHASES.indexOf(phase);

/** What decides about writing. A `BoardView` has no `closing`: its reader knows of no grace. */
type Written = Pick<BoardState, 'phase' | 'revealed' | 'muted' | 'locked'> & {
	closing?: Closing | null;
};

/** Whether what arrives in a notebook now goes on to the board. */
export function forwards(board: Written, now: number): boolean {
	return forwardsInPhase(board) || (inGrace(board.closing, now)?.forwarded ?? false);
}

function forwardsInPhase(board: Written): boolean {
	if (!board.revealed || board.muted) return false;
	switch (board.phase) {
		case 'write':
		case 'group':
			return true;
		case 'share':
		case 'discuss':
			return !board.locked;
		case 'brief':
		case 'vote':
		case 'act':
		case 'done':
			return false;
	}
}

/** Who arranges the board now, the grace included. */
export function arranging(board: Arrangeable, now: number): Grouping | 'nobody' {
	const inPhase = arrangingInPhase(board);
	const before = inGrace(board.closing, now)?.arranging ?? 'nobody';
	if (inPhase === 'everyone' || before === 'everyone') return 'everyone';
	return inPhase === 'nobody' ? before : inPhase;
}

/** A `BoardView` has no `closing`: its reader gets no grace, and stops when the phase ends. */
type Arrangeable = Pick<BoardState, 'phase' | 'grouping'> & { closing?: Closing | null };

function arrangingInPhase(board: Arrangeable): Grouping | 'nobody' {
	switch (board.phase) {
		case 'group':
			return board.grouping;
		case 'discuss':
		case 'act':
			return 'facilitators';
		case 'brief':
		case 'write':
		case 'share':
		case 'vote':
		case 'done':
			return 'nobody';
	}
}

const inGrace = (closing: Closing | null | undefined, now: number): Closing | null =>
	closing && now - closing.at <= GRACE ? closing : null;

export const isFacilitator = (role: Role): boolean =>
	role === 'facilitator' || role === 'co-facilitator';
const takesPart = (role: Role) => isFacilitator(role) || role === 'participant';

/** Whether placements and groups may be written by this role now. */
export function mayArrange(board: Arrangeable, role: Role, now: number): boolean {
	const who = arranging(board, now);
	return who === 'everyone' ? takesPart(role) : who === 'facilitators' && isFacilitator(role);
}

type InPhase = Pick<BoardState, 'phase'>;
type Shuttable = Pick<BoardState, 'phase' | 'shut'>;

/** From the reveal to the actions, whoever takes part. */
export const mayComment = (board: Shuttable): boolean =>
	isAfter(board.phase, 'write') && board.phase !== 'done' && !board.shut.includes('comments');

/** With one tap: while it may be said in words. */
export const mayReact = (board: Shuttable): boolean => mayComment(board);

/** In `vote`; or, where it is open throughout, from when the board is revealed until it is done. */
export const isVoting = (board: InPhase & Pick<BoardState, 'revealed' | 'voting'>): boolean =>
	board.phase === 'vote' ||
	(board.voting.open === 'throughout' && board.revealed && board.phase !== 'done');

export const mayVote = (board: Parameters<typeof isVoting>[0] & Shuttable): boolean =>
	isVoting(board) && !board.shut.includes('votes');

/** Everyone writes down actions in `act`; facilitators from `discuss` on, and afterwards. */
export function mayAddAction(board: InPhase, role: Role): boolean {
	if (board.phase === 'act') return takesPart(role);
	return (board.phase === 'discuss' || board.phase === 'done') && isFacilitator(role);
}

/** One's own in `act`; facilitators any, from `discuss` on. */
export const mayChangeAction = (board: InPhase, role: Role, own: boolean): boolean =>
	mayAddAction(board, role) && (own || isFacilitator(role));

/** Whether new cards are asked for in this column now: whether its composer is open. */
export function takesCards(
	board: Pick<BoardState, 'phase' | 'locked' | 'muted'>,
	column: Pick<Column, 'opens'>
): boolean {
	if (board.muted) return false;
	switch (board.phase) {
		case 'write':
			return column.opens !== 'share';
		case 'share':
		case 'group':
		case 'discuss':
			return !board.locked;
		case 'brief':
		case 'vote':
		case 'act':
		case 'done':
			return false;
	}
}
