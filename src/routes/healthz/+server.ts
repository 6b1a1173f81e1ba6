import { text } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** This process is alive. */
export const GET: RequestHandler = () => text('ok\n');
