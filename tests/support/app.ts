/**
 * The true server on a free port, with a database of its own: everything but the process around
 * it. Time passes as it does, and may be advanced.
 */
import { nanoid } from 'nanoid';
import { levels } from 'pino';
import { realClock, type Clock } from '#shared/clock.ts';
import type { Plenary } from '#server/app.ts';
import { readConfig } from '#server/config.ts';
import { createApp } from '#server/create-app.ts';
import { createHttp, type Http } from '#server/http.ts';
import { builtKit, isBuilt, type KitHandler } from '#server/kit.ts';
import { createLog } from '#server/log.ts';
import { freshDatabase, type TestDatabase } from './database.ts';

/** The clock of this machine, which a test may push on: what is due by then runs at once. */
interface PushedClock extends Clock {
	advance(ms: number): void;
	/** To the beginning of the next minute: what is counted by the minute begins anew. */
	nextMinute(): void;
}

export interface TestApp {
	/** `http://127.0.0.1:<port>`, also after a restart. */
	readonly url: string;
	readonly app: Plenary;
	readonly clock: PushedClock;
	readonly database: TestDatabase;
	/** What the log said went wrong: `close` fails on any of it that a test did not take out. */
	readonly faults: string[];
	/** Every line of the log. */
	readonly log: string[];
	/** Stops the server and its database, and starts both again on the same port. */
	restart(): Promise<void>;
	close(): Promise<void>;
}

export interface TestAppOptions {
	/** As if the process had been started with it. */
	environment?: Record<string, string>;
	/** Pages and API: needs a build. Something else may stand in their place. */
	kit?: boolean | KitHandler;
	/** For who reads everything, again and again. */
	filesAMinute?: number;
	pagesAMinute?: number;
}

export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
	const outer = globalThis.plenary;
	const database = await freshDatabase();
	const clock = createPushedClock();
	const faults: string[] = [];
	const lines: string[] = [];
	const log = createLog({
		write(line: string) {
			lines.push(line);
			if (!isGood(line)) faults.push(line);
		}
	});
	let port = 0;

	async function start(): Promise<{ app: Plenary; http: Http }> {
		const read = readConfig({
			HOST: '127.0.0.1',
			PORT: String(port),
			DATA_DIR: database.dir,
			...options.environment
		});
		if ('wrong' in read) throw new Error(read.wrong.join('\n'));
		const { config } = read;
		const app = createApp({
			database: database.db,
			erasing: database.erasing,
			clock,
			ids: nanoid,
			log,
			config,
			...(options.filesAMinute !== undefined && { filesAMinute: options.filesAMinute }),
			...(options.pagesAMinute !== undefined && { pagesAMinute: options.pagesAMinute })
		});
		const { kit: asked = true } = options;
		const kit = asked === true ? await buildOrThrow() : asked || null;
		const http = await createHttp({ app, kit: async () => kit });
		await app.resume();
		const listening = await http.listen();
		if ('unavailable' in listening) throw new Error(listening.unavailable);
		port = listening.port;
		return { app, http };
	}

	let running = await start();
	return {
		get url() {
			return `http://127.0.0.1:${port}`;
		},
		get app() {
			return running.app;
		},
		clock,
		database,
		faults,
		log: lines,
		async restart() {
			await running.http.stop();
			await database.reopen();
			running = await start();
		},
		async close() {
			await running.http.stop();
			await database.close();
			globalThis.plenary = outer; // of a test file whose own server goes on
			if (faults.length > 0) throw new Error(`The server's log has:\n${faults.join('')}`);
		}
	};
}

/** Below a warning. What cannot be read is not. */
function isGood(line: string): boolean {
	try {
		return (JSON.parse(line) as { level: number }).level < levels.values['warn']!;
	} catch {
		return false;
	}
}

async function buildOrThrow() {
	if (!isBuilt()) throw new Error('These tests use the build: run npm run build first');
	return builtKit();
}

function createPushedClock(): PushedClock {
	let pushed = 0;
	const waiting = new Set<{ at: number; run: () => void }>();
	const now = () => realClock.now() + pushed;
	const clock: PushedClock = {
		now,
		after(ms, fn) {
			const cancel = realClock.after(ms, () => due.run());
			const due = {
				at: now() + ms,
				run: () => {
					if (waiting.delete(due)) fn();
				}
			};
			waiting.add(due);
			return () => {
				waiting.delete(due);
				cancel();
			};
		},
		advance(ms) {
			pushed += ms;
			for (const due of [...waiting].sort((a, b) => a.at - b.at)) if (due.at <= now()) due.run();
		},
		nextMinute: () => clock.advance(60_000 - (now() % 60_000))
	};
	return clock;
}
