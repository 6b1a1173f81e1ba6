import { answer } from '$lib/api/answer.ts';
import { isRefusal } from '#shared/refusals.ts';
import type { RequestHandler } from './$types';

export const DELETE: RequestHandler = async ({ locals: { app, who }, params }) => {
	const done = await app.summaries.links.revoke(params.id, who, params.link);
	return answer(isRefusal(done) ? done : { ok: true });
};
