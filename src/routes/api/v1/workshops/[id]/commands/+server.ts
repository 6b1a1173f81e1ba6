import { answer, readJson } from '$lib/api/answer.ts';
import { runCommand } from '$lib/api/commands.ts';
import { whoIn, workshopAnswer } from '$lib/api/workshop.ts';
import { isRefusal } from '#shared/refusals.ts';
import type { RequestHandler } from './$types';

/** A command of whoever facilitates; answers the new state, and `start` its board with it. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	const who = await whoIn(locals, params.id);
	if (isRefusal(who)) return answer(who);
	const to = { workshop: params.id, who };
	const done = await runCommand(locals.app, to, await readJson(request));
	if (isRefusal(done)) return answer(done);
	const state = await workshopAnswer(locals.app, params.id, who);
	if (isRefusal(state) || done.board === undefined) return answer(state);
	return answer({ board: done.board, state });
};
