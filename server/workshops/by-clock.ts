/**
 * Going on by the clock, where that was chosen: a phase whose time is up goes on to the next, as if
 * somebody had pressed. The last phase runs over, and what stands still or rests does not go on. And
 * a workshop that is over but for what it collects is closed with the last date.
 */
import type { Logger } from 'pino';
import type { Clock } from '#shared/clock.ts';
import { closesAt } from '#shared/facilitation/collecting.ts';
import { nextPhase } from '#shared/facilitation/phases.ts';
import { stretchOf } from '#shared/facilitation/signals.ts';
import type { WorkshopState } from '#shared/facilitation/state.ts';
import { liveBoard } from '#shared/facilitation/view.ts';
import type { WorkshopId } from '#shared/ids.ts';
import type { News } from '#server/news.ts';
import type { Queues } from '#server/queues.ts';
import type { StoredWorkshop } from '#server/store/workshops.ts';
import { BY_CLOCK, type Facilitation } from './facilitation.ts';
import type { StoredWorkshops } from './stored-workshops.ts';

/** In ms: after a try that failed. */
const AGAIN = 1000;
/** A timer of the machine takes no longer ones: it is set anew. */
const LONGEST = 24 * 60 * 60 * 1000;

export interface ByClock {
	/** Goes on when this workshop's time is up; after a restart too. */
	watch(workshop: Pick<StoredWorkshop, 'id' | 'state'>): void;
	stop(): void;
}

interface ByClockDeps {
	facilitation: Facilitation;
	workshops: StoredWorkshops;
	queues: Queues;
	news: News;
	clock: Clock;
	log: Logger;
}

/** What is given by itself, when, and what it is named by; null where nothing is. */
interface Due {
	at: number;
	from: string;
	command: { type: 'next' | 'close' };
}

function dueOf(state: WorkshopState): Due | null {
	const closes = closesAt(state);
	if (closes !== null) return { at: closes, from: 'collecting', command: { type: 'close' } };
	const live = liveBoard(state);
	if (state.goesOn !== 'by-clock' || !live || state.break || live.timer.kind !== 'running')
		return null;
	const next = nextPhase(live);
	if (next === null || next === 'done') return null;
	return { at: live.timer.endsAt, from: stretchOf(live), command: { type: 'next' } };
}

export function createByClock(deps: ByClockDeps): ByClock {
	const { facilitation, workshops, queues, news, clock, log } = deps;
	const waiting = new Map<WorkshopId, () => void>();
	let stopped = false;

	/** In the workshop's queue. */
	async function goOn(id: WorkshopId): Promise<void> {
		await facilitation.clear(id);
		const workshop = await workshops.load(id);
		const due = workshop && dueOf(workshop.state);
		if (!workshop || !due) return;
		if (due.at > clock.now()) return watch(workshop);
		const { version } = workshop;
		const entry = `clock/${due.from}/${version}`;
		const outcome = await facilitation.apply(id, BY_CLOCK, due.command, { entry, version });
		if (!outcome.ok) wait(id, AGAIN);
	}

	function wait(id: WorkshopId, ms: number): void {
		waiting.get(id)?.();
		if (stopped) return;
		const cancel = clock.after(ms, () => {
			waiting.delete(id);
			queues
				.run(id, () => goOn(id))
				.catch((error: unknown) => {
					log.error({ err: error, workshop: id }, 'a workshop could not go on by the clock yet');
					wait(id, AGAIN);
				});
		});
		waiting.set(id, cancel);
	}

	function watch({ id, state }: Pick<StoredWorkshop, 'id' | 'state'>): void {
		const due = dueOf(state);
		if (due) return wait(id, Math.min(LONGEST, Math.max(0, due.at - clock.now())));
		waiting.get(id)?.();
		waiting.delete(id);
	}

	news.listen((item) => {
		if (item.kind === 'state') watch(item.workshop);
	});
	return {
		watch,
		stop() {
			stopped = true;
			for (const cancel of waiting.values()) cancel();
			waiting.clear();
		}
	};
}
