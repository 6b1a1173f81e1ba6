import { isRefusal } from '#shared/refusals.ts';
import { orError } from '$lib/api/answer.ts';
import { askerOf } from '$lib/api/permission.ts';
import type { PageServerLoad } from './$types';

/** Read at once on whatever phone: it is drawn here, and brings no script. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
	const { app, who } = event.locals;
	const summary = await app.summaries.of(event.params.workshop, who, false, askerOf(event));
	if (isRefusal(summary) && summary.refused === 'not-shared') return { summary: null };
	return { summary: orError(summary, event) };
};
