/**
 * The copy of a card that is kept: what its author wrote, and nobody else. Fields that name people, or
 * say how to reach them, are left out: those have not been asked. So are others' answers to the card.
 */
import type { CardValue } from '#shared/doc/contents.ts';
import { mainText } from '#shared/doc/read.ts';
import { countryName } from '#shared/exercises/countries.ts';
import { mainFieldOf, type Exercise } from '#shared/exercises/format.ts';
import { readableValue } from '#shared/exercises/views/cards.ts';
import type { BoardState, WorkshopState } from '#shared/facilitation/state.ts';
import type { Idea } from '#shared/ideas.ts';

interface Copied {
	workshop: WorkshopState;
	board: BoardState;
	exercise: Exercise;
	card: CardValue;
	cards: CardValue[];
}

/** `author`: null where it is kept without a name. */
export function copyOf(
	{ workshop, board, exercise, card, cards }: Copied,
	author: string | null
): Idea {
	const main = mainFieldOf(exercise, card.column)?.id;
	const reader = {
		people: {},
		countryName: (code: string) => countryName(code, workshop.language)
	};
	const told = exercise.fields.filter(
		(field) => field.id !== main && field.type !== 'person' && field.contact !== 'reach'
	);
	const country = exercise.fields.find(({ type }) => type === 'country');
	const code = country && card.fields[country.id];
	return {
		text: mainText(card, exercise),
		...(card.language !== undefined && { language: card.language }),
		fields: told.flatMap((field) => {
			const value = readableValue(card.fields[field.id], field, reader, { someone: '' });
			return value === '' ? [] : [{ title: field.title, value }];
		}),
		column: exercise.columns.find(({ id }) => id === card.column)?.title ?? '',
		answers: cards
			.filter((one) => one.answers === card.id && one.author === card.author)
			.map((one) => mainText(one, exercise))
			.filter((text) => text !== ''),
		exercise: {
			id: exercise.id,
			title: exercise.title,
			tags: exercise.tags,
			language: exercise.language
		},
		workshop: workshop.title,
		country: typeof code === 'string' ? code : null,
		year: new Date(workshop.openedAt ?? board.startedAt).getUTCFullYear(),
		...(author !== null && { author })
	};
}
