/**
 * The participants' pages that this device keeps, so that they open without a network: the service
 * worker puts them there and serves them, a page takes them off when its person leaves. Nothing else
 * is ever kept: no answer of the API, no desk, no room screen.
 */
import { KEEP } from '$lib/sync/device-values.ts';

const PAGES = 'plenary-pages';
/** When a page was kept; the server knows no such header. */
const KEPT_AT = 'x-plenary-kept-at';

/** What a page asks of the service worker. */
export type Asked =
	/** Keeps this page, of which the worker may not have seen the coming. */
	| { keep: string }
	/** Takes over from the version before, as nobody is in the middle of anything. */
	| 'take over';

/** The page of a participant, or of one of its boards, that a path leads to. */
export const isKept = (path: string): boolean => /^\/p\/[\w-]+(\/boards\/[\w-]+)?\/?$/.test(path);

/** The page of the workshop that a board's page belongs to. */
export const roomOf = (path: string): string => path.split('/').slice(0, 3).join('/');

/** Whether this answer is the page of somebody who takes part, and of nobody with an account. */
const mayBeKept = (answer: Response): boolean =>
	answer.status === 200 &&
	!answer.redirected &&
	(answer.headers.get('content-type')?.startsWith('text/html') ?? false) &&
	!(answer.headers.get('cache-control')?.includes('no-store') ?? false);

/** What waiting mends says nothing about who may see the page. */
export const isTrouble = (answer: Response): boolean => answer.status >= 429;

/**
 * What the server answered for a page is what counts from now on: the page is kept, or, where the
 * seat has gone, no longer. A server that is in trouble changes nothing.
 */
export async function keepPage(path: string, answer: Response, now: number): Promise<void> {
	const pages = await caches.open(PAGES);
	if (mayBeKept(answer)) await pages.put(path, await dated(answer, now));
	else if (!isTrouble(answer)) await pages.delete(path);
}

/** The page as it was kept last; null where it was not, or too long ago. */
export async function keptPage(path: string, now: number): Promise<Response | null> {
	const pages = await caches.open(PAGES);
	const page = await pages.match(path);
	if (!page) return null;
	if (!isOld(page, now)) return page;
	await pages.delete(path);
	return null;
}

/** Every path that is kept; what is too old goes on the way. */
export async function keptPaths(now: number): Promise<string[]> {
	const pages = await caches.open(PAGES);
	const paths: string[] = [];
	for (const request of await pages.keys()) {
		const page = await pages.match(request);
		if (page && isOld(page, now)) await pages.delete(request);
		else paths.push(new URL(request.url).pathname);
	}
	return paths;
}

/** On a page: asks for it to be kept on this device, as the service worker may have come after it. */
export async function keepThisPage(path: string): Promise<void> {
	if (!('serviceWorker' in navigator)) return;
	const { active } = await navigator.serviceWorker.ready;
	const asked: Asked = { keep: path };
	active?.postMessage(asked, []);
}

/** Takes a workshop's pages off this device. */
export async function forgetPages(workshop: string): Promise<void> {
	// A page over plain http has no such store.
	if (!('caches' in globalThis)) return;
	const pages = await caches.open(PAGES);
	for (const request of await pages.keys())
		if (roomOf(new URL(request.url).pathname) === `/p/${workshop}`) await pages.delete(request);
}

const isOld = (page: Response, now: number): boolean =>
	now - Number(page.headers.get(KEPT_AT)) > KEEP;

async function dated(answer: Response, now: number): Promise<Response> {
	const headers = new Headers(answer.headers);
	headers.set(KEPT_AT, String(now));
	return new Response(await answer.blob(), { status: 200, headers });
}
