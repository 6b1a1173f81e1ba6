import { showCode } from '#shared/code.ts';
import type { RefusalReason } from '#shared/refusals.ts';
import { m } from '$lib/paraglide/messages.js';
import { sentence } from '$lib/facilitation/refusal-sentence.ts';

/** Why the door stays shut: a bold first sentence, and what to do. */
export function doorSentence({ code, reason }: { code: string; reason: RefusalReason }): {
	first: string;
	then: string;
} {
	if (reason === 'wrong-code')
		return { first: m.room_join_wrong({ code: showCode(code) }), then: m.room_join_wrong_then() };
	return { first: sentence(reason), then: '' };
}
