/** What cards are for, told to the boards that an export is made of. */
import { mainText } from '#shared/doc/read.ts';
import { earlierCards, keyOf, sourceOf, type Source } from '#shared/earlier.ts';
import type { BoardId, CardId } from '#shared/ids.ts';
import type { BoardInput } from './input.ts';

/** Whether a card of these is for one of that board. */
export const isSpokenOf = (board: BoardId, inputs: BoardInput[]): boolean =>
	inputs.some(({ contents }) => contents.board.cards.some(({ from }) => from?.board === board));

/** Tells each board what its cards are for: of `all`, cards of boards that were revealed. */
export function giveSources(boards: BoardInput[], all: BoardInput[]): void {
	const linked = boards.some(({ contents }) => contents.board.cards.some(({ from }) => from));
	const seen = linked ? earlierCards(all.filter(({ state }) => state.revealed)) : [];
	const byKey = new Map(seen.map((card) => [keyOf(card), card]));
	for (const { id, contents } of boards) {
		const sources: Record<CardId, Source> = {};
		for (const card of contents.board.cards) {
			const text = mainText(card, contents.exercise);
			const source = sourceOf(id, { from: card.from, text }, (key) => byKey.get(key));
			if (source) sources[card.id] = source;
		}
		contents.sources = sources;
	}
}
