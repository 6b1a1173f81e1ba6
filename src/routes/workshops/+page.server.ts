import { CATALOGUE } from '#shared/exercises/catalogue.ts';
import { isRefusal } from '#shared/refusals.ts';
import { known } from '$lib/api/permission.ts';
import { refused, text } from '$lib/home/answers.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const { app, account } = known(locals);
	const workshops = await app.workshops.list(account);
	return { workshops, catalogue: CATALOGUE, now: Date.now() };
};

export const actions: Actions = {
	remove: async ({ locals, request }) => {
		const { app, account } = known(locals);
		const workshop = text(await request.formData(), 'workshop');
		const answer = await app.workshops.remove(workshop, account);
		return isRefusal(answer) ? refused(answer, { workshop }) : { removed: workshop };
	},
	duplicate: async ({ locals, request }) => {
		const { app, account } = known(locals);
		const workshop = text(await request.formData(), 'workshop');
		const made = await app.workshops.duplicate(workshop, account);
		if (isRefusal(made)) return refused(made, { workshop });
		redirect(303, `/workshops/${made.id}`);
	},
	/** Within the minute. */
	restore: async ({ locals, request }) => {
		const { app, account } = known(locals);
		const workshop = text(await request.formData(), 'workshop');
		const answer = await app.workshops.restore(workshop, account);
		return isRefusal(answer) ? refused(answer, { workshop }) : { restored: workshop };
	}
};
