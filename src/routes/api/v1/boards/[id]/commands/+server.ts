import { answer, readJson } from '$lib/api/answer.ts';
import { whoOn } from '$lib/api/board.ts';
import { runCommand } from '$lib/api/commands.ts';
import { isRefusal } from '#shared/refusals.ts';
import type { RequestHandler } from './$types';

/** A command about this board: comment, action, withdraw-card, vote, and the facilitators' own. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	const to = await whoOn(locals, params.id);
	if (isRefusal(to)) return answer(to);
	return answer(await runCommand(locals.app, to, await readJson(request)));
};
