/** Reading what earlier exercises brought: when it is to be read, and which answer counts. */
import type { EarlierCard } from '#shared/earlier.ts';
import type { WorkshopView } from '#shared/facilitation/view.ts';
import { isRefusal, type Refusal } from '#shared/refusals.ts';

type View = Pick<WorkshopView, 'boards'>;

/** What decides which cards there are, and in which order. */
const stateOf = ({ boards }: View): string =>
	JSON.stringify(
		boards.map(({ id, revealed, hidden, votesShown, phase, round }) =>
			revealed ? [id, hidden, votesShown, phase, round] : [id]
		)
	);

export class EarlierReading {
	/** What was asked last, unless it was refused: an answer to anything else is too old. */
	#asked: { state: string } | null = null;
	readonly #read: () => Promise<EarlierCard[] | Refusal>;
	readonly #take: (cards: EarlierCard[]) => void;

	constructor(read: () => Promise<EarlierCard[] | Refusal>, take: (cards: EarlierCard[]) => void) {
		this.#read = read;
		this.#take = take;
	}

	/** Reads, where this is another state than the one that was read last. */
	async learn(view: View): Promise<void> {
		const state = stateOf(view);
		if (state === this.#asked?.state) return;
		const asked = (this.#asked = { state });
		// Of one board there is nothing earlier.
		if (view.boards.length < 2 || !view.boards.some(({ revealed }) => revealed)) return;
		const cards = await this.#read();
		if (this.#asked !== asked) return;
		if (isRefusal(cards)) this.#asked = null;
		else this.#take(cards);
	}

	/** It may be otherwise now, though the state is the same: also what is on its way is too old. */
	forget(): void {
		this.#asked = null;
	}
}
