import { editText } from '#shared/doc/notebook.ts';
import type { CardFrom, FieldValue } from '#shared/doc/schema.ts';
import type { CardId } from '#shared/ids.ts';
import type { Board } from '$lib/state/board.svelte.ts';

/**
 * Begins a draft with what was entered first, or goes on with the one that was begun a moment ago:
 * a second letter can be quicker than the frame in which the page learns of the first one's card.
 */
export function beginCard(
	board: Pick<Board, 'own' | 'add' | 'text' | 'setField'>,
	card: {
		column: string;
		fields: Record<string, FieldValue>;
		answers?: CardId;
		from?: CardFrom;
	}
): CardId {
	const begun = board.own.findLast((own) => own.draft && own.column === card.column);
	if (!begun) return board.add({ ...card, draft: true });
	for (const [field, value] of Object.entries(card.fields)) {
		const text = board.text(begun.id, field);
		if (text && typeof value === 'string') editText(text, value);
		else board.setField(begun.id, field, value);
	}
	return begun.id;
}
