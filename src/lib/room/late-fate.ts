/** What became of cards that came too late, as their author's device sees it. */
import type { CardId } from '#shared/ids.ts';

/** A card that was late, with the words that its author had given it. */
export interface LateCard {
	card: CardId;
	words: string;
	fate: 'held' | 'let in' | 'left out';
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
	/** Cards that were taken back here. */
	takenBack: ReadonlySet<CardId>;
}

/**
 * The late cards after a change. One that the room has as it was written was let in; one that is
 * gone from the notebook, or has gone back to what the room has, was left out. Answers what it was
 * given where nothing has changed.
 */
export function followLate(before: readonly LateCard[], facts: LateFacts): readonly LateCard[] {
	const { own, room, held, takenBack } = facts;
	const known = new Set(before.filter(({ fate }) => fate === 'held').map(({ card }) => card));
	const late = held === 0 ? [] : [...own].filter(([card, words]) => room.get(card) !== words);
	const added = late
		.filter(([card]) => !known.has(card))
		.map(([card, words]): LateCard => ({ card, words, fate: 'held' }));
	// What is late once more is told of once, as what it is now.
	const again = new Set(added.map(({ card }) => card));
	const after = before.flatMap((one): LateCard[] => {
		if (again.has(one.card)) return [];
		if (one.fate !== 'held') return [one];
		return takenBack.has(one.card) ? [] : [fateOf(one, own.get(one.card), room.get(one.card))];
	});
	const same = added.length === 0 && after.length === before.length;
	return same && after.every((one, at) => one === before[at]) ? before : [...after, ...added];
}

function fateOf(one: LateCard, own: string | undefined, room: string | undefined): LateCard {
	if (own === undefined) return { ...one, fate: 'left out' };
	if (own !== room) return own === one.words ? one : { ...one, words: own };
	return { ...one, fate: own === one.words ? 'let in' : 'left out' };
}
