import { answer } from '$lib/api/answer.ts';
import { refuse } from '#shared/refusals.ts';
import type { RequestHandler } from './$types';

/** The catalogue. */
export const GET: RequestHandler = ({ locals }) =>
	answer(locals.account ? locals.app.catalogue() : refuse('unauthenticated'));
