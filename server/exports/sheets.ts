/** Paper for the room, as `templates/sheets.typ` sets it. */
import { fieldsOf, mainFieldOf, type Exercise } from '#shared/exercises/format.ts';
import { isRightToLeft, type Language } from '#shared/ids.ts';
import type { Paper } from '#shared/export-formats.ts';
import { clean, oneLine, paragraphs } from './text.ts';
import { wordsIn } from './words.ts';

interface Sheets {
	title: string;
	language: Language;
	anonymous: boolean;
	/** Null while nobody can join: then there is no sheet about how. */
	join: { address: string; code: string; qr: string } | null;
	exercises: Exercise[];
	paper: Paper;
}

export function sheetsPage(told: Sheets): object {
	const { language, anonymous, join } = told;
	const words = wordsIn(language);
	const kind = words.say('export_sheets');
	const code = anonymous ? 'export_sheets_code_alone' : 'export_sheets_code';
	return {
		language,
		rtl: isRightToLeft(language),
		ownRtl: isRightToLeft(words.language),
		paper: told.paper,
		document: clean(`${told.title}: ${kind}`),
		title: oneLine(told.title),
		kind,
		join: join && {
			...join,
			heading: words.say('export_sheets_join'),
			square: words.say('export_sheets_square'),
			steps: [
				words.say('export_sheets_open', { address: join.address }),
				words.say(code),
				words.say('export_sheets_stay')
			]
		},
		exercises: told.exercises.map(sheetOf),
		name: anonymous ? null : words.say('export_sheets_name'),
		other: words.say('export_sheets_other'),
		words: { page: words.say('export_page') }
	};
}

/** Columns that answer what others wrote have no place on paper before that is seen. */
function sheetOf(exercise: Exercise) {
	const { language } = exercise;
	const columns = exercise.columns.filter(({ opens, answers }) => opens !== 'share' && !answers);
	const asked = new Set(
		columns.flatMap(({ id }) =>
			fieldsOf(exercise, id).filter(
				(field) => !field.main && (field.required || field.id === exercise.tab)
			)
		)
	);
	const mains = new Set(columns.map(({ id }) => mainFieldOf(exercise, id)?.title ?? ''));
	const [main = ''] = mains;
	return {
		title: oneLine(exercise.title, language),
		prompt: paragraphs(exercise.prompt, language),
		/** Where columns ask for different things, the columns say it themselves. */
		main: mains.size === 1 && main !== '' ? oneLine(main, language) : null,
		columns:
			columns.length < 2
				? []
				: columns.map(({ title, singular }) => oneLine(singular ?? title, language)),
		/** What a card needs besides, or shows on its tab: to be ticked where there is a choice, else written. */
		asked: [...asked].map((field) => ({
			title: oneLine(field.title, language),
			options:
				field.type === 'choice' ? field.options.map(({ title }) => oneLine(title, language)) : [],
			other: field.type === 'choice' && field.other === true
		}))
	};
}
