/** What a board's PDF and its pictures are set from: a template, and the plain value that it takes. */
import type { ExportOptions } from '#shared/export-formats.ts';
import { boardPage } from './board-page.ts';
import { coveragePage } from './coverage-page.ts';
import type { BoardInput, ExportInput } from './input.ts';
import type { Alt, Template } from './typesetter.ts';
import type { Words } from './words.ts';

export interface BoardDocument {
	template: Template;
	data: { alt: Alt };
}

/** How wide a board's PNG is, unless the board is so tall that it would be too large. */
export const PNG_WIDTH = 2400;

/** Null where the exercise has no coverage to make a poster of. SVG and PNG take the layout `wall`. */
export function boardDocument(
	input: ExportInput,
	board: BoardInput,
	words: Words,
	now: number,
	options: ExportOptions
): BoardDocument | null {
	if (options.picture === 'coverage') {
		const data = coveragePage(input, board, words, now);
		return data && { template: 'coverage', data };
	}
	return { template: 'board', data: boardPage(input, board, words, now, options) };
}
