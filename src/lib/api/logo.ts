import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { Logo } from '#shared/summary/settings.ts';
import { ASKED_AGAIN, refusalResponse } from './answer.ts';

/** A logo to be shown, or why there is none. With a tag, a browser keeps it and asks whether it still may. */
export function logoAnswer(logo: (Logo & { etag?: string }) | null | Refusal): Response {
	const shown = logo ?? refuse('not-found');
	if (isRefusal(shown)) return refusalResponse(shown.refused);
	const { type, bytes, etag } = shown;
	return new Response(new Uint8Array(bytes), {
		headers: {
			'content-type': type,
			...(etag === undefined ? {} : { etag, 'cache-control': ASKED_AGAIN })
		}
	});
}
