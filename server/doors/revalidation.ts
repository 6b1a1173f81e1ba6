/**
 * Who is let in is let in for now. Open sockets are asked again who they are, by the credentials
 * that they came with: a session that has run out, a token that was revoked, a seat that was taken
 * away and a workshop that is gone let go of what they had opened, whether or not anybody told.
 */
import type { Who } from '#shared/permissions.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { holderOf } from './access.ts';
import type { Credentials, Plenary } from '#server/app.ts';

/** After the last round has ended: within twice this, everybody has been asked. */
const EVERY = 30_000;
/** People who are asked together. */
const HANDFUL = 50;

interface Admitted {
	workshop: WorkshopId;
	who: Who;
	credentials: Credentials;
	/** Lets go: who it was is not who it is any more. */
	end(): void;
}

export interface Revalidation {
	/** From now on until the answer is called. */
	watch(admitted: Admitted): () => void;
	stop(): void;
}

const isSame = (a: Who, b: Who): boolean =>
	a.role === b.role && holderOf(a) === holderOf(b) && 'token' in a === 'token' in b;

/** By the same credentials, in one workshop, somebody is one person, with all their sockets. */
const personOf = ({ workshop, credentials }: Admitted): string => {
	const { cookies, token, screen, as } = credentials;
	return JSON.stringify([workshop, cookies, token, screen, as]);
};

export function createRevalidation(app: Plenary): Revalidation {
	const open = new Set<Admitted>();
	let cancel = () => {};
	let stopped = false;

	/** A handful after the other: a full house must not be one burst of queries, nor a thousand. */
	async function round(): Promise<void> {
		const people = [...Map.groupBy(open, personOf).values()];
		for (let at = 0; at < people.length; at += HANDFUL) {
			await Promise.all(people.slice(at, at + HANDFUL).map(askAgain));
			if (stopped) return;
		}
	}

	/** One person, about all their sockets. */
	async function askAgain(sockets: Admitted[]): Promise<void> {
		const [{ workshop, credentials }] = sockets as [Admitted, ...Admitted[]];
		if (!sockets.some((one) => open.has(one))) return; // gone meanwhile
		const who = await app.workshops.who(workshop, credentials);
		for (const one of sockets) if (!isSame(who, one.who) && open.delete(one)) one.end();
	}

	function wait(): void {
		cancel = app.clock.after(EVERY, () => {
			round()
				.catch((error: unknown) => {
					// When the server stops its database goes, with a question on the way perhaps.
					if (!stopped) app.fault(error, 'open sockets were not asked again');
				})
				.finally(() => stopped || wait());
		});
	}
	wait();

	return {
		watch(admitted) {
			open.add(admitted);
			return () => open.delete(admitted);
		},
		stop() {
			stopped = true;
			cancel();
		}
	};
}
