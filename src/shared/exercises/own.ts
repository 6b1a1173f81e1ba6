/** Exercises that a facilitator makes: how one begins, and the file that it travels in. */
import * as v from 'valibot';
import { RUNNING_PHASES, exerciseSchema, exerciseShape, type Exercise } from './format.ts';
import { faultsOf, type Fault, type FaultReason } from './faults.ts';

/** What one may be, and how many one account may have. */
export const OWN_LIMITS = { bytes: 64 * 1024, exercises: 200 } as const;

/** An own one's id begins so, and no shipped one's. */
export const OWN_PREFIX = 'own-';
export const isOwn = ({ id }: Pick<Exercise, 'id'>): boolean => id.startsWith(OWN_PREFIX);

const FILE_FORMAT = 'plenary-exercise';
const FILE_VERSION = 1;

/** Parsed anew, so that its keys stand in one order, whatever a database made of them: the same exercise is the same bytes. */
export const exerciseFile = (exercise: Exercise): string => {
	const file = {
		format: FILE_FORMAT,
		version: FILE_VERSION,
		exercise: v.parse(exerciseShape, exercise)
	};
	return `${JSON.stringify(file, null, '\t')}\n`;
};

const headSchema = v.looseObject({ format: v.literal(FILE_FORMAT), version: v.number() });

/** The exercise of a file's bytes, or everything that is wrong with it; places are in the file. */
export function readExerciseFile(bytes: Uint8Array): Exercise | Fault[] {
	const file = parse(bytes);
	if (file === undefined) return [whole('no-json')];
	const head = v.safeParse(headSchema, file);
	if (!head.success) return [whole('format')];
	if (head.output.version !== FILE_VERSION) return [{ ...whole('newer'), place: ['version'] }];
	const unread = Object.keys(head.output).find((key) => !KEYS.has(key));
	if (unread !== undefined) return [{ reason: 'unknown', place: [unread], about: '' }];
	const read = readExercise(head.output['exercise']);
	if (!Array.isArray(read)) return read;
	return read.map((fault) => ({ ...fault, place: ['exercise', ...fault.place] }));
}

const KEYS = new Set(['format', 'version', 'exercise']);

/** A value as an exercise, or everything that is wrong with it. */
export function readExercise(value: unknown): Exercise | Fault[] {
	const faults = faultsOf(value);
	if (faults.length > 0) return faults;
	const exercise = v.parse(exerciseSchema, value);
	const bytes = new TextEncoder().encode(JSON.stringify(exercise)).length;
	return bytes > OWN_LIMITS.bytes ? [whole('bytes')] : exercise;
}

const whole = (reason: FaultReason): Fault => ({ reason, place: [], about: '' });

function parse(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch {
		return undefined;
	}
}

/** One column of ideas, to begin with: an exercise that could be run as it is. Whoever keeps it gives it an id. */
export const emptyExercise = (
	words: Record<'title' | 'why' | 'prompt' | 'column' | 'field' | 'themes' | 'votes', string>,
	language: Exercise['language']
): Exercise => ({
	id: 'own',
	version: 1,
	language,
	title: words.title,
	tags: [],
	why: words.why,
	prompt: words.prompt,
	nudges: [],
	fields: [{ type: 'paragraph', id: 'idea', title: words.field, main: true, required: true }],
	columns: [{ id: 'ideas', title: words.column, fields: ['idea'] }],
	phases: RUNNING_PHASES.map((phase) => ({ phase, minutes: phase === 'write' ? 4 : 1 })),
	views: [
		{ type: 'themes', title: words.themes },
		{ type: 'votes', title: words.votes }
	],
	summary: [
		{ type: 'themes', title: words.themes },
		{ type: 'votes', title: words.votes }
	]
});

/** As much of a title as leaves room for the words around it: a line has 200 letters. */
const ROOM = 100;

/**
 * A copy to be changed, in the words of whoever asks: called a copy, and no part any more of the
 * series and the strategy of whoever published the first; it says what it is after.
 */
export function copyOf(
	exercise: Exercise,
	words: {
		title: (of: { title: string }) => string;
		after: (of: { series: string; number: number; title: string }) => string;
	}
): Exercise {
	const { series, strategy: _strategy, ...copied } = exercise;
	const title = words.title({ title: exercise.title.slice(0, 180) });
	if (!series) return { ...copied, title };
	const [name, first] = [series.name.slice(0, 60), exercise.title.slice(0, ROOM)];
	return { ...copied, title, source: words.after({ ...series, series: name, title: first }) };
}
