import { expect, test } from 'vitest';
import { writeAwareness, writeStep1, writeStep2, writeUpdate } from '#shared/wire/yjs-frames.ts';
import { SentFrames } from '../../src/lib/sync/sent-frames.ts';

const something = new Uint8Array([1, 2, 3]);
const update = writeUpdate(something);
const step2 = writeStep2(something);

/** A connection whose step 2 went out and was committed: frame 1. */
function inStep(): SentFrames {
	const frames = new SentFrames(false);
	frames.opened();
	frames.lets(step2);
	frames.committed(1);
	return frames;
}

test('CL1 saved once the frame that carried the last change is committed', () => {
	const frames = inStep();
	expect(frames.status).toBe('saved');
	frames.changed();
	expect(frames.status).toBe('saving');
	frames.lets(update);
	frames.changed();
	frames.lets(update);
	frames.committed(2);
	expect(frames.status).toBe('saving');
	frames.committed(3);
	expect(frames.status).toBe('saved');
});

test('CL1 frames that carry no update are not counted, and a step 2 without news is not waited for', () => {
	const frames = new SentFrames(false);
	frames.opened();
	frames.lets(writeStep1(something));
	frames.lets(writeAwareness(something));
	frames.lets(step2);
	expect(frames.status).toBe('saved');
	frames.changed();
	frames.lets(update);
	frames.committed(1);
	expect(frames.status).toBe('saving');
	frames.committed(2);
	expect(frames.status).toBe('saved');
});

test('CL2 an update waits for the step 2 that carries it', () => {
	const frames = new SentFrames(false);
	frames.opened();
	frames.changed();
	expect(frames.lets(update)).toBe(false);
	expect(frames.lets(writeStep1(something))).toBe(true);
	expect(frames.lets(step2)).toBe(true);
	expect(frames.lets(update)).toBe(true);
	frames.committed(1);
	expect(frames.status).toBe('saved');
});

test('CL3 what a lost connection owed', () => {
	const frames = inStep();
	frames.changed();
	frames.lets(update);
	frames.closed();
	expect(frames.status).toBe('device');
	frames.opened();
	expect(frames.status).toBe('saving');
	frames.lets(step2);
	frames.committed(1);
	expect(frames.status).toBe('saved');
});

test('CL3 what was committed before the connection went is not owed', () => {
	const frames = inStep();
	frames.changed();
	frames.lets(update);
	frames.committed(2);
	frames.closed();
	expect(frames.status).toBe('saved');
	frames.changed();
	expect(frames.status).toBe('device');
});

test('CL3 a copy with words that may not be saved begins on this device', () => {
	const frames = new SentFrames(true);
	expect(frames.status).toBe('device');
	frames.opened();
	frames.lets(step2);
	expect(frames.status).toBe('saving');
	frames.committed(1);
	expect(frames.status).toBe('saved');
});
