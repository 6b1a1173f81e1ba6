import { refusalResponse } from '$lib/api/answer.ts';
import type { RequestHandler } from './$types';

/** No other path of the API leads anywhere. */
export const fallback: RequestHandler = () => refusalResponse('not-found');
