import * as v from 'valibot';
import { answer, readJson } from '$lib/api/answer.ts';
import { isRefusal, refuse } from '#shared/refusals.ts';
import type { RequestHandler } from './$types';

const formSchema = v.object({ code: v.string(), name: v.optional(v.string()) });

/** `{code, name?}`: takes a seat, or the one that the cookie has already. */
export const POST: RequestHandler = async ({ locals: { app, credentials }, request, cookies }) => {
	const form = v.safeParse(formSchema, await readJson(request));
	if (!form.success) return answer(refuse('malformed'));
	const joined = await app.participants.join(form.output, credentials);
	if (isRefusal(joined)) return answer(joined);
	const { cookie, ...seat } = joined;
	cookies.set(cookie.name, cookie.value, cookie.options);
	return answer(seat);
};
