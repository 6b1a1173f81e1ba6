/** What an export is made of. Whoever asks has been allowed to, and nothing here is still private. */
import type { BoardValue, CommentValue } from '#shared/doc/contents.ts';
import type { BoardContents } from '#shared/exercises/views.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import type { Logo, SummarySettings } from '#shared/summary/settings.ts';
import type { AuthorKey, BoardId, Language, ParticipantId, WorkshopId } from '#shared/ids.ts';

export interface BoardInput {
	id: BoardId;
	state: BoardState;
	/** Hidden cards left out. */
	contents: BoardContents;
	/** Hidden cards included: for the JSON, which marks them. */
	all: BoardValue;
	/** How many cards are hidden, also where `all` has none of them: participants are given none. */
	hidden: number;
	comments: CommentValue[];
	/** Who is behind each author; empty on an anonymous board. */
	seats: Record<AuthorKey, ParticipantId>;
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
	/** Everybody who has or had a seat; `aside`: not counted among the people. */
	seats: { id: ParticipantId; name: string; aside: boolean }[];
	/** In the order in which they were started. */
	boards: BoardInput[];
	/** What facilitators made of the summary. */
	summary: SummarySettings;
	logo: Logo | null;
}

/** Comments and actions in the order in which they came. */
export const byTime = (a: { at: number; id: string }, b: { at: number; id: string }): number =>
	a.at - b.at || (a.id < b.id ? -1 : 1);
