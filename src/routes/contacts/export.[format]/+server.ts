import { choicesOf, fileAnswer } from '$lib/api/file.ts';
import { askerOf, known } from '$lib/api/permission.ts';
import { getLocale } from '$lib/paraglide/runtime.js';
import type { RequestHandler } from './$types';

/** The contacts that the page shows, and those that it has no room for. */
export const GET: RequestHandler = async (event) => {
	const { params, request, url } = event;
	const { app, account } = known(event.locals);
	const asked = choicesOf(url);
	const asker = askerOf(event);
	return fileAnswer(
		await app.across.contactsFile(account, params.format, asked, getLocale(), asker),
		request
	);
};
