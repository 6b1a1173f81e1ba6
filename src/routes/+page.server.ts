import { readCode } from '#shared/code.ts';
import { isRefusal, REFUSALS, refuse } from '#shared/refusals.ts';
import { text } from '$lib/home/answers.ts';
import { typedCode } from '$lib/join/code-cells.ts';
import { doorAnswer } from '$lib/join/door-answer.ts';
import type { Door } from '$lib/join/door.ts';
import { fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({
	url,
	locals: { app, credentials }
}): Promise<{ door: Door }> => {
	const typed = url.searchParams.get('code') ?? '';
	if (typed === '') return { door: { code: '', workshop: null, refusal: null } };
	const code = readCode(typed) ?? typedCode(typed).letters;
	const found = readCode(code)
		? await app.workshops.byCode(code, credentials)
		: refuse('wrong-code');
	if (isRefusal(found))
		return { door: { code, workshop: null, refusal: doorAnswer(found.refused, code) } };
	const who = await app.workshops.who(found.id, credentials);
	if (who.role === 'participant') redirect(303, `/p/${found.id}`);
	const { title, anonymous } = found;
	return { door: { code, workshop: { title, anonymous }, refusal: null } };
};

export const actions: Actions = {
	default: async ({ locals: { app, credentials }, request, cookies }) => {
		const form = await request.formData();
		const code = text(form, 'code');
		const name = text(form, 'name').trim();
		const seat = await app.participants.join(
			{ code, ...(name === '' ? {} : { name }) },
			credentials
		);
		if (isRefusal(seat))
			return fail(REFUSALS[seat.refused].status, { answer: doorAnswer(seat.refused, code), name });
		cookies.set(seat.cookie.name, seat.cookie.value, seat.cookie.options);
		redirect(303, `/p/${seat.workshop}`);
	}
};
