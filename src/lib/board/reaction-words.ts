/** How a reaction looks and what it is called. */
import CircleQuestionMark from '@lucide/svelte/icons/circle-question-mark';
import HandHeart from '@lucide/svelte/icons/hand-heart';
import Heart from '@lucide/svelte/icons/heart';
import Lightbulb from '@lucide/svelte/icons/lightbulb';
import ThumbsUp from '@lucide/svelte/icons/thumbs-up';
import type { Reaction } from '#shared/facilitation/reactions.ts';
import { m } from '$lib/paraglide/messages.js';

export const REACTION_ICONS = {
	agree: ThumbsUp,
	love: Heart,
	idea: Lightbulb,
	question: CircleQuestionMark,
	thanks: HandHeart
} as const satisfies Record<Reaction, unknown>;

/** As somebody says it: "I agree". */
export const reactionTitle = (reaction: Reaction): string =>
	({
		agree: m.reactions_agree,
		love: m.reactions_love,
		idea: m.reactions_idea,
		question: m.reactions_question,
		thanks: m.reactions_thanks
	})[reaction]();

/** "4 agree". */
export const reactionCounted = (reaction: Reaction, count: number): string =>
	({
		agree: m.reactions_agree_count,
		love: m.reactions_love_count,
		idea: m.reactions_idea_count,
		question: m.reactions_question_count,
		thanks: m.reactions_thanks_count
	})[reaction]({ count });
