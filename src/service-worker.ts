/**
 * What makes the app open without a network. The build is kept whole, and served from this device; a
 * participant's page is asked of the server first, and found here where that does not answer in
 * time. A new version is fetched aside, and takes over when a page says that the moment is quiet
 * (`lib/offline/new-version.svelte.ts`). Everything else passes by.
 */
/// <reference types="@sveltejs/kit" />
/// <reference lib="webworker" />
import { build, files, version } from '$service-worker';
import { noNetworkPage } from '$lib/offline/no-network.ts';
import {
	isKept,
	isTrouble,
	keepPage,
	keptPage,
	keptPaths,
	roomOf,
	type Asked
} from '$lib/offline/kept-pages.ts';

const worker = globalThis as unknown as ServiceWorkerGlobalScope;

const BUILDS = 'plenary-build-';
const BUILD = BUILDS + version;
const OWN = new Set([...build, ...files]);
/** In ms: how long a page is waited for over a slow network, where this device has one. */
const PATIENCE = 3000;

worker.addEventListener('install', (event) => {
	event.waitUntil(caches.open(BUILD).then((cache) => cache.addAll([...OWN])));
});

worker.addEventListener('activate', (event) => {
	event.waitUntil(takeOver());
});

worker.addEventListener('message', (event) => {
	const asked = event.data as Asked;
	if (asked === 'take over') void worker.skipWaiting();
	else if (isKept(asked.keep)) event.waitUntil(fetchPage(asked.keep).catch(() => {}));
});

worker.addEventListener('fetch', (event) => {
	const { request } = event;
	const { origin, pathname } = new URL(request.url);
	if (request.method !== 'GET' || origin !== worker.location.origin) return;
	if (request.mode === 'navigate') event.respondWith(navigate(event, pathname));
	else if (isFile(pathname)) event.respondWith(file(request));
});

/** A file of this build or of another, which never changes under its name; or one beside it. */
const isFile = (path: string): boolean => path.startsWith('/_app/immutable/') || OWN.has(path);

/**
 * The version before stays: pages that are in the middle of something go on with it. What stood
 * before that one goes. Kept pages are asked for anew, as they name files of their own version.
 */
async function takeOver(): Promise<void> {
	const builds = (await caches.keys()).filter((name) => name.startsWith(BUILDS));
	const before = builds.filter((name) => name !== BUILD);
	for (const name of before.slice(0, -1)) await caches.delete(name);
	await worker.clients.claim();
	void refresh();
}

async function refresh(): Promise<void> {
	for (const path of await keptPaths(Date.now())) await fetchPage(path).catch(() => {});
}

async function file(request: Request): Promise<Response> {
	const there = await (await caches.open(BUILD)).match(request.url);
	return there ?? (await caches.match(request.url)) ?? fetch(request);
}

async function navigate(event: FetchEvent, path: string): Promise<Response> {
	if (!isKept(path)) return fetch(event.request).catch(noNetworkPage);
	const kept = await keptPage(path, Date.now());
	const asked = fetch(event.request);
	const stored = asked.then((answer) => store(path, answer.clone()));
	event.waitUntil(stored.catch(() => {}));
	const answer = await inTime(asked, kept ? PATIENCE : null).catch(() => null);
	if (answer && !(kept && isTrouble(answer))) return answer;
	return kept ?? (await wayToRoom(path)) ?? noNetworkPage();
}

/** From a board that was never read here to the room that it belongs to. */
async function wayToRoom(path: string): Promise<Response | null> {
	const room = roomOf(path);
	const there = room === path ? null : await keptPage(room, Date.now());
	return there && Response.redirect(room);
}

async function fetchPage(path: string): Promise<void> {
	await store(path, await fetch(path, { headers: { accept: 'text/html' }, cache: 'no-store' }));
}

/** Somebody who is sent elsewhere has no seat here: to a navigation that is told as a status of 0. */
async function store(path: string, answer: Response): Promise<void> {
	await keepPage(path, answer, Date.now());
}

/** What comes within so many ms; null where it does not. */
function inTime(asked: Promise<Response>, ms: number | null): Promise<Response | null> {
	if (ms === null) return asked;
	const late = new Promise<null>((answer) => setTimeout(() => answer(null), ms));
	return Promise.race([asked, late]);
}
