import { CLOSE, type CloseCode } from './wire/close-codes.ts';

/**
 * Every "no" that Plenary says, once: the HTTP status of the API and, where a `/yjs/` socket can
 * meet it, its closing code. The sentence for a person is the message `refusal_<reason>` (hyphens
 * as underscores) in `messages/<language>/refusals.json`.
 */
export const REFUSALS = {
	// What came in cannot be read.
	malformed: { status: 400, close: CLOSE.malformed },
	'invalid-name': { status: 400 },
	'invalid-email': { status: 400 },
	'weak-password': { status: 400 },
	'unknown-exercise': { status: 400 },
	'unknown-format': { status: 404 },
	'wrong-file': { status: 400 },
	'newer-file': { status: 400 },
	'unfit-logo': { status: 400 },
	'wrong-exercise': { status: 400 },

	// Who is asking.
	unauthenticated: { status: 401, close: CLOSE.unauthenticated },
	'wrong-password': { status: 401 },
	'wrong-passkey': { status: 401 },
	'not-allowed': { status: 403, close: CLOSE.notAllowed },
	'not-shared': { status: 403 },
	'foreign-origin': { status: 403 },
	'link-used': { status: 410 },
	'registration-closed': { status: 403 },
	'email-taken': { status: 409 },
	'address-taken': { status: 409 },
	'too-many-tries': { status: 429 },
	'too-many-files': { status: 429 },
	'too-many-rehearsals': { status: 429 },

	// What there is.
	'wrong-code': { status: 404 },
	'not-found': { status: 404, close: CLOSE.noSuchBoard },
	'no-such-card': { status: 404 },
	'no-such-person': { status: 404 },
	'empty-file': { status: 404 },

	// The wrong moment.
	'not-open': { status: 409 },
	rehearsal: { status: 409 },
	'doors-closed': { status: 409 },
	'room-full': { status: 409 },
	'table-full': { status: 409 },
	'no-tables': { status: 409 },
	'board-live': { status: 409 },
	'poll-live': { status: 409 },
	'no-board': { status: 409 },
	'wrong-phase': { status: 409, close: CLOSE.notAllowed },
	'already-revealed': { status: 409 },
	'would-reveal': { status: 409 },
	'moved-on': { status: 409 },
	'timer-not-running': { status: 409 },
	'already-run': { status: 409 },
	'not-a-closing-date': { status: 409 },
	'nothing-to-write': { status: 409 },
	'nothing-to-take': { status: 409 },
	'nothing-to-undo': { status: 409 },
	'already-written': { status: 409 },
	'too-many-links': { status: 409 },
	'exercise-in-use': { status: 409 },
	'too-many-exercises': { status: 409 },

	// Votes, comments, actions.
	budget: { status: 409 },
	'too-many-on-one': { status: 409 },
	'too-many-pairs': { status: 409 },
	'not-asked': { status: 409 },
	'no-matching': { status: 409 },
	'not-matched': { status: 409 },
	'too-long': { status: 413 },

	// Files.
	'too-much-to-draw': { status: 413 },

	// What a document update may not do.
	'foreign-path': { status: 403, close: CLOSE.notAllowed },
	'foreign-delete': { status: 403, close: CLOSE.notAllowed },
	'client-id-taken': { status: 409, close: CLOSE.notAllowed },
	'card-id-taken': { status: 409, close: CLOSE.notAllowed },
	'unknown-content': { status: 400, close: CLOSE.malformed },
	gap: { status: 400, close: CLOSE.malformed },
	'too-large': { status: 413, close: CLOSE.tooLarge },
	'too-many-cards': { status: 413, close: CLOSE.tooLarge },
	'other-epoch': { status: 409, close: CLOSE.otherEpoch },

	// What waiting mends.
	'try-again': { status: 503, close: CLOSE.tryAgain },
	'server-fault': { status: 500, close: CLOSE.tryAgain }
} as const satisfies Record<string, { status: number; close?: CloseCode }>;

export type RefusalReason = keyof typeof REFUSALS;

/** A typed "no". Returned, never thrown: an exception is a bug. */
export interface Refusal {
	readonly refused: RefusalReason;
	/** For the log and the developer; never shown to a person. */
	readonly detail?: string;
	/** In seconds: when asking again is worth it. */
	readonly after?: number;
}

export const refuse = (reason: RefusalReason, detail?: string): Refusal =>
	detail === undefined ? { refused: reason } : { refused: reason, detail };

export const isRefusal = (value: unknown): value is Refusal =>
	typeof value === 'object' && value !== null && 'refused' in value;
