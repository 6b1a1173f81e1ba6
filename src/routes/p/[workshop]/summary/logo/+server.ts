import { logoAnswer } from '$lib/api/logo.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { app, who }, params }) =>
	logoAnswer(await app.summaries.logo(params.workshop, who));
