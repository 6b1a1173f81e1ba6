import { answer } from '$lib/api/answer.ts';
import type { RequestHandler } from './$types';

/** What earlier exercises brought, to be chosen from and carried over. */
export const GET: RequestHandler = async ({ locals: { app, who }, params }) =>
	answer(await app.earlier.of(params.id, who));
