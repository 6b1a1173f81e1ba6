import { fileAnswer, jsonFile } from '$lib/api/file.ts';
import { participantOf } from '$lib/api/permission.ts';
import { refuse } from '#shared/refusals.ts';
import type { RequestHandler } from './$types';

/** All that is stored about a participant, for that one. */
export const GET: RequestHandler = async ({ locals }) => {
	const data = await locals.app.participants.dataOf(participantOf(locals));
	return fileAnswer(data ? jsonFile('plenary-my-data.json', data) : refuse('no-such-person'));
};
