/** What was voted, as sheets of a workbook: what is shown now, and the rounds before that were. */
import type { Votes } from '#shared/doc/contents.ts';
import { mainText } from '#shared/doc/read.ts';
import { groupTitle } from '#shared/exercises/views/groups.ts';
import { meanPlace, standings } from '#shared/facilitation/tally.ts';
import type { Tally, Voting } from '#shared/facilitation/ways.ts';
import type { BoardInput } from './input.ts';
import { number, text, type Cell, type Column, type Table } from './sheet.ts';
import { roundsBefore } from './voted.ts';
import type { Words } from './words.ts';

/** Empty until votes are shown. */
export const votesTable = (boards: BoardInput[], words: Words): Table => ({
	name: words.say('export_sheet_votes'),
	columns: [text(words.say('export_col_exercise'), 32), ...columns(words)],
	rows: boards.flatMap((board) => {
		const { state, contents } = board;
		const { votes, voted } = contents;
		return votedRows(board, { votes: votes ?? {}, ...voted }, words).map((row) => [
			state.title,
			...row
		]);
	})
});

/** Of those that were shown and in which somebody voted; no sheet where there is none. */
export function roundsTable(boards: BoardInput[], words: Words): Table[] {
	const rows = boards.flatMap((board) =>
		roundsBefore(board.contents, board.state.rounds).flatMap(({ number: round, voting, tally }) =>
			votedRows(board, { votes: tally.scores, voting, tally }, words).map((row): Cell[] => [
				board.state.title,
				round,
				tally.people,
				...row
			])
		)
	);
	if (rows.length === 0) return [];
	return [
		{
			name: words.say('export_rounds'),
			columns: [
				text(words.say('export_col_exercise'), 32),
				number(words.say('export_col_round')),
				number(words.say('export_col_voted')),
				...columns(words)
			],
			rows
		}
	];
}

const columns = (words: Words): Column[] => [
	text(words.view.column, 24),
	text(words.say('export_col_kind'), 12),
	text(words.say('export_col_text'), 56),
	number(words.say('export_sheet_votes')),
	text(words.say('export_col_voting'), 16),
	number(words.say('export_col_place_by_votes')),
	number(words.say('export_col_votes_x')),
	number(words.say('export_col_votes_y'))
];

interface Came {
	votes: Votes;
	voting?: Voting | undefined;
	tally?: Omit<Tally, 'earlier'>;
}

/** A row for each card, group and option that is there and got something, the highest score first. */
function votedRows(
	{ contents }: BoardInput,
	{ votes, voting, tally }: Came,
	words: Words
): Cell[][] {
	const { board, exercise } = contents;
	const title = (id: string) => exercise.columns.find((column) => column.id === id)?.title ?? id;
	const targets = [
		...board.groups.map((group) => ({
			...group,
			kind: words.say('export_col_group'),
			text: groupTitle(group, contents, words.view)
		})),
		...board.cards.map((card) => ({
			...card,
			kind: words.say('export_col_card'),
			text: mainText(card, exercise)
		})),
		...(voting?.options ?? []).map(({ id, title: text }) => ({
			id,
			column: '',
			kind: words.say('export_col_option'),
			text
		}))
	];
	const standing = standings(votes);
	const way = words.say(`export_way_${tally?.way ?? 'dots'}`);
	return targets
		.flatMap((one) => (votes[one.id] === undefined ? [] : [{ ...one, votes: votes[one.id]! }]))
		.sort((a, b) => b.votes - a.votes)
		.map((one): Cell[] => {
			const at = meanPlace(tally?.places[one.id]);
			return [
				title(one.column),
				one.kind,
				one.text,
				one.votes,
				way,
				standing[one.id]!.place,
				at?.x ?? null,
				at?.y ?? null
			];
		});
}
