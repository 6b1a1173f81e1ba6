import { isRefusal } from '#shared/refusals.ts';
import { answer } from '$lib/api/answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { app, who }, params }) => {
	return answer(await app.workshops.cofacilitators.list(params.id, who));
};

/** A link for one co-facilitator, as a path; it is not shown again. */
export const POST: RequestHandler = async ({ locals: { app, who }, params }) => {
	const path = await app.workshops.cofacilitators.invite(params.id, who);
	return answer(isRefusal(path) ? path : { path }, 201);
};
