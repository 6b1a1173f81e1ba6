/**
 * The way from Kit to the server: the slot on `globalThis` that the server fills before it loads
 * Kit. An import would bundle a second server into this one. Headers that every answer has are set
 * in `server/http.ts`.
 */
import type { Handle, HandleServerError } from '@sveltejs/kit';
import { isApi, orApiRefusal, refusalResponse } from '$lib/api/answer.ts';
import { sentence } from '$lib/facilitation/refusal-sentence.ts';

/** In bytes: what adapter-node takes. The API says so in its own words. */
const LONGEST_BODY = 512 * 1024;
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

const bearer = (header: string | null): string | null =>
	header?.startsWith('Bearer ') ? header.slice('Bearer '.length).trim() : null;

export const handle: Handle = async ({ event, resolve }) => {
	const app = globalThis.plenary;
	if (!app) throw new Error('Kit runs inside the server: start it with npm start or npm run dev');
	const { request, url } = event;
	const cookies = request.headers.get('cookie') ?? '';
	const token = bearer(request.headers.get('authorization'));
	const origin = request.headers.get('origin');
	const host = request.headers.get('host');

	const acts = !READS.has(request.method);
	if (!app.mayKnock({ origin, host, cookies, token, acts }))
		return withHeaders(refusalResponse('foreign-origin'), url);

	const screen = url.pathname.startsWith('/screen/') ? url.searchParams.get('key') : null;
	// Found out by the server, which overwrites what a client may have sent under this name.
	const address = request.headers.get('x-plenary-address') ?? 'unknown';
	if (isApi(url) && Number(request.headers.get('content-length')) > LONGEST_BODY)
		return withHeaders(refusalResponse('too-large'), url);

	event.locals.app = app;
	event.locals.credentials = { cookies, token, screen, address, as: meantAs(url) };
	try {
		event.locals.account = await app.accounts.of(event.locals.credentials);
	} catch (error) {
		if (!isApi(url)) throw error;
		return withHeaders(refusalResponse(app.fault(error, 'who asks could not be found out')), url);
	}

	const response = await resolve(event, {
		transformPageChunk: ({ html }) => html.replace('%lang%', 'en').replace('%dir%', 'ltr')
	});
	return withHeaders(isApi(url) ? orApiRefusal(response, event.locals.fault) : response, url);
};

/** Joining and what follows is a participant's, also in the browser of somebody who facilitates. */
const meantAs = ({ pathname, searchParams }: URL) =>
	pathname === '/' || pathname.startsWith('/p/') || searchParams.get('as') === 'participant'
		? 'participant'
		: undefined;

function withHeaders(response: Response, url: URL): Response {
	if (isApi(url)) response.headers.set('cache-control', 'no-store');
	// A page's policy is Kit's; what is no page loads nothing and stands in no frame.
	if (!response.headers.has('content-security-policy'))
		response.headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
	return response;
}

export const handleError: HandleServerError = ({ error, event, status, message }) => {
	if (status < 500) {
		event.locals.fault = status === 404 ? 'not-found' : 'malformed';
		return { message };
	}
	const where = `${event.request.method} ${event.route.id ?? 'unknown route'}`;
	event.locals.fault = globalThis.plenary?.fault(error, where) ?? 'server-fault';
	return { message: sentence(event.locals.fault) };
};
