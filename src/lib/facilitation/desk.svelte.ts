import type { Command } from '#shared/facilitation/commands.ts';
import { previousPhase } from '#shared/facilitation/phases.ts';
import { stretchOf } from '#shared/facilitation/signals.ts';
import type { BoardView } from '#shared/facilitation/view.ts';
import type { RefusalReason } from '#shared/refusals.ts';
import type { Outcome } from '#shared/wire/events.ts';
import type { Board } from '$lib/state/board.svelte.ts';
import type { Workshop } from '$lib/state/workshop.svelte.ts';
import { getContext, setContext } from 'svelte';
import { movedUnderHand } from './moved-under-hand.ts';
import { readinessOf, type Readiness } from './room-signals.ts';
import { firstTapOf, wantsSecondTap, type FirstTap } from './second-tap.ts';
import { votesLost } from './undo-loses.ts';

/** What takes the room on: the next phase, or what the votes came to. */
export type GoOn = 'next' | 'show-votes';

/**
 * What the facilitator's hand does. Commands go out one after another, each on the state that the
 * one before has led to; a refusal stays until it is read.
 */
export class Desk {
	readonly workshop: Workshop;
	/** Of whoever sits here: by it they find themselves among the co-facilitators. */
	readonly email: string | undefined;
	refusal = $state<RefusalReason | null>(null);
	/** The live board's content, where this page has it open. */
	board = $state.raw<Board | null>(null);
	/** How many are ready with what is on; null while no board is. */
	readiness: Readiness | null = $derived.by(() => {
		const { live } = this.workshop;
		return live ? readinessOf(live, this.workshop) : null;
	});
	/** Whether it is asked if the last step is to be taken back all the same. */
	asksUndo = $state(false);
	/** How many people's votes would count no more then. */
	votesLost: number = $derived.by(() => {
		const { view, voted } = this.workshop;
		return view ? votesLost(view, voted) : 0;
	});
	#first = $state.raw<FirstTap | null>(null);
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
	 * On to what follows. Where that would leave somebody behind it is pressed twice; and where
	 * somebody else moved the room so lately that the press meant what was before, it is none.
	 */
	async goOn(type: GoOn): Promise<void> {
		const { live, now } = this.workshop;
		if (!live || !this.#isMeant(live)) return;
		const first = this.#firstTap(live, type);
		if (wantsSecondTap(live, this.readiness!, now) && first !== 'waiting') {
			if (first === 'none') this.#first = { of: `${type} ${stretchOf(live)}`, at: now };
			return;
		}
		this.#first = null;
		await this.#move({ type }, live);
	}

	/** Whether the next step wants to be pressed again, and whether a press would count already. */
	asksAgain(type: GoOn): 'no' | 'soon' | 'now' {
		const { live, now } = this.workshop;
		if (!live || !wantsSecondTap(live, this.readiness!, now)) return 'no';
		return ({ none: 'no', fresh: 'soon', waiting: 'now' } as const)[this.#firstTap(live, type)];
	}

	/** To the phase before, where there is one. */
	async goBack(): Promise<void> {
		const { live } = this.workshop;
		if (live && previousPhase(live) && this.#isMeant(live))
			await this.#move({ type: 'back' }, live);
	}

	/** Takes the last step back; where votes go with it, once it was asked. */
	readonly takeBack = (): void => {
		if (this.votesLost > 0) this.asksUndo = true;
		else void this.give({ type: 'undo' });
	};

	#firstTap(live: BoardView, type: GoOn) {
		return firstTapOf(this.#first, `${type} ${stretchOf(live)}`, this.workshop.now);
	}

	/** Pressed twice it is one; and what is pressed right after a move from elsewhere was meant for what was before. */
	#isMeant(live: BoardView): boolean {
		if (this.#leaving === placeOf(live)) return false;
		const own = this.#leaving !== null || live.phaseStartedAt === this.#movedAt;
		if (!movedUnderHand(live, { now: this.workshop.now, own })) return true;
		this.refusal = 'moved-on';
		return false;
	}

	async #move(command: Command, live: BoardView): Promise<void> {
		const from = placeOf(live);
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

const placeOf = ({ id, phase }: BoardView) => `${id} ${phase}`;

const KEY = Symbol('desk');
export const setDesk = (desk: Desk): Desk => setContext(KEY, desk);
export const getDesk = (): Desk => getContext(KEY);
