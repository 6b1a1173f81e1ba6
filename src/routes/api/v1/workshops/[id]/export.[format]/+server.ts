import { answer } from '$lib/api/answer.ts';
import { fileAnswer } from '$lib/api/file.ts';
import { whoIn } from '$lib/api/workshop.ts';
import type { ExportFormat } from '#server/app.ts';
import { isRefusal } from '#shared/refusals.ts';
import type { RequestHandler } from './$types';

/** The whole workshop, to take home. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const who = await whoIn(locals, params.id);
	if (isRefusal(who)) return answer(who);
	return fileAnswer(
		await locals.app.exports.workshop(params.id, who, params.format as ExportFormat)
	);
};
