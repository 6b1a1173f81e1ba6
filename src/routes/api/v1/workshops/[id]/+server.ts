import { answer } from '$lib/api/answer.ts';
import { whoIn, workshopAnswer } from '$lib/api/workshop.ts';
import { isRefusal } from '#shared/refusals.ts';
import type { RequestHandler } from './$types';

/** Where the workshop is. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const who = await whoIn(locals, params.id);
	return answer(isRefusal(who) ? who : await workshopAnswer(locals.app, params.id, who));
};
