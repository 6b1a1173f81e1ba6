import { answer } from '$lib/api/answer.ts';
import { participantOf } from '$lib/api/permission.ts';
import type { RequestHandler } from './$types';

/** What was decided before this person joined. */
export const GET: RequestHandler = async ({ locals, params }) =>
	answer(await locals.app.soFar.of(params.workshop, participantOf(locals)));
