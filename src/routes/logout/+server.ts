import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, cookies }) => {
	const { name, value, options } = await locals.app.accounts.logOut(locals.credentials);
	cookies.set(name, value, options);
	redirect(303, '/login');
};
