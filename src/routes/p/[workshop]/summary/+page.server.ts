import { isRefusal, REFUSALS } from '#shared/refusals.ts';
import { sentence } from '$lib/refusal-sentence.ts';
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** Read at once on whatever phone: it is drawn here, and brings no script. */
export const csr = false;

export const load: PageServerLoad = async ({ params, locals: { app, who } }) => {
	const summary = await app.summaries.of(params.workshop, who);
	if (!isRefusal(summary)) return { summary };
	if (summary.refused === 'not-shared') return { summary: null };
	error(REFUSALS[summary.refused].status, sentence(summary.refused));
};
