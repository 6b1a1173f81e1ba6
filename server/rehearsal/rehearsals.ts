/**
 * Rehearsals: a copy of a workshop, open, with simulated people in it, that is thrown away when it
 * was enough. The copy is a workshop as any other, and the people come by the doors that all use;
 * what is different is told by `rehearsalOf` alone. Its people are in memory: a server that starts
 * again has the rehearsal, and nobody in it.
 */
import * as v from 'valibot';
import type { Logger } from 'pino';
import type { Clock } from '#shared/clock.ts';
import { asInput } from '#shared/facilitation/agenda.ts';
import type { Who } from '#shared/permissions.ts';
import { isFacilitator } from '#shared/facilitation/phases.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { Account } from '#server/app.ts';
import type { Participants } from '#server/doors/participants.ts';
import { createLimits } from '#server/doors/work-limits.ts';
import type { News } from '#server/news.ts';
import type { Queues } from '#server/queues.ts';
import type { CofacilitatorStore } from '#server/store/cofacilitators.ts';
import type { StoredWorkshop, WorkshopStore } from '#server/store/workshops.ts';
import type { RunCommand } from '#server/workshops/commands.ts';
import type { Making } from '#server/workshops/making.ts';
import type { Retention } from '#server/workshops/retention.ts';
import type { StoredWorkshops } from '#server/workshops/stored-workshops.ts';
import type { Chance } from './cards.ts';
import { startTroupe, type Troupe } from './troupe.ts';

/** Rehearsals with people in them, on one server. */
const MOST = 3;

const peopleSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60));
const restSchema = v.strictObject({ resting: v.boolean() });

/** A rehearsal's simulated people, for who facilitates it: none where they have gone home. */
export interface SimulatedPeople {
	people: number;
	resting: boolean;
}

export interface Rehearsals {
	/**
	 * Opens a rehearsal of a workshop with so many people, or answers the one that is open. Whoever
	 * facilitates the workshop facilitates it too.
	 */
	begin(
		workshop: WorkshopId,
		account: Pick<Account, 'id'>,
		people: number,
		chance?: Chance
	): Promise<WorkshopId | Refusal>;
	/** Of each workshop that this account facilitates and that is rehearsed: its rehearsal. */
	open(account: Account): Promise<Record<WorkshopId, WorkshopId>>;
	/** Its people; null where it is no rehearsal. */
	people(rehearsal: WorkshopId, who: Who): Promise<SimulatedPeople | null>;
	/** `{resting}`: they rest, or go on. */
	rest(rehearsal: WorkshopId, who: Who, given: unknown): Promise<SimulatedPeople | Refusal>;
	/** Gone for good, at once. Answers the workshop that was rehearsed. */
	discard(rehearsal: WorkshopId, account: Pick<Account, 'id'>): Promise<WorkshopId | Refusal>;
	/** Where this server is reached from inside. */
	reachedAt(url: string): void;
	stop(): Promise<void>;
}

interface RehearsalDeps {
	store: WorkshopStore;
	workshops: StoredWorkshops;
	cofacilitators: CofacilitatorStore;
	participants: Participants;
	making: Making;
	retention: Pick<Retention, 'discard'>;
	run: RunCommand;
	queues: Queues;
	news: News;
	clock: Clock;
	ids: () => string;
	log: Logger;
}

export function createRehearsals(deps: RehearsalDeps): Rehearsals {
	const { store, workshops, cofacilitators, making, retention, clock, log } = deps;
	const troupes = new Map<WorkshopId, Troupe>();
	const limits = createLimits(clock.now, {
		aMinute: 10,
		atOnce: 2,
		reason: 'too-many-rehearsals'
	});
	let url: string | null = null;
	let stopped = false;

	/** The role of an account in a workshop. */
	async function roleIn(workshop: StoredWorkshop, account: string) {
		if (workshop.ownerId === account) return 'facilitator' as const;
		return (await cofacilitators.has(workshop.id, account)) ? ('co-facilitator' as const) : null;
	}

	function sendHome(id: WorkshopId): Promise<void> {
		const troupe = troupes.get(id);
		troupes.delete(id);
		return troupe?.end() ?? Promise.resolve();
	}

	function bringIn(id: WorkshopId, people: number, chance: Chance): void {
		const troupe = startTroupe(id, people, {
			...deps,
			url: url!,
			chance,
			over: () => void sendHome(id)
		});
		troupes.set(id, troupe);
	}

	async function throwAway(id: WorkshopId): Promise<void> {
		await sendHome(id);
		await retention.discard(id);
	}

	async function begin(
		id: WorkshopId,
		account: string,
		people: number,
		chance: Chance
	): Promise<WorkshopId | Refusal> {
		const workshop = await workshops.load(id);
		const role = workshop && (await roleIn(workshop, account));
		if (!workshop || !role) return refuse('not-found');
		if (workshop.rehearsalOf !== null) return refuse('rehearsal');
		const before = (await store.rehearsalsOf([id]))[0];
		if (before) return before.id;
		if (stopped || url === null) return refuse('try-again');
		if (troupes.size >= MOST) return refuse('too-many-rehearsals');
		const { title, language, anonymous, agenda } = workshop.state;
		const copy = { title, language, anonymous, agenda: asInput(agenda) };
		const made = await making.make(workshop.ownerId, copy, id);
		if (isRefusal(made)) return made;
		await cofacilitators.copy(id, made.id);
		const opened = await deps.run(
			made.id,
			{ role, account },
			{ id: deps.ids(), command: { type: 'open' } }
		);
		if (!opened.ok) {
			await throwAway(made.id);
			return refuse(opened.refusal);
		}
		bringIn(made.id, people, chance);
		log.info({ workshop: id, rehearsal: made.id, people }, 'a rehearsal begins');
		return made.id;
	}

	/** A workshop that is deleted takes its rehearsal with it. */
	deps.news.listen((item) => {
		if (item.kind !== 'deleted') return;
		void sendHome(item.workshop);
		store
			.rehearsalsOf([item.workshop])
			.then((open) => Promise.all(open.map(({ id }) => throwAway(id))))
			.catch((error: unknown) =>
				log.error(
					{ err: error, workshop: item.workshop },
					'a rehearsal could not be thrown away, yet'
				)
			);
	});

	const seen = (id: WorkshopId): SimulatedPeople => ({
		people: troupes.get(id)?.people ?? 0,
		resting: troupes.get(id)?.resting ?? false
	});

	return {
		async begin(id, account, given, chance = Math.random) {
			const people = v.safeParse(peopleSchema, given);
			if (!people.success) return refuse('malformed', v.summarize(people.issues));
			return limits.one(account.id, () =>
				deps.queues.run('rehearsing', () => begin(id, account.id, people.output, chance))
			);
		},
		async open({ id }) {
			const beside = await cofacilitators.ofAccount(id);
			const mine = (await store.ownedBy(id)).map((one) => one.id);
			const open = await store.rehearsalsOf([...mine, ...beside]);
			return Object.fromEntries(open.map((one) => [one.rehearsalOf!, one.id]));
		},
		async people(id, who) {
			const workshop = isFacilitator(who.role) ? await workshops.load(id) : null;
			return workshop && workshop.rehearsalOf !== null ? seen(id) : null;
		},
		async rest(id, who, given) {
			if (!isFacilitator(who.role)) return refuse('not-allowed');
			const asked = v.safeParse(restSchema, given);
			if (!asked.success) return refuse('malformed', v.summarize(asked.issues));
			const troupe = troupes.get(id);
			if (!troupe) return refuse('not-found');
			troupe.resting = asked.output.resting;
			return seen(id);
		},
		async discard(id, account) {
			const workshop = await workshops.load(id);
			const of = workshop?.rehearsalOf;
			if (!workshop || !of || !(await roleIn(workshop, account.id))) return refuse('not-found');
			await throwAway(id);
			log.info({ workshop: of, rehearsal: id }, 'a rehearsal was thrown away');
			return of;
		},
		reachedAt: (address) => (url = address),
		async stop() {
			stopped = true;
			await Promise.all([...troupes.keys()].map(sendHome));
		}
	};
}
