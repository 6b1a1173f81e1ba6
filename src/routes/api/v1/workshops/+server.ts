import { answer, readJson } from '$lib/api/answer.ts';
import { workshopAnswer } from '$lib/api/workshop.ts';
import { isRefusal, refuse } from '#shared/refusals.ts';
import type { RequestHandler } from './$types';

/** The account's own workshops. */
export const GET: RequestHandler = async ({ locals }) =>
	answer(
		locals.account ? await locals.app.workshops.list(locals.account) : refuse('unauthenticated')
	);

/** A new one: `{title, agenda, anonymous?, language?}`. */
export const POST: RequestHandler = async ({ locals: { app, account }, request }) => {
	if (!account) return answer(refuse('unauthenticated'));
	const form = (await readJson(request)) as Parameters<typeof app.workshops.create>[1];
	const made = await app.workshops.create(account, form);
	if (isRefusal(made)) return answer(made);
	const who = { role: 'facilitator', account: account.id } as const;
	return answer(await workshopAnswer(app, made.id, who), 201);
};
