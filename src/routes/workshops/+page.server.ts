import { CATALOGUE } from '#shared/exercises/catalogue.ts';
import { isRefusal } from '#shared/refusals.ts';
import { known } from '$lib/api/permission.ts';
import { refused, text } from '$lib/home/answers.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

/** So many play in a rehearsal where nobody says how many. */
const PEOPLE = 12;

export const load: PageServerLoad = async ({ locals }) => {
	const { app, account } = known(locals);
	const [workshops, rehearsals] = await Promise.all([
		app.workshops.list(account),
		app.rehearsals.open(account)
	]);
	return { workshops, rehearsals, catalogue: CATALOGUE, now: Date.now() };
};

export const actions: Actions = {
	remove: async ({ locals, request }) => {
		const { app, account } = known(locals);
		const workshop = text(await request.formData(), 'workshop');
		const answer = await app.workshops.remove(workshop, account);
		return isRefusal(answer) ? refused(answer, { workshop }) : { removed: workshop };
	},
	duplicate: async ({ locals, request }) => {
		const { app, account } = known(locals);
		const workshop = text(await request.formData(), 'workshop');
		const made = await app.workshops.duplicate(workshop, account);
		if (isRefusal(made)) return refused(made, { workshop });
		redirect(303, `/workshops/${made.id}`);
	},
	/** With `people` simulated people; where a rehearsal is open already it is that one. */
	rehearse: async ({ locals, request }) => {
		const { app, account } = known(locals);
		const form = await request.formData();
		const workshop = text(form, 'workshop');
		const people = Number(text(form, 'people') || PEOPLE);
		const rehearsal = await app.rehearsals.begin(workshop, account, people);
		if (isRefusal(rehearsal)) return refused(rehearsal, { workshop });
		redirect(303, `/workshops/${rehearsal}`);
	},
	/** Throws a rehearsal away. */
	discard: async ({ locals, request }) => {
		const { app, account } = known(locals);
		const rehearsal = text(await request.formData(), 'rehearsal');
		const workshop = await app.rehearsals.discard(rehearsal, account);
		if (isRefusal(workshop)) return refused(workshop, { workshop: rehearsal });
		redirect(303, `/workshops/${workshop}`);
	},
	/** Within the minute. */
	restore: async ({ locals, request }) => {
		const { app, account } = known(locals);
		const workshop = text(await request.formData(), 'workshop');
		const answer = await app.workshops.restore(workshop, account);
		return isRefusal(answer) ? refused(answer, { workshop }) : { restored: workshop };
	}
};
