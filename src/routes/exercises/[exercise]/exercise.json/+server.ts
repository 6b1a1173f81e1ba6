import { json } from '@sveltejs/kit';
import { answer, readJson } from '$lib/api/answer.ts';
import { fileAnswer } from '$lib/api/file.ts';
import { known } from '$lib/api/permission.ts';
import { isRefusal, REFUSALS } from '#shared/refusals.ts';
import { sentence } from '$lib/refusal-sentence.ts';
import type { RequestHandler } from './$types';

/** To share: as the file that `/exercises` brings in. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const { app, account } = known(locals);
	return fileAnswer(await app.exercises.file(account, params.exercise));
};

/** Answers 409 with the exercise that stands there where that is another version than the one sent. */
export const PUT: RequestHandler = async ({ locals, params, request }) => {
	const { app, account } = known(locals);
	const done = await app.exercises.save(account, params.exercise, await readJson(request));
	if (!isRefusal(done)) return answer(done, done.saved ? 200 : 409);
	const { refused: code, faults } = done;
	const error = { code, message: sentence(code), faults };
	return json({ error }, { status: REFUSALS[code].status });
};
