import { answer } from '$lib/api/answer.ts';
import type { RequestHandler } from './$types';

/** The catalogue. */
export const GET: RequestHandler = ({ locals }) => answer(locals.app.catalogue());
