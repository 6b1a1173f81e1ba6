/** Where everybody's view is led: the spotlight, as those who take part and the room screen see it. */
import type { BoardValue, CardValue } from '#shared/doc/contents.ts';
import { mainText } from '#shared/doc/read.ts';
import type { Column, Exercise, View } from '#shared/exercises/format.ts';
import { roomView } from '#shared/exercises/room-views.ts';
import type { BoardView } from '#shared/facilitation/view.ts';
import { columnsSeen, seenByRoom } from '../state/shown-board.ts';

export type Led =
	| { kind: 'card'; id: string; card: CardValue; answered: CardValue | null }
	| { kind: 'column'; id: string; column: Column }
	| { kind: 'view'; id: string; view: View };

/** Null where nobody is led anywhere, or to what the room does not see: hidden, not shown, or gone. */
export function ledTo(
	board: Pick<BoardView, 'spotlight' | 'hidden' | 'columnsShown'>,
	value: BoardValue,
	exercise: Exercise
): Led | null {
	const { spotlight } = board;
	if (spotlight === null) return null;
	if ('column' in spotlight) {
		const seen = columnsSeen(exercise, board.columnsShown);
		const column = seen.find(({ id }) => id === spotlight.column);
		return column ? { kind: 'column', id: column.id, column } : null;
	}
	if ('view' in spotlight) {
		const view = roomView(exercise, spotlight.view);
		// No column has a name with a space.
		return view && { kind: 'view', id: `view ${spotlight.view}`, view };
	}
	const { cards } = seenByRoom(value, board);
	const card = cards.find(({ id }) => id === spotlight.card);
	if (!card) return null;
	const answered = cards.find(({ id }) => id === card.answers) ?? null;
	return { kind: 'card', id: card.id, card, answered };
}

/** What it is called. */
export const ledName = (led: Led, exercise: Exercise): string =>
	led.kind === 'card'
		? mainText(led.card, exercise)
		: (led.kind === 'column' ? led.column : led.view).title;
