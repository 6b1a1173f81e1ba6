import { expect, test } from 'vitest';
import { savingState } from '../../src/lib/board/saving-state.ts';
import { waitingToBeSaved } from '../../src/lib/facilitation/waiting.ts';

const NOW = 1_000_000;
const board = { saved: 'saved', online: true, waiting: 0 } as const;
const since = (ms: number, full = false) => ({ since: NOW - ms, bytes: 2000, full });

test('JO52 words are saved only when nothing waits, here or on the way', () => {
	expect(savingState(board, null, NOW)).toBe('saved');
	expect(savingState({ ...board, waiting: 1 }, null, NOW)).toBe('saving');
	expect(savingState({ ...board, waiting: 1, online: false }, null, NOW)).toBe('device');
	expect(savingState({ ...board, saved: 'saving' }, null, NOW)).toBe('saving');
	expect(savingState({ ...board, saved: 'unkept', waiting: 1 }, null, NOW)).toBe('unkept');
	expect(savingState({ ...board, saved: 'refused' }, since(60_000, true), NOW)).toBe('refused');
});

test('JO52 what others wait for is no news of one’s own; one’s own is after ten seconds', () => {
	expect(savingState(board, since(60_000), NOW)).toBe('saved');
	expect(savingState({ ...board, saved: 'saving' }, since(9_000), NOW)).toBe('saving');
	expect(savingState({ ...board, saved: 'saving' }, since(11_000), NOW)).toBe('long');
	expect(savingState({ ...board, saved: 'saving' }, since(11_000, true), NOW)).toBe('full');
	expect(savingState({ ...board, saved: 'device' }, since(11_000), NOW)).toBe('device');
});

test('JO50 the desk hears of all boards together, and of the oldest', () => {
	expect(waitingToBeSaved([null], NOW)).toBeNull();
	expect(waitingToBeSaved([since(5_000), null, since(42_900, true)], NOW)).toEqual({
		kilobytes: 4,
		seconds: 42,
		full: true
	});
});
