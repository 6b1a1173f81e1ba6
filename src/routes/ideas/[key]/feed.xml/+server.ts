import { atomOf } from '$lib/ideas/atom.ts';
import { isRefusal, refuse } from '#shared/refusals.ts';
import { refusedResponse } from '$lib/api/answer.ts';
import { text } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** The ideas of a public page, for feed readers. */
export const GET: RequestHandler = async ({ params, url, locals }) => {
	const { app, credentials } = locals;
	const page = (await app.ideas.byKey(params.key, credentials.address)) ?? refuse('not-found');
	if (isRefusal(page)) return refusedResponse(page);
	const at = `${app.addressFor(url)}/ideas/${params.key}`;
	return text(atomOf(page, at), {
		headers: { 'content-type': 'application/atom+xml; charset=utf-8' }
	});
};
