import { isRefusal } from '#shared/refusals.ts';
import { refused, text } from '$lib/home/answers.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

/** Where registration is open nobody needs a link: `/invite/new` serves everyone. */
const OPEN = 'new';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { accounts, config } = locals.app;
	const open = params.token === OPEN && config.registration === 'open';
	return { good: open || (await accounts.inviteIsGood(params.token)) };
};

export const actions: Actions = {
	default: async ({ locals, params, request, cookies }) => {
		const form = await request.formData();
		const [email, name] = [text(form, 'email'), text(form, 'name')];
		const token = params.token === OPEN ? null : params.token;
		const answer = await locals.app.accounts.register(
			{ token, email, name, password: text(form, 'password') },
			locals.credentials.address,
			locals.credentials.cookies
		);
		if (isRefusal(answer)) return refused(answer, { email, name });
		cookies.set(answer.cookie.name, answer.cookie.value, answer.cookie.options);
		redirect(303, '/workshops');
	}
};
