/** What the form for an action offers: who could do it, and which card it may be about. */
import type { BoardValue } from '#shared/doc/contents.ts';
import { mainText } from '#shared/doc/read.ts';
import {
	keyOf,
	leadOf,
	nameOfOne,
	namesNobody,
	sourceOf,
	type EarlierCard
} from '#shared/earlier.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import { cardsOf } from '#shared/exercises/views/cards.ts';
import type { BoardId } from '#shared/ids.ts';
import type { SearchOption } from '$lib/ui/search.ts';

export interface Offers {
	/** The people of the workshop, and after them whom its cards name: partners, advocates, organisations. */
	who: SearchOption[];
	cards: SearchOption[];
}

export const NO_OFFERS: Offers = { who: [], cards: [] };

const cut = (words: string) => (words.length > 80 ? `${words.slice(0, 79)}…` : words);

/** `earlier`: of other boards; of this one, what is on it now. */
export function offersOf(
	people: readonly { name?: string }[],
	board: { id: BoardId; value: BoardValue; exercise: Exercise } | null,
	earlier: readonly EarlierCard[]
): Offers {
	const who = new Map<string, SearchOption>();
	const name = (title: string, note?: string) => {
		const id = title.trim();
		if (id !== '' && !who.has(id)) who.set(id, { id, title: id, ...(note && { note }) });
	};
	const byKey = new Map(earlier.map((card) => [keyOf(card), card]));
	const isSomebody = (on: BoardId, card: Pick<EarlierCard, 'from' | 'text'>) =>
		!namesNobody(sourceOf(on, card, (key) => byKey.get(key)));
	for (const person of people) name(person.name ?? '');
	const cards = board ? cardsOf({ exercise: board.exercise, board: board.value }) : [];
	for (const card of cards) {
		const { exercise } = board!;
		const named = exercise.columns.some(({ id, contact }) => id === card.column && contact);
		if (named && isSomebody(board!.id, { ...card, text: mainText(card, exercise) }))
			name(mainText(card, exercise), `${nameOfOne(exercise, card.column)} · ${exercise.title}`);
	}
	for (const card of earlier)
		if (card.contact && card.board !== board?.id && isSomebody(card.board, card))
			name(card.text, `${card.column} · ${card.title}`);
	return {
		who: [...who.values()],
		cards: cards
			.filter((card) => leadOf({ board: board!.value }, card) === card.id)
			.map((card) => ({
				id: card.id,
				title: cut(mainText(card, board!.exercise)),
				note: nameOfOne(board!.exercise, card.column)
			}))
	};
}
