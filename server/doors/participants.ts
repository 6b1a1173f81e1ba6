/** Joining with a code, and coming back as the same person. */
import type { Logger } from 'pino';
import type { Clock } from '#shared/clock.ts';
import { readCode } from '#shared/code.ts';
import { LIMITS } from '#shared/doc/schema.ts';
import type { ParticipantId, WorkshopId } from '#shared/ids.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { App, Credentials } from '#server/app.ts';
import { readCookie, type CookieJar } from './cookies.ts';
import { createQueues } from '#server/queues.ts';
import { cleanName } from './names.ts';
import type { News } from '#server/news.ts';
import type { RateLimits } from './rate-limit.ts';
import { hashOf, newSecret } from './secrets.ts';
import type { JournalEntry } from '#server/store/journal.ts';
import type { ParticipantRow, ParticipantStore } from '#server/store/participants.ts';
import type { StoredWorkshop } from '#server/store/workshops.ts';

export type Participants = Omit<App['participants'], 'dataOf'> & {
	/**
	 * The workshop that a code opens now, for who asks: while its doors are closed only for who has
	 * joined. Wrong codes are counted against the address.
	 */
	workshopOf(code: string, credentials: Credentials): Promise<StoredWorkshop | Refusal>;
	/** A seat for somebody without a device, kept by a participant or by those who facilitate. */
	addPerson(person: NewPerson, journal: JournalEntry): Promise<true | Refusal>;
	/** A seat of a facilitator's own. */
	newSeat(workshop: WorkshopId, account: string): Promise<ParticipantId>;
};

interface NewPerson {
	id: ParticipantId;
	workshop: WorkshopId;
	name: string;
	keptBy: ParticipantId | null;
}

/** So many one phone writes for: a table. */
const AT_A_TABLE = 12;

/** Who has joined before, on the device that comes again. */
interface Returning {
	row: ParticipantRow;
	token: string;
}

interface ParticipantDeps {
	store: ParticipantStore;
	/** By code, whatever its status. */
	findByCode(code: string): Promise<StoredWorkshop | null>;
	nameOfAccount(account: string): Promise<string>;
	limits: RateLimits;
	jar: CookieJar;
	news: News;
	log: Logger;
	clock: Clock;
	ids: () => string;
}

export function createParticipants(deps: ParticipantDeps): Participants {
	const { store, limits, jar, news, log, clock, ids } = deps;
	/** Two devices of one facilitator must not take two seats, nor two newcomers the last one. */
	const seats = createQueues();

	async function enter(
		typed: string,
		credentials: Credentials
	): Promise<{ workshop: StoredWorkshop; before: Returning | null } | Refusal> {
		const { address } = credentials;
		const code = readCode(typed.slice(0, 100));
		const workshop = code === null ? null : await deps.findByCode(code);
		// Asked after the look-up: of many guesses at once, a right one must not slip through.
		if (await limits.codes.mustWait(address)) return refuse('too-many-tries');
		const { status } = workshop?.state ?? {};
		if (!workshop || (status !== 'open' && status !== 'collecting')) {
			await limits.codes.failed(address);
			return refuse('wrong-code');
		}
		const before = await returning(workshop.id, credentials);
		const mayCome = before !== null || workshop.state.doors === 'open';
		return mayCome ? { workshop, before } : refuse('doors-closed');
	}

	/** The person that the given token or the workshop's cookie belongs to. */
	async function returning(
		workshop: WorkshopId,
		credentials: Credentials
	): Promise<Returning | null> {
		const token =
			credentials.token ?? readCookie(credentials.cookies, jar.participantName(workshop));
		const row = token === null ? null : await store.byToken(hashOf(token));
		return token !== null && row?.workshopId === workshop ? { row, token } : null;
	}

	const newcomer = (workshop: WorkshopId, name: string) =>
		seats.run(workshop, async (): Promise<Returning | Refusal> => {
			if ((await store.count(workshop)) >= LIMITS.people) return refuse('room-full');
			return sitDown(workshop, name);
		});

	async function sitDown(workshop: WorkshopId, name: string): Promise<Returning> {
		const token = newSecret();
		const now = clock.now();
		const row: ParticipantRow = {
			id: ids(),
			workshopId: workshop,
			name,
			accountId: null,
			joinedAt: now,
			removedAt: null,
			withoutDevice: false,
			keptBy: null
		};
		await store.add(row, { hash: hashOf(token), createdAt: now });
		return { row, token };
	}

	return {
		async workshopOf(code, credentials) {
			const entered = await enter(code, credentials);
			return isRefusal(entered) ? entered : entered.workshop;
		},
		async join(form, credentials) {
			const entered = await enter(form.code, credentials);
			if (isRefusal(entered)) return entered;
			const { workshop, before } = entered;
			const name = nameFor(workshop, form.name, before?.row.name);
			if (isRefusal(name)) return name;
			if (before && before.row.name !== name) {
				if (!(await store.renameSeated(before.row.id, name))) return refuse('try-again');
				const participant = before.row.id;
				news.tell({ kind: 'renamed', workshop: workshop.id, participant });
			}
			const seat = before ?? (await newcomer(workshop.id, name));
			if (isRefusal(seat)) return seat;
			const { row, token } = seat;
			if (!before) await limits.codes.joined(credentials.address);
			const again = before !== null;
			news.tell({ kind: 'roster', workshop: workshop.id, ...(again ? {} : { came: row.id }) });
			log.info({ workshop: workshop.id, participant: row.id, again }, 'joined');
			return {
				participant: row.id,
				workshop: workshop.id,
				board: workshop.state.live,
				token,
				cookie: jar.participant(workshop.id, token)
			};
		},
		leave: (workshop) => jar.participant(workshop, null),
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
					joinedAt: clock.now(),
					removedAt: null,
					withoutDevice: false,
					keptBy: null
				});
				return id;
			}),
		addPerson: ({ id, workshop, name, keptBy }, journal) =>
			seats.run(workshop, async () => {
				if (await store.byId(id)) return refuse('malformed', 'this id is taken');
				const people = await store.people(workshop);
				if (people.length >= LIMITS.people) return refuse('room-full');
				const table = people.filter((one) => one.keptBy === keptBy);
				if (keptBy !== null && table.length >= AT_A_TABLE) return refuse('table-full');
				const row = { id, workshopId: workshop, name, accountId: null, joinedAt: clock.now() };
				await store.addWithoutDevice(
					{ ...row, keptBy, removedAt: null, withoutDevice: true },
					journal
				);
				return true;
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
