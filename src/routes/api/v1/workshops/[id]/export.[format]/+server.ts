import { choicesOf, fileAnswer } from '$lib/api/file.ts';
import type { RequestHandler } from './$types';

/** The whole workshop, to take home. */
export const GET: RequestHandler = async ({ locals: { app, who }, params, request, url }) =>
	fileAnswer(
		await app.exports.workshop(params.id, who, params.format, choicesOf(url), request.signal),
		request
	);
