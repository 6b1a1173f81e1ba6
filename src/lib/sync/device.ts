/**
 * Everything that this device keeps of workshops: notebooks, rooms as they were seen last, commands
 * on their way. It goes when its person leaves, and a week after all of it was saved and last opened:
 * computers of libraries are shared.
 */
import type { BoardId, WorkshopId } from '#shared/ids.ts';
import { KEEP } from './device-values.ts';
import { forgetCommands, hasKeptCommands } from './kept-commands.ts';
import { copyName } from './kept-notebook.ts';
import { indexedCopies, type Copies } from './notebook-copies.ts';
import { forgetRoom, readRemembered, rememberedWorkshops } from './remembered.ts';
import { eraseStamp, keptEpochs, readMarks, readStamp, keptBoards } from './stamps.ts';

/** For a person who leaves this device: nothing of the workshop stays on it. */
export async function forgetDevice(
	workshop: WorkshopId,
	copies: Copies = indexedCopies
): Promise<void> {
	forgetRoom(workshop);
	forgetCommands(workshop);
	for (const board of keptBoards(workshop)) await eraseBoard(board, copies);
}

/** Whether this device has something of a workshop that may not have reached the server. */
export const hasUnsaved = (workshop: WorkshopId): boolean =>
	hasKeptCommands(workshop) || keptBoards(workshop).some((board) => readMarks(board).size > 0);

/** Clears what has been saved, and not opened, for a week. A tab that still has it writes it again. */
export async function sweepDevice(now: number, copies: Copies = indexedCopies): Promise<void> {
	const isOld = (at: number) => now - at > KEEP;
	for (const board of keptBoards()) {
		const stamp = readStamp(board);
		if (readMarks(board).size === 0 && (!stamp || isOld(stamp.savedAt)))
			await eraseBoard(board, copies);
	}
	for (const workshop of rememberedWorkshops()) {
		const seen = readRemembered(workshop);
		const holds = keptBoards(workshop).length > 0 || hasKeptCommands(workshop);
		if (!seen || (isOld(seen.at) && !holds)) forgetRoom(workshop);
	}
}

async function eraseBoard(board: BoardId, copies: Copies): Promise<void> {
	const epochs = keptEpochs(board);
	eraseStamp(board);
	for (const epoch of epochs) await copies.erase(copyName(board, epoch));
}
