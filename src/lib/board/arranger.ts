/** What a key or a drop does on a surface, said aloud: the one way for mouse, finger, keys and menu. */
import { tick } from 'svelte';
import { m } from '$lib/paraglide/messages.js';
import { nextFrame } from '$lib/state/reading.ts';
import { drop, groupOf, type Target } from './arranging.ts';
import { nextInDirection, targetByKey } from './keys.ts';
import { droppedSaid, nameOf, targetSaid } from './said.ts';
import type { Surface } from './surface.svelte.ts';

export class Arranger {
	readonly #surface: Surface;
	readonly #root: () => HTMLElement | undefined;
	readonly #say: (words: string) => void;

	constructor(surface: Surface, root: () => HTMLElement | undefined, say: (words: string) => void) {
		this.#surface = surface;
		this.#root = root;
		this.#say = say;
	}

	/** Drops what is in hand, or chosen for "Move to…"; null puts it back. */
	dropOn(target: Target | null): void {
		const { board, exercise, hand: held, moving } = this.#surface;
		const hand = held ?? moving;
		if (!hand) return;
		const name = nameOf(board.value, exercise, hand.id);
		const done = target && drop(board, hand, target);
		this.#say(
			target && done
				? droppedSaid(board.value, exercise, hand, target, done)
				: m.board_said_back({ words: name })
		);
		this.#surface.letGo();
		this.#surface.moving = null;
		// Where it lies now the page learns with the next frame.
		nextFrame(() => void this.focus(hand.id));
	}

	async focus(id: string): Promise<void> {
		await tick();
		const drawn = (one: string) =>
			this.#root()?.querySelector<HTMLElement>(`[data-hold="${CSS.escape(one)}"]`);
		// What has gone into a shut group is not drawn: then the group has the focus.
		const group = drawn(id) ? undefined : groupOf(this.#surface.value, id);
		this.#surface.active = group?.id ?? id;
		await tick();
		const element = drawn(this.#surface.active);
		(element?.querySelector<HTMLElement>('[data-grip]') ?? element)?.focus();
	}

	keydown(event: KeyboardEvent): void {
		const element = event.target as HTMLElement;
		const hold = element.closest<HTMLElement>('[data-hold]');
		if (!hold || (element !== hold && !element.matches('[data-grip]'))) return;
		if (this.#surface.hand && this.#surface.via === 'keys') this.#move(event);
		else if (event.key === 'Enter' || event.key === ' ') this.#pickOrOpen(event, hold);
		else if (event.key.startsWith('Arrow')) this.#walk(event, hold);
	}

	#pickOrOpen(event: KeyboardEvent, hold: HTMLElement): void {
		event.preventDefault();
		const id = hold.dataset['hold']!;
		const kind = hold.dataset['kind'] === 'group' ? 'group' : 'card';
		if (this.#surface.arrange) {
			this.#surface.pick({ id, kind }, 'keys');
			const { board, exercise } = this.#surface;
			this.#say(m.board_said_picked({ words: nameOf(board.value, exercise, id) }));
		} else if (kind === 'card') this.#surface.details = id;
	}

	#move(event: KeyboardEvent): void {
		if (event.key === 'Tab') return this.dropOn(null);
		event.preventDefault();
		if (event.key === 'Escape') return this.dropOn(null);
		if (event.key === 'Enter' || event.key === ' ') return this.dropOn(this.#surface.target);
		const { board, exercise, hand, target } = this.#surface;
		const columns = this.#surface.columns.map(({ id }) => id);
		const next = hand && targetByKey(event.key, board.value, columns, hand, target, this.#isRtl());
		if (!next) return;
		this.#surface.target = next;
		this.#say(targetSaid(board.value, exercise, next));
		void tick().then(() =>
			this.#root()?.querySelector('.slot, .over')?.scrollIntoView({ block: 'nearest' })
		);
	}

	#walk(event: KeyboardEvent, hold: HTMLElement): void {
		event.preventDefault();
		const all = this.#root()?.querySelectorAll<HTMLElement>('[data-hold]') ?? [];
		const others = [...all].filter(
			(one) => one !== hold && (this.#surface.arrange || one.dataset['kind'] === 'card')
		);
		const boxes = others.map((one) => one.getBoundingClientRect());
		const next = others[nextInDirection(event.key, hold.getBoundingClientRect(), boxes)];
		if (next) void this.focus(next.dataset['hold']!);
	}

	#isRtl(): boolean {
		const root = this.#root();
		return root !== undefined && getComputedStyle(root).direction === 'rtl';
	}
}
