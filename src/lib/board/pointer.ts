import type { Attachment } from 'svelte/attachments';
import type { InHand, Target } from './arranging.ts';

/** What the surface does with a drag. */
export interface Dragging {
	may: () => boolean;
	held: () => InHand | null;
	start: (hand: InHand, grip: Grip) => void;
	move: (at: { x: number; y: number }, target: Target | null) => void;
	end: (dropped: boolean) => void;
}

/** Where the pointer has hold of it, from its start corner, and how wide it is. */
export interface Grip {
	x: number;
	y: number;
	width: number;
}

/** A mouse drags after this many px, a finger after resting this long: a swipe still scrolls. */
const SLACK = 6;
const REST = 260;
/** Near the top or foot of the window the page scrolls along. */
const EDGE = 72;

const handOf = (element: Element | null): InHand | null => {
	const hold = element?.closest<HTMLElement>('[data-hold]');
	return hold
		? { id: hold.dataset['hold']!, kind: hold.dataset['kind'] === 'group' ? 'group' : 'card' }
		: null;
};

/** What is under the pointer: the head and foot of a card are the places before and behind it. */
function targetAt(x: number, y: number, hand: InHand): Target | null {
	const under = document.elementFromPoint(x, y);
	const column = under?.closest<HTMLElement>('[data-column]')?.dataset['column'];
	if (!under || !column) return null;
	const group = under.closest<HTMLElement>('[data-group]');
	if (group && group.dataset['group'] !== hand.id) {
		const id = group.dataset['group']!;
		return hand.kind === 'card' ? { on: 'group', group: id, column } : slotAt(group, y, id, column);
	}
	const card = under.closest<HTMLElement>('[data-hold]');
	const id = card?.dataset['hold'];
	if (!card || !id || id === hand.id) return { on: 'slot', column, before: null };
	const box = card.getBoundingClientRect();
	const depth = (y - box.top) / box.height;
	if (hand.kind === 'card' && depth > 0.25 && depth < 0.75) return { on: 'card', card: id, column };
	return slotAt(card, y, id, column);
}

function slotAt(element: Element, y: number, id: string, column: string): Target {
	const box = element.getBoundingClientRect();
	if (y < box.top + box.height / 2) return { on: 'slot', column, before: id };
	// Behind it: before what stands next in the same lane, else at the column's foot.
	const next = element.nextElementSibling?.matches('[data-hold]')
		? element.nextElementSibling
		: element.nextElementSibling?.nextElementSibling;
	return { on: 'slot', column, before: (next as HTMLElement | null)?.dataset['hold'] ?? null };
}

/** Drags whatever carries `data-hold` inside the element, by mouse, pen or finger. */
export const drags =
	(dragging: Dragging): Attachment<HTMLElement> =>
	(root) => {
		let pressed: {
			hand: InHand;
			hold: Grip;
			x: number;
			y: number;
			touch: boolean;
			grip: boolean;
		} | null = null;
		let resting: ReturnType<typeof setTimeout> | undefined;
		let frame = 0;
		let at = { x: 0, y: 0 };
		let justDropped = false;

		const lift = () => {
			if (!pressed || dragging.held()) return;
			dragging.start(pressed.hand, pressed.hold);
			getSelection()?.removeAllRanges();
			frame = requestAnimationFrame(follow);
		};
		const follow = () => {
			const hand = dragging.held();
			if (!hand || !pressed) return;
			const near = at.y < EDGE ? at.y - EDGE : Math.max(0, at.y - (innerHeight - EDGE));
			if (near !== 0) scrollerOf(root).scrollBy(0, near / 5);
			dragging.move(at, targetAt(at.x, at.y, hand));
			frame = requestAnimationFrame(follow);
		};
		const release = (dropped: boolean) => {
			clearTimeout(resting);
			cancelAnimationFrame(frame);
			if (pressed && dragging.held()) {
				justDropped = true;
				// The click that follows a drop opens nothing.
				setTimeout(() => (justDropped = false));
				dragging.end(dropped);
			}
			pressed = null;
		};
		const down = (event: PointerEvent) => {
			const element = event.target as Element;
			if (event.button !== 0 || !event.isPrimary || !dragging.may()) return;
			const grip = element.closest('[data-grip]') !== null;
			if (!grip && element.closest('button, input, textarea, a, select')) return;
			const hand = handOf(element);
			if (!hand) return;
			at = { x: event.clientX, y: event.clientY };
			const box = element.closest('[data-hold]')!.getBoundingClientRect();
			const hold = { x: at.x - box.left, y: at.y - box.top, width: box.width };
			pressed = { hand, ...at, touch: event.pointerType === 'touch', grip, hold };
			if (pressed.touch && !grip) resting = setTimeout(lift, REST);
		};
		const moved = (event: PointerEvent) => {
			if (!pressed || !event.isPrimary) return;
			at = { x: event.clientX, y: event.clientY };
			const far = Math.hypot(at.x - pressed.x, at.y - pressed.y) > SLACK;
			if (!dragging.held() && far) {
				if (pressed.touch && !pressed.grip) release(false);
				else lift();
			}
		};
		const up = () => release(true);
		const cancelled = () => release(false);
		const key = (event: KeyboardEvent) => {
			if (event.key === 'Escape' && pressed) release(false);
		};
		// A finger that has lifted a card moves the card, not the page; its long press opens no menu.
		const stay = (event: Event) => {
			if (pressed?.touch && (event.type === 'contextmenu' || dragging.held()))
				event.preventDefault();
		};
		const click = (event: MouseEvent) => {
			if (!justDropped) return;
			event.preventDefault();
			event.stopPropagation();
		};

		root.addEventListener('pointerdown', down);
		root.addEventListener('touchmove', stay, { passive: false });
		root.addEventListener('contextmenu', stay);
		root.addEventListener('click', click, { capture: true });
		window.addEventListener('pointermove', moved);
		window.addEventListener('pointerup', up);
		window.addEventListener('pointercancel', cancelled);
		window.addEventListener('keydown', key);
		return () => {
			release(false);
			root.removeEventListener('pointerdown', down);
			root.removeEventListener('touchmove', stay);
			root.removeEventListener('contextmenu', stay);
			root.removeEventListener('click', click, { capture: true });
			window.removeEventListener('pointermove', moved);
			window.removeEventListener('pointerup', up);
			window.removeEventListener('pointercancel', cancelled);
			window.removeEventListener('keydown', key);
		};
	};

/** What scrolls when the pointer nears an edge: the nearest scroller around the board. */
function scrollerOf(element: Element): Element {
	for (let one = element.parentElement; one; one = one.parentElement) {
		const { overflowY } = getComputedStyle(one);
		if (/auto|scroll/.test(overflowY) && one.scrollHeight > one.clientHeight) return one;
	}
	return document.scrollingElement ?? document.documentElement;
}
