/** The room screen while nobody is at it: awake, and turning its pages; and whoever steps up to it. */
import { expect, onTestFinished, test } from 'vitest';
import {
	pageAt,
	staysAt,
	TURN_EVERY,
	turnBy,
	turnedTo,
	unturned,
	type Turned
} from '../../src/lib/room-screen/turning.ts';
import { stayAwake } from '../../src/lib/ui/stay-awake.ts';

/** What a browser has of it: a page that is seen or not, and locks that are held while it is. */
function browser(may = true) {
	const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
	const held = new Set<object>();
	const wakeLock = {
		async request() {
			if (!may) throw new Error('the battery is low');
			const lock = { release: async () => void held.delete(lock) };
			held.add(lock);
			return lock;
		}
	};
	for (const [name, value] of Object.entries({ document: page, navigator: { wakeLock } })) {
		const before = Object.getOwnPropertyDescriptor(globalThis, name);
		Object.defineProperty(globalThis, name, { value, configurable: true });
		onTestFinished(() => {
			Reflect.deleteProperty(globalThis, name);
			if (before) Object.defineProperty(globalThis, name, before);
		});
	}
	return {
		held: async () => {
			for (let turn = 0; turn < 5; turn++) await Promise.resolve();
			return held.size;
		},
		see(visibilityState: 'visible' | 'hidden') {
			// A browser lets go of them itself once the page is out of sight.
			if (visibilityState === 'hidden') held.clear();
			page.visibilityState = visibilityState;
			page.dispatchEvent(new Event('visibilitychange'));
		}
	};
}

test('SC27 the device is awake while the page is seen, again after it was out of sight, and no longer than that', async () => {
	const { held, see } = browser();
	const sleep = stayAwake();
	expect(await held()).toBe(1);
	see('hidden');
	expect(await held()).toBe(0);
	see('visible');
	expect(await held()).toBe(1);
	sleep();
	expect(await held()).toBe(0);
	see('visible');
	expect(await held()).toBe(0);
	// Gone before it was there.
	stayAwake()();
	expect(await held()).toBe(0);
});

test('SC27 a browser that may not keep the device awake lets the page be', async () => {
	const { held } = browser(false);
	const sleep = stayAwake();
	expect(await held()).toBe(0);
	sleep();
	Object.assign(navigator, { wakeLock: undefined });
	stayAwake()();
	expect(await held()).toBe(0);
});

const MINUTE = 60_000;
const press = (key: string, rest: Partial<KeyboardEvent> = {}) => {
	return { key, ctrlKey: false, metaKey: false, altKey: false, repeat: false, ...rest };
};
const turnedBy = (
	press: Parameters<typeof turnBy>[0],
	turned: Turned,
	pages: number,
	now: number
) => {
	const to = turnBy(press);
	return to && turnedTo(to, turned, pages, now);
};

test('SC28 pages turn by themselves, and after the last comes the first', () => {
	const begun = unturned(1000);
	const at = (turns: number) => pageAt(begun, 3, 1000 + turns * TURN_EVERY);
	expect([0, 0.99, 1, 1.99, 2, 3].map(at)).toEqual([0, 0, 1, 1, 2, 0]);
	expect(pageAt(begun, 1, 1000 + TURN_EVERY)).toBe(0);
	expect(pageAt(begun, 0, 1000 + TURN_EVERY)).toBe(0);
});

test('SC28 arrows and a clicker turn the page both ways and hold it for two minutes after the last press', () => {
	const begun = unturned(0);
	for (const [key, page] of [
		['ArrowRight', 1],
		['PageDown', 1],
		['ArrowLeft', 3],
		['PageUp', 3]
	] as const) {
		const once = turnedBy(press(key), begun, 4, 5000)!;
		expect(pageAt(once, 4, 5000)).toBe(page);
		const twice = turnedBy(press(key), once, 4, MINUTE)!;
		expect(pageAt(twice, 4, MINUTE)).toBe(2);
		expect(pageAt(twice, 4, 3 * MINUTE - 1)).toBe(2);
		expect(pageAt(twice, 4, 3 * MINUTE)).toBe(3);
		expect(pageAt(twice, 4, 3 * MINUTE + TURN_EVERY)).toBe(0);
	}
});

test('SC28 space holds a page, and lets it go on', () => {
	const held = turnedBy(press(' '), unturned(0), 4, TURN_EVERY)!;
	expect(pageAt(held, 4, 60 * MINUTE)).toBe(1);
	const on = turnedBy(press(' '), held, 4, 60 * MINUTE)!;
	expect(pageAt(on, 4, 60 * MINUTE + TURN_EVERY - 1)).toBe(1);
	expect(pageAt(on, 4, 60 * MINUTE + TURN_EVERY)).toBe(2);
	const turned = turnedBy(press('ArrowRight'), unturned(0), 4, 0)!;
	const letGo = turnedBy(press(' '), turned, 4, 1000)!;
	expect(pageAt(letGo, 4, 1000 + TURN_EVERY)).toBe(2);
});

test('SC28 what is held from its beginning stays, also when it is turned, until it is let go', () => {
	const begun = unturned(0, true);
	expect(pageAt(begun, 3, 60 * MINUTE)).toBe(0);
	const turned = turnedBy(press('PageDown'), begun, 3, MINUTE)!;
	expect(pageAt(turned, 3, 60 * MINUTE)).toBe(1);
	const on = turnedBy(press(' '), turned, 3, 60 * MINUTE)!;
	expect(pageAt(on, 3, 60 * MINUTE + TURN_EVERY)).toBe(2);
});

test('SC28 other keys, shortcuts of the browser and a single page turn nothing', () => {
	const none = [press('x'), press('ArrowRight', { altKey: true }), press(' ', { repeat: true })];
	expect(none.map((one) => turnedBy(one, unturned(0), 4, 0))).toEqual([null, null, null]);
	expect(turnedBy(press('ArrowRight'), unturned(0), 1, 0)).toBeNull();
});

test('SC37 a turn from elsewhere is the same as by a key, and whether a page stays is known', () => {
	for (const [to, key] of [
		['next', 'ArrowRight'],
		['previous', 'PageUp'],
		['stay', ' ']
	] as const)
		for (const begun of [unturned(0), unturned(0, true)])
			expect(turnedTo(to, begun, 4, 5000)).toEqual(turnedBy(press(key), begun, 4, 5000));
	expect(turnedTo('next', unturned(0), 1, 0)).toBeNull();
	expect(staysAt(unturned(0), 0)).toBe(false);
	expect(staysAt(unturned(0, true), 60 * MINUTE)).toBe(true);
	const turned = turnedTo('next', unturned(0), 4, 0)!;
	expect([staysAt(turned, MINUTE), staysAt(turned, 2 * MINUTE)]).toEqual([true, false]);
});
