import { isRefusal } from '#shared/refusals.ts';
import { known } from '$lib/api/permission.ts';
import { refused } from '$lib/home/answers.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { app }, params }) => {
	const invited = await app.workshops.cofacilitators.peek(params.token);
	return { title: invited?.title ?? null };
};

export const actions: Actions = {
	default: async ({ locals, params }) => {
		const { app, account } = known(locals);
		const workshop = await app.workshops.cofacilitators.accept(params.token, account);
		if (isRefusal(workshop)) return refused(workshop, {});
		redirect(303, `/workshops/${workshop}`);
	}
};
