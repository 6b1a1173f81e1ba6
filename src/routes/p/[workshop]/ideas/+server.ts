import { answer, readJson } from '$lib/api/answer.ts';
import { participantOf } from '$lib/api/permission.ts';
import { isRefusal } from '#shared/refusals.ts';
import type { RequestHandler } from './$types';

/** Which cards of theirs are asked for, and what they have said. */
export const GET: RequestHandler = async ({ locals }) =>
	answer(await locals.app.ideas.mine({ participant: participantOf(locals) }));

/** `{idea, answer}`: answers with all of them, as they are now. */
export const POST: RequestHandler = async ({ locals, request }) => {
	const person = { participant: participantOf(locals) };
	const done = await locals.app.ideas.answer(person, await readJson(request));
	return answer(isRefusal(done) ? done : await locals.app.ideas.mine(person));
};
