/**
 * Who may do what: the one table. Commands, over Socket.IO and the API alike, and every HTTP route
 * are in it, under the names that SvelteKit and `commands.ts` give them; what is not in it nobody
 * may do. `server/workshops/commands.ts` and `src/hooks.server.ts` ask it, and nothing else decides by role.
 */

export const ROLES = ['facilitator', 'co-facilitator', 'participant', 'screen', 'visitor'] as const;
export type Role = (typeof ROLES)[number];

/** Who asks, in one workshop: settled at the edge, by `server/doors/access.ts`. */
export type Who =
	/** `token`: by an API token, not from a browser where somebody has logged in. */
	| { role: 'facilitator' | 'co-facilitator'; account: string; token?: true }
	| { role: 'participant'; participant: string }
	/** `socket`: which of the room screens. */
	| { role: 'screen'; socket?: string }
	| { role: 'visitor' };

/** The table's columns: F facilitator, C co-facilitator, P participant, S room screen, V visitor, T an API token of F or C. */
type Letter = 'F' | 'C' | 'P' | 'S' | 'V' | 'T';
const LETTERS: Record<Role, Letter> = {
	facilitator: 'F',
	'co-facilitator': 'C',
	participant: 'P',
	screen: 'S',
	visitor: 'V'
};

const COMMANDS = {
	// The workshop.
	rename: 'FCT',
	'set-language': 'FCT',
	'set-anonymous': 'FCT',
	'set-agenda': 'FCT',
	'set-retention': 'F',
	open: 'FCT',
	close: 'FCT',
	'close-doors': 'FCT',
	'open-doors': 'FCT',
	'change-code': 'FCT',
	start: 'FCT',
	'start-break': 'FCT',
	'end-break': 'FCT',
	'set-going-on': 'FCT',
	replan: 'FCT',
	'set-note': 'FCT',
	'show-text': 'FCT',
	'blank-screen': 'FCT',
	'unblank-screen': 'FCT',
	undo: 'FCT',
	ask: 'FCT',
	'set-tables': 'FCT',
	'seat-person': 'FCT',
	'to-tables': 'FCT',
	'to-plenary': 'FCT',
	collect: 'FCT',
	'end-collecting': 'FCT',
	// The live board.
	next: 'FCT',
	back: 'FCT',
	go: 'FCT',
	finish: 'FCT',
	pause: 'FCT',
	resume: 'FCT',
	extend: 'FCT',
	'end-timer': 'FCT',
	'set-writing': 'FCT',
	'set-grouping': 'FCT',
	lock: 'FCT',
	unlock: 'FCT',
	mute: 'FCT',
	unmute: 'FCT',
	'show-nudge': 'FCT',
	spotlight: 'FCT',
	'show-columns': 'FCT',
	'set-dots': 'FCT',
	'set-voting': 'FCT',
	'new-round': 'FCT',
	'show-votes': 'FCT',
	'hide-votes': 'FCT',
	'hide-card': 'FCT',
	'show-card': 'FCT',
	// People.
	/** A participant, somebody at their own table; and takes them out again. */
	'add-person': 'FCPT',
	'rename-person': 'FCT',
	'remove-person': 'FCPT',
	'erase-person': 'FC',
	// What people say without a word; a facilitator lowers anybody's hand.
	ready: 'P',
	pulse: 'P',
	'raise-hand': 'P',
	'lower-hand': 'FCPT',
	// The room screen's pages.
	'turn-page': 'FCT',
	/** Which page it shows: a room screen's own. */
	'tell-page': 'S',
	// Cards, votes, comments, actions.
	'remove-card': 'FCT',
	'restore-card': 'FCT',
	'restore-moment': 'FCT',
	'let-in': 'FCT',
	leave: 'FCT',
	/** One's own; the rooms know whose it is. */
	'withdraw-card': 'FCPT',
	/** One's own; and of somebody without a device whom one may write for. */
	vote: 'FCPT',
	place: 'FCPT',
	rank: 'FCPT',
	prefer: 'FCPT',
	/** The room's: who facilitates says what they think in a comment. */
	react: 'P',
	comment: 'FCPT',
	'remove-comment': 'FCPT',
	action: 'FCPT',
	'remove-action': 'FCPT',
	match: 'FCT',
	'leave-contact': 'P'
} as const satisfies Record<string, string>;

export type CommandType = keyof typeof COMMANDS;

/**
 * Routes by method and SvelteKit's id. A page is `GET`; a page's form action is `POST`, and where it
 * has several, `POST <id>?/<name>`. `in` says which workshop the roles are of: the one that a
 * parameter names, the one of the board that it names, or none: then there are only somebody with an
 * account (F), their token (T) and everybody else (V).
 */
export interface RouteRule {
	may: string;
	in: 'workshop' | 'board' | 'none';
	/** The parameter that names the workshop or the board. */
	param?: string;
	/** For people's eyes: who may not see it is sent to a door, or shown a page that says so. */
	page?: true;
}
const none = (may: string): RouteRule => ({ may, in: 'none' });
const workshop = (param: string, may: string): RouteRule => ({ may, in: 'workshop', param });
const board = (param: string, may: string): RouteRule => ({ may, in: 'board', param });
const page = (rule: RouteRule): RouteRule => ({ ...rule, page: true });

export const ROUTES: Readonly<Record<string, RouteRule>> = {
	// For everybody.
	'GET /': page(none('FV')),
	'POST /': page(none('FV')),
	'GET /healthz': none('FTV'),
	'GET /readyz': none('FTV'),
	'GET /metrics': none('FTV'),
	'GET /privacy': page(none('FV')),
	'GET /login': page(none('FV')),
	'POST /login': page(none('FV')),
	'POST /login/passkey': none('FV'),
	'POST /logout': none('FV'),
	'GET /invite/[token]': page(none('FV')),
	'POST /invite/[token]': page(none('FV')),
	/** Shows how to join; the room behind it wants the signed key. */
	'GET /screen/[code]': page(none('FV')),
	/** By the workshop's id, and the signed key of a room screen. */
	'GET /screen/[code]/earlier': workshop('code', 'S'),
	/** A summary, by a link that a facilitator gave away. */
	'GET /s/[token]': page(none('FV')),
	'GET /s/[token]/logo': none('FV'),
	/** Ideas that were published, by whoever kept them. */
	'GET /ideas/[key]': page(none('FV')),
	'GET /ideas/[key]/feed.xml': none('FV'),
	'GET /api/v1/schema.json': none('FTV'),
	'POST /api/v1/join': none('FTV'),

	// With an account.
	'GET /account': page(none('F')),
	'POST /account?/password': page(none('F')),
	'POST /account?/name': page(none('F')),
	'POST /account?/new-token': page(none('F')),
	'POST /account?/revoke-token': page(none('F')),
	'POST /account?/remove-passkey': page(none('F')),
	'POST /account?/end-sessions': page(none('F')),
	'POST /account/passkeys': none('F'),
	'GET /account/data.json': none('F'),
	'GET /workshops': page(none('F')),
	'POST /workshops?/remove': page(none('F')),
	'POST /workshops?/restore': page(none('F')),
	'POST /workshops?/duplicate': page(none('F')),
	'POST /workshops?/rehearse': page(none('F')),
	'POST /workshops?/discard': page(none('F')),
	'GET /workshops/new': page(none('F')),
	'POST /workshops/new': page(none('F')),
	'GET /exercises': page(none('F')),
	'POST /exercises?/begin': page(none('F')),
	'POST /exercises?/copy': page(none('F')),
	'POST /exercises?/bring': page(none('F')),
	'POST /exercises?/remove': page(none('F')),
	'GET /exercises/[exercise]': page(none('F')),
	'GET /exercises/[exercise]/exercise.json': none('F'),
	'PUT /exercises/[exercise]/exercise.json': none('F'),
	'GET /across': page(none('F')),
	'GET /across/export.[format]': none('F'),
	'GET /contacts': page(none('F')),
	'GET /contacts/export.[format]': none('F'),
	'GET /cofacilitate/[token]': page(none('F')),
	'POST /cofacilitate/[token]': page(none('F')),
	'GET /api/v1/exercises': none('FT'),
	'GET /api/v1/workshops': none('FT'),
	'POST /api/v1/workshops': none('FT'),
	'POST /api/v1/workshops/import': none('FT'),
	'GET /ideas': page(none('F')),
	'POST /ideas?/answer': page(none('F')),
	'POST /ideas?/publish': page(none('F')),
	'POST /ideas?/page': page(none('F')),

	// In a workshop. On participants' pages whoever has joined is a participant, and nobody else is
	// anybody: also in the browser of somebody who facilitates.
	'GET /workshops/[id]': page(workshop('id', 'FC')),
	'GET /workshops/[id]/remote': page(workshop('id', 'FC')),
	'GET /workshops/[id]/write': page(workshop('id', 'FC')),
	'GET /workshops/[id]/sheets.pdf': workshop('id', 'FC'),
	'PUT /workshops/[id]/notes': workshop('id', 'FC'),
	'GET /workshops/[id]/known': workshop('id', 'FC'),
	'PUT /workshops/[id]/rehearsal': workshop('id', 'FC'),
	'GET /workshops/[id]/audit': workshop('id', 'FC'),
	'GET /workshops/[id]/earlier': workshop('id', 'FC'),
	'GET /workshops/[id]/cofacilitators': workshop('id', 'FC'),
	'GET /workshops/[id]/ideas': page(workshop('id', 'FC')),
	'POST /workshops/[id]/ideas?/ask': page(workshop('id', 'FC')),
	'POST /workshops/[id]/ideas?/answer': page(workshop('id', 'FC')),
	'GET /workshops/[id]/summary': page(workshop('id', 'FC')),
	'PUT /workshops/[id]/summary/settings': workshop('id', 'FC'),
	'GET /workshops/[id]/summary/logo': workshop('id', 'FC'),
	'PUT /workshops/[id]/summary/logo': workshop('id', 'FC'),
	'DELETE /workshops/[id]/summary/logo': workshop('id', 'FC'),
	'GET /workshops/[id]/summary/links': workshop('id', 'FC'),
	'POST /workshops/[id]/summary/links': workshop('id', 'FC'),
	'DELETE /workshops/[id]/summary/links/[link]': workshop('id', 'FC'),
	'GET /workshops/[id]/boards/[board]/history': page(workshop('id', 'FC')),
	'POST /workshops/[id]/boards/[board]/history?/restore': page(workshop('id', 'FC')),
	'GET /workshops/[id]/boards/[board]/history/[at]': workshop('id', 'FC'),
	'GET /workshops/[id]/boards/[board]/suggestions': workshop('id', 'FC'),
	'POST /workshops/[id]/boards/[board]/suggestions': workshop('id', 'FC'),
	'DELETE /workshops/[id]/boards/[board]/suggestions': workshop('id', 'FC'),
	'POST /workshops/[id]/cofacilitators': workshop('id', 'F'),
	'DELETE /workshops/[id]/cofacilitators/[account]': workshop('id', 'FC'),
	'GET /p/[workshop]': page(workshop('workshop', 'P')),
	'GET /p/[workshop]/boards/[board]': page(workshop('workshop', 'P')),
	'GET /p/[workshop]/data.json': workshop('workshop', 'P'),
	'GET /p/[workshop]/so-far': workshop('workshop', 'P'),
	'GET /p/[workshop]/earlier': workshop('workshop', 'P'),
	'GET /p/[workshop]/ideas': workshop('workshop', 'P'),
	'POST /p/[workshop]/ideas': workshop('workshop', 'P'),
	'GET /p/[workshop]/summary': page(workshop('workshop', 'P')),
	'GET /p/[workshop]/summary/logo': workshop('workshop', 'P'),
	'GET /p/[workshop]/take-away': page(workshop('workshop', 'P')),
	'GET /p/[workshop]/take-away.pdf': workshop('workshop', 'P'),
	'POST /p/[workshop]/leave': workshop('workshop', 'P'),
	'GET /api/v1/workshops/[id]': workshop('id', 'FCPT'),
	'POST /api/v1/workshops/[id]/commands': workshop('id', 'FCPT'),
	'GET /api/v1/workshops/[id]/export.[format]': workshop('id', 'FCPT'),
	'POST /api/v1/boards/[id]/commands': board('id', 'FCPT'),
	'POST /api/v1/boards/[id]/votes': board('id', 'P'),
	'GET /api/v1/boards/[id]/export.[format]': board('id', 'FCPT')
};

const isIn = (may: string, who: Pick<Who, 'role'>): boolean =>
	may.includes(LETTERS[who.role]) && (!('token' in who) || may.includes('T' satisfies Letter));

/** Whether somebody may give this command at all; whether now, and on this, is decided where it runs. */
export const mayGive = (who: Pick<Who, 'role'>, type: CommandType): boolean =>
	isIn(COMMANDS[type], who);

/** Whether somebody may use a route. For those of no workshop, who has an account is its facilitator. */
export const mayUse = (who: Who, rule: RouteRule): boolean => isIn(rule.may, who);
