import { answer, readJson } from '$lib/api/answer.ts';
import { isRefusal } from '#shared/refusals.ts';
import type { RequestHandler } from './$types';

/** `{version, settings}`; answers 409 with what stands there where that is not of this version. */
export const PUT: RequestHandler = async ({ locals: { app, who }, params, request }) => {
	const done = await app.summaries.set(params.id, who, await readJson(request));
	return answer(done, isRefusal(done) || done.saved ? 200 : 409);
};
