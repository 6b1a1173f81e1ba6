/** Where a row lands: before every row whose middle lies below it. */
const landingPlace = (middles: readonly number[], at: number): number =>
	middles.filter((middle) => middle < at).length;

interface Held {
	id: string;
	/** From the top of the row to the pointer that holds it. */
	grip: number;
	/** The pointer, from the top of the list. */
	at: number;
}

/**
 * A row of a list in the hand, by mouse, pen or finger. The list's other rows make way while it
 * moves; it is put down where the pointer lets go, and Escape puts it back.
 */
export class DraggedRow {
	held = $state.raw<Held | null>(null);
	readonly #moved: (id: string, place: number) => void;
	readonly #ended: (kept: boolean) => void;

	constructor(moved: (id: string, place: number) => void, ended: (kept: boolean) => void) {
		this.#moved = moved;
		this.#ended = ended;
	}

	/** Takes the row in hand at whose handle the pointer went down. */
	lift(event: PointerEvent, id: string): void {
		const handle = event.currentTarget as HTMLElement;
		const row = handle.closest('li');
		const list = row?.parentElement;
		if (!row || !list || event.button !== 0) return;
		event.preventDefault();
		const top = () => list.getBoundingClientRect().top;
		const grip = event.clientY - row.getBoundingClientRect().top;
		this.held = { id, grip, at: event.clientY - top() };

		const move = (moving: PointerEvent) => {
			this.held = { id, grip, at: moving.clientY - top() };
			const others = [...list.children].filter((one) => one !== row) as HTMLElement[];
			const middles = others.map((one) => one.offsetTop - list.offsetTop + one.offsetHeight / 2);
			this.#moved(id, landingPlace(middles, this.held.at - grip + row.offsetHeight / 2));
		};
		const listening = new AbortController();
		const end = (kept: boolean) => {
			listening.abort();
			this.held = null;
			this.#ended(kept);
		};
		const { signal } = listening;
		window.addEventListener('pointermove', move, { signal });
		window.addEventListener('pointerup', () => end(true), { signal });
		window.addEventListener('pointercancel', () => end(false), { signal });
		window.addEventListener('keydown', ({ key }) => key === 'Escape' && end(false), { signal });
	}

	/** How far a row hangs from its place in the list, in px. */
	shift(id: string, row: HTMLElement | undefined): number {
		if (this.held?.id !== id || !row?.parentElement) return 0;
		return this.held.at - this.held.grip - (row.offsetTop - row.parentElement.offsetTop);
	}
}
