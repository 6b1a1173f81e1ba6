import { json } from '@sveltejs/kit';
import { answer } from '$lib/api/answer.ts';
import { known } from '$lib/api/permission.ts';
import { workshopAnswer } from '$lib/api/workshop.ts';
import { isRefusal, REFUSALS } from '#shared/refusals.ts';
import { sentence } from '$lib/refusal-sentence.ts';
import type { RequestHandler } from './$types';

/** A workshop from a file that the JSON export made; a refusal says where the file is wrong. */
export const POST: RequestHandler = async ({ locals, request }) => {
	const { app, account, who } = known(locals);
	const bytes = new Uint8Array(await request.arrayBuffer());
	const made = await app.imports.workshop(account, bytes, request.signal);
	if (isRefusal(made)) {
		const { refused: code, where } = made;
		const error = { code, message: sentence(code), where };
		return json({ error }, { status: REFUSALS[code].status });
	}
	return answer(await workshopAnswer(app, made.id, who), 201);
};
