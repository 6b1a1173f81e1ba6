import { answer, readJson } from '$lib/api/answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { app, who }, params }) =>
	answer(await app.summaries.links.list(params.id, who));

/** `{days}`: a link that is good for so long, with its path, which is not shown again. */
export const POST: RequestHandler = async ({ locals: { app, who }, params, request }) =>
	answer(await app.summaries.links.create(params.id, who, await readJson(request)), 201);
