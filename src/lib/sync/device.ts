/**
 * Everything that this device keeps of workshops: notebooks, rooms as they were seen last, commands
 * on their way. It goes when its person leaves, and a week after all of it was saved: computers of
 * libraries are shared.
 */
import type { BoardId, WorkshopId } from '#shared/ids.ts';
import { KEEP } from './device-values.ts';
import { forgetCommands, hasKeptCommands } from './kept-commands.ts';
import { copyName } from './kept-notebook.ts';
import { indexedCopies, type Copies } from './notebook-copies.ts';
import { forgetRoom, readRemembered, rememberedWorkshops } from './remembered.ts';
import { eraseStamp, keptEpochs, readMarks, readStamp, stampedBoards } from './stamps.ts';

/** For a person who leaves this device: nothing of the workshop stays on it. */
export async function forgetDevice(
	workshop: WorkshopId,
	copies: Copies = indexedCopies
): Promise<void> {
	forgetRoom(workshop);
	forgetCommands(workshop);
	for (const board of stampedBoards(workshop)) await eraseBoard(board, copies);
}

/** Whether this device has something of a workshop that may not have reached the server. */
export const hasUnsaved = (workshop: WorkshopId): boolean =>
	hasKeptCommands(workshop) || stampedBoards(workshop).some((board) => readMarks(board).size > 0);

/** Clears what has been saved for a week, in every tab. */
export async function sweepDevice(now: number, copies: Copies = indexedCopies): Promise<void> {
	const isOld = (at: number) => now - at > KEEP;
	for (const board of stampedBoards()) {
		const stamp = readStamp(board);
		if (!stamp || (isOld(stamp.savedAt) && readMarks(board).size === 0))
			await eraseBoard(board, copies);
	}
	for (const workshop of rememberedWorkshops()) {
		const seen = readRemembered(workshop);
		const holds = stampedBoards(workshop).length > 0 || hasKeptCommands(workshop);
		if (!seen || (isOld(seen.at) && !holds)) forgetRoom(workshop);
	}
}

async function eraseBoard(board: BoardId, copies: Copies): Promise<void> {
	const epochs = keptEpochs(board);
	eraseStamp(board);
	for (const epoch of epochs) await copies.erase(copyName(board, epoch));
}
