import { fileAnswer } from '$lib/api/file.ts';
import { askerOf, participantOf } from '$lib/api/permission.ts';
import type { RequestHandler } from './$types';

/** What a participant takes home, for that one. */
export const GET: RequestHandler = async (event) => {
	const { locals, params, request } = event;
	const asker = askerOf(event);
	return fileAnswer(
		await locals.app.takeAways.pdf(params.workshop, participantOf(locals), asker),
		request
	);
};
