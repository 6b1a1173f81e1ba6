import type { SavingView } from '#shared/wire/events.ts';
import type { DocumentStatus } from '$lib/sync/synced-document.ts';

/**
 * How safe a person's words are, for their eyes. `long`: the database has not answered for a while;
 * `full`: it has not for so long that the server takes no more.
 */
export type SavingState = DocumentStatus | 'long' | 'full';

/** In ms: until a database that does not answer is worth a word. */
const LONG = 10_000;

export function savingState(
	board: { saved: DocumentStatus; online: boolean; waiting: number },
	saving: SavingView | null | undefined,
	now: number
): SavingState {
	if (board.saved === 'refused' || board.saved === 'unkept') return board.saved;
	// What was asked and not acknowledged is not saved either.
	const asked = board.online ? 'saving' : 'device';
	const saved = board.saved === 'saved' && board.waiting > 0 ? asked : board.saved;
	if (saved === 'saved' || !saving) return saved;
	if (saving.full) return 'full';
	return saved === 'saving' && now - saving.since > LONG ? 'long' : saved;
}
