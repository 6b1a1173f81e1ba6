import { answer, readJson } from '$lib/api/answer.ts';
import type { RequestHandler } from './$types';

/** What looks alike on the board and nobody has answered, and how much more was set aside. */
export const GET: RequestHandler = async ({ locals: { app, who }, params }) => {
	return answer(await app.suggestions.of(params.id, params.board, who));
};

/** `{key, accepted}`: that one is not suggested again. */
export const POST: RequestHandler = async ({ locals: { app, who }, params, request }) => {
	const given = await readJson(request);
	return answer(await app.suggestions.answer(params.id, params.board, who, given));
};

/** Takes back the answer to `?key=`, or to all: they are suggested again. */
export const DELETE: RequestHandler = async ({ locals: { app, who }, params, url }) => {
	const key = url.searchParams.get('key') ?? undefined;
	return answer(await app.suggestions.takeBack(params.id, params.board, who, key));
};
