import { orError } from '$lib/api/answer.ts';
import type { PageServerLoad } from './$types';

/** Read at once on whatever device: it is drawn here, and brings no script. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
	const { app, credentials } = event.locals;
	const asker = { gone: event.request.signal };
	const summary = await app.summaries.byLink(event.params.token, credentials.address, asker);
	return { summary: orError(summary, event) };
};
