import { isRefusal, REFUSALS } from '#shared/refusals.ts';
import { sentence } from '$lib/refusal-sentence.ts';
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** Read at once on whatever device: it is drawn here, and brings no script. */
export const csr = false;

export const load: PageServerLoad = async ({ params, locals: { app, credentials } }) => {
	const summary = await app.summaries.byLink(params.token, credentials.address);
	if (isRefusal(summary)) error(REFUSALS[summary.refused].status, sentence(summary.refused));
	return { summary };
};
