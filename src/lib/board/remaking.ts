/** A theme that is one idea after all, or an idea that is a theme. */
import type { BoardValue, GroupValue } from '#shared/doc/contents.ts';
import type { GroupId } from '#shared/ids.ts';
import type { Board } from '$lib/state/board.svelte.ts';

export interface Remade {
	readonly value: BoardValue;
	makeGroup: Board['makeGroup'];
}

/** What a group could be instead; a group of one idea inside a theme is no theme. */
export const otherKind = (group: GroupValue): GroupValue['kind'] | null =>
	group.kind === 'theme' ? 'same' : group.group ? null : 'theme';

/** Makes another group of its cards in its place, under its name. Answers it, or the old one. */
export function remake(board: Remade, group: GroupValue): GroupId {
	const kind = otherKind(group);
	if (!kind) return group.id;
	const inside = board.value.groups.filter((inner) => inner.group === group.id);
	const cards = [group, ...inside].flatMap((one) => one.cards);
	const { column, order, title } = group;
	const instead = [group, ...inside].map(({ id }) => id);
	return board.makeGroup(cards, { column, order }, kind, { title, instead });
}
