/**
 * A room as a participant saw it last, so that their page opens without a network. Nothing of it is
 * news: whatever the server tells takes its place.
 */
import type { ActionValue, CommentValue, Votes } from '#shared/doc/contents.ts';
import { boardBefore, workshopBefore } from '#shared/facilitation/beginnings.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { Choices } from '#shared/facilitation/ways.ts';
import type { WorkshopView } from '#shared/facilitation/view.ts';
import type { BoardId, WorkshopId } from '#shared/ids.ts';
import type { LeftView, MatchedView, TableView } from '#shared/wire/events.ts';
import { eraseValue, keysUnder, readValue, writeValue } from './device-values.ts';

const PREFIX = 'plenary:room:';
/** Of another one than these, nothing is read. */
const FORMAT = 2;
const BEFORE = 1;

export interface Remembered {
	/** Who it was seen by; null where the page did not know. */
	seat: string | null;
	/** When, in ms on this device. */
	at: number;
	view: WorkshopView;
	exercises: Record<BoardId, Exercise>;
	comments: Record<BoardId, CommentValue[]>;
	actions: Record<BoardId, ActionValue[]>;
	ballots: Record<BoardId, { mine: Votes; left: number; choices?: Choices }>;
	held: Record<BoardId, number>;
	left: Record<BoardId, LeftView[]>;
	/** Absent where a page of before there were matches has written it. */
	matched?: Record<BoardId, MatchedView>;
	/** Where they sit; absent likewise. */
	table?: TableView | null;
}

/** What this device remembers of a workshop. */
export function readRemembered(workshop: WorkshopId): Remembered | null {
	const read = readValue(PREFIX + workshop) as (Remembered & { format?: number }) | null;
	if (read?.format === BEFORE) return { ...read, view: completed(read.view) };
	return read?.format === FORMAT ? read : null;
}

/** A view of the format before, with what that did not know. */
function completed(view: WorkshopView): WorkshopView {
	const boards = view.boards.map((board) => ({ ...boardBefore(), ...board }));
	return { ...workshopBefore(), ...view, rehearsalOf: view.rehearsalOf ?? null, boards };
}

/** The code is left out, which is for coming in. Where there is no room for everything, the lists are. */
export function remember(remembered: Remembered): void {
	const { view } = remembered;
	const all = { ...remembered, view: { ...view, code: null }, format: FORMAT };
	if (writeValue(PREFIX + view.id, all)) return;
	if (!writeValue(PREFIX + view.id, { ...all, comments: {}, actions: {} })) forgetRoom(view.id);
}

export function forgetRoom(workshop: WorkshopId): void {
	eraseValue(PREFIX + workshop);
}

export const rememberedWorkshops = (): WorkshopId[] =>
	keysUnder(PREFIX).map((key) => key.slice(PREFIX.length));
