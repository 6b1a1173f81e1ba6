import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { RUNNING_PHASES } from '#shared/exercises/format.ts';
import type { FacilitationCommand } from '#shared/facilitation/commands.ts';
import type { WorkshopState } from '#shared/facilitation/state.ts';
import { PAST, remembering, undone } from '#shared/facilitation/undo.ts';
import { viewFor } from '#shared/facilitation/view.ts';
import { isRefusal } from '#shared/refusals.ts';
import { after, boardOf, draft, give, inPhase, MINUTE, start, START } from './facilitation-room.ts';

const opened = () => after(draft(), [{ type: 'open' }]);
/** As the server does it: each state with what led to it remembered, and how it stood before. */
class Desk {
	state: WorkshopState = opened();
	now = START;
	readonly before: WorkshopState[] = [];

	give(command: FacilitationCommand): boolean {
		const next = give(this.state, command, this.now);
		if (isRefusal(next)) return false;
		const known = remembering(this.state, next, command, this.before.length);
		if (known !== next) this.before.push(this.state);
		this.state = known;
		return true;
	}
	undo(): WorkshopState {
		const before = this.before.pop()!;
		this.state = undone(before, this.state, this.now);
		return before;
	}
}

/** What taking back leaves as it was: all but what people have seen, and a phase's grace. */
const comparable = (state: WorkshopState) => ({
	...state,
	boards: state.boards.map(({ revealed: _r, writing: _w, closing: _c, ...board }) => board)
});

const commands: fc.Arbitrary<FacilitationCommand> = fc.oneof(
	fc.constantFrom<FacilitationCommand>(
		{ type: 'next' },
		{ type: 'back' },
		{ type: 'finish' },
		{ type: 'close' },
		{ type: 'open' },
		{ type: 'pause' },
		{ type: 'resume' },
		{ type: 'end-timer' },
		{ type: 'extend', minutes: 2, taken: true },
		{ type: 'start-break', minutes: 5 },
		{ type: 'end-break' },
		{ type: 'hide-card', board: 'board-one', card: 'card-one' },
		{ type: 'show-card', board: 'board-one', card: 'card-one' },
		{ type: 'spotlight', on: { card: 'card-one' } },
		{ type: 'set-agenda', agenda: ['barrier', 'short', 'short'] },
		{ type: 'replan', minutes: 1 },
		{ type: 'show-votes' },
		{ type: 'blank-screen' }
	),
	fc.record({ type: fc.constant('go' as const), phase: fc.constantFrom(...RUNNING_PHASES) }),
	fc.record({
		type: fc.constant('start' as const),
		exercise: fc.constantFrom(0, 2, 3),
		board: fc.constantFrom('board-one', 'board-two')
	})
);

test('TF22 taken back one after the other, all is as it was, but for what people have seen', () => {
	fc.assert(
		fc.property(fc.array(commands, { maxLength: PAST }), (sequence) => {
			const desk = new Desk();
			for (const command of sequence) {
				desk.now += 20_000;
				desk.give(command);
			}
			while (desk.before.length > 0) {
				const seen = new Map(desk.state.boards.map((board) => [board.id, board.revealed]));
				const before = desk.undo();
				expect(comparable(desk.state)).toEqual(comparable(before));
				for (const board of desk.state.boards)
					if (seen.get(board.id)) expect(board.revealed).toBe(true);
			}
			expect(desk.state.past).toEqual([]);
		}),
		{ numRuns: 300 }
	);
});

test('TF22 a reveal that is taken back leaves the cards turned over, and writing open', () => {
	const before = inPhase('write');
	const shared = after(before, [{ type: 'next' }], START + MINUTE);
	const back = boardOf(undone(before, shared, START + 2 * MINUTE));
	expect(back).toMatchObject({ phase: 'write', revealed: true, writing: 'open' });
	expect(back.timer).toEqual(boardOf(before).timer);
	expect(back.closing).toMatchObject({ at: START + 2 * MINUTE, forwarded: true });
});

test('TF22 what would go on by itself at once stands still', () => {
	const before = inPhase('write', [{ type: 'set-going-on', by: 'clock' }]);
	const shared = after(before, [{ type: 'next' }], START + 5 * MINUTE);
	const back = boardOf(undone(before, shared, START + 6 * MINUTE));
	expect(back.timer).toEqual({ kind: 'paused', left: MINUTE });
});

test('TF22 those who facilitate are told what would be taken back, and twenty are remembered', () => {
	const desk = new Desk();
	desk.give(start(0, 'board-one'));
	for (let i = 0; i < 30; i++) desk.give({ type: i % 2 === 0 ? 'mute' : 'unmute' });
	expect(desk.state.past).toHaveLength(PAST);
	const seenBy = (role: 'facilitator' | 'participant' | 'screen') =>
		viewFor({ id: 'w', code: 'K7M4PR', version: 1, state: desk.state }, role, START).undo;
	expect(seenBy('facilitator')).toBe('unmute');
	expect([seenBy('participant'), seenBy('screen')]).toEqual([null, null]);
});

test('TF24 opening the doors for the first time, and another code, are not taken back', () => {
	const open: FacilitationCommand = { type: 'open' };
	expect(remembering(draft(), opened(), open, 2).past).toEqual([]);
	expect(remembering(opened(), opened(), { type: 'change-code' }, 2).past).toEqual([]);
	const closed = after(opened(), [{ type: 'close' }]);
	expect(remembering(closed, opened(), open, 2).past).toEqual([{ version: 2, deed: 'open' }]);
});
