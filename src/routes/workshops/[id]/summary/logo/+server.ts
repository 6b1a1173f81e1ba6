import { answer } from '$lib/api/answer.ts';
import { logoAnswer } from '$lib/api/logo.ts';
import { isRefusal } from '#shared/refusals.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { app, who }, params }) =>
	logoAnswer(await app.summaries.logo(params.id, who));

/** The picture itself, as the body; of which kind it is, its own bytes say. */
export const PUT: RequestHandler = async ({ locals: { app, who }, params, request }) => {
	const bytes = new Uint8Array(await request.arrayBuffer());
	const done = await app.summaries.setLogo(params.id, who, bytes);
	return answer(isRefusal(done) ? done : { ok: true });
};

export const DELETE: RequestHandler = async ({ locals: { app, who }, params }) => {
	const done = await app.summaries.setLogo(params.id, who, null);
	return answer(isRefusal(done) ? done : { ok: true });
};
