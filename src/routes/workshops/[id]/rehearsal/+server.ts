import { answer, readJson } from '$lib/api/answer.ts';
import type { RequestHandler } from './$types';

/** `{resting}`: the simulated people rest, or go on. */
export const PUT: RequestHandler = async ({ locals: { app, who }, params, request }) =>
	answer(await app.rehearsals.rest(params.id, who, await readJson(request)));
