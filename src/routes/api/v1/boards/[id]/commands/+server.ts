import { answer, readJson } from '$lib/api/answer.ts';
import { runCommand } from '$lib/api/commands.ts';
import type { RequestHandler } from './$types';

/** A command about this board: comment, action, withdraw-card, vote, and the facilitators' own. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	const to = { workshop: locals.workshop, who: locals.who, board: params.id };
	return answer(await runCommand(locals.app, to, await readJson(request)));
};
