/** Groups as the views see them: a `same` group inside a theme belongs to the theme. */
import type { CardValue, GroupValue } from '../../doc/contents.ts';
import { byOrder } from '../../doc/order.ts';
import { mainText } from '../../doc/read.ts';
import type { BoardContents, ViewWords } from '../views.ts';
import { cardsOf } from './cards.ts';

/** Groups that stand in no other, column by column. */
export function outerGroups(contents: BoardContents): GroupValue[] {
	const at = new Map(contents.exercise.columns.map((column, i) => [column.id, i]));
	return contents.board.groups
		.filter((group) => !contents.board.groups.some((outer) => outer.id === group.group))
		.sort((a, b) => (at.get(a.column) ?? 0) - (at.get(b.column) ?? 0) || byOrder(a, b));
}

/** Every card of a group, those of the groups in it included. */
export function membersOf(group: GroupValue, contents: BoardContents): CardValue[] {
	const inner = contents.board.groups.filter((one) => one.group === group.id);
	const ids = new Set([...group.cards, ...inner.flatMap((one) => one.cards)]);
	return cardsOf(contents).filter((card) => ids.has(card.id));
}

/** A group's own title; ideas that are the same are named by the first of them. */
export function groupTitle(group: GroupValue, contents: BoardContents, words: ViewWords): string {
	if (group.title.trim()) return group.title;
	const lead =
		group.kind === 'same' && contents.board.cards.find((card) => card.id === group.cards[0]);
	return lead ? mainText(lead, contents.exercise) : words.untitled;
}
