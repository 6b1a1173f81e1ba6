import * as v from 'valibot';
import { refuse } from '#shared/refusals.ts';
import { answer } from '$lib/api/answer.ts';
import type { RequestHandler } from './$types';

const atSchema = v.pipe(v.string(), v.digits(), v.toNumber(), v.safeInteger());

/** How a board lay at a moment, with the words that its cards have now. */
export const GET: RequestHandler = async ({ locals: { app, who }, params }) => {
	const at = v.safeParse(atSchema, params.at);
	if (!at.success) return answer(refuse('malformed'));
	return answer(await app.histories.moment(params.id, params.board, at.output, who));
};
