/** Which late cards were let in while their author looked. What was left out, the server says. */
import type { CardId } from '#shared/ids.ts';

/** A card that was late, with the words that its author had given it. */
export interface LateCard {
	card: CardId;
	words: string;
	fate: 'waiting' | 'let in';
}

/** The words that cards show large, by card. */
type Words = ReadonlyMap<CardId, string>;

/** What the device knows now. */
export interface LateFacts {
	/** Own cards that are put down, and what the room has. */
	own: Words;
	room: Words;
	/** How many of them are held back. */
	held: number;
	/** What was left out, and can still come back. */
	left: Words;
}

/**
 * The late cards after a change. One that the room has as it was written was let in; what else
 * became of one is not to be seen from here, and it waits. Answers what it was given where nothing
 * has changed.
 */
export function followLate(before: readonly LateCard[], facts: LateFacts): readonly LateCard[] {
	const { own, room, held, left } = facts;
	const late = new Map(left);
	if (held > 0)
		for (const [card, words] of own) if (room.get(card) !== words) late.set(card, words);
	const known = before.filter(({ card, fate }) => fate === 'waiting' || !late.has(card));
	const followed = known.map((one): LateCard => {
		const words = late.get(one.card);
		if (words !== undefined) return words === one.words ? one : { ...one, words };
		const isIn = own.get(one.card) === one.words && room.get(one.card) === one.words;
		return isIn && one.fate === 'waiting' ? { ...one, fate: 'let in' } : one;
	});
	const cards = new Set(followed.map(({ card }) => card));
	const added = [...late]
		.filter(([card]) => !cards.has(card))
		.map(([card, words]): LateCard => ({ card, words, fate: 'waiting' }));
	const after = [...followed, ...added];
	const same = after.length === before.length && after.every((one, at) => one === before[at]);
	return same ? before : after;
}
