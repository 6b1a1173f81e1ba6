import { AGENDAS } from '#shared/exercises/catalogue.ts';
import { isRefusal, REFUSALS } from '#shared/refusals.ts';
import { qrOf } from '$lib/join/qr.ts';
import { sentence } from '$lib/refusal-sentence.ts';
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { app, who }, params, url }) => {
	const view = await app.workshops.view(params.id, who);
	if (isRefusal(view)) error(REFUSALS[view.refused].status, sentence(view.refused));
	const [screen, notes, catalogue] = await Promise.all([
		app.workshops.screenLink(params.id, who),
		app.workshops.notes(params.id, who),
		app.workshops.exercises(params.id, who)
	]);
	if (isRefusal(notes)) error(REFUSALS[notes.refused].status, sentence(notes.refused));
	if (isRefusal(catalogue)) error(REFUSALS[catalogue.refused].status, sentence(catalogue.refused));
	const origin = app.addressFor(url);
	return {
		view,
		screen: isRefusal(screen) ? null : screen,
		notes,
		rehearsal: await app.rehearsals.people(params.id, who),
		/** What this device keeps of the notes is told to this account only. */
		mine: 'account' in who ? who.account : null,
		origin,
		qr: view.code === null ? null : qrOf(`${origin}/?code=${view.code}`),
		remote: qrOf(`${origin}/workshops/${view.id}/remote`),
		catalogue,
		agendas: AGENDAS
	};
};
