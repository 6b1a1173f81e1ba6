/**
 * How long a workshop is kept. One that its owner deletes is gone for everybody at once, can be
 * brought back for a minute, and is then deleted for good; one that is closed and kept for some days
 * only is deleted when these are over; so is one that collected answers and was never opened. Drafts
 * and open workshops are never deleted by themselves.
 * A rehearsal is thrown away by hand, at once, or by itself after a day. Whatever was due while the server was off is done when it starts.
 */
import type { Logger } from 'pino';
import type { Clock } from '#shared/clock.ts';
import { keptSince } from '#shared/facilitation/collecting.ts';
import type { WorkshopState } from '#shared/facilitation/state.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { refuse } from '#shared/refusals.ts';
import type { App } from '#server/app.ts';
import type { Audit } from './audit.ts';
import { retiredUntil } from '#server/doors/codes.ts';
import type { Erasing } from '#server/db/cleaning.ts';
import type { News } from '#server/news.ts';
import type { Queues } from '#server/queues.ts';
import type { ErasureStore } from '#server/store/erasure.ts';
import type { StoredWorkshop, WorkshopStore } from '#server/store/workshops.ts';
import { isWhole, type StoredWorkshops } from './stored-workshops.ts';
import type { Rooms } from '#server/yjs/ports.ts';

/** For so long a deletion can be taken back. */
const SECOND_THOUGHTS = 60_000;
const DAY = 24 * 60 * 60 * 1000;
/** How often it is looked for workshops whose days are over, and how soon again after a failure. */
const LOOK_EVERY = 60 * 60 * 1000;
const TRY_AGAIN = 60_000;
/** And how soon where something is under way in a workshop that is due. */
const WHEN_QUIET = 1000;

export interface Retention extends Pick<App['workshops'], 'remove' | 'restore'> {
	/** A rehearsal, gone for good when this settles. */
	discard(id: WorkshopId): Promise<void>;
	/** Looks for what is due, now and from now on: at the start also for what became so meanwhile. */
	resume(): Promise<void>;
	/** Takes back what was to happen later; what is under way comes to its end. */
	stop(): Promise<void>;
}

interface RetentionDeps {
	store: ErasureStore;
	stored: Pick<WorkshopStore, 'byId'>;
	workshops: StoredWorkshops;
	rooms: Pick<Rooms, 'end'>;
	audit: Audit;
	erasing: Erasing;
	queues: Queues;
	news: News;
	clock: Clock;
	log: Logger;
}

/** When its days are over. */
function deletesAt(state: WorkshopState): number | null {
	const since = keptSince(state);
	return since === null || state.retentionDays === null ? null : since + state.retentionDays * DAY;
}

/** When a workshop is gone for good; null: never. */
export function goneAt({
	deletedAt,
	state,
	rehearsalOf,
	createdAt
}: StoredWorkshop): number | null {
	// Nobody wants a rehearsal back, and one that was left is not looked for.
	if (rehearsalOf !== null) return deletedAt ?? createdAt + DAY;
	return deletedAt === null ? deletesAt(state) : deletedAt + SECOND_THOUGHTS;
}

/** There, or can still be brought back: not what is gone but for its rows, nor what is not wholly there yet. */
export const isKept = (workshop: StoredWorkshop, now: number): boolean =>
	workshop.deletedAt === null || goneAt(workshop)! > now;

/** What was deleted then comes back by nobody's wish, and goes with the next look. */
export const pastRecall = (now: number): number => now - SECOND_THOUGHTS;

export function createRetention(deps: RetentionDeps): Retention {
	const { store, stored, workshops, rooms, audit, erasing, queues, news, clock, log } = deps;
	let cancel = () => {};
	let nextAt = Infinity;
	let looking: Promise<void> = Promise.resolve();
	let stopped = false;

	function lookAt(at: number): void {
		if (stopped || at >= nextAt) return;
		cancel();
		nextAt = at;
		cancel = clock.after(Math.max(0, at - clock.now()), () => {
			nextAt = Infinity;
			looking = looking.then(look);
		});
	}

	/** In the workshop's queue: it may have been opened, or brought back, since it was looked for. */
	async function purge(id: WorkshopId): Promise<void> {
		const workshop = await stored.byId(id);
		const at = workshop && goneAt(workshop);
		if (!workshop || at === null || at > clock.now()) return;
		// Nothing new is opened from here: what a workshop has is only opened where it is loaded.
		if (workshop.deletedAt === null)
			await store.markDeleted(id, workshop.ownerId, pastRecall(clock.now()));
		letGo(id);
		for (const board of await store.boardsIn(id)) await rooms.end(board);
		// The code of a rehearsal stands on nobody's slides.
		await store.workshop(id, workshop.rehearsalOf === null ? retiredUntil(clock.now()) : null);
		workshops.forget(id);
		const why = workshop.deletedAt === null ? 'its days are over' : 'deleted, or half imported';
		log.info({ workshop: id, why }, 'a workshop is gone');
	}

	async function look(): Promise<void> {
		if (stopped) return;
		const now = clock.now();
		let next = now + LOOK_EVERY;
		const failed = (error: unknown, about: { workshop?: WorkshopId } = {}) => {
			log.error({ err: error, ...about }, 'what is due to be deleted could not be, yet');
			next = Math.min(next, now + TRY_AGAIN);
		};
		try {
			const due: WorkshopId[] = [];
			for (const { id } of await store.ending()) {
				const workshop = await stored.byId(id);
				const at = (workshop && isWhole(workshop) ? goneAt(workshop) : null) ?? Infinity;
				// Something is under way there, such as an import: others do not wait for its end.
				if (at <= now && queues.length(id) > 0) next = Math.min(next, now + WHEN_QUIET);
				else if (at <= now) due.push(id);
				else next = Math.min(next, at);
			}
			if (due.length > 0)
				await erasing(async () => {
					for (const id of due)
						await queues
							.run(id, () => purge(id))
							.catch((error: unknown) => failed(error, { workshop: id }));
				});
		} catch (error) {
			failed(error);
		}
		lookAt(next);
	}

	function letGo(id: WorkshopId): void {
		workshops.forget(id);
		news.tell({ kind: 'deleted', workshop: id });
	}

	return {
		remove: (id, account) =>
			queues.run(id, async () => {
				const now = clock.now();
				if (!(await store.markDeleted(id, account.id, now))) return refuse('not-found');
				letGo(id);
				await audit.note({ workshop: id, account: account.id, deed: 'deleted', about: {} });
				log.info({ workshop: id, account: account.id }, 'deleted');
				lookAt(now + SECOND_THOUGHTS);
				return true;
			}),
		restore: (id, account) =>
			queues.run(id, async () => {
				const since = pastRecall(clock.now());
				if (!(await store.unmarkDeleted(id, account.id, since))) return refuse('not-found');
				workshops.forget(id);
				await audit.note({ workshop: id, account: account.id, deed: 'restored', about: {} });
				log.info({ workshop: id, account: account.id }, 'restored');
				return true;
			}),
		async discard(id) {
			await queues.run(id, async () => {
				const workshop = await stored.byId(id);
				if (!workshop || workshop.rehearsalOf === null) return;
				await store.markDeleted(id, workshop.ownerId, clock.now());
				letGo(id);
			});
			looking = looking.then(look);
			await looking;
		},
		resume() {
			looking = looking.then(look);
			return looking;
		},
		async stop() {
			stopped = true;
			cancel();
			await looking;
		}
	};
}
