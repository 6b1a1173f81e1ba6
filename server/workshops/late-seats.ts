/**
 * Whoever comes while the room is split sits down by themselves: those of a moment together, as if a
 * facilitator had seated them, but that there is nothing to take back.
 */
import type { Logger } from 'pino';
import type { Clock } from '#shared/clock.ts';
import type { ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { News } from '#server/news.ts';
import type { Queues } from '#server/queues.ts';
import type { StoredWorkshop } from '#server/store/workshops.ts';
import type { Facilitation } from './facilitation.ts';
import type { Seating } from './seating.ts';

/** In ms: who comes meanwhile is seated together, as each time everybody hears of it. */
const TOGETHER = 300;
/** After a try that failed. */
const AGAIN = 1000;

interface LateSeatsDeps {
	facilitation: Pick<Facilitation, 'clear' | 'seat'>;
	seating: Pick<Seating, 'unseated'>;
	queues: Queues;
	news: News;
	clock: Clock;
	log: Logger;
}

export interface LateSeats {
	/** After a restart: who came shortly before has no seat yet. */
	watch(workshop: StoredWorkshop): void;
	stop(): void;
}

/** Listens from now on. */
export function createLateSeats(deps: LateSeatsDeps): LateSeats {
	const { facilitation, seating, queues, news, clock, log } = deps;
	const came = new Map<WorkshopId, Set<ParticipantId>>();
	const cancels = new Set<() => void>();
	let stopped = false;

	/** In the workshop's queue. */
	async function seat(id: WorkshopId, people: ReadonlySet<ParticipantId>): Promise<void> {
		await facilitation.clear(id);
		await facilitation.seat(id, people);
	}

	function seatSoon(id: WorkshopId, people: Iterable<ParticipantId>, ms: number): void {
		if (stopped) return;
		const waiting = came.get(id);
		if (waiting) return [...people].forEach((one) => waiting.add(one));
		const all = new Set(people);
		came.set(id, all);
		const cancel = clock.after(ms, () => {
			cancels.delete(cancel);
			came.delete(id);
			queues
				.run(id, () => seat(id, all))
				.catch((error: unknown) => {
					log.error({ err: error, workshop: id }, 'who came late has no table yet');
					seatSoon(id, all, AGAIN);
				});
		});
		cancels.add(cancel);
	}

	const unhear = news.listen((item) => {
		if (item.kind === 'roster' && item.came !== undefined)
			seatSoon(item.workshop, [item.came], TOGETHER);
	});
	return {
		watch({ id, state }) {
			seating
				.unseated(id, state)
				.then((people) => {
					if (people.length > 0) seatSoon(id, people, 0);
				})
				.catch((error: unknown) => {
					if (!stopped)
						log.error({ err: error, workshop: id }, 'who came before the restart has no table');
				});
		},
		stop() {
			stopped = true;
			unhear();
			for (const cancel of cancels) cancel();
		}
	};
}
