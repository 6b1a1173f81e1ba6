import type { Awareness } from 'y-protocols/awareness';
import type { CardId } from '#shared/ids.ts';

const WRITING_FOR = 3000;

/**
 * What is said in passing and may be lost: which card is in somebody's hand, and that somebody
 * writes. A name only where the server adds one: on an anonymous board there is none.
 */
export class Presence {
	readonly #awareness: () => Awareness | null;
	#rests: ReturnType<typeof setTimeout> | undefined;

	/** The awareness is asked for each time: it is another one when the document began anew. */
	constructor(awareness: () => Awareness | null) {
		this.#awareness = awareness;
	}

	hold(card: CardId | null): void {
		this.#say('moving', card);
	}

	/** This person wrote just now. */
	wrote(): void {
		this.#say('writing', true);
		clearTimeout(this.#rests);
		this.#rests = setTimeout(() => this.#say('writing', null), WRITING_FOR);
	}

	/** Cards in others' hands, and whose hands, where that is told. */
	moving(): Record<CardId, string> {
		const awareness = this.#awareness();
		const moving: Record<CardId, string> = {};
		for (const [client, state] of awareness?.getStates() ?? [])
			if (client !== awareness?.clientID && typeof state.moving === 'string')
				moving[state.moving] = typeof state.name === 'string' ? state.name : '';
		return moving;
	}

	close(): void {
		clearTimeout(this.#rests);
	}

	#say(field: 'moving' | 'writing', value: CardId | boolean | null): void {
		const awareness = this.#awareness();
		const said = awareness?.getLocalState()?.[field] ?? null;
		if (said !== value) awareness?.setLocalStateField(field, value);
	}
}
