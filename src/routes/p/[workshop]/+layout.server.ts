import { isRefusal } from '#shared/refusals.ts';
import { participantOf } from '$lib/api/permission.ts';
import { redirect } from '@sveltejs/kit';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ params, locals: { app, who } }) => {
	const view = await app.workshops.view(params.workshop, who);
	if (isRefusal(view)) redirect(303, '/');
	return { view, seat: participantOf({ who }) };
};
