import { answer } from '$lib/api/answer.ts';
import type { RequestHandler } from './$types';

/** What the room has seen of people, for splitting it into tables. */
export const GET: RequestHandler = async ({ locals: { app, who }, params }) => {
	return answer(await app.splitting.known(params.id, who));
};
