/**
 * One exercise over several workshops as files: a row a card, with the number of what comes back
 * that it is of; in a workbook also the counts, and what comes back by itself.
 */
import { writeXlsx } from 'hucre/xlsx';
import type { Comparison, Returning, Source } from '#shared/across/compare.ts';
import type { Linked } from '#shared/across/contacts.ts';
import { isPutDown, mainText } from '#shared/doc/read.ts';
import type { Field } from '#shared/exercises/format.ts';
import { readableValue } from '#shared/exercises/views/cards.ts';
import { csvFile } from './csv.ts';
import { sheetNames, sheetOf, type Cell, type Column, type Table } from './sheet.ts';
import type { Words } from './words.ts';

export interface Compared {
	/** The newest workshop first. */
	sources: Source[];
	comparison: Comparison | null;
	returning: Returning[][];
}

/** Before the fields of the exercise, under their ids: a contract, docs/SPEC.md, AW. */
const BEFORE = ['workshop', 'day', 'card', 'column', 'text', 'returning'];
/** And after them, as a board's own table has it. */
const AFTER = ['answers', 'answers_text', 'for', 'for_text'];

export const comparedCsv = (compared: Compared, words: Words): Uint8Array =>
	csvFile([
		[...BEFORE, ...fieldsOf(compared).map(({ id }) => `field_${id}`), ...AFTER],
		...cardRows(compared, words).map(({ cells, answered, isFor }) =>
			[...cells, answered?.id, answered?.text, isFor?.id, isFor?.text].map((cell) =>
				String(cell ?? '')
			)
		)
	]);

export function comparedXlsx(compared: Compared, words: Words): Promise<Uint8Array> {
	const { comparison, returning } = compared;
	const tables = [
		...(comparison ? [countsTable(comparison, words)] : []),
		returningTable(returning, words),
		cardsTable(compared, words)
	];
	const names = sheetNames(tables.map(({ name }) => name));
	const setting = { paper: 'a4', rightToLeft: words.language === 'ar' } as const;
	return writeXlsx({
		sheets: tables.map((table, i) => sheetOf({ ...table, name: names[i]! }, setting)),
		// No time of its own: the same cards give the same bytes.
		properties: { title: words.say('export_across'), modified: new Date(0) }
	});
}

/** A row an answer, a column a group; last, how many cards answer at all. */
const countsTable = ({ question, answers, groups }: Comparison, words: Words): Table => ({
	name: question.title,
	columns: [
		text(question.title, 30),
		...groups.map(({ title }): Column => ({ head: title, kind: 'number', width: 14 }))
	],
	rows: [
		...answers.map(({ title }, i): Cell[] => [title, ...groups.map(({ counts }) => counts[i]!)]),
		[words.say('export_cards'), ...groups.map(({ cards }) => cards)]
	]
});

const returningTable = (returning: Returning[][], words: Words): Table => ({
	name: words.say('export_across_returning'),
	columns: [
		{ head: words.say('export_across_number'), kind: 'number', width: 8 },
		text(words.say('export_col_text'), 60),
		text(words.say('export_col_workshop'), 30),
		day(words)
	],
	rows: returning.flatMap((group, i) =>
		group.map(({ text, workshop }): Cell[] => [i + 1, text, workshop.title, dayOf(workshop.at)])
	)
});

function cardsTable(compared: Compared, words: Words): Table {
	return {
		name: words.say('export_cards'),
		columns: [
			text(words.say('export_col_workshop'), 30),
			day(words),
			text(words.say('export_col_card'), 24),
			text(words.say('export_view_column'), 20),
			text(words.say('export_col_text'), 60),
			{ head: words.say('export_across_returning'), kind: 'number', width: 10 },
			...fieldsOf(compared).map(({ title }) => text(title, 24)),
			text(words.say('export_answers'), 40),
			text(words.say('export_for'), 40)
		],
		rows: cardRows(compared, words).map(
			({ cells: [workshop, at, ...cells], ...linked }): Cell[] => [
				workshop!,
				new Date(String(at)),
				...cells,
				linked.answered?.text ?? null,
				linked.isFor?.text ?? null
			]
		)
	};
}

const text = (head: string, width: number): Column => ({ head, kind: 'text', width });
const day = (words: Words): Column => ({
	head: words.say('export_col_day'),
	kind: 'date',
	width: 12
});
const dayOf = (at: number): Date => new Date(new Date(at).toISOString().slice(0, 10));

/** Every field but the main ones, of all versions of the exercise, each once. */
const fieldsOf = ({ sources }: Compared): Field[] => [
	...new Map(
		sources
			.toReversed()
			.flatMap(({ contents }) => contents.exercise.fields)
			.filter(({ main }) => !main)
			.map((field) => [field.id, field])
	).values()
];

interface Row {
	/** In the order of `BEFORE`, then the fields. */
	cells: (string | number | null)[];
	answered: Linked | null;
	/** The card of an earlier exercise that it is for. */
	isFor: Linked | null;
}

function cardRows(compared: Compared, words: Words): Row[] {
	const number = new Map(
		compared.returning.flatMap((group, i) => group.map(({ card }) => [card, i + 1] as const))
	);
	const fields = fieldsOf(compared);
	return compared.sources.flatMap(({ workshop, contents }) => {
		const { exercise, board, sources } = contents;
		const cards = new Map(board.cards.map((card) => [card.id, card]));
		return board.cards
			.filter((card) => isPutDown(card, exercise))
			.map((card): Row => {
				const answered = card.answers === undefined ? undefined : cards.get(card.answers);
				const of = sources?.[card.id]?.of;
				return {
					cells: [
						workshop.title,
						new Date(workshop.at).toISOString().slice(0, 10),
						card.id,
						exercise.columns.find(({ id }) => id === card.column)?.title ?? card.column,
						mainText(card, exercise),
						number.get(card.id) ?? null,
						...fields.map(({ id }) =>
							readableValue(
								card.fields[id],
								exercise.fields.find((field) => field.id === id),
								contents,
								words.view
							)
						)
					],
					answered: answered ? { id: answered.id, text: mainText(answered, exercise) } : null,
					isFor: of ? { id: of.card, text: of.text } : null
				};
			});
	});
}
