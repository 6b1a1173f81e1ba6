/** What is shown on a board: the cards that can be voted for and commented, and where they lie. */
import type { BoardValue, VoteTarget } from '#shared/doc/contents.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import { askedOf, type ColumnOf } from '#shared/facilitation/votes.ts';
import type { BoardId } from '#shared/ids.ts';
import type { Rooms } from '#server/yjs/ports.ts';

export interface Shown {
	has(board: BoardState, target: VoteTarget): Promise<boolean>;
	/** In which column each card and group lies. */
	columns(board: BoardState): Promise<ColumnOf>;
	/** All that there is to vote on. */
	asked(board: BoardState): Promise<VoteTarget[]>;
	/** After a card was taken away. */
	forget(board: BoardId): void;
}

interface Standing {
	value: BoardValue;
	columns: Map<string, string>;
	cards: Set<string>;
	groups: Set<string>;
	/** Nothing has moved since, as long as this is so. */
	still: string;
}

export function createShown(rooms: Pick<Rooms, 'read'>): Shown {
	/** As last read. What is there is trusted; what is not is looked for again. */
	const last = new Map<BoardId, Standing>();
	/** A reading that is not here any more began before something was taken away: it is not kept. */
	const reading = new Map<BoardId, Promise<Standing>>();

	function read(board: BoardState): Promise<Standing> {
		const underWay = reading.get(board.id);
		if (underWay) return underWay;
		const still = stillness(board);
		const now = rooms
			.read(board.id)
			.then((value) => {
				const standing = {
					value,
					columns: new Map([...value.cards, ...value.groups].map(({ id, column }) => [id, column])),
					cards: new Set(value.cards.map(({ id }) => id)),
					groups: new Set(value.groups.map(({ id }) => id)),
					still
				};
				if (reading.get(board.id) === now) last.set(board.id, standing);
				return standing;
			})
			.finally(() => {
				if (reading.get(board.id) === now) reading.delete(board.id);
			});
		reading.set(board.id, now);
		return now;
	}

	/** How it lies: once the ballot of a vote is recorded nothing moves until the vote is over. */
	async function lying(board: BoardState): Promise<Standing> {
		const known = last.get(board.id);
		const isStill = board.phase === 'vote' && board.ballot !== null;
		return isStill && known?.still === stillness(board) ? known : read(board);
	}

	return {
		async has(board, target) {
			if ('option' in target) return board.voting.options.some(({ id }) => id === target.option);
			if ('group' in target) {
				// Once recorded, the ballot says what there is to vote for.
				if (board.phase === 'vote' && board.ballot) return target.group in board.ballot;
				return (await read(board)).groups.has(target.group);
			}
			if (board.hidden.includes(target.card)) return false;
			if (last.get(board.id)?.cards.has(target.card)) return true;
			return (await read(board)).cards.has(target.card);
		},
		async columns(board) {
			const { columns } = await lying(board);
			return (id) => columns.get(id);
		},
		async asked(board) {
			const { value } = await lying(board);
			return askedOf(board.voting, value, board.hidden);
		},
		forget(board) {
			last.delete(board);
			reading.delete(board);
		}
	};
}

const stillness = ({ phaseStartedAt, ballot }: BoardState) =>
	`${phaseStartedAt} ${ballot === null}`;
