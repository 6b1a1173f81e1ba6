/** One person voting on one board: what there is to vote for, what they have cast, and casting it. */
import type { CommandOf } from '#shared/facilitation/commands.ts';
import type { BoardView } from '#shared/facilitation/view.ts';
import type { RefusalReason } from '#shared/refusals.ts';
import { votables, type Votable } from '$lib/room/vote-targets.ts';
import type { Board } from '$lib/state/board.svelte.ts';
import type { Workshop } from '$lib/state/workshop.svelte.ts';
import { castOf } from './cast.ts';

type Vote = CommandOf<'vote'> | CommandOf<'place'> | CommandOf<'rank'> | CommandOf<'prefer'>;
type Part<Of> = Of extends Vote ? Omit<Of, 'board' | 'for' | 'round'> : never;

interface Sources {
	board: BoardView;
	live: Board;
	workshop: Workshop;
	/** Somebody without a device, whose votes these are. */
	seat: string | undefined;
}

export class Casting {
	readonly #sources: () => Sources;
	refusal = $state<RefusalReason | null>(null);
	/** What cannot be done now, and why; until the next tap. */
	full = $state.raw<{ title: string; instead: string } | null>(null);

	targets: Votable[] = $derived.by(() => {
		const { board, live } = this.#sources();
		return votables(live.value, live.exercise, board.voting).filter(
			(one) => one.members.length > 0 || !board.hidden.includes(one.id)
		);
	});
	#cast = $derived.by(() => {
		const { board, workshop, seat } = this.#sources();
		const ballots = seat === undefined ? workshop.ballots : workshop.ballotsOf[seat];
		const of = { board: board.id, round: board.round, seat };
		return castOf(ballots?.[board.id], workshop.waiting, of);
	});
	rests = $derived.by(() => this.#sources().board.shut.includes('votes'));

	constructor(sources: () => Sources) {
		this.#sources = sources;
	}

	get board(): BoardView {
		return this.#sources().board;
	}
	get live(): Board {
		return this.#sources().live;
	}
	get workshop(): Workshop {
		return this.#sources().workshop;
	}
	get seat(): string | undefined {
		return this.#sources().seat;
	}
	get mine() {
		return this.#cast.mine;
	}
	get choices() {
		return this.#cast.choices;
	}
	/** Everybody's, once shown. */
	get totals() {
		const { board, workshop } = this.#sources();
		return board.votesShown ? (workshop.totals[board.id] ?? null) : null;
	}
	get tally() {
		return this.workshop.tallies[this.board.id] ?? null;
	}

	/** It counts at once, here; what the server does not take is taken back, and said. */
	async give(part: Part<Vote>): Promise<void> {
		if (this.rests) return;
		this.full = null;
		this.refusal = null;
		const { board, workshop, seat } = this.#sources();
		const { id, round } = board;
		const whose = seat === undefined ? {} : { for: seat };
		const outcome = await workshop.send({ ...part, board: id, round, ...whose } as Vote);
		if (!outcome.ok) this.refusal = outcome.refusal;
	}
}
