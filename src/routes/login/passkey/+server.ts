import { isRefusal } from '#shared/refusals.ts';
import { askedSchema, siteOf } from '$lib/account/asked.ts';
import { goal } from '$lib/account/goal.ts';
import { answer, readJson, refusalResponse } from '$lib/api/answer.ts';
import { json } from '@sveltejs/kit';
import * as v from 'valibot';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, request, cookies, url }) => {
	const asked = v.safeParse(askedSchema, await readJson(request));
	if (!asked.success) return refusalResponse('malformed');
	const { passkeys } = locals.app.accounts;
	const { address, cookies: before } = locals.credentials;
	if (asked.output.step === 'begin')
		return answer(await passkeys.beginLogIn(siteOf(request, url), address));
	const done = await passkeys.finishLogIn(asked.output.response, before);
	if (isRefusal(done)) return answer(done);
	cookies.set(done.cookie.name, done.cookie.value, done.cookie.options);
	return json({ goal: goal(url) });
};
