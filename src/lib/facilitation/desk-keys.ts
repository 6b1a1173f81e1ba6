/** The desk's keys. They rest while someone types, and never take a key from a control or a shortcut. */
import type { Turn } from '#shared/facilitation/screen-pages.ts';

export type DeskKey =
	| 'next'
	| 'back'
	| 'pause'
	| 'minute'
	| 'mute'
	| 'blank'
	| 'undo'
	| 'ask'
	| 'tables'
	| 'help'
	| PageKey;

/** How each turns the page of the room screen. */
const PAGE_KEYS = {
	'page-next': 'next',
	'page-previous': 'previous',
	'page-stay': 'stay'
} as const satisfies Record<string, Turn>;
export type PageKey = keyof typeof PAGE_KEYS;

export const isPageKey = (key: DeskKey): key is PageKey => key in PAGE_KEYS;
export const turnOf = (key: PageKey): Turn => PAGE_KEYS[key];

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'> &
	Partial<Pick<KeyboardEvent, 'shiftKey'>>;

/** What a press asks for; null where it is none of the desk's. */
export function deskKey(press: Press, at: { typing: boolean; inControl: boolean }): DeskKey | null {
	if (at.typing || press.altKey || press.repeat) return null;
	const key = press.key.toLowerCase();
	// A board undoes its own.
	if (press.ctrlKey || press.metaKey)
		return key === 'z' && !press.shiftKey && !at.inControl ? 'undo' : null;
	switch (key) {
		case 'n':
			return 'next';
		case 'arrowright':
			return at.inControl ? null : 'next';
		case 'b':
			return 'back';
		case 'arrowleft':
			return at.inControl ? null : 'back';
		case 'p':
			return 'pause';
		case '+':
			return 'minute';
		case 'm':
			return 'mute';
		// As presenters have it.
		case '.':
			return 'blank';
		case 'u':
			return 'undo';
		case 'a':
			return 'ask';
		case 't':
			return 'tables';
		// As players of films have them: back, hold, on.
		case 'j':
			return 'page-previous';
		case 'k':
			return 'page-stay';
		case 'l':
			return 'page-next';
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
