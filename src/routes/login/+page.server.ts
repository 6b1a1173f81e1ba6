import { isRefusal } from '#shared/refusals.ts';
import { refused, text } from '$lib/home/answers.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

/** Where to go after logging in: a page of the facilitators', never another site. */
const goal = (url: URL): string => {
	const next = url.searchParams.get('next') ?? '';
	return /^\/workshops(\/[A-Za-z0-9_-]+)?$/.test(next) ? next : '/workshops';
};

export const load: PageServerLoad = ({ locals, url }) => {
	if (locals.account) redirect(303, goal(url));
	return { registration: locals.app.config.registration };
};

export const actions: Actions = {
	default: async ({ locals, request, cookies, url }) => {
		const form = await request.formData();
		const email = text(form, 'email');
		const answer = await locals.app.accounts.logIn(
			email,
			text(form, 'password'),
			locals.credentials.address
		);
		if (isRefusal(answer)) return refused(answer, { email });
		cookies.set(answer.cookie.name, answer.cookie.value, answer.cookie.options);
		redirect(303, goal(url));
	}
};
