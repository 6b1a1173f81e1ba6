import { plainText } from '$lib/api/answer.ts';
import type { RequestHandler } from './$types';

/** This process is alive. */
export const GET: RequestHandler = () => plainText('ok\n');
