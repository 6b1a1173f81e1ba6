import { refuse } from '#shared/refusals.ts';
import { orError } from '$lib/api/answer.ts';
import type { PageServerLoad } from './$types';

/** Read by anybody, on whatever device: it is drawn here, and brings no script. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
	const { app, credentials } = event.locals;
	const { key } = event.params;
	const page = (await app.ideas.byKey(key, credentials.address)) ?? refuse('not-found');
	return { page: orError(page, event), key };
};
