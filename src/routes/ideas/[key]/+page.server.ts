import { sentence } from '$lib/refusal-sentence.ts';
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** Read by anybody, on whatever device: it is drawn here, and brings no script. */
export const csr = false;

export const load: PageServerLoad = async ({ params, locals: { app } }) => {
	const page = await app.ideas.byKey(params.key);
	if (!page) error(404, sentence('not-found'));
	return { page, key: params.key };
};
