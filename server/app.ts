/**
 * The server without its process: `createApp(deps)` builds everything and opens nothing by being
 * imported. Routes reach it as `locals.app`, sockets and the command line directly.
 */
import type { Logger } from 'pino';
import type { Clock } from '#shared/clock.ts';
import type { Votes } from '#shared/doc/contents.ts';
import { CATALOGUE } from '#shared/exercises/catalogue.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { AgendaInput, Envelope, Who } from '#shared/facilitation/commands.ts';
import type { WorkshopView } from '#shared/facilitation/view.ts';
import type { BoardId, Language, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { Refusal, RefusalReason } from '#shared/refusals.ts';
import type { Outcome } from '#shared/wire/events.ts';
import { createAccess, createDoorkeeper, type Access, type MayKnock } from './access.ts';
import { createAccounts, type Accounts } from './accounts.ts';
import { createSessions } from './auth.ts';
import { createBallots } from './ballots.ts';
import { createCommands } from './commands.ts';
import type { Config } from './config.ts';
import { createCookieJar } from './cookies.ts';
import type { Database } from './db/connect.ts';
import { createExporting } from './exporting.ts';
import { createExports } from './exports/exports.ts';
import { reasonOf } from './faults.ts';
import { createFacilitation } from './facilitation.ts';
import { createItems } from './items.ts';
import { createNews, type News } from './news.ts';
import { createParticipants } from './participants.ts';
import { createQueues } from './queues.ts';
import { createRateLimits } from './rate-limit.ts';
import { createShown } from './shown.ts';
import { createStores, type Stores } from './store/stores.ts';
import { createStoredWorkshops, type StoredWorkshops } from './stored-workshops.ts';
import { createVoting } from './voting.ts';
import { createWorkshops } from './workshops.ts';
import type { Rooms } from './yjs/ports.ts';
import { createRooms } from './yjs/rooms.ts';

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
	/** Gauges of this process in Prometheus' text format; null where METRICS is off. */
	metrics(): string | null;
	/** Whether a request may come from where it comes from. */
	mayKnock: MayKnock;
	/** Writes a fault into the server's log; answers what to tell whoever met it. */
	fault(error: unknown, where: string): RefusalReason;
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
		/** The workshop of a room screen's signed link, closed or not; null where its key is not good. */
		byScreen(code: string, key: string): Promise<{ id: WorkshopId; title: string } | null>;
		ofBoard(board: BoardId): Promise<WorkshopId | null>;
		run(workshop: WorkshopId, who: Who, envelope: Envelope): Promise<Outcome>;
		/** One person's votes on a board, and the dots they have left. */
		ballot(board: BoardId, who: Who): Promise<{ mine: Votes; left: number } | Refusal>;
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

/** An `App` with what the sockets, the upgrades and the command line need besides. */
export interface Plenary extends App {
	readonly accounts: Accounts;
	readonly access: Access;
	readonly clock: Clock;
	readonly log: Logger;
	readonly news: News;
	readonly rooms: Rooms;
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

export interface AppDeps {
	database: Database;
	clock: Clock;
	ids: () => string;
	log: Logger;
	config: Config;
}

const JOURNAL_LASTS = 7 * 24 * 60 * 60 * 1000;

/** Builds the server's parts and joins them. Nothing runs before `resume` and the first request. */
export function createApp({ database, clock, ids, log, config }: AppDeps): Plenary {
	const stores = createStores(database);
	const jar = createCookieJar(config.origin);
	const limits = createRateLimits();
	const news = createNews();
	const queues = createQueues();
	const gauges = new Map<string, () => number>();
	const settings = { clock, ids, log, news, limits, jar, config };

	const sessions = createSessions(stores.accounts, jar);
	const accounts = createAccounts({ ...settings, store: stores.accounts, sessions });
	const stored = createStoredWorkshops(stores.workshops);
	const participants = createParticipants({
		...settings,
		store: stores.participants,
		findByCode: stored.byCode,
		nameOfAccount: accounts.nameOf
	});
	const access = createAccess({
		accounts,
		jar,
		participants: stores.participants,
		newSeat: participants.newSeat
	});

	const rooms = createRooms({
		...settings,
		updates: stores.updates,
		facts: stored.facts,
		news: {
			counted: (board, counts) => news.tell({ kind: 'counted', board, counts }),
			held: (board, late) => news.tell({ kind: 'late', board, late }),
			seated: (board) => news.tell({ kind: 'seated', board })
		}
	});
	const shown = createShown(rooms);
	const { votes, notes, journal } = stores;
	const parts = { ...settings, store: stores.workshops, votes, workshops: stored, rooms };
	const ballots = createBallots({ ...parts, queues });
	const facilitation = createFacilitation({ ...parts, ballots });
	const voting = createVoting({ ...parts, shown });
	const participantName = participants.name;
	const items = createItems({ ...parts, notes, journal, voting, shown, participantName });
	const run = createCommands({ ...parts, journal, facilitation, items, queues });
	const exports = createExports({ log, now: clock.now });

	return {
		config: { origin: config.origin, registration: config.registration },
		settings: config,
		accounts,
		access,
		clock,
		log,
		news,
		participants,
		rooms,
		stored,
		stores,
		catalogue: () => [...CATALOGUE],
		mayKnock: createDoorkeeper(config.origin, jar),
		ready: () =>
			stores.workshops.ping().then(
				() => true,
				() => false
			),
		gauge: (name, read) => gauges.set(name, read),
		metrics: () => (config.metrics ? metricsText(gauges) : null),
		fault(error, where) {
			log.error({ err: error }, where);
			return reasonOf(error);
		},
		workshops: createWorkshops({ ...parts, participants, access, run }),
		exports: createExporting({
			...parts,
			exports,
			notes,
			participants: stores.participants,
			nameOfAccount: accounts.nameOf
		}),
		async resume() {
			await journal.forgetBefore(clock.now() - JOURNAL_LASTS);
			for (const id of await stores.workshops.idsWithLiveBoard()) {
				const workshop = await stored.load(id);
				if (workshop) ballots.watch(workshop);
			}
		},
		async stop() {
			ballots.stop();
			await queues.idle();
			await rooms.stop();
			await exports.stop();
		}
	};
}

const metricsText = (gauges: Map<string, () => number>): string =>
	[...gauges]
		.map(([name, read]) => `# TYPE plenary_${name} gauge\nplenary_${name} ${read()}\n`)
		.join('');
