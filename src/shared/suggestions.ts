/** What belongs together on a board, as the server suggests it and a person answers. */
import * as v from 'valibot';
import type { CardId } from './ids.ts';

export interface Suggestion {
	/** Of its kind and cards: the same ones are known again. */
	key: string;
	kind: 'same' | 'theme';
	/** Sorted by id. */
	cards: CardId[];
	/** In words that people wrote. */
	title: string;
}

/** What was found on a board. */
export interface Suggested {
	/** Those that nobody has answered. */
	open: Suggestion[];
	/** How many more there would be, had nobody answered them. */
	setAside: number;
}

export const suggestionKeySchema = v.pipe(v.string(), v.regex(/^(same|theme)-[A-Za-z0-9_-]{22}$/));

export const suggestionAnswerSchema = v.strictObject({
	key: suggestionKeySchema,
	accepted: v.boolean()
});
