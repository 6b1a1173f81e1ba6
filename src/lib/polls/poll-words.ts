/** What each kind of poll is called, what it does, and what it begins with. */
import Cloud from '@lucide/svelte/icons/cloud';
import Gauge from '@lucide/svelte/icons/gauge';
import Hand from '@lucide/svelte/icons/hand';
import Box from '@lucide/svelte/icons/message-circle-question-mark';
import type { PollKind } from '#shared/facilitation/polls.ts';
import { m } from '$lib/paraglide/messages.js';

export const KINDS = {
	words: {
		icon: Cloud,
		title: m.polls_words,
		does: m.polls_words_does,
		question: m.polls_question_words
	},
	hands: {
		icon: Hand,
		title: m.polls_hands,
		does: m.polls_hands_does,
		question: m.polls_question_hands
	},
	scale: {
		icon: Gauge,
		title: m.polls_scale,
		does: m.polls_scale_does,
		question: m.polls_question_scale
	},
	questions: {
		icon: Box,
		title: m.polls_questions,
		does: m.polls_questions_does,
		question: m.polls_question_questions
	}
} satisfies Record<PollKind, unknown>;
