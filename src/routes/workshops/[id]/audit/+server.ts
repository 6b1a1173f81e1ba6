import { answer } from '$lib/api/answer.ts';
import type { RequestHandler } from './$types';

/** What was done in the workshop, by whom. */
export const GET: RequestHandler = async ({ locals: { app, who }, params }) => {
	return answer(await app.workshops.audit(params.id, who));
};
