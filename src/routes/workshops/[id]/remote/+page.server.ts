import { isRefusal, REFUSALS } from '#shared/refusals.ts';
import { sentence } from '$lib/refusal-sentence.ts';
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { app, who }, params }) => {
	const view = await app.workshops.view(params.id, who);
	if (isRefusal(view)) error(REFUSALS[view.refused].status, sentence(view.refused));
	return { view };
};
