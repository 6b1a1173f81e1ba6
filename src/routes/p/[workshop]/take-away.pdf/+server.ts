import { fileAnswer } from '$lib/api/file.ts';
import { participantOf } from '$lib/api/permission.ts';
import type { RequestHandler } from './$types';

/** What a participant takes home, for that one. */
export const GET: RequestHandler = async ({ locals, params, request }) =>
	fileAnswer(
		await locals.app.takeAways.pdf(params.workshop, participantOf(locals), request.signal),
		request
	);
