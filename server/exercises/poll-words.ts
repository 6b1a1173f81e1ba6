/** What a poll of the moment says in Plenary's own voice. The sentences are the interface's, from `messages/`. */
import english from '../../messages/en/polls.json' with { type: 'json' };
import type { PollWords } from '#shared/facilitation/polls.ts';
import type { Language } from '#shared/ids.ts';

/** The languages that have these words; the others are told in English. */
const MESSAGES: Partial<Record<Language, typeof english>> = { en: english };

/** The words of a workshop's language, and which that really is. */
export function pollWords(wanted: Language): { language: Language; words: PollWords } {
	const said = MESSAGES[wanted] ?? english;
	return {
		language: MESSAGES[wanted] ? wanted : 'en',
		words: {
			why: said.polls_why,
			card: {
				words: said.polls_card_words,
				hands: said.polls_card_answer,
				scale: said.polls_card_answer,
				questions: said.polls_card_questions
			},
			result: said.polls_result
		}
	};
}
