/**
 * Why a `/yjs/` socket is closed. 4400–4499 is final for y-websocket's client (it does not come
 * back by itself), so it means "do not come back unchanged"; what waiting mends is 1012 or 1013.
 */
export const CLOSE = {
	malformed: 4400,
	unauthenticated: 4401,
	notAllowed: 4403,
	noSuchBoard: 4404,
	otherEpoch: 4409,
	tooLarge: 4413,
	restarting: 1012,
	tryAgain: 1013
} as const;
export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE];
