import { isRefusal } from '#shared/refusals.ts';
import { redirect } from '@sveltejs/kit';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ params, locals: { app, credentials } }) => {
	const who = await app.workshops.who(params.workshop, credentials);
	if (who.role === 'visitor') redirect(303, '/');
	const view = await app.workshops.view(params.workshop, who);
	if (isRefusal(view)) redirect(303, '/');
	return { view };
};
