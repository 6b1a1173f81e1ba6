/** One exercise over all workshops of somebody who facilitates: how answers differ, and what comes back. */
import { setImmediate } from 'node:timers/promises';
import * as v from 'valibot';
import {
	compare,
	comparedSchema,
	divisionsOf,
	questionsOf,
	returningIn,
	type CompareWords,
	type Source
} from '#shared/across/compare.ts';
import type { ExportFormat } from '#shared/export-formats.ts';
import { refuse } from '#shared/refusals.ts';
import type { Account, App } from '#server/app.ts';
import { comparedCsv, comparedXlsx, type Compared } from '#server/exports/compared.ts';
import { wordsIn, type Words } from '#server/exports/words.ts';
import type { AcrossBoards } from './across-boards.ts';
import type { AcrossFiles } from './across-files.ts';

interface AcrossDeps {
	boards: AcrossBoards;
	files: AcrossFiles;
}

/** What comes back that a page shows; all of it is in the files. */
const MOST_SHOWN = 50;

export function createAcrossAnswers(
	deps: AcrossDeps
): Pick<App['across'], 'answers' | 'answersFile'> {
	const { boards, files } = deps;

	/** What is not asked for, or is not there, is the first that there is. */
	async function compared(account: Account, query: unknown, words: Words) {
		const asked = v.parse(comparedSchema, query);
		const exercises = await boards.exercises(account);
		const exercise = chosen(exercises, asked.exercise)?.id ?? '';
		const read = await boards.read(account, exercise, ({ id }) => id === exercise);
		const sources: Source[] = read.boards.map(({ workshop, board }) => ({
			workshop,
			contents: board.contents
		}));
		const newest = sources[0]?.contents.exercise;
		const saying = compareWords(words);
		const questions = newest ? questionsOf(newest, saying) : [];
		const question = chosen(questions, asked.question);
		const divisions = (newest ? divisionsOf(newest, saying) : []).filter(
			({ id }) => id !== question?.id
		);
		const by = chosen(divisions, asked.by);
		const comparison = question && by ? compare(sources, question, by, saying) : null;
		const returning = await returningIn(sources, () => setImmediate());
		const { cut } = read;
		return { exercises, exercise, sources, questions, divisions, comparison, returning, cut };
	}

	return {
		async answers(account, query, language) {
			const { sources: _, returning, ...view } = await compared(account, query, wordsIn(language));
			return { ...view, returning: returning.slice(0, MOST_SHOWN) };
		},
		async answersFile(account, format, query, language) {
			if (!isComparedFormat(format)) return refuse('unknown-format');
			const words = wordsIn(language);
			return files.take(account, words.say('export_across'), format, async () => {
				const all: Compared = await compared(account, query, words);
				const body = format === 'csv' ? comparedCsv(all, words) : await comparedXlsx(all, words);
				return { body, workshops: all.sources.map(({ workshop }) => workshop.id) };
			});
		}
	};
}

const chosen = <T extends { id: string }>(all: T[], id: string): T | undefined =>
	all.find((one) => one.id === id) ?? all[0];

const compareWords = (words: Words): CompareWords => ({
	...words.view,
	workshop: words.say('export_col_workshop'),
	origin: ({ title, at }) => `${title}, ${words.day(at)}`,
	ownWords: words.say('export_across_own')
});

const COMPARED_FORMATS = ['csv', 'xlsx'] as const satisfies ExportFormat[];
type ComparedFormat = (typeof COMPARED_FORMATS)[number];
const isComparedFormat = (format: string): format is ComparedFormat =>
	(COMPARED_FORMATS as readonly string[]).includes(format);
