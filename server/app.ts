/**
 * The server without its process: `createApp(deps)` builds everything and opens nothing by being
 * imported. Routes reach it as `locals.app`, sockets and the command line directly.
 */
import type { Exercise } from '#shared/exercises/format.ts';
import type { AgendaInput, Envelope, Who } from '#shared/facilitation/commands.ts';
import type { WorkshopView } from '#shared/facilitation/view.ts';
import type { BoardId, Language, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { Refusal } from '#shared/refusals.ts';
import type { Outcome } from '#shared/wire/events.ts';

export interface Account {
	id: string;
	email: string;
	name: string;
}

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
}

export interface WorkshopSummary {
	id: WorkshopId;
	title: string;
	status: WorkshopView['status'];
	code: string;
	createdAt: number;
	people: number;
	exercises: string[];
}

export type ExportFormat = 'pdf' | 'csv' | 'json';
export interface ExportFile {
	filename: string;
	contentType: string;
	body: Uint8Array;
}

export interface App {
	readonly config: { origin: string; registration: 'closed' | 'invite' | 'open' };
	/** The database answers. */
	ready(): Promise<boolean>;
	catalogue(): Exercise[];

	accounts: {
		/** The account of a session cookie or an API token. */
		of(credentials: Credentials): Promise<Account | null>;
		/** Both answer the session's cookie with the account. */
		logIn(
			email: string,
			password: string,
			address: string
		): Promise<{ account: Account; cookie: CookieToSet } | Refusal>;
		register(
			form: { token: string | null; email: string; name: string; password: string },
			address: string
		): Promise<{ account: Account; cookie: CookieToSet } | Refusal>;
		/** Whether a one-time link is still good. */
		inviteIsGood(token: string): Promise<boolean>;
		/** Ends the session; answers the cookie that forgets it. */
		logOut(credentials: Credentials): Promise<CookieToSet>;
	};

	workshops: {
		list(account: Account): Promise<WorkshopSummary[]>;
		create(
			account: Account,
			form: { title: string; agenda: AgendaInput; anonymous?: boolean; language?: Language }
		): Promise<{ id: WorkshopId; code: string } | Refusal>;
		/** Who someone is in a workshop; `visitor` where nobody. */
		who(workshop: WorkshopId, credentials: Credentials): Promise<Who>;
		view(workshop: WorkshopId, who: Who): Promise<WorkshopView | Refusal>;
		/** The workshop that a code opens now. */
		byCode(
			code: string,
			address: string
		): Promise<{ id: WorkshopId; title: string; anonymous: boolean } | Refusal>;
		ofBoard(board: BoardId): Promise<WorkshopId | null>;
		run(workshop: WorkshopId, who: Who, envelope: Envelope): Promise<Outcome>;
		/** The link that shows the room screen without an account: `/screen/<code>?key=…`. */
		screenLink(workshop: WorkshopId, who: Who): Promise<string | Refusal>;
		notes(workshop: WorkshopId, who: Who, set?: string): Promise<string | Refusal>;
		people(workshop: WorkshopId): Promise<number>;
		/** Ends it for good: boards, people and all. The owner's. */
		remove(workshop: WorkshopId, account: Account): Promise<true | Refusal>;
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
		name(participant: ParticipantId): Promise<string | null>;
	};

	exports: {
		board(board: BoardId, who: Who, format: ExportFormat): Promise<ExportFile | Refusal>;
		workshop(workshop: WorkshopId, who: Who, format: ExportFormat): Promise<ExportFile | Refusal>;
	};
}
