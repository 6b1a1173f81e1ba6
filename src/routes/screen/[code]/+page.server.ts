import { readCode } from '#shared/code.ts';
import { isRefusal, REFUSALS, refuse } from '#shared/refusals.ts';
import { sentence } from '$lib/refusal-sentence.ts';
import { qrOf } from '$lib/join/qr.ts';
import type { Entrance } from '$lib/room-screen/entrance.ts';
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url, locals: { app, credentials } }) => {
	const code = readCode(params.code);
	const screen = url.searchParams.get('key');
	// The signed link names the workshop by its id: it opens a closed one too, to say thank you, and
	// goes on when the code has been changed.
	const signed = screen ? await app.workshops.byScreen(code ?? params.code, screen) : null;
	const shown = signed ?? (code ? await visit(code) : refuse('wrong-code'));
	if (isRefusal(shown)) error(REFUSALS[shown.refused].status, sentence(shown.refused));

	const origin = app.addressFor(url);
	const entrance: Entrance = {
		title: shown.title,
		code: shown.code,
		address: origin.replace(/^https?:\/\//, ''),
		qr: qrOf(`${origin}/?code=${shown.code}`)
	};
	if (!signed || !screen) return { entrance, room: null };
	const view = await app.workshops.view(signed.id, { role: 'screen' });
	return { entrance, room: isRefusal(view) ? null : { id: signed.id, screen, view } };

	/** Without the key there is only how to join to be seen. */
	async function visit(typed: string) {
		const found = await app.workshops.byCode(typed, credentials);
		return isRefusal(found) ? found : { title: found.title, code: typed };
	}
};
