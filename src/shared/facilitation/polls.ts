/**
 * Polls of the moment: what is asked, and the small exercise that each is. Only `pollExercise` knows
 * how one is made, and `pollOf` how to read it back.
 */
import * as v from 'valibot';
import type { Exercise } from '../exercises/format.ts';
import type { Language } from '../ids.ts';
import type { BoardState } from './state.ts';

const line = (most: number) => v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(most));
const question = line(200);

export const pollSchema = v.variant('kind', [
	/** A word or a few from everybody; the more often, the larger. */
	v.strictObject({ kind: v.literal('words'), question }),
	/** A show of hands: one of these. */
	v.strictObject({
		kind: v.literal('hands'),
		question,
		options: v.pipe(v.array(line(80)), v.minLength(2), v.maxLength(8))
	}),
	/** Checking in or out: 1 to 5. */
	v.strictObject({ kind: v.literal('scale'), question, low: line(40), high: line(40) }),
	/** Questions without a name, which others can vote up. */
	v.strictObject({ kind: v.literal('questions'), question })
]);
export type Poll = v.InferOutput<typeof pollSchema>;
export type PollKind = Poll['kind'];
export const POLL_KINDS = pollSchema.options.map(({ entries }) => entries.kind.literal);

/** What Plenary itself says in a poll, in the workshop's language. */
export interface PollWords {
	/** Why it is asked. */
	why: string;
	/** What a card of it is: "Word", "Question". */
	card: Record<PollKind, string>;
	/** Over what it came to. */
	result: string;
}

/** So many words does one person give; and so many questions can one vote up. */
export const WORDS_EACH = 3;
const QUESTIONS_EACH = 20;
/** The one field of a poll, and what a scale rates. */
const ANSWER = 'answer';
/** A phase has some minutes; a poll's clock does not run. */
const MINUTES = 2;

/** The id of the exercise that a poll of this kind is. */
export const pollId = (kind: PollKind): string => `poll-${kind}`;

/** The exercise that a poll is. */
export function pollExercise(poll: Poll, language: Language, words: PollWords): Exercise {
	const { kind, question: asked } = poll;
	const writes = kind === 'words' || kind === 'questions';
	const view = {
		type: kind === 'words' ? ('cloud' as const) : ('votes' as const),
		title: words.result
	};
	return {
		id: pollId(kind),
		version: 1,
		language,
		title: asked,
		tags: [],
		why: words.why,
		prompt: asked,
		nudges: [],
		fields: [
			{
				type: kind === 'questions' ? 'paragraph' : 'text',
				id: ANSWER,
				title: words.card[kind],
				main: true
			},
			...(poll.kind === 'scale'
				? [{ type: 'scale' as const, id: 'scale', title: asked, low: poll.low, high: poll.high }]
				: [])
		],
		columns: [{ id: 'answers', title: words.card[kind], fields: [ANSWER] }],
		phases: [{ phase: writes ? 'write' : 'vote', minutes: MINUTES }],
		...votingOf(poll),
		views: [view],
		summary: [view]
	};
}

function votingOf(poll: Poll): Pick<Exercise, 'voting'> {
	switch (poll.kind) {
		case 'words':
			return {};
		case 'hands': {
			const options = poll.options.map((title, at) => ({ id: `option-${at + 1}`, title }));
			return { voting: { way: 'dots', on: 'options', options, dots: 1, onOne: 1 } };
		}
		case 'scale':
			return {
				voting: { way: 'rating', on: 'options', options: [{ id: ANSWER, title: poll.question }] }
			};
		case 'questions':
			return {
				voting: {
					way: 'dots',
					on: 'cards',
					dots: QUESTIONS_EACH,
					onOne: 1,
					open: 'throughout'
				}
			};
	}
}

/** A board that asks something in between, and is none of the agenda's. */
export const isPoll = ({ index }: Pick<BoardState, 'index'>): boolean => index === null;

/** What was asked, of a board that is a poll; undefined where its exercise is none. */
export function pollOf({ id, prompt, fields, voting }: Exercise): Poll | undefined {
	const kind = POLL_KINDS.find((one) => pollId(one) === id);
	switch (kind) {
		case 'hands':
			return {
				kind,
				question: prompt,
				options: (voting?.options ?? []).map(({ title }) => title)
			};
		case 'scale': {
			const scale = fields.find((field) => field.type === 'scale');
			return scale && { kind, question: prompt, low: scale.low, high: scale.high };
		}
		case 'words':
		case 'questions':
			return { kind, question: prompt };
		case undefined:
			return undefined;
	}
}

/** The option that a scale rates. */
export const RATED = ANSWER;

/** Whether two polls ask the same in the same way: what one came to can stand beside the other. */
export const sameAsked = (one: Poll, other: Poll): boolean =>
	JSON.stringify(one) === JSON.stringify(other);
