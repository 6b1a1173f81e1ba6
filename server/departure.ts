/**
 * Leaving. What has been opened is closed again, the last first, once: after a signal, and after a
 * fault that nobody foresaw. Whatever has not come to its end in time is left, as it would be by a
 * power cut, which loses nothing that was acknowledged.
 */
import type { Clock } from '#shared/clock.ts';

/** Whoever stops a server waits five seconds for it; the rest is for the process to end in. */
const LAST_MOMENT = 4500;

type ExitCode = 0 | 1;

interface Departure {
	/** What has been opened, and how it is closed. */
	opened(what: string, close: () => Promise<void> | void): void;
	/** Between two steps of a start: where the server is leaving meanwhile, it goes no further. */
	orLeave(): Promise<void>;
	/** The start is over: from now on the server leaves at once. */
	started(): void;
	/** Asked again, nothing more happens. */
	leave(why: string, exitCode: ExitCode): void;
}

interface DepartureDeps {
	clock: Clock;
	log: {
		info(about: object, message: string): void;
		warn(about: object, message: string): void;
		error(about: object, message: string): void;
	};
	exit: (code: ExitCode) => void;
}

export function createDeparture({ clock, log, exit }: DepartureDeps): Departure {
	const open: { what: string; close: () => Promise<void> | void }[] = [];
	let code: ExitCode = 0;
	let leaving: number | null = null;
	let starting = true;
	let closing: Promise<never> | null = null;

	const took = () => Math.round(clock.now() - (leaving ?? 0));

	async function closeAll(): Promise<never> {
		for (let one = open.at(-1); one; one = open.at(-1)) {
			try {
				await one.close();
			} catch (error) {
				code = 1;
				log.error({ err: error, what: one.what }, 'it did not close');
			}
			open.pop();
		}
		log.info({ took: took() }, 'the server has stopped');
		exit(code);
		return new Promise(() => {});
	}

	function lastMoment(): void {
		const left = open.map(({ what }) => what);
		log.warn({ took: took(), left }, 'the server leaves what does not come to its end');
		exit(code);
	}

	return {
		opened: (what, close) => void open.push({ what, close }),
		async orLeave() {
			if (leaving !== null) await (closing ??= closeAll());
		},
		started() {
			starting = false;
			if (leaving !== null) closing ??= closeAll();
		},
		leave(why, exitCode) {
			if (leaving !== null) return;
			leaving = clock.now();
			code = exitCode;
			log.info({ why }, 'the server stops');
			clock.after(LAST_MOMENT, lastMoment);
			// While it starts, the step that is under way comes first: half a database is none. What
			// nobody foresaw has ended that step.
			if (!starting || exitCode === 1) closing ??= closeAll();
		}
	};
}
