/**
 * One row a card, for spreadsheets: UTF-8 with a byte order mark, lines end in CRLF (RFC 4180). The
 * columns and their names are a contract: docs/SPEC.md.
 */
import { stringify } from 'csv-stringify/sync';
import type { CardValue } from '#shared/doc/contents.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import { REACTIONS } from '#shared/facilitation/reactions.ts';
import { readableValue } from '#shared/exercises/views/cards.ts';
import { cardRows, type CardRow } from './card-rows.ts';
import type { BoardInput } from './input.ts';
import { clean } from './text.ts';
import type { Words } from './words.ts';

const BEFORE = ['card', 'column', 'group', 'text'];
const REACTED = REACTIONS.map((reaction) => `reaction_${reaction}`);
const AFTER = [
	'author',
	'votes',
	'group_votes',
	'answers',
	'answers_text',
	'comments',
	'language',
	...REACTED,
	'voting',
	'votes_place',
	'votes_x',
	'votes_y',
	'for',
	'for_text',
	'votes_before',
	'group_votes_before'
];
const OF_WORKSHOP = ['exercise', 'board'];
const OURS = new Set([...OF_WORKSHOP, ...BEFORE, ...AFTER]);

/** The cards of these boards; `several` puts the exercise and the board before each. */
export function csvOf(boards: BoardInput[], words: Words, several: boolean): Uint8Array {
	const fields = [...new Set(boards.flatMap(({ contents }) => otherFields(contents.exercise)))];
	const header = [...(several ? OF_WORKSHOP : []), ...BEFORE, ...fields.map(headerOf), ...AFTER];
	const rows = boards.flatMap((board) =>
		cardRows(board, words).map((row) => {
			const cells = cellsOf(row);
			return [
				...(several ? [board.contents.exercise.id, board.id] : []),
				...BEFORE.map((name) => cells[name] ?? ''),
				...fields.map((field) => fieldText(row.card, field, board, words)),
				...AFTER.map((name) => cells[name] ?? '')
			];
		})
	);
	return csvFile([header, ...rows]);
}

/** Rows as a file that every spreadsheet takes, and in which none finds a formula. */
export function csvFile(rows: string[][]): Uint8Array {
	const text = stringify(
		rows.map((row) => row.map(harmless)),
		{
			bom: true,
			record_delimiter: 'windows',
			// With CRLF between records, the library lets a lone LF in a cell stand unquoted.
			quoted_match: /\n/
		}
	);
	return new TextEncoder().encode(text);
}

/** Main fields are all under `text`, so that boards of different exercises line up. */
const otherFields = (exercise: Exercise): string[] =>
	exercise.fields.filter((field) => !field.main).map((field) => field.id);

/** A field that is called like one of our columns keeps clear of it. */
const headerOf = (field: string): string => (OURS.has(field) ? `field_${field}` : field);

function fieldText(card: CardValue, id: string, { contents }: BoardInput, words: Words): string {
	const field = contents.exercise.fields.find((one) => one.id === id && !one.main);
	return field ? readableValue(card.fields[id], field, contents, words.view) : '';
}

const cellsOf = (row: CardRow): Record<string, string> => ({
	card: row.card.id,
	column: row.column,
	group: row.group,
	text: row.text,
	author: row.author,
	votes: String(row.votes ?? ''),
	group_votes: String(row.groupVotes ?? ''),
	voting: row.voting ?? '',
	votes_place: String(row.place ?? ''),
	votes_x: String(row.at?.x ?? ''),
	votes_y: String(row.at?.y ?? ''),
	answers: row.answered?.id ?? '',
	answers_text: row.answered?.text ?? '',
	comments: row.comments,
	language: row.card.language ?? '',
	for: row.isFor?.id ?? '',
	for_text: row.isFor?.text ?? '',
	votes_before: row.before,
	group_votes_before: row.groupBefore,
	...Object.fromEntries(REACTIONS.map((one, i) => [REACTED[i], String(row.reactions[one] ?? '')]))
});

/** Spreadsheets run what begins so, also behind spaces or quotes, also in full width. */
const FORMULA = /^[\s"'\u2018-\u201f\u200b-\u200f\u2060]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

const STARTS = /^[\t\r\0]/;

/**
 * Where lists are separated by semicolons, as for most of Europe, a spreadsheet divides our rows at
 * these, takes no quotes for quotes, and so begins a cell at every tab and line of a text as well.
 */
const INNER_FORMULA =
	/([;\t\n])([[\s"'\u2018-\u201f\u200b-\u200f\u2060]--[\t\n]]*[=+\-@\uff1d\uff0b\uff0d\uff20])/gv;

/** A cell that no spreadsheet takes for a formula: an apostrophe before what looks like one. */
function harmless(cell: string): string {
	const text = clean(cell).replace(INNER_FORMULA, "$1'$2");
	// Cleaning may bring a tab to the front, or take a NUL from there.
	return FORMULA.test(text) || STARTS.test(cell) || STARTS.test(text) ? `'${text}` : text;
}
