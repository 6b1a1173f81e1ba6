import type { Command } from '#shared/facilitation/commands.ts';
import type { RefusalReason } from '#shared/refusals.ts';
import type { Outcome } from '#shared/wire/events.ts';
import type { Workshop } from '$lib/state/workshop.svelte.ts';
import { getContext, setContext } from 'svelte';

/** What the facilitator's hand does: commands go out, and a refusal stays until it is read. */
export class Desk {
	readonly workshop: Workshop;
	refusal = $state<RefusalReason | null>(null);
	/** Commands that are on their way. */
	pending = $state(0);

	constructor(workshop: Workshop) {
		this.workshop = workshop;
	}

	async give(command: Command): Promise<Outcome> {
		this.pending += 1;
		try {
			const outcome = await this.workshop.send(command);
			this.refusal = outcome.ok ? null : outcome.refusal;
			return outcome;
		} finally {
			this.pending -= 1;
		}
	}

	/** For handlers: the outcome shows on the desk by itself. */
	readonly do = (command: Command) => (): void => void this.give(command);
}

const KEY = Symbol('desk');
export const setDesk = (desk: Desk): Desk => setContext(KEY, desk);
export const getDesk = (): Desk => getContext(KEY);
