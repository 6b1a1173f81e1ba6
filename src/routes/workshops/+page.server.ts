import { isRefusal } from '#shared/refusals.ts';
import { known } from '$lib/api/permission.ts';
import { refused, text } from '$lib/home/answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const { app, account } = known(locals);
	const workshops = await app.workshops.list(account);
	return { workshops, catalogue: app.catalogue(), now: Date.now() };
};

export const actions: Actions = {
	remove: async ({ locals, request }) => {
		const { app, account } = known(locals);
		const workshop = text(await request.formData(), 'workshop');
		const answer = await app.workshops.remove(workshop, account);
		return isRefusal(answer) ? refused(answer, { workshop }) : { removed: workshop };
	},
	/** Within the minute. */
	restore: async ({ locals, request }) => {
		const { app, account } = known(locals);
		const workshop = text(await request.formData(), 'workshop');
		const answer = await app.workshops.restore(workshop, account);
		return isRefusal(answer) ? refused(answer, { workshop }) : { restored: workshop };
	}
};
