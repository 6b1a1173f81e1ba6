import { answer, readJson } from '$lib/api/answer.ts';
import { known } from '$lib/api/permission.ts';
import { workshopAnswer } from '$lib/api/workshop.ts';
import { isRefusal } from '#shared/refusals.ts';
import type { RequestHandler } from './$types';

/** The account's own workshops. */
export const GET: RequestHandler = async ({ locals }) =>
	answer(await locals.app.workshops.list(known(locals).account));

/** A new one: `{title, agenda, anonymous?, language?}`. */
export const POST: RequestHandler = async ({ locals, request }) => {
	const { app, account, who } = known(locals);
	const form = (await readJson(request)) as Parameters<typeof app.workshops.create>[1];
	const made = await app.workshops.create(account, form);
	if (isRefusal(made)) return answer(made);
	return answer(await workshopAnswer(app, made.id, who), 201);
};
