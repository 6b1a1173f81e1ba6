/** Sleeping, waking, and networks that come and go: told by events and clocks of a test. */
import { expect, test, vi } from 'vitest';
import { Safekeeping, type OpenBoard } from '../../src/lib/state/safekeeping.ts';
import { readRemembered, remember, type Remembered } from '../../src/lib/sync/remembered.ts';
import { ServerTime } from '../../src/lib/sync/server-time.ts';
import { LastHeard, listenForWaking, type Surroundings } from '../../src/lib/sync/waking.ts';
import { pauseAfter } from '../../src/lib/sync/yjs-connection.ts';
import { inPhase, START } from './facilitation-room.ts';
import { viewFor } from '#shared/facilitation/view.ts';
import { MemoryStorage } from './sync-device.ts';

/** A browser's page, whose clocks are moved by hand. */
class Page implements Surroundings {
	page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
	window = new EventTarget();
	times = { wall: START, steady: 1000 };
	#tick = () => {};
	wall = () => this.times.wall;
	steady = () => this.times.steady;
	every = (_ms: number, run: () => void) => {
		this.#tick = run;
		return () => (this.#tick = () => {});
	};
	pass(ms: number, { wall = ms, steady = ms } = {}): void {
		this.times.wall += wall;
		this.times.steady += steady;
		this.#tick();
	}
}

function listening() {
	const page = new Page();
	const heard: (string | number)[] = [];
	const stop = listenForWaking(
		{
			woke: (silentFor) => heard.push(silentFor),
			lost: () => heard.push('lost'),
			clockSet: () => heard.push('clock set'),
			tick: () => {}
		},
		page
	);
	return { page, heard, stop };
}

test('CL32 a tick that comes late tells of a sleep, also where a clock stood still in it', () => {
	const { page, heard } = listening();
	page.pass(1000);
	page.pass(5900);
	expect(heard).toEqual([]);
	page.pass(6100);
	expect(heard).toEqual([0]);
	page.pass(600_000, { steady: 1000 });
	expect(heard).toEqual([0, 'clock set', 0]);
});

test('CL32 in a tab that nobody looks at, late ticks leave live connections alone', () => {
	const { page, heard } = listening();
	page.page.visibilityState = 'hidden';
	page.pass(60_000);
	expect(heard).toEqual([7000]);
});

test('CL32 a page that is shown, resumed, out of a store, or has a network again wakes', () => {
	const { page, heard, stop } = listening();
	page.page.visibilityState = 'hidden';
	page.page.dispatchEvent(new Event('visibilitychange'));
	page.window.dispatchEvent(new Event('pageshow'));
	expect(heard).toEqual([]);
	page.page.visibilityState = 'visible';
	page.page.dispatchEvent(new Event('visibilitychange'));
	page.page.dispatchEvent(new Event('resume'));
	page.window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
	page.window.dispatchEvent(new Event('online'));
	expect(heard).toEqual([7000, 1000, 0, 1000]);
	stop();
	page.window.dispatchEvent(new Event('online'));
	page.pass(60_000);
	expect(heard).toHaveLength(4);
});

test('CL33 a device without a network says so at once', () => {
	const { page, heard } = listening();
	page.window.dispatchEvent(new Event('offline'));
	expect(heard).toEqual(['lost']);
});

test('CL34 a clock that is set is noticed from a quarter of a second on', () => {
	const { page, heard } = listening();
	page.pass(1000, { wall: 1250 });
	page.pass(1000, { wall: 750 });
	expect(heard).toEqual([]);
	page.pass(1000, { wall: -3_600_000 });
	expect(heard).toEqual(['clock set']);
});

test('CL34 the time is right to 300 ms, however wrong the clock is and however it is set', async () => {
	const page = new Page();
	const server = () => page.times.steady + 7_777_777;
	const time = new ServerTime(page.steady);
	const ways = [180, 40, 90, 250, 60];
	const ask = async () => {
		const way = ways.shift() ?? 30;
		page.pass(way * 0.9);
		const answer = server();
		page.pass(way * 0.1);
		return answer;
	};
	page.times.wall = 0;
	await time.learn(ask);
	expect(Math.abs(time.now() - server())).toBeLessThanOrEqual(300);
	for (const jump of [3_600_000, -7_200_000, 251]) {
		page.pass(1000, { wall: jump });
		expect(Math.abs(time.now() - server())).toBeLessThanOrEqual(300);
	}
});

test('CL34 after a sleep in which every clock of the page stood still, it is learned again', async () => {
	const page = new Page();
	let slept = 0;
	const server = () => page.times.steady + slept;
	const time = new ServerTime(page.steady);
	await time.learn(async () => server());
	slept = 600_000;
	expect(time.now()).toBe(server() - slept);
	await time.learn(async () => server());
	expect(time.now()).toBe(server());
});

test('CL31 pauses are spread from 0.2 s on: to 2 s at first, about one on average, and to 5 s later', () => {
	expect([pauseAfter(0, 0), pauseAfter(0, 0.5), pauseAfter(0, 1)]).toEqual([200, 1100, 2000]);
	expect(pauseAfter(1, 1)).toBe(4000);
	expect([pauseAfter(2, 1), pauseAfter(50, 1)]).toEqual([5000, 5000]);
});

test('CL30 how long nothing was heard is told by the clock that says longer', () => {
	const page = new Page();
	const heard = new LastHeard(page);
	page.pass(13_000, { steady: 2000 });
	expect(heard.ago).toBe(13_000);
	page.pass(0, { wall: -60_000 });
	expect(heard.ago).toBe(2000);
	heard.now();
	expect(heard.ago).toBe(0);
});

const board = (): OpenBoard & {
	saved: boolean;
	closingIsSafe: boolean;
	connected: boolean;
	asked: unknown[];
} => ({
	saved: true,
	closingIsSafe: true,
	connected: false,
	asked: [],
	watch() {
		this.asked.push('watch');
	},
	wake(silentFor) {
		this.asked.push(silentFor);
	}
});
const nothing = {
	woke: () => {},
	lost: () => {},
	reached: () => {},
	clockSet: () => {},
	tick: () => {}
};
const view = viewFor(
	{ id: 'workshop-one', code: 'ABC234', version: 3, state: inPhase('write') },
	'participant',
	START
);
const room = () => ({
	view,
	exercises: {},
	comments: {},
	actions: {},
	ballots: {},
	held: {},
	left: {}
});

test('CL32 every open board is woken, and CL30 watched by the second', () => {
	const keeping = new Safekeeping('workshop-one', null);
	const page = new Page();
	const [one, other] = [board(), board()];
	keeping.opened(one);
	const closed = keeping.opened(other);
	keeping.start(nothing, () => null, page);
	page.pass(1000);
	closed();
	page.window.dispatchEvent(new Event('online'));
	page.window.dispatchEvent(new Event('offline'));
	expect(one.asked).toEqual(['watch', 1000, 0]);
	expect(other.asked).toEqual(['watch']);
	keeping.stop();
});

test('CL31 the room’s connection hears it once when a board is back, and again after the next break', () => {
	const keeping = new Safekeeping('workshop-one', null);
	const page = new Page();
	const [one, other] = [board(), board()];
	for (const opened of [one, other]) keeping.opened(opened);
	let heard = 0;
	keeping.start({ ...nothing, reached: () => (heard += 1) }, () => null, page);
	page.pass(1000);
	expect(heard).toBe(0);
	one.connected = true;
	page.pass(1000);
	other.connected = true;
	page.pass(1000);
	expect(heard).toBe(1);
	one.connected = other.connected = false;
	page.pass(1000);
	other.connected = true;
	page.pass(1000);
	expect(heard).toBe(2);
	keeping.stop();
});

test('CL46 a page is quiet once everything is saved and nobody has typed for half a minute', () => {
	const keeping = new Safekeeping('workshop-one', null);
	const page = new Page();
	const one = board();
	keeping.opened(one);
	keeping.start(nothing, () => null, page);
	page.pass(29_999);
	expect(keeping.isQuiet).toBe(false);
	page.pass(1);
	expect(keeping.isQuiet).toBe(true);
	page.window.dispatchEvent(new Event('input'));
	expect(keeping.isQuiet).toBe(false);
	page.pass(30_000);
	one.saved = false;
	expect(keeping.isQuiet).toBe(false);
	one.closingIsSafe = false;
	expect(keeping.closingIsSafe).toBe(false);
	keeping.stop();
});

test('CL43 a participant’s room is remembered when the page goes, without the code; others’ pages remember nothing', () => {
	const storage = MemoryStorage.install();
	const page = new Page();
	const ada = new Safekeeping('workshop-one', null);
	ada.start(nothing, room, page);
	page.window.dispatchEvent(new Event('pagehide'));
	expect(storage.keys).toEqual([]);
	const ben = new Safekeeping('workshop-one', { seat: 'ben' });
	ben.start(nothing, room, page);
	page.window.dispatchEvent(new Event('pagehide'));
	expect(readRemembered('workshop-one')).toMatchObject({
		seat: 'ben',
		view: { ...view, code: null }
	});
	expect(JSON.stringify(readRemembered('workshop-one'))).not.toContain('ABC234');
	for (const keeping of [ada, ben]) keeping.stop();
	storage.remove();
});

test('CL43 a room that is otherwise is remembered at once, as its page may crash, and what is told behind it as well', () => {
	const storage = MemoryStorage.install();
	vi.useFakeTimers();
	const keeping = new Safekeeping('workshop-one', { seat: 'ben' });
	let now = room();
	keeping.start(nothing, () => now, new Page());
	now = { ...now, view: { ...view, version: 4 } };
	keeping.changed();
	expect(readRemembered('workshop-one')).toMatchObject({ view: { version: 4 }, held: {} });
	now = { ...now, held: { 'board-one': 1 } };
	vi.runOnlyPendingTimers();
	expect(readRemembered('workshop-one')).toMatchObject({ held: { 'board-one': 1 } });
	vi.useRealTimers();
	keeping.stop();
	storage.remove();
});

test('CL43 what the version before has remembered is read, with what that did not know', () => {
	const storage = MemoryStorage.install();
	const { boards: _boards, tables: _tables, ...old } = { ...view, tables: undefined };
	const boards = [{ id: 'board-one', title: 'A barrier' }];
	const before = { ...room(), seat: 'ben', at: 1, view: { ...old, boards } };
	const keep = (format: number) =>
		localStorage.setItem('plenary:room:workshop-one', JSON.stringify({ ...before, format }));
	keep(1);
	expect(readRemembered('workshop-one')?.view).toMatchObject({
		tables: null,
		rehearsalOf: null,
		boards: [{ id: 'board-one', title: 'A barrier', round: 0, rounds: [] }]
	});
	keep(0);
	expect(readRemembered('workshop-one')).toBeNull();
	storage.remove();
});

test('CL43 what is somebody else’s goes, with the notebooks and commands that they left', async () => {
	const storage = MemoryStorage.install();
	const seen: Remembered = { ...room(), seat: 'ben', at: 0 };
	remember(seen);
	storage.setItem('plenary:command:workshop-one:c', '{}');
	storage.setItem(
		'plenary:notebook:board-one',
		'{"workshop":"workshop-one","epoch":"e","savedAt":1}'
	);
	storage.setItem('plenary:unsaved:board-one:e:1', '1');
	storage.setItem('plenary:command:workshop-two:c', '{}');
	expect(await new Safekeeping('workshop-one', { seat: null }).remembered()).toMatchObject({
		seat: 'ben'
	});
	expect(await new Safekeeping('workshop-one', null).remembered()).toBeNull();
	expect(await new Safekeeping('workshop-one', { seat: 'chidi' }).remembered()).toBeNull();
	expect(storage.keys).toEqual(['plenary:command:workshop-two:c']);
	storage.remove();
});

test('CL43 where there is no room for everything, the lists are left out', () => {
	const storage = MemoryStorage.install();
	const long = 'x'.repeat(2000);
	const comments = {
		b: [{ id: 'c', card: 'd', text: long, at: 1, mine: true }]
	} as unknown as Remembered['comments'];
	vi.spyOn(storage, 'setItem').mockImplementationOnce(() => {
		throw new Error('no room');
	});
	remember({ ...room(), comments, seat: 'ben', at: 0 });
	expect(readRemembered('workshop-one')).toMatchObject({ comments: {}, view: { version: 3 } });
	storage.remove();
});
