/** What goes wrong behind an answer, told apart: a database that is away, and a bug. */
import type { Clock } from '#shared/clock.ts';
import type { RefusalReason } from '#shared/refusals.ts';

/** Codes of postgres.js, of the network and of a server that is full, locked or shuts down: waiting mends them. */
const AWAY =
	/^(CONNECTION_|CONNECT_TIMEOUT|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|ENOSPC|EDQUOT|EIO|08|25006|40|53|55|57|58)/;

export function reasonOf(error: unknown): RefusalReason {
	for (let at: unknown = error; at instanceof Error; at = at.cause)
		if ('code' in at && typeof at.code === 'string' && AWAY.test(at.code)) return 'try-again';
	return 'server-fault';
}

/** Tells a job that whoever asked for it has been told to try again. */
export interface Patience {
	over: boolean;
}

/**
 * The job's answer, or `late` after `ms`. A job that is under way then goes on to its end, since
 * half a change is none; one that has not begun looks at `over` and stays away.
 */
export function within<T>(
	clock: Clock,
	ms: number,
	job: (patience: Patience) => Promise<T>,
	late: T
): Promise<T> {
	return new Promise((resolve, reject) => {
		const patience: Patience = { over: false };
		const giveUp = clock.after(ms, () => {
			patience.over = true;
			resolve(late);
		});
		job(patience).then(resolve, reject).finally(giveUp);
	});
}
