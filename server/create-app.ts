/**
 * The server without its process: `createApp(deps)` builds everything and opens nothing by being
 * imported. Routes reach it as `locals.app`, sockets and the command line directly.
 */
import type { Logger } from 'pino';
import type { Clock } from '#shared/clock.ts';
import { createAccess, createDoorkeeper } from '#server/doors/access.ts';
import { createAccounts } from '#server/accounts/accounts.ts';
import { createApiTokens } from '#server/accounts/api-tokens.ts';
import type { Plenary } from './app.ts';
import { createAcross } from '#server/workshops/across.ts';
import { createAcrossBoards } from '#server/workshops/across-boards.ts';
import { createAudit } from '#server/workshops/audit.ts';
import { createSessions } from './auth.ts';
import { createCofacilitation } from '#server/workshops/cofacilitation.ts';
import { addressForOthers } from './addresses.ts';
import type { Config } from './config.ts';
import { createCookieJar } from '#server/doors/cookies.ts';
import type { Erasing } from './db/cleaning.ts';
import type { Database } from './db/connect.ts';
import { createErasure } from '#server/workshops/erasure.ts';
import { createExercises } from '#server/exercises/exercises.ts';
import { createExporting } from '#server/workshops/exporting.ts';
import { createExports } from './exports/exports.ts';
import { createLimits, FILES } from '#server/doors/work-limits.ts';
import { reasonOf } from './faults.ts';
import { createGathering } from '#server/workshops/gathering-input.ts';
import { createIdeas } from '#server/workshops/ideas.ts';
import { createImporting } from '#server/workshops/importing.ts';
import { createJournalCleaning } from '#server/workshops/journal-cleaning.ts';
import { withLoggedLogIns } from '#server/accounts/log-ins.ts';
import { createNews } from './news.ts';
import { createParticipants } from '#server/doors/participants.ts';
import { createPasskeys } from '#server/accounts/passkeys.ts';
import { createPasswords } from '#server/accounts/passwords.ts';
import { createPersonalData } from '#server/workshops/personal-data.ts';
import { createQueues } from './queues.ts';
import { createRateLimits } from '#server/doors/rate-limit.ts';
import { withReadLimits } from '#server/workshops/read-limits.ts';
import { createRetention } from '#server/workshops/retention.ts';
import { createSheets } from '#server/workshops/sheets.ts';
import { createShown } from '#server/workshops/shown.ts';
import { createEarlier } from '#server/workshops/earlier.ts';
import { createSoFar } from '#server/workshops/so-far.ts';
import { createSplitting } from '#server/workshops/splitting.ts';
import { createStores } from './store/stores.ts';
import { createSuggestions } from '#server/workshops/suggestions.ts';
import { createStoredWorkshops } from '#server/workshops/stored-workshops.ts';
import { createSummaries } from '#server/workshops/summaries.ts';
import { createTakeAways } from '#server/workshops/take-aways.ts';
import { createWorkshops } from '#server/workshops/workshops.ts';
import { createRunning } from '#server/workshops/running.ts';
import { createMaking } from '#server/workshops/making.ts';
import { createRehearsals } from '#server/rehearsal/rehearsals.ts';
import { createRooms } from './yjs/rooms.ts';

export interface AppDeps {
	database: Database;
	/** What is deleted in here is deleted from the database's files too. */
	erasing: Erasing;
	clock: Clock;
	ids: () => string;
	log: Logger;
	config: Config;
	/** How many files one person may take a minute, where it is not what it is. */
	filesAMinute?: number;
	/** Likewise of pages that are gathered for who looks, and what one address may. */
	pagesAMinute?: number;
}

/** Commands that are under way when the server stops have this long to be carried out. */
const LAST_COMMANDS = 1000;

/** Builds the server's parts and joins them. Nothing runs before `resume` and the first request. */
export function createApp(deps: AppDeps): Plenary {
	const { database, erasing, clock, ids, log, config } = deps;
	const stores = createStores(database);
	const jar = createCookieJar(config.origin);
	const limits = createRateLimits();
	const news = createNews();
	const queues = createQueues();
	const gauges = new Map<string, () => number>();
	const { filesAMinute = FILES.aMinute } = deps;
	const fileLimits = createLimits(clock.now, { ...FILES, aMinute: filesAMinute });
	const settings = { clock, ids, log, news, limits, fileLimits, jar, config };

	const sessions = createSessions(stores.accounts, jar, news);
	const account = { ...settings, sessions, accounts: stores.accounts, store: stores.accounts };
	const passwords = createPasswords();
	const tokens = createApiTokens(account);
	const passkeys = createPasskeys({ ...account, store: stores.passkeys });
	const accounts = withLoggedLogIns(
		{ ...createAccounts({ ...account, passwords, tokens }), passkeys },
		log
	);
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
		cofacilitators: stores.cofacilitators,
		newSeat: participants.newSeat
	});

	const rooms = createRooms({
		...settings,
		updates: stores.updates,
		facts: stored.facts,
		nameOf: participants.name,
		news: {
			wrote: (board, people) => news.tell({ kind: 'wrote', board, people }),
			counted: (board, counts) => news.tell({ kind: 'counted', board, counts }),
			held: (board, late) => news.tell({ kind: 'late', board, late }),
			waiting: (workshop, board, saving) => news.tell({ kind: 'saving', workshop, board, saving }),
			changed: (board) => news.tell({ kind: 'board-changed', board }),
			seated: (board) => news.tell({ kind: 'seated', board })
		}
	});
	news.listen((item) => {
		if (item.kind === 'renamed' && item.participant !== undefined)
			void rooms.renamed(item.workshop, item.participant);
	});
	gauges.set('unsaved_bytes', () => rooms.unsaved().bytes);
	gauges.set('unsaved_oldest_seconds', () => rooms.unsaved().oldest / 1000);
	const shown = createShown(rooms);
	const { votes, notes, journal } = stores;
	const audit = createAudit({
		...settings,
		store: stores.audit,
		workshops: stored,
		participants: stores.participants,
		nameOfAccount: accounts.nameOf
	});
	const parts = { ...settings, store: stores.workshops, votes, workshops: stored, rooms, audit };
	const exercises = createExercises({ ...parts, exercises: stores.exercises });
	const erasure = createErasure({
		...parts,
		store: stores.erasure,
		exercises: stores.workshops.exercises,
		participants: stores.participants,
		moments: stores.moments,
		queues,
		shown,
		erasing
	});
	const retention = createRetention({
		...parts,
		store: stores.erasure,
		stored: stores.workshops,
		erasing,
		queues
	});
	const personalData = createPersonalData({
		...parts,
		store: stores.personalData,
		matches: stores.matches,
		signals: stores.signals,
		participants: stores.participants,
		accounts: stores.accounts,
		passkeys: stores.passkeys,
		cofacilitators: stores.cofacilitators,
		summaries: stores.summaries,
		ideas: stores.ideas,
		exercises: stores.exercises,
		stored: stores.workshops
	});
	const { cofacilitators } = stores;
	let stopping = false;
	const running = createRunning({
		...parts,
		stores,
		participants,
		seatFor: access.seatFor,
		exercises,
		shown,
		queues,
		erase: erasure.person,
		isStopping: () => stopping
	});
	const cleaning = createJournalCleaning({ journal, clock, log });
	const cofacilitation = createCofacilitation({ ...parts, cofacilitators, queues });
	const exports = createExports({ log, now: clock.now });
	const importing = createImporting({ ...parts, imports: stores.imports, retention, queues });
	const making = createMaking({ ...parts, exercises });
	const rehearsals = createRehearsals({
		...parts,
		cofacilitators,
		participants,
		making,
		retention,
		run: running.run,
		queues
	});
	const { summaries } = stores;
	const gathering = createGathering({
		...parts,
		notes,
		matches: stores.matches,
		reactions: stores.reactions,
		summaries,
		participants: stores.participants,
		nameOfAccount: accounts.nameOf
	});
	const boards = createAcrossBoards({ store: stores.workshops, cofacilitators, gathering });

	return {
		config: { registration: config.registration },
		addressFor: (asked) => addressForOthers(asked, config),
		settings: config,
		accounts: { ...accounts, dataOf: personalData.ofAccount },
		access,
		clock,
		log,
		news,
		participants: { ...participants, dataOf: personalData.ofParticipant },
		rooms,
		shown,
		signals: running.signals,
		screens: running.screens,
		stored,
		stores,
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
		workshops: createWorkshops({
			...parts,
			exercises,
			making,
			participants,
			access,
			cofacilitators,
			cofacilitation,
			retention,
			run: running.run
		}),
		imports: importing,
		rehearsals,
		histories: running.history,
		exercises,
		exports: createExporting({ ...parts, exports, gathering }),
		sheets: createSheets({ ...parts, exports, exercises }),
		...withReadLimits(
			{
				ideas: createIdeas({ ...parts, ideas: stores.ideas, participants: stores.participants }),
				splitting: createSplitting({ ...parts, participants: stores.participants }),
				earlier: createEarlier({ ...parts, gathering }),
				soFar: createSoFar({ gathering, participants: stores.participants }),
				across: createAcross({ ...parts, boards, exports }),
				suggestions: createSuggestions({ ...parts, suggestions: stores.suggestions }),
				takeAways: createTakeAways({
					...parts,
					notes,
					matches: stores.matches,
					participants: stores.participants,
					gathering,
					exports
				}),
				summaries: createSummaries({ ...parts, summaries, gathering, exports, queues })
			},
			clock.now,
			deps.pagesAMinute
		),
		async resume() {
			await cleaning.resume();
			for (const id of await stores.workshops.idsUnderWay()) {
				try {
					const workshop = await stored.load(id);
					if (workshop) running.watch(workshop);
				} catch (error) {
					log.error({ err: error, workshop: id }, 'a workshop was not taken up');
				}
			}
			await retention.resume();
		},
		async stop() {
			stopping = true;
			cleaning.stop();
			running.stop();
			await rehearsals.stop();
			const done = Promise.all([retention.stop(), queues.idle()]);
			await Promise.race([done, new Promise<void>((late) => clock.after(LAST_COMMANDS, late))]);
			await Promise.all([rooms.stop(), exports.stop(), importing.stop()]);
		}
	};
}

const metricsText = (gauges: Map<string, () => number>): string =>
	[...gauges]
		.map(([name, read]) => `# TYPE plenary_${name} gauge\nplenary_${name} ${read()}\n`)
		.join('');
