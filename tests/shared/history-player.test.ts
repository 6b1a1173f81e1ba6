/** Going through a history: by hand, and playing. */
import { expect, test } from 'vitest';
import type { Changes, MomentBoard, MomentView } from '#shared/history.ts';
import { EACH, Player } from '../../src/lib/history/player.ts';
import { createTestClock } from '../support/clock.ts';
import { until } from '../support/until.ts';

const NONE: Changes = {
	moved: 0,
	came: 0,
	gone: 0,
	hidden: 0,
	shown: 0,
	groupsMade: 0,
	groupsGone: 0,
	groupsNamed: 0
};
const moments: MomentView[] = [10, 20, 30].map((at) => ({
	at,
	phase: 'group',
	why: 'minute',
	changes: null
}));
const momentAt = (at: number): MomentBoard => ({
	at,
	board: { cards: [], groups: [] },
	hidden: [],
	lost: 0,
	restoring: NONE
});

/** A page at the last of three moments. `held`: what does not answer yet. */
function page() {
	const clock = createTestClock();
	const state = { index: 2, playing: false, failed: false };
	const drawn: number[] = [];
	const asked = new Map<number, { come(): void; fail(): void }>();
	let isHeld = false;
	const load = (at: number) =>
		isHeld
			? new Promise<MomentBoard>((resolve, reject) =>
					asked.set(at, {
						come: () => resolve(momentAt(at)),
						fail: () => reject(new Error('no network'))
					})
				)
			: Promise.resolve(momentAt(at));
	const show = ({ at }: MomentBoard) => void drawn.push(at);
	const player = new Player(state, { moments: () => moments, load, show }, clock);
	return { clock, state, drawn, player, asked, hold: () => (isHeld = true) };
}

test('HI17 moments are stepped to by hand, and no further than there are', async () => {
	const { player, state, drawn } = page();
	expect(await player.go(0)).toBe(true);
	await player.go(-1);
	await player.go(9);
	expect(drawn).toEqual([10, 10, 30]);
	expect(state).toEqual({ index: 2, playing: false, failed: false });
});

test('HI17 played, they follow one another to the last, and from the first again', async () => {
	const { player, state, drawn, clock } = page();
	await player.play();
	expect(drawn).toEqual([10]);
	for (const at of [20, 30]) {
		clock.advance(EACH - 1);
		expect(drawn).not.toContain(at);
		clock.advance(1);
		await until(() => drawn.includes(at));
	}
	await until(() => !state.playing);
	clock.advance(EACH * 3);
	expect(drawn).toEqual([10, 20, 30]);
});

test('HI17 whoever steps by hand, or pauses, stops the playing', async () => {
	for (const stop of ['pause', 'go'] as const) {
		const { player, state, drawn, clock } = page();
		await player.play();
		if (stop === 'pause') player.pause();
		else await player.go(1);
		expect(state.playing).toBe(false);
		const before = [...drawn];
		clock.advance(EACH * 3);
		expect(drawn).toEqual(before);
	}
});

test('HI17 what comes late is not drawn over what was asked for since, and what fails is said', async () => {
	const { player, state, drawn, asked, hold } = page();
	hold();
	const first = player.go(0);
	const second = player.go(1);
	asked.get(20)!.come();
	expect(await second).toBe(true);
	asked.get(10)!.come();
	expect(await first).toBe(false);
	expect(drawn).toEqual([20]);
	const third = player.go(2);
	asked.get(30)!.fail();
	expect(await third).toBe(false);
	expect(state).toEqual({ index: 2, playing: false, failed: true });
	expect(drawn).toEqual([20]);
});
