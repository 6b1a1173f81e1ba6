import { CATALOGUE } from '#shared/exercises/catalogue.ts';
import { copyOf, emptyExercise, exerciseFile } from '#shared/exercises/own.ts';
import { isRefusal, REFUSALS, refuse } from '#shared/refusals.ts';
import { known } from '$lib/api/permission.ts';
import { refused, text } from '$lib/home/answers.ts';
import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';
import { fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const { app, account } = known(locals);
	return { own: await app.exercises.own(account), shipped: CATALOGUE };
};

/** What an exercise begins with. */
const beginning = () => ({
	title: m.exercises_begin_title(),
	why: m.exercises_begin_why(),
	prompt: m.exercises_begin_prompt(),
	column: m.exercises_begin_column(),
	field: m.exercises_begin_field(),
	themes: m.exercises_view_themes(),
	votes: m.exercises_view_votes()
});

export const actions: Actions = {
	/** From nothing, in the language that it is asked for in. */
	begin: async ({ locals }) => {
		const { app, account } = known(locals);
		const made = await app.exercises.add(account, emptyExercise(beginning(), getLocale()));
		if (isRefusal(made)) return refused(made, {});
		redirect(303, `/exercises/${made.id}`);
	},
	/** Of a shipped one, or of one's own. */
	copy: async ({ locals, request }) => {
		const { app, account } = known(locals);
		const from = await app.exercises.get(account, text(await request.formData(), 'from'));
		if (isRefusal(from)) return refused(from, {});
		const copy = copyOf(from, { title: m.exercises_copy_of, after: m.exercises_copy_after });
		const made = await app.exercises.add(account, copy);
		if (isRefusal(made)) return refused(made, {});
		redirect(303, `/exercises/${made.id}`);
	},
	/** A file; or the text of one, where what was just removed is brought back. */
	bring: async ({ locals, request }) => {
		const { app, account } = known(locals);
		const form = await request.formData();
		const file = form.get('file');
		const bytes =
			file instanceof File
				? new Uint8Array(await file.arrayBuffer())
				: new TextEncoder().encode(text(form, 'text'));
		const made = await app.exercises.bring(account, bytes);
		if (!isRefusal(made)) return { brought: made.id };
		const { refused: reason, faults = [] } = made;
		return fail(REFUSALS[reason].status, { refused: reason, faults });
	},
	remove: async ({ locals, request }) => {
		const { app, account } = known(locals);
		const id = text(await request.formData(), 'exercise');
		const gone = id === '' ? refuse('not-found') : await app.exercises.remove(account, id);
		if (isRefusal(gone)) return refused(gone, {});
		return { removed: gone.title, file: exerciseFile(gone) };
	}
};
