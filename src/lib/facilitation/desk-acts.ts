/** What a key, or the button that says the same, asks of the workshop as it stands. */
import type { Phase } from '#shared/exercises/format.ts';
import type { FacilitationCommand } from '#shared/facilitation/commands.ts';
import { isPoll } from '#shared/facilitation/polls.ts';
import { liveBoard, type BoardView, type WorkshopView } from '#shared/facilitation/view.ts';
import type { DeskKey, PageKey } from './desk-keys.ts';

/** When cards may be written at all. */
const WRITING = new Set<Phase>(['brief', 'write', 'share', 'group', 'discuss']);
export const mayMute = ({ phase }: Pick<BoardView, 'phase'>): boolean => WRITING.has(phase);

type Standing = Pick<
	WorkshopView,
	'boards' | 'live' | 'break' | 'status' | 'blank' | 'undo' | 'tables' | 'atTables'
>;

/** Whether the room can be asked something now: it is open, and no other question is on. */
export function mayAsk(view: Standing): boolean {
	const live = liveBoard<BoardView>(view);
	return view.status === 'open' && !(live && isPoll(live));
}

/** Null where it would do nothing now. Going on and back are more than a command: `Desk` has them. */
export function commandOf(
	act: Exclude<DeskKey, 'next' | 'back' | 'ask' | 'help' | PageKey>,
	view: Standing
): FacilitationCommand | null {
	const live = liveBoard<BoardView>(view);
	const timer = (view.break ?? live)?.timer;
	switch (act) {
		case 'pause':
			if (!timer || timer.kind === 'none') return null;
			return { type: timer.kind === 'paused' ? 'resume' : 'pause' };
		case 'minute':
			// A question in between has no clock.
			return timer && (view.break || !(live && isPoll(live)))
				? { type: 'extend', minutes: 1 }
				: null;
		case 'mute':
			return live && mayMute(live) ? { type: live.muted ? 'unmute' : 'mute' } : null;
		case 'blank':
			if (view.status !== 'open') return null;
			return { type: view.blank ? 'unblank-screen' : 'blank-screen' };
		case 'tables':
			if (view.status !== 'open' || !view.tables) return null;
			return { type: view.atTables ? 'to-plenary' : 'to-tables' };
		case 'undo':
			return view.undo ? { type: 'undo' } : null;
		default:
			return act satisfies never;
	}
}
