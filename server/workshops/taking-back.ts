/**
 * Taking the last command of facilitation back: the workshop as it was before it. A board that was
 * started since goes with it, unless somebody has written or voted there. Its room is shut until the
 * change is committed, or is not: whoever comes meanwhile waits. Votes, and what else stands in rows,
 * are looked for once more in the commit itself (`store/workshops.ts`).
 */
import type { BoardState, WorkshopState } from '#shared/facilitation/state.ts';
import { undone } from '#shared/facilitation/undo.ts';
import { refuse, type Refusal } from '#shared/refusals.ts';
import type { Change, StoredWorkshop, WorkshopStore } from '#server/store/workshops.ts';
import type { Rooms } from '#server/yjs/ports.ts';

export interface TakenBack {
	state: WorkshopState;
	/** When the command was given. */
	at: number;
	undoes: NonNullable<Change['undoes']>;
	/** Once it is committed, or is not. */
	reopen: () => void;
}

interface TakingBackDeps {
	store: Pick<WorkshopStore, 'formerState' | 'isUntouched'>;
	rooms: Pick<Rooms, 'shutBlank'>;
}

/** The workshop before its last command. */
export async function takenBack(
	{ store, rooms }: TakingBackDeps,
	{ id, state }: StoredWorkshop,
	now: number
): Promise<TakenBack | Refusal> {
	const version = state.past.at(-1)?.version;
	const former = version === undefined ? null : await store.formerState(id, version);
	if (version === undefined || !former) return refuse('nothing-to-undo');
	const { state: before, at } = former;
	const back = { state: undone(before, state, now), at };
	const board = startedSince(before, state)?.id;
	if (board === undefined) return { ...back, undoes: { version }, reopen: () => {} };
	const isUntouched = await store.isUntouched(board);
	const reopen = isUntouched ? await rooms.shutBlank(board) : null;
	return reopen ? { ...back, undoes: { version, board }, reopen } : refuse('already-written');
}

/** The board that there was not before. */
export const startedSince = (before: WorkshopState, after: WorkshopState): BoardState | undefined =>
	after.boards.find(({ id }) => !before.boards.some((board) => board.id === id));
