import { choicesOf, fileAnswer } from '$lib/api/file.ts';
import { known } from '$lib/api/permission.ts';
import { getLocale } from '$lib/paraglide/runtime.js';
import type { RequestHandler } from './$types';

/** What the page shows, and every card of it. */
export const GET: RequestHandler = async ({ locals, params, request, url }) => {
	const { app, account } = known(locals);
	const asked = choicesOf(url);
	return fileAnswer(
		await app.across.answersFile(account, params.format, asked, getLocale()),
		request
	);
};
