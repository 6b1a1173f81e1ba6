import { fileAnswer } from '$lib/api/file.ts';
import type { ExportFormat } from '#server/app.ts';
import type { RequestHandler } from './$types';

/** The whole workshop, to take home. */
export const GET: RequestHandler = async ({ locals: { app, who }, params }) =>
	fileAnswer(await app.exports.workshop(params.id, who, params.format as ExportFormat));
