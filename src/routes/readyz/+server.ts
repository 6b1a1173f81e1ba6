import { plainText } from '$lib/api/answer.ts';
import type { RequestHandler } from './$types';

/** The database answers. */
export const GET: RequestHandler = async ({ locals }) =>
	(await locals.app.ready())
		? plainText('ready\n')
		: plainText('the database does not answer\n', 503);
