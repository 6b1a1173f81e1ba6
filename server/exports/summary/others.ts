/** Cards that no part of an exercise's summary looks at: nothing that was written goes missing. */
import { untoldColumns } from '#shared/exercises/untold.ts';
import { cardsOf } from '#shared/exercises/views/cards.ts';
import type { BoardContents } from '#shared/exercises/views.ts';
import { blockOf } from './blocks.ts';
import { said, type Looking } from './items.ts';

/** A board with these cards alone; null where there are none. */
export function othersIn(contents: BoardContents): BoardContents | null {
	const columns = untoldColumns(contents.exercise).map(({ id }) => id);
	const cards = cardsOf(contents, columns);
	return cards.length > 0 ? { ...contents, board: { ...contents.board, cards } } : null;
}

/** They stand under their columns, after all else. */
export function othersBlock(id: string, looking: Looking): ReturnType<typeof blockOf> {
	const title = looking.words.say('export_others');
	const made = blockOf(id, { type: 'by-column', title }, looking);
	const { top } = made;
	// A bar for each column would say that nothing stands in the others.
	const list = top.kind === 'list' ? { ...top, bars: [], alt: '' } : top;
	return { ...made, top: { ...list, title: said(title) } };
}
