import { isRefusal } from '#shared/refusals.ts';
import { known } from '$lib/api/permission.ts';
import { refused, text } from '$lib/home/answers.ts';
import { redirect, type Cookies } from '@sveltejs/kit';
import type { CookieToSet } from '#server/app.ts';
import type { Actions, PageServerLoad } from './$types';

const put = (cookies: Cookies, { name, value, options }: CookieToSet) =>
	cookies.set(name, value, options);

export const load: PageServerLoad = async ({ locals }) => {
	const { app, account } = known(locals);
	const { tokens, passkeys } = app.accounts;
	return {
		email: account.email,
		name: account.name,
		tokens: await tokens(account),
		passkeys: await passkeys.list(account)
	};
};

/** Each says which of the page's forms it answers: there the words stand. */
export const actions: Actions = {
	name: async ({ locals, request }) => {
		const { app, account } = known(locals);
		const name = text(await request.formData(), 'name');
		const done = await app.accounts.rename(account, name);
		return isRefusal(done) ? refused(done, { form: 'name' }) : { done: 'name' };
	},
	password: async ({ locals, request, cookies }) => {
		const { app, account, credentials } = known(locals);
		const form = await request.formData();
		const [current, next] = [text(form, 'current'), text(form, 'next')];
		const done = await app.accounts.changePassword(account, { current, next }, credentials);
		if (isRefusal(done)) return refused(done, { form: 'password' });
		put(cookies, done.cookie);
		return { done: 'password' };
	},
	'end-sessions': async ({ locals, cookies }) => {
		const { app, account, credentials } = known(locals);
		const done = await app.accounts.endOtherSessions(account, credentials);
		if (isRefusal(done)) redirect(303, '/login'); // this session was ended meanwhile
		put(cookies, done.cookie);
		return { done: 'end-sessions' };
	},
	'new-token': async ({ locals, request }) => {
		const { app, account } = known(locals);
		const label = text(await request.formData(), 'label');
		const token = await app.accounts.newToken(account, label);
		return isRefusal(token) ? refused(token, { form: 'new-token' }) : { done: 'new-token', token };
	},
	'revoke-token': async ({ locals, request }) => {
		const { app, account } = known(locals);
		await app.accounts.revokeToken(account, text(await request.formData(), 'id'));
		return { done: 'revoke-token' };
	},
	'remove-passkey': async ({ locals, request }) => {
		const { app, account } = known(locals);
		await app.accounts.passkeys.remove(account, text(await request.formData(), 'id'));
		return { done: 'remove-passkey' };
	}
};
