/** A notebook and a board as plain values: the one place that knows what a dangling reference means. */
import * as Y from 'yjs';
import { mainFieldOf, type Exercise } from '../exercises/format.ts';
import type { AuthorKey, CardId, GroupId } from '../ids.ts';
import type { BoardValue, CardValue, GroupValue } from './contents.ts';
import { byOrder } from './order.ts';
import {
	cardsOf,
	groupsOf,
	placementsOf,
	type CardFrom,
	type FieldValue,
	type GroupKind,
	type Placement
} from './schema.ts';

/** The author's cards in their order, drafts included. What they answer may be on the board only. */
export function readNotebook(notebook: Y.Doc): CardValue[] {
	return allCards(notebook).sort(byOrder);
}

/**
 * The board as it lies: drafts and groups of fewer than two cards left out, and every reference to
 * something that is not there. A theme counts the cards of the `same` groups that stand in it.
 * `read`: cards that need not be read again.
 */
export function readBoard(board: Y.Doc, read?: CardsRead): BoardValue {
	const cards = allCards(board, read).filter((card) => !card.draft);
	const groups = [...groupsOf(board).entries()].map(([id, map]) => groupValue(id, map));
	return asTheyLie(cards, groups, placementsOf(board));
}

/** Cards and groups, each its reader's own to change, where these placements put them. */
export function asTheyLie(
	cards: CardValue[],
	all: GroupValue[],
	placements: { get(id: CardId | GroupId): Placement | undefined }
): BoardValue {
	const ids = new Set(cards.map((card) => card.id));
	const groups = new Map(all.map((group) => [group.id, group]));

	for (const card of cards) {
		const placement = placements.get(card.id);
		if (placement) Object.assign(card, placement);
		if (card.group !== undefined && !groups.has(card.group)) delete card.group;
		if (card.answers !== undefined && !ids.has(card.answers)) delete card.answers;
	}
	cards.sort(byOrder);
	for (const card of cards)
		if (card.group !== undefined) groups.get(card.group)!.cards.push(card.id);

	for (const group of groups.values()) {
		const placement = placements.get(group.id);
		if (placement) Object.assign(group, placement);
		// One level: only a `same` group stands in another, and only in a theme.
		const inside = group.group === undefined ? undefined : groups.get(group.group);
		if (group.kind !== 'same' || inside?.kind !== 'theme') delete group.group;
	}
	// Inner groups first: one that is not drawn leaves its single card to the theme around it.
	for (const kind of ['same', 'theme'] as const) leaveOutSmall(kind, groups, cards);
	return { cards, groups: [...groups.values()].sort(byOrder) };
}

function leaveOutSmall(
	kind: GroupKind,
	groups: Map<GroupId, GroupValue>,
	cards: CardValue[]
): void {
	for (const group of groups.values()) {
		if (group.kind !== kind || size(group, groups) >= 2) continue;
		groups.delete(group.id);
		const theme = group.group === undefined ? undefined : groups.get(group.group);
		for (const card of cards) {
			if (card.group !== group.id) continue;
			if (theme) {
				card.group = theme.id;
				theme.cards = cards.filter((one) => one.group === theme.id).map((one) => one.id);
			} else delete card.group;
		}
		for (const inner of groups.values()) if (inner.group === group.id) delete inner.group;
	}
}

function size(group: GroupValue, groups: Map<GroupId, GroupValue>): number {
	let cards = group.cards.length;
	for (const inner of groups.values()) if (inner.group === group.id) cards += inner.cards.length;
	return cards;
}

/** Whether a card counts: it is put down, and says something. */
export const isPutDown = (card: CardValue, exercise: Exercise): boolean =>
	!card.draft && mainText(card, exercise) !== '';

/** What a card shows large. A card that was moved to a column with another main field keeps its words. */
export function mainText(card: Pick<CardValue, 'column' | 'fields'>, exercise: Exercise): string {
	const own = mainFieldOf(exercise, card.column);
	const others = exercise.fields.filter((field) => field.main);
	for (const field of own ? [own, ...others] : others) {
		const text = card.fields[field.id];
		if (typeof text === 'string') return text;
	}
	return '';
}

/** Cards that were read before, each by where it stands in the document, and have not changed since. */
export type CardsRead = Map<unknown, CardValue>;

/** Reads one card after the other into `read`, and pauses after each. */
export function* cardsAhead(doc: Y.Doc, read: CardsRead): Generator<void> {
	for (const [author, own] of cardsOf(doc).entries())
		for (const [id, map] of own.entries()) {
			read.set(map, cardValue(author, id, map));
			yield;
		}
}

function allCards(doc: Y.Doc, read?: CardsRead): CardValue[] {
	const cards: CardValue[] = [];
	for (const [author, own] of cardsOf(doc).entries())
		for (const [id, map] of own.entries()) {
			const known = read?.get(map);
			cards.push(known ? { ...known } : cardValue(author, id, map));
		}
	return cards;
}

function cardValue(author: AuthorKey, id: CardId, map: Y.Map<unknown>): CardValue {
	const card: CardValue = {
		id,
		author,
		column: string(map.get('column')) ?? '',
		order: string(map.get('order')) ?? '',
		fields: {}
	};
	const answers = string(map.get('answers'));
	const language = string(map.get('language'));
	const from = map.get('from');
	if (answers !== undefined) card.answers = answers;
	if (language !== undefined) card.language = language;
	// The guard let only this shape in.
	if (from !== undefined) card.from = from as CardFrom;
	if (map.get('draft') === true) card.draft = true;

	const fields = map.get('fields');
	if (fields instanceof Y.Map)
		for (const [field, value] of fields.entries()) {
			const plain = value instanceof Y.Text ? value.toString() : (value as FieldValue);
			if (typeof plain !== 'string' || plain.trim() !== '') card.fields[field] = plain;
		}
	return card;
}

function groupValue(id: GroupId, map: Y.Map<unknown>): GroupValue {
	const title = map.get('title');
	return {
		id,
		kind: map.get('kind') === 'same' ? 'same' : 'theme',
		title: title instanceof Y.Text ? title.toString() : '',
		column: '',
		order: '',
		cards: []
	};
}

const string = (value: unknown): string | undefined =>
	typeof value === 'string' ? value : undefined;
