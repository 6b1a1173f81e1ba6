/** The history of a board: moments of how it lay, and what is otherwise between two of them. */
import type { BoardValue } from './doc/contents.ts';
import { isSamePlace, type Lay } from './doc/lay.ts';
import type { Phase } from './exercises/format.ts';
import type { BoardState } from './facilitation/state.ts';
import type { CardId } from './ids.ts';

/**
 * Why a moment was kept: a phase began, a minute was over in which the board had changed, or it was
 * about to be put back to another.
 */
export type Why = 'phase' | 'minute' | 'restored';

/** How a board lay, and what of it was hidden and taken off. Never what any card said. */
export interface MomentLay extends Lay {
	hidden: CardId[];
	/** Taken off by facilitators; what its author took back is not in here. */
	removed: CardId[];
}

/** How many, of each kind of change. */
export interface Changes {
	moved: number;
	came: number;
	gone: number;
	hidden: number;
	shown: number;
	groupsMade: number;
	groupsGone: number;
	groupsNamed: number;
}

export interface MomentView {
	at: number;
	/** The phase that began then, or in which it was. */
	phase: Phase;
	why: Why;
	/** Since the moment before; null for the first. */
	changes: Changes | null;
}

/** A moment as it is shown: with the words that cards have now. */
export interface MomentBoard {
	at: number;
	board: BoardValue;
	hidden: CardId[];
	/** Cards that lay there and can be shown no more. */
	lost: number;
	/** What would be otherwise if the board were put back to it now. */
	restoring: Changes;
}

/** From one to another. */
export function changesBetween(before: MomentLay, after: MomentLay): Changes {
	const was = new Map(before.cards.map((card) => [card.id, card]));
	const is = new Set(after.cards.map(({ id }) => id));
	const stayed = after.cards.filter(({ id }) => was.has(id));
	const hiddenThen = new Set(before.hidden);
	const hiddenNow = new Set(after.hidden);
	const groups = new Map(before.groups.map((group) => [group.id, group]));
	const groupsNow = new Set(after.groups.map(({ id }) => id));
	return {
		moved: stayed.filter((card) => !isSamePlace(card, was.get(card.id))).length,
		came: after.cards.length - stayed.length,
		gone: before.cards.filter(({ id }) => !is.has(id)).length,
		hidden: after.hidden.filter((id) => !hiddenThen.has(id)).length,
		shown: before.hidden.filter((id) => is.has(id) && !hiddenNow.has(id)).length,
		groupsMade: after.groups.filter(({ id }) => !groups.has(id)).length,
		groupsGone: before.groups.filter(({ id }) => !groupsNow.has(id)).length,
		groupsNamed: after.groups.filter(({ id, title }) => (groups.get(id)?.title ?? title) !== title)
			.length
	};
}

export const isUnchanged = (changes: Changes): boolean =>
	Object.values(changes).every((count) => count === 0);

/**
 * Whether a board may be put back to how it lay: it has been shown, and nobody is voting for what
 * lies there. It is the server that writes: neither the phase nor a lock has to let anybody arrange.
 */
export const mayRestore = (board: Pick<BoardState, 'phase' | 'revealed'>): boolean =>
	board.revealed && board.phase !== 'vote';
