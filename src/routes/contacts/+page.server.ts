import { choicesOf } from '$lib/api/file.ts';
import { known } from '$lib/api/permission.ts';
import { getLocale } from '$lib/paraglide/runtime.js';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { app, account } = known(locals);
	return { view: await app.across.contacts(account, choicesOf(url), getLocale()) };
};
