import { isRefusal } from '#shared/refusals.ts';
import { askedSchema, siteOf } from '$lib/account/asked.ts';
import { answer, readJson, refusalResponse } from '$lib/api/answer.ts';
import { known } from '$lib/api/permission.ts';
import { json } from '@sveltejs/kit';
import * as v from 'valibot';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, request, url }) => {
	const { app, account } = known(locals);
	const asked = v.safeParse(askedSchema, await readJson(request));
	if (!asked.success) return refusalResponse('malformed');
	const { passkeys } = app.accounts;
	if (asked.output.step === 'begin')
		return answer(await passkeys.beginRegister(account, siteOf(request, url)));
	const { label, response } = asked.output;
	const done = await passkeys.finishRegister(account, label, response);
	return isRefusal(done) ? answer(done) : json({}, { status: 201 });
};
