import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits until `condition` gives something truthy, and answers it. Fails at a deadline, with what
 * the condition gave or threw last: a test that waits says what it waited for. The deadline is for
 * the slowest machine; where sooner is what is asked, the test says `within`.
 */
export async function until<T>(
	condition: () => T | Promise<T>,
	{ within = 60_000, what }: { within?: number; what?: string } = {}
): Promise<Exclude<T, false | null | undefined | 0 | ''>> {
	const deadline = performance.now() + within;
	const asked = what ?? condition.toString();
	for (;;) {
		let last: unknown;
		try {
			const value = await condition();
			if (value) return value as Exclude<T, false | null | undefined | 0 | ''>;
			last = value;
		} catch (error) {
			last = error;
		}
		if (performance.now() > deadline)
			throw new Error(`Not within ${within} ms: ${asked} (last: ${String(last)})`);
		await pause(5);
	}
}
