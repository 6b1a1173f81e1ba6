/**
 * One row a card, for spreadsheets: UTF-8 with a byte order mark, lines end in CRLF (RFC 4180). The
 * columns and their names are a contract: docs/SPEC.md.
 */
import { stringify } from 'csv-stringify/sync';
import type { CardValue } from '#shared/doc/contents.ts';
import { byOrder } from '#shared/doc/order.ts';
import { mainText } from '#shared/doc/read.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import { readableValue } from '#shared/exercises/views/cards.ts';
import { byTime, type BoardInput } from './input.ts';
import { clean } from './text.ts';
import type { Words } from './words.ts';

const BEFORE = ['card', 'column', 'group', 'text'];
const AFTER = ['author', 'votes', 'group_votes', 'answers', 'answers_text', 'comments', 'language'];
const OF_WORKSHOP = ['exercise', 'board'];
const OURS = new Set([...OF_WORKSHOP, ...BEFORE, ...AFTER]);

/** The cards of these boards; `several` puts the exercise and the board before each. */
export function csvOf(boards: BoardInput[], words: Words, several: boolean): Uint8Array {
	const fields = [...new Set(boards.flatMap(({ contents }) => otherFields(contents.exercise)))];
	const header = [...(several ? OF_WORKSHOP : []), ...BEFORE, ...fields.map(headerOf), ...AFTER];
	const rows = boards.flatMap((board) =>
		cardsInOrder(board).map((card) => {
			const row = rowOf(card, board, words);
			return [
				...(several ? [board.contents.exercise.id, board.id] : []),
				...BEFORE.map((name) => row[name] ?? ''),
				...fields.map((field) => fieldText(card, field, board, words)),
				...AFTER.map((name) => row[name] ?? '')
			];
		})
	);
	const text = stringify(
		[header, ...rows].map((row) => row.map(harmless)),
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

function cardsInOrder({ contents }: BoardInput): CardValue[] {
	const at = new Map(contents.exercise.columns.map((column, i) => [column.id, i]));
	return [...contents.board.cards].sort(
		(a, b) => (at.get(a.column) ?? 99) - (at.get(b.column) ?? 99) || byOrder(a, b)
	);
}

function fieldText(card: CardValue, id: string, { contents }: BoardInput, words: Words): string {
	const field = contents.exercise.fields.find((one) => one.id === id && !one.main);
	return field ? readableValue(card.fields[id], field, contents, words.view) : '';
}

function rowOf(card: CardValue, board: BoardInput, words: Words): Record<string, string> {
	const { exercise, board: value, votes, names } = board.contents;
	const group = value.groups.find(({ id }) => id === card.group);
	const answered = value.cards.find(({ id }) => id === card.answers);
	const count = (id: string | undefined) =>
		votes && id !== undefined ? String(votes[id] ?? 0) : '';
	return {
		card: card.id,
		column: exercise.columns.find(({ id }) => id === card.column)?.title ?? card.column,
		group: group ? group.title || words.view.untitled : '',
		text: mainText(card, exercise),
		author: names[card.author] ?? '',
		votes: count(card.id),
		group_votes: count(group?.id),
		answers: answered?.id ?? '',
		answers_text: answered ? mainText(answered, exercise) : '',
		comments: board.comments
			.filter((comment) => comment.card === card.id)
			.sort(byTime)
			.map(({ name, text }) => (name ? `${name}: ${text}` : text))
			.join('\n'),
		language: card.language ?? ''
	};
}

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
