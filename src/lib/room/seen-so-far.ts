/** Whether this tab has shown this person what happened before they came. It keeps it for itself. */
import type { ParticipantId } from '#shared/ids.ts';

const nameOf = (seat: ParticipantId | null) => `plenary/so-far/${seat ?? ''}`;

/** Where the tab may keep nothing, it is shown again with the next visit. */
export function hasSeen(seat: ParticipantId | null): boolean {
	try {
		return sessionStorage.getItem(nameOf(seat)) !== null;
	} catch {
		return false;
	}
}

export function markSeen(seat: ParticipantId | null): void {
	try {
		sessionStorage.setItem(nameOf(seat), '1');
	} catch {
		// It is only shown once more.
	}
}
