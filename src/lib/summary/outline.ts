/** What a facilitator chooses from: every section and picture of a summary, also those left out. */
import type { Item, Summary } from '#shared/summary/model.ts';

export interface Choice {
	/** As it stands in `leftOut`. */
	id: string;
	title: string;
	/** The pictures and lists of an exercise. */
	parts: Choice[];
}

/** Of the whole summary. */
export function choicesOf(whole: Summary): Choice[] {
	const section = (id: string, found: { title: string } | null): Choice[] =>
		found ? [{ id, title: found.title, parts: [] }] : [];
	return [
		...section('did', whole.did),
		...section('ideas', whole.ideas),
		...section('chains', whole.chains),
		...section('actions', whole.actions),
		...whole.parts.map(({ board, title, blocks }) => ({
			id: board,
			title: title.text,
			parts: blocks.map((block) => ({ id: block.id, title: block.title.text, parts: [] }))
		}))
	];
}

/** The words of these cards, where they are in the whole summary; the others are gone. */
export function wordsOf(whole: Summary, cards: readonly string[]): Record<string, string> {
	const wanted = new Set(cards);
	const words: Record<string, string> = {};
	const look = (items: readonly Item[]): void => {
		for (const { card, text, members } of items) {
			if (card !== undefined && wanted.has(card)) words[card] = text.text;
			if (members) look(members);
		}
	};
	look(whole.chains?.items ?? []);
	const blocks = [...whole.parts, ...(whole.appendix?.parts ?? [])].flatMap((part) => part.blocks);
	for (const block of blocks) {
		if (block.kind === 'ranking') look(block.items);
		else if (block.kind === 'list') look(block.sections.flatMap(({ items }) => items));
		else if (block.kind === 'matches')
			look([...block.groups.flatMap(({ items }) => items), ...block.alone]);
		else if (block.kind === 'matrix')
			look([...block.rows.flat().flatMap(({ items }) => items), ...(block.rest?.items ?? [])]);
	}
	return words;
}
