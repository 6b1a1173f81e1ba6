/** The desk's keys. They rest while someone types, and never take a key from a control or a shortcut. */

export type DeskKey = 'next' | 'back' | 'pause' | 'minute' | 'help';

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>;

/** What a press asks for; null where it is none of the desk's. */
export function deskKey(press: Press, at: { typing: boolean; inControl: boolean }): DeskKey | null {
	if (at.typing || press.ctrlKey || press.metaKey || press.altKey || press.repeat) return null;
	switch (press.key) {
		case 'n':
		case 'N':
			return 'next';
		case 'ArrowRight':
			return at.inControl ? null : 'next';
		case 'b':
		case 'B':
			return 'back';
		case 'ArrowLeft':
			return at.inControl ? null : 'back';
		case 'p':
		case 'P':
			return 'pause';
		case '+':
			return 'minute';
		case '?':
			return 'help';
		default:
			return null;
	}
}

const TYPING =
	'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable], dialog, [role="menu"]';
const MOVING = 'input, [role="menu"], [role="radiogroup"], [data-board]';

/** Where a press came from. A board moves its cards by arrows, and a choice its mark, so those stay there. */
export function pressedAt(target: EventTarget | null): { typing: boolean; inControl: boolean } {
	const element = target instanceof Element ? target : null;
	return {
		typing: Boolean(element?.closest(TYPING)),
		inControl: Boolean(element?.closest(MOVING))
	};
}
