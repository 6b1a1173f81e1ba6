/** Which blocks of an exercise's part stand side by side where there is room. */
import type { Block } from '#shared/summary/model.ts';

/** What is read as well in half the width. */
const HALF: ReadonlySet<Block['kind']> = new Set(['bars', 'ranking', 'nothing']);

/** In their order: two that follow each other and need half a width share a row. */
export function rowsOf(blocks: readonly Block[]): Block[][] {
	const rows: Block[][] = [];
	for (const block of blocks) {
		const before = rows.at(-1);
		const beside = before?.length === 1 && HALF.has(before[0]!.kind) && HALF.has(block.kind);
		if (beside) before.push(block);
		else rows.push([block]);
	}
	return rows;
}

/** A count out of its words, to be written large: `['', '14', ' votes']`; whole where it is not in them. */
export function countIn(words: string, count: number): [string, string, string] {
	const at = words.indexOf(String(count));
	if (at < 0) return [words, '', ''];
	const end = at + String(count).length;
	return [words.slice(0, at), words.slice(at, end), words.slice(end)];
}
