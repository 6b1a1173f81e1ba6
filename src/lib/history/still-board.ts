/** A board of an earlier moment, for the surface that draws boards: nothing on it can be changed. */
import type { BoardValue } from '#shared/doc/contents.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { AuthorKey, BoardId, ParticipantId } from '#shared/ids.ts';
import type { BoardAround, ShownBoard } from '$lib/board/surface.svelte.ts';

export function stillBoard(exercise: Exercise, value: BoardValue): ShownBoard {
	return {
		exercise,
		value,
		author: null,
		moving: {},
		hold() {},
		place() {},
		makeGroup: () => '',
		joinGroup() {},
		leaveGroup() {},
		dissolve() {},
		title: () => null
	};
}

/** What is told beside a board: who wrote what, where it has names. What was said and voted is of no moment. */
export const stillAround = (
	board: BoardId,
	names: Record<AuthorKey, string>,
	people: { id: ParticipantId; name: string }[]
): BoardAround => ({
	authors: {
		[board]: Object.fromEntries(
			Object.entries(names).map(([key, name]) => [key, { participant: '', name }])
		)
	},
	people: people.map((person) => ({ ...person, here: false, joinedAt: 0 })),
	comments: {},
	totals: {},
	reactions: {},
	reacted: {},
	waiting: [],
	send: () => Promise.resolve({ ok: false, refusal: 'not-allowed' })
});
