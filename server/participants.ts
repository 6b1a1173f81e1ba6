/** Joining with a code, and coming back as the same person. */
import type { Clock } from '#shared/clock.ts';
import { readCode } from '#shared/code.ts';
import type { ParticipantId, WorkshopId } from '#shared/ids.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { App, Credentials } from './app.ts';
import { readCookie, type CookieJar } from './cookies.ts';
import { createQueues } from './queues.ts';
import { cleanName } from './names.ts';
import type { News } from './news.ts';
import type { RateLimits } from './rate-limit.ts';
import { hashOf, newSecret } from './secrets.ts';
import type { ParticipantRow, ParticipantStore } from './store/participants.ts';
import type { StoredWorkshop } from './store/workshops.ts';

export type Participants = App['participants'] & {
	/** The workshop that a code opens now; wrong codes are counted against the address. */
	workshopOf(code: string, address: string): Promise<StoredWorkshop | Refusal>;
	/** A seat of a facilitator's own. */
	newSeat(workshop: WorkshopId, account: string): Promise<ParticipantId>;
};

interface ParticipantDeps {
	store: ParticipantStore;
	/** By code, whatever its status. */
	findByCode(code: string): Promise<StoredWorkshop | null>;
	nameOfAccount(account: string): Promise<string>;
	limits: RateLimits;
	jar: CookieJar;
	news: News;
	clock: Clock;
	ids: () => string;
}

export function createParticipants(deps: ParticipantDeps): Participants {
	const { store, limits, jar, news, clock, ids } = deps;
	/** Two devices of one facilitator must not take two seats. */
	const seats = createQueues();

	async function workshopOf(typed: string, address: string): Promise<StoredWorkshop | Refusal> {
		const code = readCode(typed.slice(0, 100));
		const workshop = code === null ? null : await deps.findByCode(code);
		// Asked after the look-up: of many guesses at once, a right one must not slip through.
		if (await limits.codes.mustWait(address)) return refuse('too-many-tries');
		const { status } = workshop?.state ?? {};
		if (workshop && (status === 'open' || status === 'collecting')) return workshop;
		await limits.codes.failed(address);
		return refuse('wrong-code');
	}

	/** The person that the given token or the workshop's cookie belongs to. */
	async function returning(workshop: WorkshopId, credentials: Credentials) {
		const token =
			credentials.token ?? readCookie(credentials.cookies, jar.participantName(workshop));
		const row = token === null ? null : await store.byToken(hashOf(token));
		return token !== null && row?.workshopId === workshop ? { row, token } : null;
	}

	async function newcomer(workshop: WorkshopId, name: string) {
		const token = newSecret();
		const now = clock.now();
		const row: ParticipantRow = {
			id: ids(),
			workshopId: workshop,
			name,
			accountId: null,
			joinedAt: now
		};
		await store.add(row, { hash: hashOf(token), createdAt: now });
		return { row, token };
	}

	return {
		workshopOf,
		async join(form, credentials) {
			const workshop = await workshopOf(form.code, credentials.address);
			if (isRefusal(workshop)) return workshop;
			const before = await returning(workshop.id, credentials);
			const name = nameFor(workshop, form.name, before?.row.name);
			if (isRefusal(name)) return name;
			if (before && before.row.name !== name) {
				await store.rename(before.row.id, name);
				news.tell({ kind: 'renamed', workshop: workshop.id });
			}
			const { row, token } = before ?? (await newcomer(workshop.id, name));
			if (!before) await limits.codes.joined(credentials.address);
			news.tell({ kind: 'roster', workshop: workshop.id });
			return {
				participant: row.id,
				workshop: workshop.id,
				board: workshop.state.live,
				token,
				cookie: jar.participant(workshop.id, token)
			};
		},
		async name(participant) {
			return (await store.byId(participant))?.name ?? null;
		},
		newSeat: (workshop, account) =>
			seats.run(`${workshop}/${account}`, async () => {
				const taken = await store.seatOf(workshop, account);
				if (taken) return taken;
				const id = ids();
				const name = await deps.nameOfAccount(account);
				await store.addSeat({
					id,
					workshopId: workshop,
					name,
					accountId: account,
					joinedAt: clock.now()
				});
				return id;
			})
	};
}

/** None is asked for in an anonymous workshop; who comes back may keep theirs. */
function nameFor(
	workshop: StoredWorkshop,
	typed: string | undefined,
	before: string | undefined
): string | Refusal {
	if (workshop.state.anonymous) return '';
	if (typed === undefined && before !== undefined) return before;
	return cleanName(typed ?? '');
}
