/**
 * A workbook: what it is and what it lacks, a sheet an exercise with a row a card, and the people,
 * the votes, the rounds before and the actions of all. What was typed is in cells of text, which no spreadsheet runs.
 */
import { writeXlsx } from 'hucre/xlsx';
import { dayOf } from '#shared/day-of.ts';
import type { Field } from '#shared/exercises/format.ts';
import { readableValue } from '#shared/exercises/views/cards.ts';
import { mainText } from '#shared/doc/read.ts';
import { REACTIONS } from '#shared/facilitation/reactions.ts';
import { cardRows, type CardRow } from './card-rows.ts';
import { byTime, type BoardInput, type ExportInput } from './input.ts';
import { leftOut } from './left-out.ts';
import { number, sheetNames, sheetOf, text, type Cell, type Column, type Table } from './sheet.ts';
import { clean } from './text.ts';
import { roundsTable, votesTable } from './votes-sheets.ts';
import type { Words } from './words.ts';

export async function xlsxOf(
	input: ExportInput,
	boards: BoardInput[],
	words: Words
): Promise<Uint8Array> {
	const named = boards.filter(({ state }) => !input.workshop.anonymous && !state.anonymous);
	const tables = [
		...boards.map((board) => exerciseTable(board, named.includes(board), words)),
		...(named.length > 0 ? [peopleTable(input, named, words)] : []),
		votesTable(boards, words),
		...roundsTable(boards, words),
		actionsTable(boards, words)
	];
	const about = aboutTable(input, boards, words);
	const rightToLeft = input.workshop.language === 'ar';
	const names = sheetNames([about, ...tables].map(({ name }) => name));
	return writeXlsx({
		sheets: [about, ...tables].map((table, i) =>
			sheetOf({ ...table, name: names[i]! }, { paper: input.summary.paper, rightToLeft })
		),
		properties: {
			title: clean(input.workshop.title),
			creator: clean(input.workshop.facilitator),
			// No time of its own: the same boards give the same bytes.
			modified: new Date(input.workshop.openedAt ?? 0)
		}
	});
}

function aboutTable(input: ExportInput, boards: BoardInput[], words: Words): Table {
	const { title, openedAt, facilitator, people } = input.workshop;
	const { organisation, place } = input.summary;
	const rows: Cell[][] = [
		[words.say('export_col_workshop'), title],
		[words.say('export_col_organisation'), organisation],
		[words.say('export_col_place'), place],
		[words.say('export_col_day'), openedAt === null ? '' : words.day(openedAt)],
		[words.say('export_col_facilitator'), facilitator],
		[words.say('export_sheet_people'), people],
		...boards.map((board) => [words.say('export_col_exercise'), board.state.title]),
		...leftOut(input, boards, words, 'xlsx').map((sentence) => [
			words.say('export_col_left_out'),
			sentence
		]),
		['', words.say('export_made_with')]
	];
	return {
		name: words.say('export_sheet_about'),
		columns: [
			{ head: '', kind: 'text', width: 20 },
			{ head: '', kind: 'text', width: 80 }
		],
		rows: rows.filter(([label, value]) => label === '' || (value !== '' && value !== null))
	};
}

/** A field's cells: scales are numbers, everything else is read as words. */
const fieldColumn = ({ title, type }: Field): Column => ({
	head: title,
	kind: type === 'scale' ? 'number' : 'text',
	width: type === 'scale' ? 12 : type === 'paragraph' ? 44 : 24
});

function exerciseTable(board: BoardInput, named: boolean, words: Words): Table {
	const { contents } = board;
	const { fields } = contents.exercise;
	const mains = fields.filter(({ main }) => main);
	const others = fields.filter(({ main }) => !main);
	const reacted = Object.keys(contents.reactions ?? {}).length > 0 ? REACTIONS : [];
	const linked =
		Object.keys(contents.sources ?? {}).length > 0
			? [[text(words.say('export_for'), 40), (row: CardRow) => row.isFor?.text ?? '']]
			: [];
	const rest: [Column, (row: CardRow) => Cell][] = [
		...(named ? [[text(words.say('export_col_author'), 20), (row: CardRow) => row.author]] : []),
		[number(words.say('export_sheet_votes')), (row) => row.votes],
		[number(words.say('export_col_group_votes')), (row) => row.groupVotes],
		[text(words.say('export_answers'), 40), (row) => row.answered?.text ?? ''],
		...linked,
		[text(words.say('export_comments'), 44), (row) => row.comments],
		...reacted.map((one) => [
			number(words.say(`export_col_${one}`)),
			(row: CardRow) => row.reactions[one] ?? null
		]),
		[text(words.say('export_col_language'), 10), (row) => row.card.language ?? ''],
		[text(words.say('export_col_card'), 24), (row) => row.card.id]
	] as [Column, (row: CardRow) => Cell][];
	return {
		name: board.state.title,
		columns: [
			text(words.view.column, 24),
			text(words.say('export_col_group'), 24),
			// Columns of an exercise may ask for different things.
			text(mains.length === 1 ? mains[0]!.title : words.say('export_col_text'), 56),
			...others.map(fieldColumn),
			...rest.map(([column]) => column)
		],
		rows: cardRows(board, words).map((row) => [
			row.column,
			row.group,
			row.text,
			...others.map((field): Cell => {
				const value = row.card.fields[field.id];
				return field.type === 'scale' && typeof value === 'number'
					? value
					: readableValue(value, field, contents, words.view);
			}),
			...rest.map(([, of]) => of(row))
		])
	};
}

/** Everybody with a seat; whose votes were whose is nobody's to know. */
function peopleTable({ seats }: ExportInput, boards: BoardInput[], words: Words): Table {
	const wrote = new Map(seats.map(({ id }) => [id, { cards: 0, comments: 0 }]));
	const count = (id: string | undefined, what: 'cards' | 'comments') => {
		const of = id === undefined ? undefined : wrote.get(id);
		if (of) of[what]++;
	};
	for (const { contents, comments, seats: behind } of boards) {
		for (const { author } of contents.board.cards) count(behind[author], 'cards');
		const shown = new Set(contents.board.cards.map(({ id }) => id));
		for (const { card, participant } of comments)
			if (shown.has(card)) count(participant, 'comments');
	}
	return {
		name: words.say('export_sheet_people'),
		columns: [
			text(words.say('export_col_name'), 32),
			number(words.say('export_col_cards')),
			number(words.say('export_comments'))
		],
		rows: seats.flatMap(({ id, name, aside }) => {
			const { cards, comments } = wrote.get(id)!;
			return aside && cards + comments === 0 ? [] : [[name, cards, comments]];
		})
	};
}

function actionsTable(boards: BoardInput[], words: Words): Table {
	return {
		name: words.say('export_sheet_actions'),
		columns: [
			text(words.say('export_what'), 56),
			text(words.say('export_who'), 24),
			{ head: words.say('export_when'), kind: 'date', width: 14 },
			text(words.say('export_col_when_words'), 24),
			text(words.say('export_col_exercise'), 32),
			text(words.say('export_col_card'), 44)
		],
		rows: boards.flatMap(({ state, contents }) =>
			[...contents.actions].sort(byTime).map(({ what, who, when, card }): Cell[] => {
				const about = contents.board.cards.find(({ id }) => id === card);
				const day = dayOf(when);
				return [
					what,
					who,
					day,
					day ? '' : when,
					state.title,
					about ? mainText(about, contents.exercise) : ''
				];
			})
		)
	};
}
