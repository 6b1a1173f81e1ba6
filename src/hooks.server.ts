/**
 * The way from Kit to the server: the slot on `globalThis` that the server fills before it loads
 * Kit. An import would bundle a second server into this one. Every request passes here: from where
 * it comes, who asks, and whether the table of permissions lets them; headers that every answer has
 * are set in `server/http.ts`.
 */
import {
	error as httpError,
	type Handle,
	type HandleServerError,
	type RequestEvent
} from '@sveltejs/kit';
import { ASKED_AGAIN, isApi, orApiRefusal, refusalResponse } from '$lib/api/answer.ts';
import { isTooLong, longestBody, passOver, readBody, takesFile } from '$lib/api/body.ts';
import { isInTable, known, refused, ruleFor, servedBy } from '$lib/api/permission.ts';
import { sentence } from '$lib/refusal-sentence.ts';
import { isRefusal } from '#shared/refusals.ts';

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
		return turnedAway(refusalResponse('foreign-origin'), event);

	const screen = url.pathname.startsWith('/screen/') ? url.searchParams.get('key') : null;
	// Found out by the server, which overwrites what a client may have sent under this name.
	const address = request.headers.get('x-plenary-address') ?? 'unknown';
	if (isApi(url) && Number(request.headers.get('content-length')) > longestBody(event))
		return turnedAway(refusalResponse('too-large'), event);

	event.locals.app = app;
	event.locals.credentials = { cookies, token, screen, address, as: meantAs(url) };
	const refusal = await permit(event);
	if (refusal) return turnedAway(refusal, event);
	return takesFile(event) ? inPlace(event, () => serve(event, resolve)) : serve(event, resolve);
};

/** A refusal of what has not been read. */
function turnedAway(refusal: Response, event: RequestEvent): Response {
	passOver(event.request.body);
	return unkept(refusal, event);
}

async function serve(
	event: RequestEvent,
	resolve: Parameters<Handle>[0]['resolve']
): Promise<Response> {
	const refusal = await permitWhole(event);
	if (refusal) return unkept(refusal, event);
	const response = await resolve(event, {
		transformPageChunk: ({ html }) => html.replace('%lang%', 'en').replace('%dir%', 'ltr')
	});
	const isOfApi = isApi(event.url);
	return unkept(isOfApi ? orApiRefusal(response, event.locals.fault) : response, event);
}

/** A whole file is held in memory: nobody brings two at once, and few people together. */
async function inPlace(event: RequestEvent, serve: () => Promise<Response>): Promise<Response> {
	const { app, account } = known(event.locals);
	const leave = app.imports.enter(account);
	if (!leave) return turnedAway(refusalResponse('try-again'), event);
	try {
		return await serve();
	} finally {
		leave();
	}
}

/** Nothing runs but what the table of permissions allows; null where it does. */
async function permit(event: RequestEvent): Promise<Response | null> {
	const { locals, request, route, url } = event;
	const rule = ruleFor(event);
	if (!rule && route.id !== null) {
		if (isInTable(route.id)) return refusalResponse('not-found', 405);
		const missing = new Error('This route is not in the table of permissions');
		locals.app.fault(missing, `${request.method} ${route.id}`);
		return refusalResponse('not-found');
	}
	try {
		locals.account = await locals.app.accounts.of(locals.credentials);
		if (!rule) return isApi(url) ? refusalResponse('not-found') : null; // Kit has a page for it
		const served = await servedBy(rule, event);
		if (isRefusal(served)) return refused(served.refused, rule, event);
		Object.assign(locals, served);
		return null;
	} catch (error) {
		if (!isApi(url)) throw error;
		return refusalResponse(locals.app.fault(error, 'who asks could not be found out'));
	}
}

/**
 * A body may be a minute on its way. When all of it is there it is asked again: by a session, a place
 * or a token that has ended meanwhile, nothing is done that was begun before.
 */
async function permitWhole(event: RequestEvent): Promise<Response | null> {
	const { request, url } = event;
	if (!request.body) return null;
	try {
		const whole = await readBody(request.body, longestBody(event));
		event.request = readForms(new Request(request, { method: request.method, body: whole }));
	} catch (error) {
		if (!isApi(url)) throw error;
		return refusalResponse(isTooLong(error) ? 'too-large' : 'malformed');
	}
	return permit(event);
}

/** Joining and what follows is a participant's, also in the browser of somebody who facilitates. */
const meantAs = ({ pathname, searchParams }: URL) =>
	pathname === '/' || pathname.startsWith('/p/') || searchParams.get('as') === 'participant'
		? 'participant'
		: undefined;

/** A form that cannot be read is the sender's mistake: else it would be a fault of ours, and logged. */
function readForms(request: Request): Request {
	const read = request.formData.bind(request);
	request.formData = () =>
		read().catch((fault: unknown) => {
			if (fault instanceof TypeError) httpError(400, sentence('malformed'));
			throw fault;
		});
	return request;
}

/** What a link shows to whoever has it: the link is in its address, and goes no further. */
const OF_A_LINK = {
	'cache-control': 'no-store',
	'referrer-policy': 'no-referrer',
	'x-robots-tag': 'noindex'
};

/** Pages that no phone shows without a network: they say too much of one person, or may be taken back. */
const TAKEN_HOME: ReadonlySet<string> = new Set([
	'/p/[workshop]/take-away',
	'/p/[workshop]/summary',
	'/ideas/[key]'
]);

/**
 * Nobody's to keep, nor to find again by going back where somebody has logged out: what is no page,
 * and every page of who has an account. A participant's phone may show its page without a network.
 */
function unkept(response: Response, { locals, route }: RequestEvent): Response {
	const { headers } = response;
	const isPage = headers.get('content-type')?.startsWith('text/html') ?? false;
	const mayKeep = isPage && !locals.account && !TAKEN_HOME.has(route.id ?? '');
	const isAskedAgain = headers.get('cache-control') === ASKED_AGAIN;
	if (!isAskedAgain && !mayKeep) headers.set('cache-control', 'no-store');
	if (route.id?.startsWith('/s/[token]'))
		for (const [name, value] of Object.entries(OF_A_LINK)) headers.set(name, value);
	return response;
}

/** Whoever went away in the middle of a request hears no answer, and it is nobody's fault. */
const isGone = (error: unknown): boolean =>
	error instanceof Error &&
	error.message === 'aborted' &&
	'code' in error &&
	error.code === 'ECONNRESET';

export const handleError: HandleServerError = ({ error, event, status, message }) => {
	if (status < 500 || isGone(error)) {
		event.locals.fault = status === 404 ? 'not-found' : 'malformed';
		return { message };
	}
	const where = `${event.request.method} ${event.route.id ?? 'unknown route'}`;
	event.locals.fault = globalThis.plenary?.fault(error, where) ?? 'server-fault';
	return { message: sentence(event.locals.fault) };
};
