/**
 * How groups lie before anybody opens or shuts them, and what of a board is drawn then. A stack is a
 * group of the same idea that is shut: its top card is seen, and how many lie under it.
 */
import type { BoardValue, GroupValue } from '#shared/doc/contents.ts';
import type { CardId, GroupId } from '#shared/ids.ts';
import type { Layout } from './surface.svelte.ts';

/** Whoever looks for something sees what is found, wherever it lies. */
export const liesShut = (
	{ kind }: Pick<GroupValue, 'kind'>,
	layout: Layout,
	looking: boolean
): boolean => !looking && (kind === 'same' || layout === 'phone');

/** The cards that lie on a stack, and under it. */
export const topOf = ({ cards: [top] }: Pick<GroupValue, 'cards'>): CardId | undefined => top;
export const under = ({ cards }: Pick<GroupValue, 'cards'>): CardId[] => cards.slice(1);

/** What is not drawn because it lies in something shut. */
export function outOfSight(
	{ groups }: Pick<BoardValue, 'groups'>,
	isShut: (group: GroupValue) => boolean
): Set<CardId | GroupId> {
	const gone = new Set<CardId | GroupId>();
	for (const group of groups) {
		if (!isShut(group)) continue;
		for (const card of group.kind === 'same' ? under(group) : group.cards) gone.add(card);
		for (const inner of groups)
			if (inner.group === group.id) for (const one of [inner.id, ...inner.cards]) gone.add(one);
	}
	return gone;
}

/** The card that is seen in a card's place: the top one of the stack that it lies in, else itself. */
export function seenAs(
	card: CardId,
	{ groups }: Pick<BoardValue, 'groups'>,
	isShut: (group: GroupValue) => boolean
): CardId {
	const group = groups.find(({ kind, cards }) => kind === 'same' && cards.includes(card));
	return (group && isShut(group) && topOf(group)) || card;
}
