/** What an export is made of. Whoever asks has been allowed to, and nothing here is still private. */
import type { BoardValue, CommentValue } from '#shared/doc/contents.ts';
import type { BoardContents } from '#shared/exercises/views.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import type { BoardId, Language, WorkshopId } from '#shared/ids.ts';

export interface BoardInput {
	id: BoardId;
	state: BoardState;
	/** Hidden cards left out. */
	contents: BoardContents;
	/** Hidden cards included: for the JSON, which marks them. */
	all: BoardValue;
	comments: CommentValue[];
}

export interface ExportInput {
	workshop: {
		id: WorkshopId;
		title: string;
		language: Language;
		anonymous: boolean;
		openedAt: number | null;
		closedAt: number | null;
		facilitator: string;
		people: number;
	};
	/** In the order in which they were started. */
	boards: BoardInput[];
}

/** Comments and actions in the order in which they came. */
export const byTime = (a: { at: number; id: string }, b: { at: number; id: string }): number =>
	a.at - b.at || (a.id < b.id ? -1 : 1);
