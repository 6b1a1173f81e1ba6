import { answer, readJson } from '$lib/api/answer.ts';
import { readVote } from '$lib/api/votes.ts';
import { runCommand } from '$lib/api/commands.ts';
import { isRefusal } from '#shared/refusals.ts';
import type { RequestHandler } from './$types';

/** `{card, count}` or `{target, count}`; answers one's own votes, and the dots left. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	const vote = readVote(await readJson(request));
	if (isRefusal(vote)) return answer(vote);
	const to = { workshop: locals.workshop, who: locals.who, board: params.id };
	const done = await runCommand(locals.app, to, { type: 'vote', ...vote });
	if (isRefusal(done)) return answer(done);
	return answer(await locals.app.workshops.ballot(params.id, to.who));
};
