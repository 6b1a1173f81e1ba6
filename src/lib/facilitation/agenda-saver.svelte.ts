import type { AgendaInput } from '#shared/facilitation/commands.ts';
import { inputOf, type AgendaRow } from './agenda-draft.ts';
import type { Desk } from './desk.svelte.ts';

/**
 * Sends the agenda as it is edited: one command at a time, and what was changed meanwhile after it,
 * so that two quick changes never meet as two versions.
 */
export class AgendaSaver {
	readonly #desk: Desk;
	#waiting: AgendaInput | null = null;
	state = $state<'saved' | 'saving' | 'refused'>('saved');

	constructor(desk: Desk) {
		this.#desk = desk;
	}

	/** Keeps these rows. */
	save(rows: readonly AgendaRow[]): void {
		this.#waiting = inputOf(rows);
		if (this.state !== 'saving') void this.#send();
	}

	async #send(): Promise<void> {
		this.state = 'saving';
		let ok = true;
		while (this.#waiting && ok) {
			const agenda = this.#waiting;
			this.#waiting = null;
			({ ok } = await this.#desk.give({ type: 'set-agenda', agenda }));
		}
		this.state = ok ? 'saved' : 'refused';
	}
}
