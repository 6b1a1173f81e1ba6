import type { Command } from '#shared/facilitation/commands.ts';
import type { RefusalReason } from '#shared/refusals.ts';
import type { Outcome } from '#shared/wire/events.ts';
import type { Workshop } from '$lib/state/workshop.svelte.ts';
import { getContext, setContext } from 'svelte';
import { movedUnderHand } from './moved-under-hand.ts';

/**
 * What the facilitator's hand does. Commands go out one after another, each on the state that the
 * one before has led to; a refusal stays until it is read.
 */
export class Desk {
	readonly workshop: Workshop;
	/** Of whoever sits here: by it they find themselves among the co-facilitators. */
	readonly email: string | undefined;
	refusal = $state<RefusalReason | null>(null);
	/** Pressed, and not sent yet: what was pressed before goes first. */
	#queued = $state(0);
	#queue: Promise<unknown> = Promise.resolve();
	/** When the phase began that this desk's own last move led to. */
	#movedAt = -1;
	/** The phase that is being left, until the answer is there. */
	#leaving: string | null = null;

	constructor(workshop: Workshop, email?: string) {
		this.workshop = workshop;
		this.email = email;
	}

	/** How much of what was done here the server has not acknowledged yet. */
	get waiting(): number {
		return this.workshop.waiting.length + this.#queued;
	}

	give(command: Command): Promise<Outcome> {
		this.#queued += 1;
		const outcome = this.#queue.then(() => this.#send(command));
		this.#queue = outcome;
		return outcome;
	}

	/**
	 * Next, or back. Pressed twice it is one; and where somebody else moved the room so lately that
	 * the press meant what was before, it is none.
	 */
	async move(command: Command & { type: 'next' | 'back' }): Promise<void> {
		const { live, now } = this.workshop;
		if (!live) return;
		const from = `${live.id} ${live.phase}`;
		if (this.#leaving === from) return;
		const own = this.#leaving !== null || live.phaseStartedAt === this.#movedAt;
		if (movedUnderHand(live, { now, own })) {
			this.refusal = 'moved-on';
			return;
		}
		this.#leaving = from;
		await this.give(command);
		if (this.#leaving === from) this.#leaving = null;
	}

	async #send(command: Command): Promise<Outcome> {
		this.#queued -= 1;
		const before = this.workshop.live?.phaseStartedAt;
		const outcome = await this.workshop.send(command);
		this.refusal = outcome.ok ? null : outcome.refusal;
		if (!outcome.ok) return outcome;
		await this.#seen(outcome.version);
		const { live, view } = this.workshop;
		if (live && live.phaseStartedAt !== before && view?.version === outcome.version)
			this.#movedAt = live.phaseStartedAt;
		return outcome;
	}

	/** Until the state has come that a command led to: the next one is given on it. */
	#seen(version: number): Promise<void> {
		const { workshop } = this;
		if ((workshop.view?.version ?? 0) >= version) return Promise.resolve();
		return new Promise((resolve) => {
			const stop = workshop.onView((view) => {
				if (view.version < version) return;
				stop();
				resolve();
			});
		});
	}

	/** For handlers: the outcome shows on the desk by itself. */
	readonly do = (command: Command) => (): void => void this.give(command);
}

const KEY = Symbol('desk');
export const setDesk = (desk: Desk): Desk => setContext(KEY, desk);
export const getDesk = (): Desk => getContext(KEY);
