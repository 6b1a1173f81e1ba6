import { orError } from '$lib/api/answer.ts';
import { askerOf, participantOf } from '$lib/api/permission.ts';
import type { PageServerLoad } from './$types';

/** Read at once on whatever phone: it is drawn here, and brings no script. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
	const { takeAways } = event.locals.app;
	const mine = await takeAways.of(
		event.params.workshop,
		participantOf(event.locals),
		askerOf(event)
	);
	return { mine: orError(mine, event) };
};
