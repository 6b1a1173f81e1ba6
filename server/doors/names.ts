/** Names as people type them, made fit to be shown to a room. */
import { LIMITS } from '#shared/doc/schema.ts';
import { refuse, type Refusal } from '#shared/refusals.ts';

/**
 * Control, format and direction marks go (a name must not turn the line around that it stands in),
 * but for the two joiners, without which Persian and many emoji are not what was typed.
 */
const UNSEEN = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu;

/** What remains when nothing of it can be seen: joiners, fillers and marks alone are no name. */
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;
const FILLERS = /[\u115F\u1160\u3164\uFFA0]/gu;

/** The name to keep, or why there is none. */
export function cleanName(typed: string): string | Refusal {
	if (typed.length > 10 * LIMITS.name) return refuse('invalid-name');
	const name = typed.replace(/\s+/gu, ' ').replace(UNSEEN, '').replace(/ +/g, ' ').trim();
	const seen = SEEN.test(name.replace(FILLERS, ''));
	return seen && name.length <= LIMITS.name ? name : refuse('invalid-name');
}
