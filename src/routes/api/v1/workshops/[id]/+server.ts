import { answer } from '$lib/api/answer.ts';
import { workshopAnswer } from '$lib/api/workshop.ts';
import type { RequestHandler } from './$types';

/** Where the workshop is. */
export const GET: RequestHandler = async ({ locals: { app, who }, params }) =>
	answer(await workshopAnswer(app, params.id, who));
