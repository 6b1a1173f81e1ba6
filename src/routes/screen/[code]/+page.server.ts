import { readCode } from '#shared/code.ts';
import { isRefusal, REFUSALS } from '#shared/refusals.ts';
import { qrOf } from '$lib/join/qr.ts';
import type { Entrance } from '$lib/room-screen/entrance.ts';
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url, locals: { app, credentials } }) => {
	const code = readCode(params.code);
	const screen = url.searchParams.get('key');
	// The signed link opens a closed workshop too: a screen that is loaded again says thank you.
	const signed = code && screen ? await app.workshops.byScreen(code, screen) : null;
	const found = signed ?? (code && (await app.workshops.byCode(code, credentials.address)));
	if (!code || isRefusal(found))
		error(isRefusal(found) ? REFUSALS[found.refused].status : 404, 'wrong-code');
	if (!found) error(404, 'wrong-code');

	const origin = app.config.origin || url.origin;
	const entrance: Entrance = {
		title: found.title,
		code,
		address: origin.replace(/^https?:\/\//, ''),
		qr: qrOf(`${origin}/?code=${code}`)
	};
	if (!signed || !screen) return { entrance, room: null };
	const view = await app.workshops.view(found.id, { role: 'screen' });
	return { entrance, room: isRefusal(view) ? null : { id: found.id, screen, view } };
};
