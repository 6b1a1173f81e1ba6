import type { Exercise } from '#shared/exercises/format.ts';
import { mainText } from '#shared/doc/read.ts';
import type { BoardValue } from '#shared/doc/contents.ts';
import { m } from '$lib/paraglide/messages.js';
import type { Missing } from './missing.ts';
import { topOf } from './stack.ts';
import { groupOf, type Dropped, type InHand, type Target } from './arranging.ts';

/** What a card or a group is called in a sentence. */
export function nameOf(board: BoardValue, exercise: Exercise, id: string): string {
	const card = board.cards.find((one) => one.id === id);
	if (card) return mainText(card, exercise).slice(0, 80);
	const group = board.groups.find((one) => one.id === id);
	if (group?.title) return group.title;
	// What says the same goes by its top card.
	const top = group?.kind === 'same' ? topOf(group) : undefined;
	return (top !== undefined && nameOf(board, exercise, top)) || m.board_group_untitled();
}

const columnTitle = (exercise: Exercise, column: string): string =>
	exercise.columns.find(({ id }) => id === column)?.title ?? column;

/** Where something in hand would go now. */
export function targetSaid(board: BoardValue, exercise: Exercise, target: Target): string {
	if (target.on === 'card')
		return m.board_said_on_card({ words: nameOf(board, exercise, target.card) });
	if (target.on === 'group')
		return m.board_said_on_group({ title: nameOf(board, exercise, target.group) });
	const column = columnTitle(exercise, target.column);
	return target.before === null
		? m.board_said_end({ column })
		: m.board_said_before({ column, words: nameOf(board, exercise, target.before) });
}

/** What a drop has done. */
export function droppedSaid(
	board: BoardValue,
	exercise: Exercise,
	hand: InHand,
	target: Target,
	dropped: Dropped
): string {
	const words = nameOf(board, exercise, hand.id);
	if (dropped === 'nothing') return m.board_said_back({ words });
	if (dropped === 'grouped') return m.board_said_grouped({ words });
	// A card that it was dropped on may be in a group by now.
	const group =
		target.on === 'group' ? target.group : target.on === 'card' && groupOf(board, target.card)?.id;
	if (dropped === 'joined' && group)
		return m.board_said_joined({ words, title: nameOf(board, exercise, group) });
	return m.board_said_moved({ words, column: columnTitle(exercise, target.column) });
}

/** What a card still needs, on the button that puts it down. */
export function missingSaid(missing: Missing): string {
	switch (missing.kind) {
		case 'letters':
			return m.board_missing_letters({ count: missing.count });
		case 'field':
			return m.board_missing_field({ field: missing.field.title });
		case 'answer':
			return m.board_missing_answer();
	}
}
