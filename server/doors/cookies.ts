/**
 * Our cookies: their names and flags follow the scheme of `ORIGIN`. Over plain http, as in a
 * training room without a certificate, a browser takes neither `Secure` nor `__Host-`.
 */
import type { WorkshopId } from '#shared/ids.ts';
import type { CookieToSet } from '#server/app.ts';

const DAY = 24 * 60 * 60;
/** The database knows when a session is over; the cookie only has to outlive it. */
const SESSION_DAYS = 400;
/** Longer than late words are taken after a workshop. */
const PARTICIPANT_DAYS = 180;

export interface CookieJar {
	readonly sessionName: string;
	session(secret: string | null): CookieToSet;
	participantName(workshop: WorkshopId): string;
	participant(workshop: WorkshopId, token: string | null): CookieToSet;
	/** What the cookies of ours hold: a session, and a token for each workshop that was joined. */
	secrets(cookies: string): string[];
	/** Whether any cookie of ours is there: one that authenticates. */
	hasOurs(cookies: string): boolean;
}

export function createCookieJar(origin: string): CookieJar {
	const secure = origin.startsWith('https:');
	const prefix = secure ? '__Host-plenary-' : 'plenary-';
	const cookie = (name: string, value: string, days: number): CookieToSet => ({
		name,
		value,
		options: { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: days * DAY }
	});
	const ourNames = (cookies: string): string[] =>
		cookies
			.split(';')
			.map((pair) => pair.split('=', 1)[0]!.trim())
			.filter((name) => name.startsWith(prefix));
	// A workshop's id never is "session": they are longer.
	const sessionName = `${prefix}session`;
	return {
		sessionName,
		session: (secret) => cookie(sessionName, secret ?? '', secret === null ? 0 : SESSION_DAYS),
		participantName: (workshop) => prefix + workshop,
		participant: (workshop, token) =>
			cookie(prefix + workshop, token ?? '', token === null ? 0 : PARTICIPANT_DAYS),
		secrets: (cookies) => ourNames(cookies).flatMap((name) => readCookie(cookies, name) ?? []),
		hasOurs: (cookies) => ourNames(cookies).length > 0
	};
}

/** The value of one cookie in a `Cookie` header. Ours are base64url, so nothing needs decoding. */
export function readCookie(cookies: string, name: string): string | null {
	for (const pair of cookies.split(';')) {
		const at = pair.indexOf('=');
		if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim() || null;
	}
	return null;
}
