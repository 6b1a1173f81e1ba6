import { isRefusal, REFUSALS } from '#shared/refusals.ts';
import { sentence } from '$lib/refusal-sentence.ts';
import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

export const PUT: RequestHandler = async ({ locals: { app, who }, params, request }) => {
	const notes = await app.workshops.notes(params.id, who, await request.text());
	if (!isRefusal(notes)) return json({ saved: true });
	const { refused } = notes;
	return json(
		{ error: { code: refused, message: sentence(refused) } },
		{ status: REFUSALS[refused].status }
	);
};
