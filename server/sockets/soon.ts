import type { Clock } from '#shared/clock.ts';

/** Gathers what happens in quick succession: the job runs once, `ms` after it was first asked for. */
export interface Soon {
	run(key: string, ms: number, job: () => Promise<void>): void;
	stop(): void;
}

export function createSoon(
	clock: Clock,
	underWay: (job: Promise<void>) => void,
	failed: (error: unknown, key: string) => void
): Soon {
	const waiting = new Map<string, () => void>();
	let stopped = false;
	return {
		run(key, ms, job) {
			if (stopped || waiting.has(key)) return;
			const cancel = clock.after(ms, () => {
				waiting.delete(key);
				underWay(job().catch((error: unknown) => failed(error, key)));
			});
			waiting.set(key, cancel);
		},
		stop() {
			stopped = true;
			for (const cancel of waiting.values()) cancel();
			waiting.clear();
		}
	};
}
