import { answer } from '$lib/api/answer.ts';
import { whoOn } from '$lib/api/board.ts';
import { fileAnswer } from '$lib/api/file.ts';
import type { ExportFormat } from '#server/app.ts';
import { isRefusal } from '#shared/refusals.ts';
import type { RequestHandler } from './$types';

/** One board, to take home. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const to = await whoOn(locals, params.id);
	if (isRefusal(to)) return answer(to);
	return fileAnswer(
		await locals.app.exports.board(params.id, to.who, params.format as ExportFormat)
	);
};
