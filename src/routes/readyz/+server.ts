import { text } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** The database answers. */
export const GET: RequestHandler = async ({ locals }) =>
	(await locals.app.ready())
		? text('ready\n')
		: text('the database does not answer\n', { status: 503 });
