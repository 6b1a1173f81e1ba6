/** Cards that the room has seen, for whoever writes one that is for one of them. */
import type { Clock } from '#shared/clock.ts';
import { earlierCards, type EarlierCard } from '#shared/earlier.ts';
import type { WorkshopId } from '#shared/ids.ts';
import type { Who } from '#shared/permissions.ts';
import { refuse, type Refusal } from '#shared/refusals.ts';
import type { News } from '#server/news.ts';
import { createShared } from '#server/shared-reading.ts';
import type { Gathering } from './gathering-input.ts';

export interface EarlierOf {
	/**
	 * Of every board that was revealed; hidden cards are not there, nor who wrote them: the same for
	 * everybody who may ask.
	 */
	of(workshop: WorkshopId, who: Who): Promise<EarlierCard[] | Refusal>;
}

interface EarlierDeps {
	gathering: Gathering;
	news: News;
	clock: Clock;
}

/** Listens from now on. */
export function createEarlier({ gathering, news, clock }: EarlierDeps): EarlierOf {
	/** How often something was removed: what was read before that is not given after it. */
	const removals = new Map<WorkshopId, number>();
	news.listen((item) => {
		if (item.kind === 'removed')
			removals.set(item.workshop, (removals.get(item.workshop) ?? 0) + 1);
		if (item.kind === 'deleted') removals.delete(item.workshop);
	});
	/** A whole room that goes on to the next phase is served by one reading. */
	const reading = createShared(clock, async (key: string) => {
		const seen = await gathering.shown(key.slice(key.indexOf('/') + 1));
		if (!seen) return refuse('not-found');
		const { boards } = await gathering.gather(seen, { role: 'visitor' });
		return earlierCards(boards);
	});

	return {
		async of(id) {
			const seen = await gathering.shown(id);
			if (!seen) return refuse('not-found');
			return reading.of(`${seen.workshop.version} ${removals.get(id) ?? 0}/${id}`);
		}
	};
}
