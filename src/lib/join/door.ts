import type { RefusalReason } from '#shared/refusals.ts';

/** What the door knows: a code as it was typed, and the workshop that it opens or why none. */
export interface Door {
	code: string;
	workshop: { title: string; anonymous: boolean } | null;
	refusal: RefusalReason | null;
}
