/**
 * The table of permissions, asked for one request: which row it is, who asks in the workshop that
 * the row names, and what to say where they may not. `src/hooks.server.ts` asks before any route
 * runs, so that a route finds in `locals` whom it serves.
 */
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { mayUse, ROUTES, type RouteRule, type Who } from '#shared/permissions.ts';
import type { ParticipantId, WorkshopId } from '#shared/ids.ts';
import { isRefusal, REFUSALS, refuse, type Refusal, type RefusalReason } from '#shared/refusals.ts';
import type { Account, Asker } from '#server/app.ts';
import { sentence } from '$lib/refusal-sentence.ts';
import { refusalResponse } from './answer.ts';

type Asked = Pick<RequestEvent, 'isDataRequest' | 'request' | 'route' | 'url' | 'locals'> & {
	params: Partial<Record<string, string>>;
};

/** Of which row a request is: a form's action is named as Kit names it; HEAD, and a page's data, is a GET. */
function rowOf({ isDataRequest, request, route, url }: Asked): string {
	const method = isDataRequest || request.method === 'HEAD' ? 'GET' : request.method;
	const action = [...url.searchParams.keys()].find((key) => key.startsWith('/'));
	return `${method} ${route.id}${method === 'POST' && action ? `?${action}` : ''}`;
}

/** The rule for a request; null where the table has none. */
export const ruleFor = (asked: Asked): RouteRule | null => ROUTES[rowOf(asked)] ?? null;

const routeOf = (row: string) => row.slice(row.indexOf(' ') + 1).replace(/\?.*/, '');
const KNOWN = new Set(Object.keys(ROUTES).map(routeOf));

/** Whether the table has this route at all, with whatever method. */
export const isInTable = (route: string): boolean => KNOWN.has(route);

/** Whom a route serves, and in which workshop; '' where it is of none. */
interface Served {
	who: Who;
	workshop: WorkshopId;
}

/** Who asks, where they may; why not, where not. Whose it is not hears that it is not there. */
export async function servedBy(rule: RouteRule, asked: Asked): Promise<Served | Refusal> {
	const { account } = asked.locals;
	const served = await whoAsks(rule, asked);
	if (served && mayUse(served.who, rule)) return served;
	if (served && served.who.role !== 'visitor') return refuse('not-allowed');
	return refuse(account ? 'not-found' : 'unauthenticated');
}

/** Who waits for what this request asks for: not when they have gone, nor when they are not who they were. */
export function askerOf({ isDataRequest, request, route, url, params, locals }: Asked): Asker {
	const asked = { isDataRequest, request, route, url, params };
	const rule = ruleFor({ ...asked, locals });
	return {
		gone: request.signal,
		async still() {
			const account = await locals.app.accounts.of(locals.credentials);
			const now = rule && (await servedBy(rule, { ...asked, locals: { ...locals, account } }));
			if (isRefusal(now)) return now;
			return now && isSame(now.who, locals.who) ? null : refuse('not-allowed');
		}
	};
}

const isSame = (one: Who, other: Who): boolean => JSON.stringify(one) === JSON.stringify(other);

async function whoAsks(rule: RouteRule, { params, locals }: Asked): Promise<Served | null> {
	const { app, account, credentials } = locals;
	if (rule.in === 'none') {
		if (!account) return { who: { role: 'visitor' }, workshop: '' };
		const token = credentials.token === null ? {} : { token: true as const };
		return { who: { role: 'facilitator', account: account.id, ...token }, workshop: '' };
	}
	const id = params[rule.param ?? ''] ?? '';
	const workshop = rule.in === 'board' ? await app.workshops.ofBoard(id) : id;
	if (workshop === null) return null;
	return { who: await app.workshops.who(workshop, credentials), workshop };
}

/**
 * A request that is refused, before its route. Somebody who looks for a page and is not known is
 * sent to a door: participants to theirs, others to log in and come back.
 */
export function refused(reason: RefusalReason, rule: RouteRule, { url, route, locals }: Asked) {
	if (!rule.page) return refusalResponse(reason);
	if (route.id?.startsWith('/p/')) redirect(303, '/');
	if (locals.account) error(REFUSALS[reason].status, sentence(reason));
	redirect(303, url.pathname === '/workshops' ? '/login' : `/login?next=${url.pathname}`);
}

/** What a route has that the table opens to accounts alone. */
export function known(locals: App.Locals): App.Locals & { account: Account } {
	const { account } = locals;
	if (!account) throw new Error('The table of permissions lets nobody in here without an account');
	return { ...locals, account };
}

/** Who has asked, in a route that it opens to participants alone. */
export function participantOf({ who }: Pick<App.Locals, 'who'>): ParticipantId {
	if (who.role !== 'participant')
		throw new Error('The table of permissions lets nobody in here who takes no part');
	return who.participant;
}
