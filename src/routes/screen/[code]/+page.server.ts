import { readCode } from '#shared/code.ts';
import { isRefusal, REFUSALS } from '#shared/refusals.ts';
import type { Entrance } from '$lib/room-screen/entrance.ts';
import { qrOf } from '$lib/room-screen/qr.ts';
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url, locals: { app, credentials } }) => {
	const code = readCode(params.code);
	const found = code && (await app.workshops.byCode(code, credentials.address));
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
	const screen = url.searchParams.get('key');
	const who = screen ? await app.workshops.who(found.id, { ...credentials, screen }) : null;
	if (!screen || who?.role === 'visitor' || !who) return { entrance, room: null };
	const view = await app.workshops.view(found.id, who);
	return { entrance, room: isRefusal(view) ? null : { id: found.id, screen, view } };
};
