/**
 * Arranging as people do it, whether by mouse, finger or keys: something in hand, a target under
 * it, and what a drop there means. Pure but for the board's own writes.
 */
import type { BoardValue, CardValue, GroupValue } from '#shared/doc/contents.ts';
import { between, byOrder } from '#shared/doc/order.ts';
import type { CardId, GroupId } from '#shared/ids.ts';

/** What lies in a column: a group, or a card that is in none. */
export type Item =
	| { kind: 'card'; id: CardId; order: string; card: CardValue }
	| { kind: 'group'; id: GroupId; order: string; group: GroupValue };

export interface InHand {
	kind: 'card' | 'group';
	id: string;
}

/** Where something in hand may go. */
export type Target =
	| { on: 'slot'; column: string; before: string | null }
	| { on: 'card'; card: CardId; column: string }
	| { on: 'group'; group: GroupId; column: string };

/** The writes that a drop needs: those of the client's board. */
export interface Arranged {
	readonly value: BoardValue;
	place(id: string, at: { column: string; order: string }): void;
	makeGroup(cards: CardId[], at: { column: string; order: string }): GroupId;
	joinGroup(card: CardId | GroupId, group: GroupId): void;
	leaveGroup(card: CardId, at: { column: string; order: string }): void;
}

/** The group that a card is seen in: groups of fewer than two are drawn as none. */
export const groupOf = (board: BoardValue, card: CardId): GroupValue | undefined =>
	board.groups.find((group) => group.cards.includes(card));

/** The groups that `hand` may go into: for a card all but its own, for one idea the themes. */
export function groupsFor(board: BoardValue, hand: InHand): GroupValue[] {
	if (hand.kind === 'card') {
		const own = groupOf(board, hand.id);
		return board.groups.filter(({ id }) => id !== own?.id);
	}
	const held = board.groups.find(({ id }) => id === hand.id);
	if (held?.kind !== 'same') return [];
	return board.groups.filter(({ id, kind }) => kind === 'theme' && id !== held.group);
}

/** What lies in a column, in order. A group that stands in a theme lies there, not here. */
export function itemsIn(board: BoardValue, column: string): Item[] {
	const inside = new Set(board.groups.flatMap((group) => group.cards));
	const themes = new Set(board.groups.map(({ id }) => id));
	const cards = board.cards
		.filter((card) => card.column === column && !inside.has(card.id))
		.map((card) => ({ kind: 'card' as const, id: card.id, order: card.order, card }));
	const groups = board.groups
		.filter((group) => group.column === column && !(group.group && themes.has(group.group)))
		.map((group) => ({ kind: 'group' as const, id: group.id, order: group.order, group }));
	return [...cards, ...groups].sort(byOrder);
}

/** Every place in a column where `hand` may go, from its head to its foot: what the arrow keys walk. */
export function targetsIn(board: BoardValue, column: string, hand: InHand): Target[] {
	const targets: Target[] = [];
	for (const item of itemsIn(board, column)) {
		if (item.id === hand.id) continue;
		targets.push({ on: 'slot', column, before: item.id });
		if (hand.kind === 'group') continue;
		targets.push(
			item.kind === 'card'
				? { on: 'card', card: item.id, column }
				: { on: 'group', group: item.id, column }
		);
	}
	return [...targets, { on: 'slot', column, before: null }];
}

/** The place that `hand` lies in now, among `targets`. */
export function placeOf(board: BoardValue, hand: InHand, targets: Target[]): number {
	const group = hand.kind === 'card' ? groupOf(board, hand.id) : undefined;
	if (group) return targets.findIndex((one) => one.on === 'group' && one.group === group.id);
	const column = targets[0]?.column ?? '';
	const items = itemsIn(board, column);
	const next = items[items.findIndex(({ id }) => id === hand.id) + 1]?.id ?? null;
	return targets.findIndex((one) => one.on === 'slot' && one.before === next);
}

export type Dropped = 'nothing' | 'moved' | 'grouped' | 'joined' | 'left';

/** Does what dropping `hand` on `target` means, in at most one write. */
export function drop(board: Arranged, hand: InHand, target: Target): Dropped {
	const group = hand.kind === 'card' ? groupOf(board.value, hand.id) : undefined;
	if (target.on === 'group') {
		if (!groupsFor(board.value, hand).some(({ id }) => id === target.group)) return 'nothing';
		board.joinGroup(hand.id, target.group);
		return 'joined';
	}
	if (target.on === 'card') {
		const under = board.value.cards.find(({ id }) => id === target.card);
		if (!under || hand.kind === 'group' || under.id === hand.id) return 'nothing';
		// Somebody else has grouped it meanwhile: nobody's group loses a card to this.
		const around = groupOf(board.value, under.id);
		if (around) return drop(board, hand, { on: 'group', group: around.id, column: around.column });
		const { column, order } = under;
		board.makeGroup([under.id, hand.id], { column, order });
		return 'grouped';
	}
	const at = { column: target.column, order: orderAt(board.value, hand, target) };
	if (group) {
		board.leaveGroup(hand.id, at);
		return 'left';
	}
	if (isThere(board.value, hand, target)) return 'nothing';
	board.place(hand.id, at);
	return 'moved';
}

type Slot = Extract<Target, { on: 'slot' }>;

function orderAt(board: BoardValue, hand: InHand, slot: Slot): string {
	const orders = itemsIn(board, slot.column).filter(({ id }) => id !== hand.id);
	const at = slot.before === null ? -1 : orders.findIndex(({ id }) => id === slot.before);
	const next = at < 0 ? orders.length : at;
	return between(orders[next - 1]?.order ?? null, orders[next]?.order ?? null);
}

function isThere(board: BoardValue, hand: InHand, slot: Slot): boolean {
	const items = itemsIn(board, slot.column);
	const at = items.findIndex(({ id }) => id === hand.id);
	return at >= 0 && (items[at + 1]?.id ?? null) === slot.before;
}
