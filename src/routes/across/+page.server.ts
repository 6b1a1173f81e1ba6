import { orError } from '$lib/api/answer.ts';
import { choicesOf } from '$lib/api/file.ts';
import { askerOf, known } from '$lib/api/permission.ts';
import { getLocale } from '$lib/paraglide/runtime.js';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { app, account } = known(event.locals);
	const asked = choicesOf(event.url);
	const view = await app.across.answers(account, asked, getLocale(), askerOf(event));
	return { view: orError(view, event) };
};
