/**
 * How a board lies, without anybody's words: read from its document, and written into it again. A
 * group's title is the room's, and part of it.
 */
import * as Y from 'yjs';
import type { CardId, GroupId } from '../ids.ts';
import { groupTitle } from './board.ts';
import type { BoardValue, CardValue } from './contents.ts';
import { editText } from './notebook.ts';
import { asTheyLie } from './read.ts';
import { cardsOf, groupsOf, placementsOf, type GroupKind, type Placement } from './schema.ts';

interface LaidCard extends Placement {
	id: CardId;
}

interface LaidGroup {
	id: GroupId;
	kind: GroupKind;
	title: string;
	/** Where it was put; a group that nobody has put anywhere has none. */
	place?: Placement;
}

/** Sorted by id: two that say the same are the same as JSON. */
export interface Lay {
	/** Every card that is on the board, drafts left out, and where it lies. */
	cards: LaidCard[];
	/** Also those that are not drawn, for they have fewer than two cards. */
	groups: LaidGroup[];
}

/** Reads no text of any card. */
export function readLay(board: Y.Doc): Lay {
	const placements = placementsOf(board);
	const all = groupsOf(board);
	const inThere = ({ column, order, group }: Placement): Placement =>
		group !== undefined && all.has(group) ? { column, order, group } : { column, order };

	const cards: LaidCard[] = [];
	for (const own of cardsOf(board).values())
		for (const [id, map] of own.entries()) {
			if (map.get('draft') === true) continue;
			const place = placements.get(id) ?? {
				column: text(map.get('column')),
				order: text(map.get('order'))
			};
			cards.push({ id, ...inThere(place) });
		}
	const groups: LaidGroup[] = [];
	for (const [id, map] of all.entries()) {
		const place = placements.get(id);
		groups.push({
			id,
			kind: map.get('kind') === 'same' ? 'same' : 'theme',
			title: groupTitle(board, id)?.toString() ?? '',
			...(place && { place: inThere(place) })
		});
	}
	return { cards: cards.sort(byId), groups: groups.sort(byId) };
}

/**
 * Makes the board lie as it lay: to be called in one transaction. Cards that came later stay where
 * they are, out of groups that came later, which go. A group that is made again has its own id, and
 * so the votes that were given to it.
 */
export function layOut(board: Y.Doc, lay: Lay): void {
	const placements = placementsOf(board);
	const now = readLay(board);
	const put = (id: CardId | GroupId, place: Placement | undefined) => {
		if (!place) placements.delete(id);
		else if (!isSamePlace(place, placements.get(id))) placements.set(id, place);
	};

	const then = new Set(lay.groups.map(({ id }) => id));
	for (const { id } of now.groups)
		if (!then.has(id)) {
			groupsOf(board).delete(id);
			placements.delete(id);
		}
	for (const group of lay.groups) {
		putGroup(board, group);
		put(group.id, group.place);
	}

	const laid = new Map(lay.cards.map((card) => [card.id, card]));
	const themes = new Map(now.groups.map(({ id, place }) => [id, place?.group]));
	for (const card of now.cards) {
		const was = laid.get(card.id) ?? outOfWhatGoes(card, then, themes);
		const { column, order, group } = was;
		if (!isSamePlace(was, card))
			put(card.id, group === undefined ? { column, order } : { column, order, group });
	}
}

/** A card that came later: in its group, or in the theme around that, where one of them stays. */
function outOfWhatGoes(
	{ column, order, group }: LaidCard,
	stays: Set<GroupId>,
	themes: Map<GroupId, GroupId | undefined>
): Placement {
	const theme = group === undefined ? undefined : themes.get(group);
	const home = [group, theme].find((one) => one !== undefined && stays.has(one));
	return home === undefined ? { column, order } : { column, order, group: home };
}

function putGroup(board: Y.Doc, { id, kind, title }: LaidGroup): void {
	const there = groupTitle(board, id);
	if (there && groupsOf(board).get(id)?.get('kind') === kind) return editText(there, title);
	const map = new Y.Map<unknown>([
		['kind', kind],
		['title', new Y.Text(title.toWellFormed())]
	]);
	groupsOf(board).set(id, map);
}

/** A board as it lay, of the cards whose words there still are. */
export function boardAt(lay: Lay, words: CardValue[]): BoardValue {
	const placements = new Map<string, Placement>();
	for (const { id, ...place } of lay.cards) placements.set(id, place);
	for (const { id, place } of lay.groups) if (place) placements.set(id, place);
	const laid = new Set(lay.cards.map(({ id }) => id));
	const cards = words.filter(({ id }) => laid.has(id)).map(({ group: _now, ...card }) => card);
	const groups = lay.groups.map(({ id, kind, title }) => ({
		id,
		kind,
		title,
		column: '',
		order: '',
		cards: []
	}));
	return asTheyLie(cards, groups, placements);
}

/** Whether two places are one. */
export const isSamePlace = (place: Placement, other: Placement | undefined): boolean =>
	place.column === other?.column && place.order === other.order && place.group === other.group;

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
