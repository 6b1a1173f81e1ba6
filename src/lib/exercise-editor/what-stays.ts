/** What an exercise leaves behind, as far as it can be said before anybody runs it. */
import { mentionsOf, type Mention } from '#shared/across/contacts.ts';
import {
	fieldsOf,
	type Column,
	type Exercise,
	type Field,
	type View
} from '#shared/exercises/format.ts';
import { untoldColumns } from '#shared/exercises/untold.ts';
import type { BoardContents } from '#shared/exercises/views.ts';
import { SAMPLE_BOARD } from './sample-cards.ts';

interface WhatStays {
	/** Of the summary, in its order. */
	parts: View[];
	/** Columns whose cards stand after these. */
	untold: Column[];
	/** What a row of the table files has beside the card's own words. */
	cells: Field[];
	/** Whether there is a picture of columns and goals for the wall. */
	goals: boolean;
	/** Columns whose cards the address book takes, and the first that it would take of these. */
	contacts: { column: Column; mention: Mention | null }[];
	/** Fields that tell something of a contact, of which no column's cards name one. */
	alone: Field[];
	/** Columns whose cards may be for one of these exercises. */
	feeds: { column: Column; from: string[] }[];
}

/** `contents`: the sample's. */
export function whatStays(exercise: Exercise, contents: BoardContents): WhatStays {
	const { columns, fields, views, summary } = exercise;
	const origin = { id: SAMPLE_BOARD, title: exercise.title, at: 0 };
	const mentions = mentionsOf(origin, SAMPLE_BOARD, contents, { someone: '' });
	const inColumn = new Map(contents.board.cards.map(({ id, column }) => [id, column]));
	const naming = columns.filter(({ contact }) => contact);
	const told = new Set(naming.flatMap(({ id }) => fieldsOf(exercise, id)));
	return {
		parts: summary,
		untold: untoldColumns(exercise),
		cells: fields.filter(({ main }) => !main),
		goals: [...summary, ...views].some(({ type }) => type === 'coverage'),
		contacts: naming.map((column) => ({
			column,
			mention: mentions.find(({ card }) => inColumn.get(card) === column.id) ?? null
		})),
		alone: fields.filter((field) => field.contact && !told.has(field)),
		feeds: columns.flatMap((column) => (column.buildsOn ? [{ column, from: column.buildsOn }] : []))
	};
}
