import { answer } from '$lib/api/answer.ts';
import type { RequestHandler } from './$types';

/** What earlier exercises brought, for a room screen with its signed key. */
export const GET: RequestHandler = async ({ locals: { app, who }, params }) =>
	answer(await app.earlier.of(params.code, who));
