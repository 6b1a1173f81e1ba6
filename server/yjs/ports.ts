/**
 * What the boards' documents and the rest of the server know of each other: `rooms.ts` offers
 * `Rooms`, the commands use it, and `create-app.ts` brings them together.
 */
import type { WebSocket } from 'ws';
import type { BoardValue, CardValue } from '#shared/doc/contents.ts';
import type { Lay } from '#shared/doc/lay.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { Who } from '#shared/permissions.ts';
import type { BoardState, Status } from '#shared/facilitation/state.ts';
import type { AuthorKey, BoardId, CardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { Refusal } from '#shared/refusals.ts';
import type { SavingView } from '#shared/wire/events.ts';

/** What a room needs to know of its board from facilitation. */
export interface BoardFacts {
	workshop: WorkshopId;
	status: Status;
	exercise: Exercise;
	state: BoardState;
	epoch: string;
}

/** Who sits at a `/yjs/` socket: settled at the upgrade. */
export interface Connecting {
	board: BoardId;
	document: 'board' | 'notebook';
	who: Who;
	/** The seat whose notebook it is: the participant's, a facilitator's own, or that of somebody without a device. */
	seat: ParticipantId | null;
	/** Of a facilitator's own seat, whose it is. */
	account: string | null;
	/** Asked for committed counts and the epoch (`?ack=1`). */
	ack: boolean;
	/** The history that the client's copy is of, where it has one. */
	epoch: string | null;
}

export interface Counts {
	cards: number;
	people: number;
	writing: number;
}

export interface Late {
	participant: ParticipantId;
	cards: number;
}

/** News from the rooms, coalesced (at most a few a second for each board). */
export interface RoomNews {
	counted(board: BoardId, counts: Counts): void;
	/** Who has put down a card, on a board that has names. */
	wrote(board: BoardId, people: ParticipantId[]): void;
	/** Cards held back after a phase, for the facilitator and each author. */
	held(board: BoardId, late: Late[]): void;
	/** What of a board waits to be saved; null once nothing does. Told without the database. */
	waiting(workshop: WorkshopId, board: BoardId, saving: SavingView | null): void;
	/** What stands on a board, or where, may be otherwise: told with what was committed. */
	changed(board: BoardId): void;
	/** A new author took a seat. */
	seated(board: BoardId): void;
}

export interface Rooms {
	/** Serves one upgraded socket until it closes. Never throws. */
	serve(socket: WebSocket, connecting: Connecting): Promise<void>;
	/** What the database does not have: bytes, and for how long the oldest has waited, in ms. */
	unsaved(): { bytes: number; oldest: number };
	/** Takes on a board's new state after it was committed: forwards what is now to be forwarded, closes what ended. */
	adopt(facts: BoardFacts): Promise<void>;
	/** Everything on the board, committed, hidden cards included. */
	read(board: BoardId): Promise<BoardValue>;
	/** How it lies, committed: without a word of any card. */
	lay(board: BoardId): Promise<Lay>;
	/** Makes it lie as it lay. */
	putBack(board: BoardId, lay: Lay): Promise<void>;
	/** Counts of the notebooks: also before the reveal, when `read` gives nothing. */
	counts(board: BoardId): Promise<Counts>;
	late(board: BoardId): Promise<Late[]>;
	/**
	 * Ends the room of a board that may go, on which nobody has written, not even a draft. Whoever comes
	 * waits until what this answers is called. Null where somebody has written.
	 */
	shutBlank(board: BoardId): Promise<(() => void) | null>;
	/** Who has put down a card; nobody's name is told of an anonymous board. */
	writers(board: BoardId): Promise<ParticipantId[]>;
	/**
	 * Lets held cards in, or leaves them out (deleted in the notebook, a copy kept); all people where
	 * absent, and on an anonymous board authors in their place.
	 */
	letIn(board: BoardId, people?: (ParticipantId | AuthorKey)[]): Promise<void>;
	leave(board: BoardId, people?: (ParticipantId | AuthorKey)[]): Promise<void>;
	/** Deletes a card in its notebook, by server, and forwards that. Answers the card as it was. */
	remove(
		board: BoardId,
		card: CardId,
		why: 'removed' | 'withdrawn',
		by: Who
	): Promise<CardValue | Refusal>;
	/** Deletes all that one person has in their notebook; of what was put down a copy is kept. */
	removeAllOf(board: BoardId, participant: ParticipantId): Promise<void>;
	/** Sets a removed card's key again, under its own id, from the kept copy. */
	restore(board: BoardId, card: CardId): Promise<true | Refusal>;
	/** What one person wrote on a board, as their notebook has it: drafts and what is held, too. */
	notebook(board: BoardId, participant: ParticipantId): Promise<CardValue[]>;
	/** What everybody wrote on a board, drafts and what is held, too. */
	notebooks(board: BoardId): Promise<CardValue[]>;
	/** Deletes all that a person wrote on a board, from the log too. Answers the ids of all their cards. */
	erase(board: BoardId, participant: ParticipantId): Promise<CardId[]>;
	/** Deletes what others have copied, from the log too. Answers the ids of these cards. */
	eraseCopies(board: BoardId, isCopy: (card: CardValue) => boolean): Promise<CardId[]>;
	/** Ends a board that is about to be deleted: when this settles nothing of it is written any more. */
	end(board: BoardId): Promise<void>;
	/** Closes every socket of one person (removed, token ended). */
	disconnect(workshop: WorkshopId, participant: ParticipantId): void;
	/** Somebody may have another name now, which their presence tells from here on. Never throws. */
	renamed(workshop: WorkshopId, participant: ParticipantId): Promise<void>;
	/** How many sockets were ended because they did not take what they were owed. */
	dropped(): number;
	/** Stops taking frames, commits what is there, closes every socket with 1012. */
	stop(): Promise<void>;
}
