/**
 * What people do when they arrange the board: placements and groups, never anybody's words. Each
 * function is one transaction with the origin LOCAL. Something that somebody else has taken away
 * meanwhile is not an error: the change is left out, or readers ignore what dangles.
 */
import * as Y from 'yjs';
import type { CardId, GroupId } from '../ids.ts';
import { LOCAL } from './notebook.ts';
import { between } from './order.ts';
import { cardsOf, groupsOf, placementsOf, type GroupKind, type Placement } from './schema.ts';

/** Puts a card or a group somewhere: one value, the last writer wins. */
export function place(board: Y.Doc, id: CardId | GroupId, placement: Placement): void {
	const now = placementsOf(board).get(id);
	const moved =
		now?.column !== placement.column ||
		now.order !== placement.order ||
		now.group !== placement.group;
	if (moved) board.transact(() => placementsOf(board).set(id, placement), LOCAL);
}

/** What a new group may have besides its cards. */
export interface NewGroup {
	/** May be blank. */
	title?: string;
	/** The theme that a `same` group stands in. */
	theme?: GroupId;
	/** Groups that it takes the place of: what a group is does not change, so another one is made. */
	instead?: GroupId[];
}

/** A new group; its cards stand in it in the order given, and into a theme go `same` groups too. */
export function makeGroup(
	board: Y.Doc,
	group: NewGroup & {
		id: GroupId;
		kind: GroupKind;
		column: string;
		order: string;
		cards: (CardId | GroupId)[];
	}
): void {
	const { column, order, theme } = group;
	board.transact(() => {
		const map = new Y.Map<unknown>([
			['kind', group.kind],
			['title', new Y.Text((group.title ?? '').toWellFormed())]
		]);
		groupsOf(board).set(group.id, map);
		place(board, group.id, theme ? { column, order, group: theme } : { column, order });
		let last: string | null = null;
		for (const card of group.cards) last = append(board, card, group.id, last) ?? last;
		for (const old of group.instead ?? []) {
			groupsOf(board).delete(old);
			placementsOf(board).delete(old);
		}
	}, LOCAL);
}

/** Adds a card to a group, behind its others. A `same` group joins a theme in the same way. */
export function joinGroup(board: Y.Doc, card: CardId | GroupId, group: GroupId): void {
	if (!groupsOf(board).has(group) || card === group) return;
	let last: string | null = null;
	for (const [id, placement] of placementsOf(board).entries())
		if (id !== card && placement.group === group && (last === null || placement.order > last))
			last = placement.order;
	board.transact(() => append(board, card, group, last), LOCAL);
}

/** The same for several, at once. */
export function joinAll(board: Y.Doc, cards: CardId[], group: GroupId): void {
	board.transact(() => cards.forEach((card) => joinGroup(board, card, group)), LOCAL);
}

/** Takes a card out of its group, to where it is dropped. */
export function leaveGroup(
	board: Y.Doc,
	card: CardId | GroupId,
	to: { column: string; order: string }
): void {
	place(board, card, { column: to.column, order: to.order });
}

/** Takes a group apart: its cards stay where they were, or in the theme that it stood in. */
export function dissolveGroup(board: Y.Doc, group: GroupId): void {
	const placements = placementsOf(board);
	board.transact(() => {
		const theme = placements.get(group)?.group;
		for (const [id, { column, order, group: of }] of placements.entries())
			if (of === group)
				place(board, id, theme ? { column, order, group: theme } : { column, order });
		groupsOf(board).delete(group);
		placements.delete(group);
	}, LOCAL);
}

/** A group's title, to bind an input to. */
export function groupTitle(board: Y.Doc, group: GroupId): Y.Text | null {
	const title = groupsOf(board).get(group)?.get('title');
	return title instanceof Y.Text ? title : null;
}

/**
 * Keeps the column, and the order too where it sorts behind `last`: taken apart again, the group
 * leaves its cards where they came from. Answers the order, null where the card is not there.
 */
function append(
	board: Y.Doc,
	card: CardId | GroupId,
	group: GroupId,
	last: string | null
): string | null {
	const now = placementsOf(board).get(card) ?? ownPlace(board, card);
	if (!now) return null;
	const order = last !== null && now.order <= last ? between(last, null) : now.order;
	place(board, card, { column: now.column, order, group });
	return order;
}

/** Where a card lies in its author's notebook. */
function ownPlace(board: Y.Doc, card: CardId): Placement | undefined {
	for (const own of cardsOf(board).values()) {
		const map = own.get(card);
		const column = map?.get('column');
		const order = map?.get('order');
		if (typeof column === 'string' && typeof order === 'string') return { column, order };
	}
	return undefined;
}
