/** How the API answers: JSON, and a "no" with its code, its status and a sentence for a person. */
import { error, json, text, type RequestEvent } from '@sveltejs/kit';
import { REFUSALS, isRefusal, type Refusal, type RefusalReason } from '#shared/refusals.ts';
import { sentence } from '$lib/refusal-sentence.ts';

/** What a browser may keep, if it asks each time whether it still may see it: nothing is shown by going back. */
export const ASKED_AGAIN = 'private, no-cache';

export const isApi = (url: URL): boolean => url.pathname.startsWith('/api/');

/** A refusal, as the API says it. */
export const refusalResponse = (
	code: RefusalReason,
	status: number = REFUSALS[code].status
): Response => json({ error: { code, message: sentence(code) } }, { status });

/** A refusal that a route got, with when to come back. */
export function refusedResponse({ refused, after }: Refusal): Response {
	const response = refusalResponse(refused);
	if (after !== undefined) response.headers.set('retry-after', String(after));
	return response;
}

/** The answer of a route: what it gives, or the refusal that it got. */
export const answer = <T>(value: T | Refusal, status = 200): Response =>
	isRefusal(value) ? refusedResponse(value) : json(value, { status });

/** What a page shows; else there is a page that says why not, with when to come back. */
export function orError<T>(
	value: T | Refusal,
	{ setHeaders }: Pick<RequestEvent, 'setHeaders'>
): T {
	if (!isRefusal(value)) return value;
	if (value.after !== undefined) setHeaders({ 'retry-after': String(value.after) });
	error(REFUSALS[value.refused].status, sentence(value.refused));
}

/** For machines that read lines, such as Prometheus: `version` is its format's, and means nothing else. */
export const plainText = (lines: string, status = 200): Response =>
	text(lines, { status, headers: { 'content-type': 'text/plain; charset=utf-8; version=0.0.4' } });

/** What Kit answers by itself where a method is not there or a route has thrown, in our form. */
export function orApiRefusal(response: Response, fault: RefusalReason | undefined): Response {
	if (response.status === 405) return refusalResponse('not-found', 405);
	return fault ? refusalResponse(fault) : response;
}

/** The body of a request as JSON; undefined where it is none. */
export async function readJson(request: Request): Promise<unknown> {
	try {
		return await request.json();
	} catch {
		return undefined;
	}
}
