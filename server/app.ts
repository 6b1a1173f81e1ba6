/**
 * What the server offers: routes reach an `App` as `locals.app`, the sockets and the command line a
 * `Plenary`. `create-app.ts` builds it.
 */
import type {
	PublicKeyCredentialCreationOptionsJSON,
	PublicKeyCredentialRequestOptionsJSON
} from '@simplewebauthn/server';
import type { Logger } from 'pino';
import type { Clock } from '#shared/clock.ts';
import type { Votes } from '#shared/doc/contents.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { AuditView } from '#shared/facilitation/audit.ts';
import type { AgendaInput, Envelope } from '#shared/facilitation/commands.ts';
import type { Who } from '#shared/permissions.ts';
import type { TakeAway } from '#shared/take-away.ts';
import type { WorkshopView } from '#shared/facilitation/view.ts';
import type { BoardId, Language, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { Refusal, RefusalReason } from '#shared/refusals.ts';
import type { Outcome } from '#shared/wire/events.ts';
import type { Access, MayKnock } from '#server/doors/access.ts';
import type { Accounts } from '#server/accounts/accounts.ts';
import type { Config } from './config.ts';
import type { News } from './news.ts';
import type { Histories } from './history/history.ts';
import type { Rehearsals } from '#server/rehearsal/rehearsals.ts';
import type { Stores } from './store/stores.ts';
import type { Exercises } from '#server/exercises/exercises.ts';
import type { Across } from '#server/workshops/across.ts';
import type { Ideas } from '#server/workshops/ideas.ts';
import type { Imports } from '#server/workshops/importing.ts';
import type { StoredWorkshops } from '#server/workshops/stored-workshops.ts';
import type { Suggestions } from '#server/workshops/suggestions.ts';
import type { Summaries } from '#server/workshops/summaries.ts';
import type { Splitting } from '#server/workshops/splitting.ts';
import type { EarlierOf } from '#server/workshops/earlier.ts';
import type { SoFarOf } from '#server/workshops/so-far.ts';
import type { Screens } from '#server/workshops/screens.ts';
import type { Shown } from '#server/workshops/shown.ts';
import type { Signals } from '#server/workshops/signals.ts';
import type { Rooms } from './yjs/ports.ts';

export interface Account {
	id: string;
	email: string;
	name: string;
}

/** An API token or a passkey, as its owner sees it. */
export interface ApiTokenSummary {
	id: string;
	label: string;
	createdAt: number;
	lastUsedAt: number | null;
}
export type PasskeySummary = ApiTokenSummary;

/** A cookie for `cookies.set(name, value, options)`; an empty value with `maxAge: 0` forgets it. */
export interface CookieToSet {
	name: string;
	value: string;
	options: { path: '/'; httpOnly: true; sameSite: 'lax'; secure: boolean; maxAge: number };
}

/** What a request shows of itself: the edge of every socket and route makes one. */
export interface Credentials {
	/** The `Cookie` header. */
	cookies: string;
	/** `Authorization: Bearer …`, or `?token=`. */
	token: string | null;
	/** The room screen's signed link. */
	screen: string | null;
	/** For rate limits. */
	address: string;
	/**
	 * Only the participant is meant, where a browser is known as a facilitator too. Said by the
	 * participants' pages: there, whoever has joined is who has joined.
	 */
	as?: 'participant';
}

export interface WorkshopSummary {
	id: WorkshopId;
	title: string;
	status: WorkshopView['status'];
	code: string;
	createdAt: number;
	people: number;
	exercises: string[];
	/** When it is deleted for good by itself, or because its owner deleted it; null: it is kept. */
	deletesAt: number | null;
	/** Deleted by its owner, who can still bring it back. */
	deleted: boolean;
	/** Whether it is one's own, or somebody else's that one facilitates with them. */
	role: 'facilitator' | 'co-facilitator';
}

export interface ExportFile {
	filename: string;
	contentType: string;
	body: Uint8Array;
	/** Of what it was made from: the same content gives the same tag. */
	etag?: string;
	/** What is not in it: a sentence each. */
	leftOut?: string[];
}

/** Whoever waits for what takes time to make. */
export interface Asker {
	/** They have left, and nothing need be made for them. */
	gone?: AbortSignal;
	/** Asked when it is there: why they may no longer have it, if so. */
	still?(): Promise<Refusal | null>;
}

/** A link that shows a summary to whoever has it. */
export interface SummaryLink {
	id: string;
	createdAt: number;
	expiresAt: number;
}

export interface App {
	readonly config: { registration: 'closed' | 'invite' | 'open' };
	/** The origin that others are told, by who asks for a page at `asked`. */
	addressFor(asked: URL): string;
	/** The database answers. */
	ready(): Promise<boolean>;
	/** Gauges of this process in Prometheus' text format; null where METRICS is off. */
	metrics(): string | null;
	/** Whether a request may come from where it comes from. */
	mayKnock: MayKnock;
	/** Writes a fault into the server's log; answers what to tell whoever met it. */
	fault(error: unknown, where: string): RefusalReason;

	accounts: {
		/** The account of a session cookie or an API token. */
		of(credentials: Credentials): Promise<Account | null>;
		/** Both answer a new session's cookie; the session of the cookies that the browser had ends. */
		logIn(
			email: string,
			password: string,
			address: string,
			cookies?: string
		): Promise<{ account: Account; cookie: CookieToSet } | Refusal>;
		register(
			form: { token: string | null; email: string; name: string; password: string },
			address: string,
			cookies?: string
		): Promise<{ account: Account; cookie: CookieToSet } | Refusal>;
		/** Whether a one-time link is still good. */
		inviteIsGood(token: string): Promise<boolean>;
		/** All that is stored about somebody with an account, for them. */
		dataOf(account: Account): Promise<object>;
		/** Ends the session; answers the cookie that forgets it. */
		logOut(credentials: Credentials): Promise<CookieToSet>;
		/** Ends every session, and begins one for who asks; API tokens and passkeys stay. */
		changePassword(
			account: Account,
			form: { current: string; next: string },
			credentials: Credentials
		): Promise<{ cookie: CookieToSet } | Refusal>;
		rename(account: Account, name: string): Promise<true | Refusal>;
		/** Likewise, for whoever has left a browser open somewhere. */
		endOtherSessions(
			account: Account,
			credentials: Credentials
		): Promise<{ cookie: CookieToSet } | Refusal>;
		tokens(account: Account): Promise<ApiTokenSummary[]>;
		/** The token, which is never shown again. */
		newToken(account: Account, label: string): Promise<string | Refusal>;
		revokeToken(account: Account, id: string): Promise<void>;
		/** `site`: the origin of the page that asks. A response is what the browser's device said. */
		passkeys: {
			list(account: Account): Promise<PasskeySummary[]>;
			remove(account: Account, id: string): Promise<void>;
			beginRegister(
				account: Account,
				site: string
			): Promise<PublicKeyCredentialCreationOptionsJSON>;
			finishRegister(account: Account, label: string, response: unknown): Promise<true | Refusal>;
			beginLogIn(
				site: string,
				address: string
			): Promise<PublicKeyCredentialRequestOptionsJSON | Refusal>;
			finishLogIn(
				response: unknown,
				cookies: string
			): Promise<{ account: Account; cookie: CookieToSet } | Refusal>;
		};
	};

	workshops: {
		list(account: Account): Promise<WorkshopSummary[]>;
		/** A draft of one's own with the same title, language and agenda. */
		duplicate(
			id: WorkshopId,
			account: { id: string }
		): Promise<{ id: WorkshopId; code: string } | Refusal>;
		create(
			account: Account,
			form: { title: string; agenda: AgendaInput; anonymous?: boolean; language?: Language }
		): Promise<{ id: WorkshopId; code: string } | Refusal>;
		/** Who someone is in a workshop; `visitor` where nobody. */
		who(workshop: WorkshopId, credentials: Credentials): Promise<Who>;
		view(workshop: WorkshopId, who: Who): Promise<WorkshopView | Refusal>;
		/** The exercises that its agenda may have: the shipped ones, its owner's, and those of who asks. */
		exercises(workshop: WorkshopId, who: Who): Promise<Exercise[] | Refusal>;
		/** The workshop that a code opens now, for who asks: closed doors open for who has joined. */
		byCode(
			code: string,
			credentials: Credentials
		): Promise<{ id: WorkshopId; title: string; anonymous: boolean } | Refusal>;
		/**
		 * The workshop of a room screen's signed link, closed or not; null where its key is not good.
		 * The link names the workshop by its id, which stays when the code changes; by its code too.
		 */
		byScreen(
			link: string,
			key: string
		): Promise<{ id: WorkshopId; title: string; code: string } | null>;
		ofBoard(board: BoardId): Promise<WorkshopId | null>;
		run(workshop: WorkshopId, who: Who, envelope: Envelope): Promise<Outcome>;
		/** One person's votes on a board, and the dots they have left. */
		ballot(board: BoardId, who: Who): Promise<{ mine: Votes; left: number } | Refusal>;
		/** The link that shows the room screen without an account: `/screen/<workshop>?key=…`. */
		screenLink(workshop: WorkshopId, who: Who): Promise<string | Refusal>;
		/** The notes of those who facilitate it. */
		notes(workshop: WorkshopId, who: Who): Promise<string | Refusal>;
		/** Writes `{base, notes}` where `base` is what stands there; else answers with what does. */
		setNotes(
			workshop: WorkshopId,
			who: Who,
			given: unknown
		): Promise<{ saved: true } | { saved: false; notes: string } | Refusal>;
		people(workshop: WorkshopId): Promise<number>;
		/** Who facilitates beside the owner. */
		cofacilitators: {
			list(
				workshop: WorkshopId,
				who: Who
			): Promise<{ account: string; name: string; email: string; addedAt: number }[] | Refusal>;
			/** The path of a link that makes one, good once and for seven days; only the owner gives it. */
			invite(workshop: WorkshopId, who: Who): Promise<string | Refusal>;
			/** The workshop of a link that is good. */
			peek(token: string): Promise<{ workshop: WorkshopId; title: string } | null>;
			/** Uses the link, unless its follower has a place there already. */
			accept(token: string, account: Account): Promise<WorkshopId | Refusal>;
			/** The owner lets go of anyone, a co-facilitator of themself alone. */
			revoke(workshop: WorkshopId, who: Who, account: string): Promise<true | Refusal>;
		};
		/** What was done in it, by whom; the newest first. */
		audit(workshop: WorkshopId, who: Who): Promise<AuditView[] | Refusal>;
		/** Gone for everybody at once, boards, people and all; a minute later for good. The owner's. */
		remove(workshop: WorkshopId, account: Account): Promise<true | Refusal>;
		/** Takes that back, within the minute. */
		restore(workshop: WorkshopId, account: Account): Promise<true | Refusal>;
	};

	participants: {
		/** Takes a seat, or the one that the cookie already has. Answers the workshop's cookie too. */
		join(
			form: { code: string; name?: string },
			credentials: Credentials
		): Promise<
			| {
					participant: ParticipantId;
					workshop: WorkshopId;
					board: BoardId | null;
					token: string;
					cookie: CookieToSet;
			  }
			| Refusal
		>;
		/** The cookie that takes a workshop's off the device that its person leaves. */
		leave(workshop: WorkshopId): CookieToSet;
		name(participant: ParticipantId): Promise<string | null>;
		/** All that is stored about somebody, for them; null where there is no such person. */
		dataOf(participant: ParticipantId): Promise<object | null>;
	};

	readonly imports: Imports;
	readonly rehearsals: Rehearsals;
	readonly histories: Histories;
	readonly exercises: Exercises;
	readonly ideas: Ideas;
	readonly across: Across;
	readonly suggestions: Suggestions;
	readonly summaries: Summaries;
	/** `options`: the query of the address, not yet looked at. */
	exports: {
		board(
			board: BoardId,
			who: Who,
			format: string,
			options?: Record<string, string>,
			asker?: Asker
		): Promise<ExportFile | Refusal>;
		workshop(
			workshop: WorkshopId,
			who: Who,
			format: string,
			options?: Record<string, string>,
			asker?: Asker
		): Promise<ExportFile | Refusal>;
	};

	/** What somebody who came late has missed. */
	readonly soFar: SoFarOf;

	/** What earlier exercises brought. */
	readonly earlier: EarlierOf;

	/** What is known of people, for splitting the room. */
	readonly splitting: Splitting;

	/** Paper for the room: how to join, and empty cards for each exercise of the agenda. */
	sheets: {
		pdf(
			workshop: WorkshopId,
			who: Who,
			/** Where people join; the QR code as an SVG image. */
			wayIn: { address: string; qr(code: string): string },
			options?: Record<string, string>,
			asker?: Asker
		): Promise<ExportFile | Refusal>;
	};

	/** What one participant takes home of a workshop, which nobody else gets. */
	takeAways: {
		of(
			workshop: WorkshopId,
			participant: ParticipantId,
			asker?: Asker
		): Promise<TakeAway | Refusal>;
		/** The same, to print or to keep. */
		pdf(
			workshop: WorkshopId,
			participant: ParticipantId,
			asker?: Asker
		): Promise<ExportFile | Refusal>;
	};
}

/** An `App` with what the sockets, the upgrades and the command line need besides. */
export interface Plenary extends App {
	readonly accounts: App['accounts'] & Accounts;
	readonly access: Access;
	readonly clock: Clock;
	readonly log: Logger;
	readonly news: News;
	readonly rooms: Rooms;
	readonly shown: Shown;
	readonly signals: Signals;
	readonly screens: Screens;
	readonly stored: StoredWorkshops;
	readonly stores: Stores;
	readonly settings: Config;
	/** Counts what is told at `/metrics`. */
	gauge(name: string, read: () => number): void;
	/** Takes up what a restart interrupted. */
	resume(): Promise<void>;
	/** Commits what is under way and closes the rooms; the database is the caller's. */
	stop(): Promise<void>;
}
