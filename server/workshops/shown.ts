/** What is shown on a board: the cards that can be voted for and commented. */
import type { VoteTarget } from '#shared/doc/contents.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import type { BoardId } from '#shared/ids.ts';
import type { Rooms } from '#server/yjs/ports.ts';

export interface Shown {
	has(board: BoardState, target: VoteTarget): Promise<boolean>;
	/** After a card was taken away. */
	forget(board: BoardId): void;
}

interface Standing {
	cards: Set<string>;
	groups: Set<string>;
}

export function createShown(rooms: Pick<Rooms, 'read'>): Shown {
	/** As last read. What is there is trusted; what is not is looked for again. */
	const last = new Map<BoardId, Standing>();
	/** A reading that is not here any more began before something was taken away: it is not kept. */
	const reading = new Map<BoardId, Promise<Standing>>();

	function read(board: BoardId): Promise<Standing> {
		const underWay = reading.get(board);
		if (underWay) return underWay;
		const now = rooms
			.read(board)
			.then(({ cards, groups }) => {
				const standing = {
					cards: new Set(cards.map(({ id }) => id)),
					groups: new Set(groups.map(({ id }) => id))
				};
				if (reading.get(board) === now) last.set(board, standing);
				return standing;
			})
			.finally(() => {
				if (reading.get(board) === now) reading.delete(board);
			});
		reading.set(board, now);
		return now;
	}

	return {
		async has(board, target) {
			if ('group' in target) {
				// Once recorded, the ballot says what there is to vote for.
				if (board.ballot) return target.group in board.ballot;
				return (await read(board.id)).groups.has(target.group);
			}
			if ('option' in target) return board.voting.options.some(({ id }) => id === target.option);
			if (board.hidden.includes(target.card)) return false;
			if (last.get(board.id)?.cards.has(target.card)) return true;
			return (await read(board.id)).cards.has(target.card);
		},
		forget(board) {
			last.delete(board);
			reading.delete(board);
		}
	};
}
