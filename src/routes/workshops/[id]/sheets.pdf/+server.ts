import { choicesOf, fileAnswer } from '$lib/api/file.ts';
import { askerOf } from '$lib/api/permission.ts';
import { qrImage } from '$lib/join/qr.ts';
import type { RequestHandler } from './$types';

/** Paper for the room, to print before people come. */
export const GET: RequestHandler = async (event) => {
	const { locals, params, request, url } = event;
	const origin = locals.app.addressFor(url);
	const wayIn = {
		address: origin.replace(/^https?:\/\//, ''),
		qr: (code: string) => qrImage(`${origin}/?code=${code}`)
	};
	const { app, who } = locals;
	const choices = choicesOf(url);
	return fileAnswer(await app.sheets.pdf(params.id, who, wayIn, choices, askerOf(event)), request);
};
