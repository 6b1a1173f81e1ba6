import { choicesOf, fileAnswer } from '$lib/api/file.ts';
import { askerOf } from '$lib/api/permission.ts';
import type { RequestHandler } from './$types';

/** One board, to take home. */
export const GET: RequestHandler = async (event) => {
	const { locals, params, request, url } = event;
	const { app, who } = locals;
	const asker = askerOf(event);
	return fileAnswer(
		await app.exports.board(params.id, who, params.format, choicesOf(url), asker),
		request
	);
};
