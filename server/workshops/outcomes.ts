import type { Refusal } from '#shared/refusals.ts';
import type { Outcome } from '#shared/wire/events.ts';

/** A refusal as the outcome of a command. */
export const no = ({ refused }: Refusal, version?: number): Outcome => ({
	ok: false,
	refusal: refused,
	...(version === undefined ? {} : { version })
});
