import type { MomentLay } from '#shared/history.ts';
import type { BoardId, CardId, WorkshopId } from '#shared/ids.ts';
import type { Queues } from '#server/queues.ts';
import type { MomentStore } from '#server/store/moments.ts';
import { pack, unpack } from './lay-bytes.ts';
import { queueOf } from './recording.ts';

/**
 * Takes cards that were erased out of every moment of their boards, once nothing else has them any
 * more: what is kept afterwards cannot have them. One moment at a time, so that others are served in
 * between.
 */
export const eraseFromMoments = (
	{ moments, queues }: { moments: Pick<MomentStore, 'of' | 'setLay'>; queues: Queues },
	workshop: WorkshopId,
	erased: Map<BoardId, CardId[]>
): Promise<void> =>
	queues.run(queueOf(workshop), async () => {
		for (const [board, cards] of erased)
			for (const { at, lay } of await moments.of(board)) {
				const is = without(await unpack(lay), new Set(cards));
				if (is) await moments.setLay(board, at, await pack(is));
			}
	});

/** Null where they are not in it. */
function without(lay: MomentLay, gone: Set<CardId>): MomentLay | null {
	const stays = (card: CardId) => !gone.has(card);
	const named = [...lay.cards.map(({ id }) => id), ...lay.hidden, ...lay.removed];
	if (named.every(stays)) return null;
	return {
		...lay,
		cards: lay.cards.filter(({ id }) => stays(id)),
		hidden: lay.hidden.filter(stays),
		removed: lay.removed.filter(stays)
	};
}
