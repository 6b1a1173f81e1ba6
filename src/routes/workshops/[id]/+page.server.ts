import { AGENDAS } from '#shared/exercises/catalogue.ts';
import { isRefusal, REFUSALS } from '#shared/refusals.ts';
import { qrOf } from '$lib/join/qr.ts';
import { sentence } from '$lib/facilitation/refusal-sentence.ts';
import { error, redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({
	locals: { app, account, credentials },
	params,
	url
}) => {
	if (!account) redirect(303, `/login?next=/workshops/${params.id}`);
	const who = await app.workshops.who(params.id, credentials);
	const view = await app.workshops.view(params.id, who);
	if (isRefusal(view)) error(REFUSALS[view.refused].status, sentence(view.refused));
	if (who.role !== 'facilitator' && who.role !== 'co-facilitator')
		error(404, sentence('not-found'));
	const [screen, notes] = await Promise.all([
		app.workshops.screenLink(params.id, who),
		app.workshops.notes(params.id, who)
	]);
	const origin = app.config.origin || url.origin;
	return {
		view,
		screen: isRefusal(screen) ? null : screen,
		notes: isRefusal(notes) ? '' : notes,
		origin,
		qr: view.code === null ? null : qrOf(`${origin}/?code=${view.code}`),
		catalogue: app.catalogue(),
		agendas: AGENDAS
	};
};
