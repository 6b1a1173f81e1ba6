import { answer } from '$lib/api/answer.ts';
import { known } from '$lib/api/permission.ts';
import type { RequestHandler } from './$types';

/** The catalogue, and one's own. */
export const GET: RequestHandler = async ({ locals }) => {
	const { app, account } = known(locals);
	return answer(await app.exercises.offered(account.id));
};
