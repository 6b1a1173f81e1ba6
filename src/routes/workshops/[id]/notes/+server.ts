import { answer, readJson } from '$lib/api/answer.ts';
import { isRefusal } from '#shared/refusals.ts';
import type { RequestHandler } from './$types';

/** `{base, notes}`; answers 409 with the notes that stand there where that is not `base`. */
export const PUT: RequestHandler = async ({ locals: { app, who }, params, request }) => {
	const done = await app.workshops.setNotes(params.id, who, await readJson(request));
	return answer(done, isRefusal(done) || done.saved ? 200 : 409);
};
