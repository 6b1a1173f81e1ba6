import { m } from '$lib/paraglide/messages.js';
import type { SiftWords } from './facets.ts';

/** What is said of facets, in the reader's language. */
export const siftWords = (): SiftWords => ({
	having: m.sifting_having(),
	has: {
		comments: m.sifting_has_comments(),
		answers: m.sifting_has_answers(),
		'no-answer': m.sifting_has_no_answer(),
		votes: m.sifting_has_votes(),
		reactions: m.sifting_has_reactions(),
		earlier: m.sifting_has_earlier(),
		mine: m.sifting_has_mine()
	},
	column: m.sifting_column(),
	theme: m.sifting_theme(),
	author: m.sifting_author(),
	language: m.sifting_language(),
	inNoGroup: m.sifting_in_no_group(),
	untitled: m.board_group_untitled(),
	someone: m.board_someone(),
	without: (field) => m.sifting_without({ field }),
	scale: (field, from, to) => m.sifting_scale({ field, from, to }),
	value: (field, value) => m.sifting_value({ field, value }),
	orders: {
		placed: m.sifting_placed(),
		votes: m.sifting_by_votes(),
		reactions: m.sifting_by_reactions(),
		comments: m.sifting_by_comments()
	}
});
