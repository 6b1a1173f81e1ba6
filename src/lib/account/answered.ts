import type { RefusalReason } from '#shared/refusals.ts';

/** What one of the account page's forms was answered with; the others are null. */
export interface Answered {
	done?: string;
	form?: string;
	refused?: RefusalReason;
	token?: string;
}

/** The refusal of one form, where it was that one. */
export const refusalOf = (answered: Answered | null, form: string): RefusalReason | null =>
	answered?.form === form ? (answered.refused ?? null) : null;
