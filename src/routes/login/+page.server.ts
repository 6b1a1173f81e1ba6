import { isRefusal } from '#shared/refusals.ts';
import { goal } from '$lib/account/goal.ts';
import { refused, text } from '$lib/home/answers.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	if (locals.account) redirect(303, goal(url));
	return { registration: locals.app.config.registration };
};

export const actions: Actions = {
	default: async ({ locals, request, cookies, url }) => {
		const form = await request.formData();
		const [email, password] = [text(form, 'email'), text(form, 'password')];
		const { address, cookies: before } = locals.credentials;
		const answer = await locals.app.accounts.logIn(email, password, address, before);
		if (isRefusal(answer)) return refused(answer, { email });
		cookies.set(answer.cookie.name, answer.cookie.value, answer.cookie.options);
		redirect(303, goal(url));
	}
};
