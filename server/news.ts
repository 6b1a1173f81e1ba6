/**
 * What has happened, told inside the process: whoever changes something tells it here after it was
 * committed, and the sockets pass it on to whom it concerns. A listener never throws.
 */
import type { Votes } from '#shared/doc/contents.ts';
import type { Reaction } from '#shared/facilitation/reactions.ts';
import type { Turn } from '#shared/facilitation/screen-pages.ts';
import type { Tally } from '#shared/facilitation/ways.ts';
import type { BoardId, CardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { SavingView } from '#shared/wire/events.ts';
import type { ActionRow, CommentRow } from './store/notes.ts';
import type { StoredWorkshop } from './store/workshops.ts';
import type { Counts, Late } from './yjs/ports.ts';

export type NewsItem =
	| { kind: 'state'; workshop: StoredWorkshop; started?: BoardId }
	| { kind: 'deleted'; workshop: WorkshopId }
	/** `came`: who has joined just now, or was added. */
	| { kind: 'roster'; workshop: WorkshopId; came?: ParticipantId }
	/** A name that authors have may be another now. */
	| { kind: 'renamed'; workshop: WorkshopId; participant?: ParticipantId }
	| { kind: 'seated'; board: BoardId }
	/** What stands on it, or where, may be otherwise. Screens have that from its document. */
	| { kind: 'board-changed'; board: BoardId }
	/** Somebody has said something without a word. */
	| { kind: 'signal'; workshop: WorkshopId; participant: ParticipantId }
	/** Room screens are to turn their page. */
	| { kind: 'turn'; workshop: WorkshopId; to: Turn }
	/** A room screen shows another page, or has come or gone. */
	| { kind: 'page'; workshop: WorkshopId }
	| { kind: 'wrote'; board: BoardId; people: ParticipantId[] }
	| { kind: 'counted'; board: BoardId; counts: Counts }
	| { kind: 'late'; board: BoardId; late: Late[] }
	/** What of a board waits to be saved, told again while it does; null once nothing does. */
	| { kind: 'saving'; workshop: WorkshopId; board: BoardId; saving: SavingView | null }
	| { kind: 'removed'; workshop: WorkshopId; board: BoardId }
	/** What somebody has voted is otherwise. */
	| {
			kind: 'ballot';
			workshop: WorkshopId;
			board: BoardId;
			participant: ParticipantId;
			/** They have no device: who votes for them is told, and who facilitates. */
			keptBy?: ParticipantId | null;
	  }
	/** What a board's votes come to may be otherwise. */
	| { kind: 'cast'; workshop: WorkshopId; board: BoardId }
	/** Another round of voting is on. */
	| { kind: 'round'; workshop: WorkshopId; board: BoardId }
	/** Whom a participant writes for is otherwise. */
	| { kind: 'seats'; workshop: WorkshopId; keeper: ParticipantId }
	/** What they came to is shown to everybody, or shut. */
	| {
			kind: 'totals';
			workshop: WorkshopId;
			board: BoardId;
			totals: Votes | null;
			tally?: Tally | null;
	  }
	/** What people said of these cards with one tap is otherwise; `own`: of who has just said something. */
	| {
			kind: 'reactions';
			workshop: WorkshopId;
			board: BoardId;
			cards: CardId[];
			own?: { participant: ParticipantId; mine: Record<CardId, Reaction> };
	  }
	| { kind: 'comment'; workshop: WorkshopId; board: BoardId; comment: CommentRow }
	| { kind: 'comment-removed'; workshop: WorkshopId; board: BoardId; comment: string }
	| { kind: 'action'; workshop: WorkshopId; board: BoardId; action: ActionRow }
	| { kind: 'action-removed'; workshop: WorkshopId; board: BoardId; action: string }
	/** People were matched; of all boards, where somebody has gone. */
	| { kind: 'matches'; workshop: WorkshopId; board?: BoardId }
	/** How to reach one of these was left for the other, or taken back. */
	| { kind: 'contact'; workshop: WorkshopId; board: BoardId; people: ParticipantId[] }
	/** Cards of theirs are asked for. */
	| { kind: 'ideas'; people: ParticipantId[] }
	| { kind: 'logged-out'; account: string }
	/** Somebody has no place in this workshop any more: what they have open there closes at once. */
	| {
			kind: 'access-ended';
			workshop: WorkshopId;
			participant?: ParticipantId;
			account?: string;
			/** The room screens too: their link is another now. */
			screens?: boolean;
	  };

export interface News {
	tell(item: NewsItem): void;
	/** Answers how to stop listening. */
	listen(listener: (item: NewsItem) => void): () => void;
}

export function createNews(): News {
	const listeners = new Set<(item: NewsItem) => void>();
	return {
		tell: (item) => listeners.forEach((listener) => listener(item)),
		listen(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		}
	};
}
