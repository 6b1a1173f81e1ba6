import { AGENDAS } from '#shared/exercises/catalogue.ts';
import { agendaSchema } from '#shared/facilitation/commands.ts';
import { isRefusal, refuse } from '#shared/refusals.ts';
import { known } from '$lib/api/permission.ts';
import { readJson, refused, text } from '$lib/home/answers.ts';
import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const { app, account } = known(locals);
	return { catalogue: await app.exercises.offered(account.id), agendas: AGENDAS };
};

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const { app, account } = known(locals);
		const form = await request.formData();
		const title = text(form, 'title').trim();
		const agenda = v.safeParse(agendaSchema, readJson(text(form, 'agenda')));
		const anonymous = text(form, 'anonymous') === 'yes';
		const answer = agenda.success
			? await app.workshops.create(account, { title, agenda: agenda.output, anonymous })
			: refuse('malformed');
		if (isRefusal(answer)) return refused(answer, { title });
		redirect(303, `/workshops/${answer.id}`);
	}
};
