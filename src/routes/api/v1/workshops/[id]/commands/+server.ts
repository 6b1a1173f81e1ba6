import { answer, readJson } from '$lib/api/answer.ts';
import { runCommand } from '$lib/api/commands.ts';
import { workshopAnswer } from '$lib/api/workshop.ts';
import { isRefusal } from '#shared/refusals.ts';
import type { RequestHandler } from './$types';

/** A command of whoever facilitates; answers the new state, and `start` its board with it. */
export const POST: RequestHandler = async ({ locals: { app, who }, params, request }) => {
	const to = { workshop: params.id, who };
	const done = await runCommand(app, to, await readJson(request));
	if (isRefusal(done)) return answer(done);
	const state = await workshopAnswer(app, params.id, who);
	if (isRefusal(state) || done.board === undefined) return answer(state);
	return answer({ board: done.board, state });
};
