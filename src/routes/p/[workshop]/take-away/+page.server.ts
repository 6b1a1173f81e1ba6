import { isRefusal, REFUSALS } from '#shared/refusals.ts';
import { participantOf } from '$lib/api/permission.ts';
import { sentence } from '$lib/refusal-sentence.ts';
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** Read at once on whatever phone: it is drawn here, and brings no script. */
export const csr = false;

export const load: PageServerLoad = async ({ params, locals: { app, who } }) => {
	const mine = await app.takeAways.of(params.workshop, participantOf({ who }));
	if (isRefusal(mine)) error(REFUSALS[mine.refused].status, sentence(mine.refused));
	return { mine };
};
