import { isRefusal } from '#shared/refusals.ts';
import { answer } from '$lib/api/answer.ts';
import type { RequestHandler } from './$types';

export const DELETE: RequestHandler = async ({ locals: { app, who }, params }) => {
	const done = await app.workshops.cofacilitators.revoke(params.id, who, params.account);
	return answer(isRefusal(done) ? done : { ok: true });
};
