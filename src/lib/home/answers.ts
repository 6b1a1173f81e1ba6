import { REFUSALS, type Refusal } from '#shared/refusals.ts';
import { fail } from '@sveltejs/kit';

/** A refusal as a form action answers it, with what was typed so that nobody types it twice. */
export const refused = <T extends Record<string, string>>(refusal: Refusal, typed: T) =>
	fail(REFUSALS[refusal.refused].status, { refused: refusal.refused, ...typed });

/** A field of a form as text; a file or a missing one is ''. */
export function text(form: FormData, name: string): string {
	const value = form.get(name);
	return typeof value === 'string' ? value : '';
}

/** What a JSON text says; undefined where it is none. */
export function readJson(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}
