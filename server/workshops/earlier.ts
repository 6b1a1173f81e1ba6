/** Cards that the room has seen, for whoever writes one that is for one of them. */
import { earlierCards, type EarlierCard } from '#shared/earlier.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { refuse, type Refusal } from '#shared/refusals.ts';
import type { Gathering } from './gathering-input.ts';

export interface EarlierOf {
	/** Of every board that was revealed; hidden cards are not there, nor who wrote them. */
	of(workshop: WorkshopId): Promise<EarlierCard[] | Refusal>;
}

export function createEarlier(gathering: Gathering): EarlierOf {
	return {
		async of(workshop) {
			const seen = await gathering.shown(workshop);
			if (!seen) return refuse('not-found');
			const { boards } = await gathering.gather(seen, { role: 'visitor' });
			return earlierCards(boards);
		}
	};
}
