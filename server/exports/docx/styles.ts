/** How it looks, in styles that Word knows and whoever edits it can change in one place. */
import {
	AlignmentType,
	LevelFormat,
	LineRuleType,
	type ILevelsOptions,
	type INumberingOptions,
	type IStylesOptions
} from 'docx';
import type { Language } from '#shared/ids.ts';

/** Fonts of every Word: for Latin, Cyrillic and Greek, for Arabic, for Chinese. */
const SERIF = { ascii: 'Georgia', hAnsi: 'Georgia', cs: 'Times New Roman', eastAsia: 'SimSun' };
const SANS = { ascii: 'Arial', hAnsi: 'Arial', cs: 'Arial', eastAsia: 'Microsoft YaHei' };
const INK = '23262f';
const SMALL = { font: SANS, size: 17, color: '5a6068' };

/** The styles of what Plenary says: of a paragraph, and of words in one. */
export const NOTE = 'PlenaryNote';
export const NOTE_WORDS = 'PlenaryNoteWords';
/** In twentieths of a point, a level of a list. */
const INDENT = 360;

/** As Word names languages. */
const LOCALES: Record<Language, string> = {
	en: 'en-GB',
	fr: 'fr-FR',
	es: 'es-ES',
	de: 'de-DE',
	ru: 'ru-RU',
	ar: 'ar-SA',
	zh: 'zh-CN'
};

/** Sizes are in half points. */
export function stylesFor(language: Language): IStylesOptions {
	const headed = (size: number, before: number) => ({
		run: { font: SERIF, size, color: INK, bold: true },
		paragraph: { spacing: { before, after: 80 }, keepNext: true, keepLines: true }
	});
	const value = language === 'ar' || language === 'zh' ? LOCALES.en : LOCALES[language];
	return {
		default: {
			document: {
				run: {
					font: SERIF,
					size: 21,
					color: INK,
					language: { value, eastAsia: LOCALES.zh, bidirectional: LOCALES.ar }
				},
				paragraph: { spacing: { after: 80, line: 269, lineRule: LineRuleType.AUTO } }
			},
			title: headed(52, 0),
			heading1: headed(34, 480),
			heading2: headed(25, 320),
			heading3: headed(21, 200),
			heading4: headed(21, 160)
		},
		paragraphStyles: [
			{
				id: NOTE,
				name: 'Plenary note',
				basedOn: 'Normal',
				next: 'Normal',
				quickFormat: true,
				run: SMALL
			}
		],
		characterStyles: [{ id: NOTE_WORDS, name: 'Plenary note words', quickFormat: true, run: SMALL }]
	};
}

const levels = (marks: string[], format: ILevelsOptions['format']): ILevelsOptions[] =>
	marks.map((text, level) => ({
		level,
		text,
		...(format && { format }),
		alignment: AlignmentType.START,
		style: { paragraph: { indent: { left: INDENT * (level + 1), hanging: INDENT } } }
	}));

export const NUMBERING: INumberingOptions = {
	config: [
		{ reference: 'dots', levels: levels(Array<string>(5).fill('•'), LevelFormat.BULLET) },
		{ reference: 'dashes', levels: levels(Array<string>(5).fill('–'), LevelFormat.BULLET) },
		{ reference: 'ranks', levels: levels(['%1.'], LevelFormat.DECIMAL) }
	]
};
