/** The journal of commands does not grow for ever: what is older than a week is forgotten. */
import type { Clock } from '#shared/clock.ts';
import type { JournalStore } from '#server/store/journal.ts';

/** What comes even later is told by itself: comments and actions have ids, and a vote is a total. */
const KEPT = 7 * 24 * 60 * 60 * 1000;
const EVERY = 60 * 60 * 1000;

interface JournalCleaning {
	/** At once, and then every hour. */
	resume(): Promise<void>;
	stop(): void;
}

export function createJournalCleaning(deps: {
	journal: Pick<JournalStore, 'forgetBefore'>;
	clock: Clock;
	log: { error(about: object, message: string): void };
}): JournalCleaning {
	const { journal, clock, log } = deps;
	let cancel = () => {};
	let stopped = false;

	async function clean(): Promise<void> {
		try {
			await journal.forgetBefore(clock.now() - KEPT);
		} catch (error) {
			if (!stopped) log.error({ err: error }, 'the journal could not be cleaned, yet');
		}
		if (!stopped) cancel = clock.after(EVERY, () => void clean());
	}

	return {
		resume: clean,
		stop() {
			stopped = true;
			cancel();
		}
	};
}
