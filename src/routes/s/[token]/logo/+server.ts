import { logoAnswer } from '$lib/api/logo.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { app, credentials }, params }) =>
	logoAnswer(await app.summaries.logoByLink(params.token, credentials.address));
