import { isRefusal } from '#shared/refusals.ts';
import { refused, text } from '$lib/home/answers.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { app, account } }) => {
	if (!account) redirect(303, '/login');
	return { workshops: await app.workshops.list(account), catalogue: app.catalogue() };
};

export const actions: Actions = {
	remove: async ({ locals: { app, account }, request }) => {
		if (!account) redirect(303, '/login');
		const workshop = text(await request.formData(), 'workshop');
		const answer = await app.workshops.remove(workshop, account);
		return isRefusal(answer) ? refused(answer, { workshop }) : { removed: workshop };
	}
};
