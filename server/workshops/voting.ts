/**
 * Casting votes, in every way: the pure rule decides, under the voter's own queue, so the budget
 * holds under racing clicks on two devices. A vote is a row and does not move the workshop's version.
 */
import type { Clock } from '#shared/clock.ts';
import type { VoteTarget, Votes } from '#shared/doc/contents.ts';
import type { CommandOf } from '#shared/facilitation/commands.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import {
	castRank,
	castVote,
	isAsked,
	PAIRS,
	takesVotes,
	targetId,
	type ColumnOf
} from '#shared/facilitation/votes.ts';
import { pairKey } from '#shared/facilitation/ways.ts';
import type { BoardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { Outcome } from '#shared/wire/events.ts';
import type { News } from '#server/news.ts';
import { no } from './outcomes.ts';
import type { Shown } from './shown.ts';
import type { VoteChange, VoteStore } from '#server/store/votes.ts';
import type { StoredWorkshops } from './stored-workshops.ts';

/** Whose votes these are. */
export interface Voter {
	participant: ParticipantId;
	/** They have no device: who is told of their votes, beside those who facilitate. */
	keptBy?: ParticipantId | null;
}

export type CastCommand = CommandOf<'vote' | 'place' | 'rank' | 'prefer'>;

export interface Voting {
	cast(workshop: WorkshopId, voter: Voter, command: CastCommand, entry: string): Promise<Outcome>;
}

interface VotingDeps {
	votes: VoteStore;
	workshops: StoredWorkshops;
	shown: Shown;
	news: News;
	clock: Clock;
}

/** What a command comes to: what is written, and what must be there for it. */
type Cast = Pick<VoteChange, 'gone' | 'rows'> & { needs: VoteTarget[] };

export function createVoting({ votes, workshops, shown, news, clock }: VotingDeps): Voting {
	async function standing(id: WorkshopId, board: BoardId) {
		const workshop = await workshops.load(id);
		const state = workshop?.state.boards.find((one) => one.id === board);
		return workshop && state ? { workshop, state } : null;
	}

	async function decided(
		board: BoardState,
		{ participant }: Voter,
		command: CastCommand
	): Promise<Cast | Refusal> {
		const taken = takesVotes(board, command.type, command.round);
		if (taken !== true) return taken;
		// Only where it matters is the board read.
		const { columns, perColumn } = board.voting;
		const columnOf: ColumnOf = columns || perColumn ? await shown.columns(board) : () => undefined;
		const mine = async (): Promise<Votes> => (await votes.mine(board, participant)).mine;
		switch (command.type) {
			case 'vote': {
				const { target, count } = command;
				const after = castVote(board, await mine(), target, count, columnOf);
				return isRefusal(after) ? after : oneCast(target, count);
			}
			case 'rank': {
				const after = castRank(board, command.targets, columnOf);
				return isRefusal(after) ? after : ranked(command.targets);
			}
			case 'place': {
				const { target, at } = command;
				// Where a room places together, what is taken off is off for everybody.
				if (at === null) return { gone: offWhat(board, target), rows: [], needs: [] };
				if (!isAsked(board.voting, target, columnOf)) return refuse('not-asked');
				return { gone: null, needs: [target], rows: [{ ...rowOf(target, 1), ...at }] };
			}
			case 'prefer': {
				const { pair } = command;
				if (!pair.every((target) => isAsked(board.voting, target, columnOf)))
					return refuse('not-asked');
				const { better } = (await votes.mine(board, participant)).choices;
				const [one, other] = pair.map(targetId) as [string, string];
				const isOneMore = better[pairKey(one, other)] === undefined;
				if (isOneMore && Object.keys(better).length >= PAIRS) return refuse('too-many-pairs');
				return preferred(command);
			}
			default:
				return command satisfies never;
		}
	}

	const rowOf = (target: VoteTarget, count: number) => ({
		target: targetId(target),
		against: '',
		isGroup: 'group' in target,
		count,
		x: null as number | null,
		y: null as number | null,
		at: clock.now()
	});

	/** Taking back is always possible, also from a card that has gone meanwhile. */
	const oneCast = (target: VoteTarget, count: number): Cast =>
		count === 0
			? { gone: { target: targetId(target) }, rows: [], needs: [] }
			: { gone: null, rows: [rowOf(target, count)], needs: [target] };

	const ranked = (targets: VoteTarget[]): Cast => ({
		gone: 'all',
		rows: targets.map((target, i) => rowOf(target, i + 1)),
		needs: targets
	});

	const offWhat = ({ voting }: BoardState, target: VoteTarget): Cast['gone'] =>
		voting.together ? { everybodys: targetId(target) } : { target: targetId(target) };

	/** Each two have one row, whichever came first. */
	function preferred({ pair, better }: CommandOf<'prefer'>): Cast | Refusal {
		const [one, other] = pair;
		const [id, against] = [targetId(one), targetId(other)];
		if (id === against) return refuse('malformed', 'a pair is of two');
		const won = better === null ? 0 : better === 0 ? 1 : -1;
		const row =
			id < against ? { ...rowOf(one, won), against } : { ...rowOf(other, 0 - won), against: id };
		return { gone: null, rows: [row], needs: pair };
	}

	async function areThere(board: BoardState, targets: VoteTarget[]): Promise<boolean> {
		for (const target of targets) if (!(await shown.has(board, target))) return false;
		return true;
	}

	return {
		async cast(id, voter, command, entry) {
			const { board } = command;
			const { participant } = voter;
			const before = await standing(id, board);
			if (!before) return no(refuse('not-found'));
			const { version } = before.workshop;
			const cast = await decided(before.state, voter, command);
			if (isRefusal(cast)) return no(cast, version);
			if (!(await areThere(before.state, cast.needs))) return no(refuse('no-such-card'), version);
			// The phase may have ended while we looked, or another round begun.
			const now = await standing(id, board);
			const { phaseStartedAt, round } = before.state;
			if (now?.state.phaseStartedAt !== phaseStartedAt || now.state.round !== round)
				return no(refuse('wrong-phase'), version);

			const outcome: Outcome = { ok: true, version };
			const { gone, rows } = cast;
			await votes.change(
				{ board, participant, round, gone, rows },
				{ workshopId: id, id: entry, outcome, at: clock.now() }
			);
			news.tell({ kind: 'ballot', workshop: id, board, ...voter });
			news.tell({ kind: 'cast', workshop: id, board });
			return outcome;
		}
	};
}
