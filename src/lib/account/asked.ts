import * as v from 'valibot';

/** What the page asks of the passkeys' routes: a challenge first, then to take the device's answer. */
export const askedSchema = v.variant('step', [
	v.object({ step: v.literal('begin') }),
	v.object({
		step: v.literal('finish'),
		label: v.optional(v.string(), ''),
		response: v.unknown()
	})
]);

/** The site that a passkey is bound to: as the browser names it, also behind a proxy. */
export const siteOf = (request: Request, url: URL): string =>
	request.headers.get('origin') ?? url.origin;
