import * as fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { commandSchema, type FacilitationCommand } from '#shared/facilitation/commands.ts';
import { isFacilitator } from '#shared/facilitation/phases.ts';
import type { BoardState, WorkshopState } from '#shared/facilitation/state.ts';
import { step } from '#shared/facilitation/step.ts';
import { ownVotes, type Cast } from '#shared/facilitation/tally.ts';
import { isUndoable, remembering, undone } from '#shared/facilitation/undo.ts';
import { castRank, castVote, targetId } from '#shared/facilitation/votes.ts';
import { mayGive, type Who } from '#shared/permissions.ts';
import { isRefusal } from '#shared/refusals.ts';
import {
	ANY,
	BEGINNINGS,
	columnOf,
	command,
	giver,
	GIVERS,
	TYPES,
	vote,
	type AnyVote
} from './any-command.ts';
import { after, draft, exerciseOf, MINUTE, START } from './facilitation-room.ts';
import { checkState, checkStep, checkTakenBack, checkVotes } from './whole-workshop.ts';

/** A workshop as the server keeps it: how it stood before each version, and the rows of votes. */
class Room {
	now = START;
	state: WorkshopState;
	private version = 1;
	private readonly former = new Map<number, WorkshopState>();
	private readonly rows = new Map<string, Cast[]>();
	private readonly gone = new Map<string, Set<number>>();

	constructor(state: WorkshopState) {
		this.state = state;
	}

	/** Whether it was agreed to. */
	give(command: FacilitationCommand, by: Who): boolean {
		const { state, now } = this;
		const frozen = JSON.stringify(state);
		const before = this.former.get(state.past.at(-1)?.version ?? 0);
		const back = command.type === 'undo' && mayGive(by, 'undo') ? before : undefined;
		const next = back ? undone(back, state, now) : step(state, command, by, now, exerciseOf);
		expect(JSON.stringify(state)).toBe(frozen);
		const refused = isRefusal(next) ? next.refused : null;
		expect(refused === 'not-allowed').toBe(!mayGive(by, command.type));
		if (isRefusal(next)) return false;
		expect(isFacilitator(by.role)).toBe(true);
		this.version += 1;
		this.former.set(this.version, state);
		this.state = back ? next : remembering(state, next, command, this.version);
		if (back) {
			checkTakenBack(back, state, next, now);
			this.forget(state, next);
		} else {
			checkStep(state, next, command);
			// Taken back at once, and a while later.
			if (isUndoable(command, state))
				for (const at of [now, now + MINUTE])
					checkTakenBack(state, this.state, undone(state, this.state, at), at);
		}
		return true;
	}

	/** Of the board that is live; kept as it is decided. */
	cast(vote: AnyVote): void {
		const board = this.state.boards.find(({ id }) => id === this.state.live);
		if (!board) return;
		const { person, target, count, order } = vote;
		const rows = this.rowsOf(board);
		const isMine = (row: Cast) => row.participant === person && row.round === board.round;
		const { mine } = ownVotes(rows.filter(isMine), board);
		const dots = castVote(board, mine, target, count, columnOf);
		const now = isRefusal(dots) ? castRank(board, order, columnOf) : dots;
		if (isRefusal(now)) return;
		// As it is sent: what an order names, or the one target.
		const sent = isRefusal(dots) ? order.map(targetId) : [targetId(target)];
		const others = rows.filter(
			(row) => !isMine(row) || (!isRefusal(dots) && !sent.includes(row.target))
		);
		const { round } = board;
		const added = sent.flatMap((target): Cast[] => {
			const count = now[target];
			const where = { participant: person, round, target, against: '', x: null, y: null };
			return count === undefined ? [] : [{ ...where, count, at: this.now }];
		});
		this.rows.set(board.id, [...others, ...added]);
	}

	check(): void {
		checkState(this.state);
		for (const board of this.state.boards)
			checkVotes(board, this.rowsOf(board), this.gone.get(board.id) ?? new Set());
	}

	private readonly rowsOf = ({ id }: BoardState): Cast[] => this.rows.get(id) ?? [];

	/** Rounds that the board no longer knows were taken back; one that is gone has no rows. */
	private forget(left: WorkshopState, back: WorkshopState): void {
		for (const board of left.boards) {
			const is = back.boards.find(({ id }) => id === board.id);
			const known = is ? [is, ...is.rounds].map(({ round }) => round) : [];
			const gone = [board, ...board.rounds].map(({ round }) => round);
			if (is)
				this.gone.set(
					is.id,
					new Set([
						...(this.gone.get(is.id) ?? []),
						...gone.filter((round) => !known.includes(round))
					])
				);
			else {
				this.gone.delete(board.id);
				this.rows.delete(board.id);
			}
		}
	}
}

const beginning = fc.constantFrom(...Object.values(BEGINNINGS));
/** One after the other: the server takes one at a time, and a round is known by its millisecond. */
const later = fc.integer({ min: 1, max: 900_000 });
const steps = fc.array(
	fc.record({
		what: fc.oneof({ weight: 5, arbitrary: command }, { weight: 2, arbitrary: vote }),
		by: giver,
		later
	}),
	{ maxLength: 50, size: 'max' }
);

test('CO1 CO11 PO2 CB10 TB4 VO2 VO23 TF22 whatever anybody commands and votes, the workshop stays whole, and undo puts it back', () => {
	fc.assert(
		fc.property(beginning, steps, (first, sequence) => {
			const room = new Room(after(draft(), first));
			for (const { what, by, later } of sequence) {
				room.now += later;
				if (what.type === 'votes') room.cast(what);
				else {
					v.assert(commandSchema, what);
					room.give(what, by);
				}
				room.check();
			}
		}),
		{ numRuns: 400 }
	);
});

const grouping = [...BEGINNINGS['a board in write']!, { type: 'go', phase: 'group' } as const];
/** Before a vote and in one, in each way in which there is something to spend. */
const VOTES_BEGIN: FacilitationCommand[][] = [
	grouping,
	BEGINNINGS['a vote']!,
	[
		...grouping,
		{ type: 'set-dots', dots: 3, onOne: 3 },
		{ type: 'set-voting', way: 'order' },
		{ type: 'next' }
	],
	[
		...grouping,
		{ type: 'set-dots', dots: 3, onOne: 3 },
		{ type: 'set-voting', perColumn: true },
		{ type: 'next' }
	]
];
/** What is about votes alone: others come too seldom to spend what they have. */
const aboutVotes = fc.array(
	fc.oneof(
		{ weight: 6, arbitrary: vote },
		...(['set-dots', 'new-round', 'set-voting', 'undo', 'back', 'next', 'ask'] as const).map(
			(type) => ({
				weight: ['undo', 'next', 'set-dots'].includes(type) ? 3 : 1,
				arbitrary: ANY[type] as fc.Arbitrary<FacilitationCommand>
			})
		)
	),
	{ maxLength: 40, size: 'max' }
);

test('VO2 VO12 VO16 VO23 VO56 while dots, rounds and phases go up, down and back, nobody has more than everybody has, and no round that was taken back counts', () => {
	fc.assert(
		fc.property(fc.constantFrom(...VOTES_BEGIN), aboutVotes, (first, sequence) => {
			const room = new Room(after(draft(), first));
			for (const what of sequence) {
				room.now += 1000;
				if (what.type === 'votes') room.cast(what);
				else room.give(what, GIVERS[0]!);
				room.check();
			}
		}),
		{ numRuns: 400 }
	);
});

/** Not taken back (TF24); and what is said of a draft alone. */
const NEVER = new Set<string>(['undo', 'change-code', 'set-anonymous']);

test.each(TYPES)('TF22 TB4 %s is agreed to somewhere, and taken back all is as it was', (type) => {
	let taken = 0;
	for (const first of Object.values(BEGINNINGS)) {
		const before = after(draft(), first);
		for (const one of fc.sample(ANY[type] as fc.Arbitrary<FacilitationCommand>, {
			numRuns: 20,
			seed: 7
		})) {
			const room = new Room(before);
			room.now += MINUTE;
			if (!room.give(one, GIVERS[0]!) || room.state.past.length === 0) continue;
			taken += 1;
			room.now += MINUTE;
			expect(room.give({ type: 'undo' }, GIVERS[1]!)).toBe(true);
			expect(room.state.past).toEqual([]);
			room.check();
		}
	}
	expect(taken > 0).toBe(!NEVER.has(type));
});
