import { readCode } from '#shared/code.ts';
import { isRefusal, refuse } from '#shared/refusals.ts';
import { refused, text } from '$lib/home/answers.ts';
import { typedCode } from '$lib/join/code-cells.ts';
import type { Door } from '$lib/join/door.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals: { app, credentials } }) => {
	const typed = url.searchParams.get('code') ?? '';
	const shown = typedCode(typed).letters;
	if (typed === '') return { door: { code: '', workshop: null, refusal: null } satisfies Door };
	const code = readCode(typed);
	const found = code ? await app.workshops.byCode(code, credentials.address) : refuse('wrong-code');
	if (isRefusal(found))
		return { door: { code: code ?? shown, workshop: null, refusal: found.refused } satisfies Door };
	const who = await app.workshops.who(found.id, credentials);
	if (who.role === 'participant') redirect(303, `/p/${found.id}`);
	const { title, anonymous } = found;
	return {
		door: { code: code ?? shown, workshop: { title, anonymous }, refusal: null } satisfies Door
	};
};

export const actions: Actions = {
	default: async ({ locals: { app, credentials }, request, cookies }) => {
		const form = await request.formData();
		const name = text(form, 'name').trim();
		const seat = await app.participants.join(
			{ code: text(form, 'code'), ...(name === '' ? {} : { name }) },
			credentials
		);
		if (isRefusal(seat)) return refused(seat, { name });
		cookies.set(seat.cookie.name, seat.cookie.value, seat.cookie.options);
		redirect(303, `/p/${seat.workshop}`);
	}
};
