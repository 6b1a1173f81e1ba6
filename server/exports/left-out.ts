/** What is not in a file, and why: a sentence each, for the file itself or for who takes it. */
import type { ExportFormat } from '#shared/export-formats.ts';
import type { BoardInput, ExportInput } from './input.ts';
import type { Words } from './words.ts';

/** What a format has no place for. */
const NO_PLACE = {
	csv: 'export_left_csv',
	vcf: 'export_left_vcf',
	ics: 'export_left_ics'
} as const;

/** Of these boards, in this format; of a summary where it is not said. */
export function leftOut(
	input: ExportInput,
	boards: BoardInput[],
	words: Words,
	format?: ExportFormat
): string[] {
	const sum = (of: (board: BoardInput) => number) =>
		boards.reduce((count, board) => count + of(board), 0);
	// Who facilitates gets hidden cards as data, marked.
	const isMarked = ({ all, contents }: BoardInput) =>
		format === 'json' && all.cards.length > contents.board.cards.length;
	const hidden = sum((board) => (isMarked(board) ? 0 : board.hidden));
	const unrevealed = boards.some(({ state }) => !state.revealed);
	const isWhole = boards.length !== 1 || input.boards.length !== 1;
	const place = format && format in NO_PLACE && NO_PLACE[format as keyof typeof NO_PLACE];
	return [
		...(hidden > 0 ? [words.count('hidden', hidden)] : []),
		...(unrevealed && !isWhole ? [words.say('export_not_revealed')] : []),
		...(isWhole ? [words.say('export_private')] : []),
		...(place ? [words.say(place)] : [])
	];
}
