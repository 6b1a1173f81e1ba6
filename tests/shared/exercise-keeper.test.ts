/** An exercise that saves itself while it is edited: nothing that was typed is lost, and nobody is written over. */
import { beforeEach, expect, test } from 'vitest';
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import { ExerciseKeeper, type Saved } from '../../src/lib/exercise-editor/exercise-keeper.ts';

const barrier = findExercise('barrier')!;
const called = (title: string, version = 1): Exercise => ({ ...barrier, title, version });

/** What the device has, what was sent and is not answered, and what waits for its moment. */
let device: unknown;
let sent: { exercise: Exercise; answer: (saved: Saved) => void }[];
let due: (() => void)[];
beforeEach(() => {
	device = null;
	sent = [];
	due = [];
});

const keeper = (exercise = barrier) =>
	new ExerciseKeeper(exercise, {
		save: (changed) =>
			new Promise((answer) => {
				sent.push({ exercise: changed, answer });
			}),
		device: {
			read: () => device,
			write: (unsaved) => {
				device = structuredClone(unsaved);
				return true;
			},
			erase: () => (device = null)
		},
		after(_ms, run) {
			due.push(run);
			return () => (due = due.filter((one) => one !== run));
		},
		changed: () => {}
	});
const pass = () => due.splice(0).forEach((run) => run());
/** The server answers the first that waits for it; all that follows from that has happened. */
const answer = async (saved: Saved) => {
	sent.shift()!.answer(saved);
	await Promise.resolve();
	await Promise.resolve();
};

test('OX15 a change is saved a moment later, over the version that it was made of', async () => {
	const edited = keeper(called('First', 4));
	expect(edited.keeping).toBe('saved');
	edited.change(called('Second', 4));
	edited.change(called('Third', 4));
	expect([edited.keeping, sent.length]).toEqual(['saving', 0]);
	pass();
	expect(sent.map(({ exercise }) => [exercise.title, exercise.version])).toEqual([['Third', 4]]);
	await answer({ saved: true, version: 5 });
	expect([edited.keeping, device]).toEqual(['saved', null]);
	// What is typed while it is on its way goes next, over the new version.
	edited.change(called('Fourth', 4));
	pass();
	edited.change(called('Fifth', 4));
	pass();
	expect(sent).toHaveLength(1);
	await answer({ saved: true, version: 6 });
	expect(edited.keeping).toBe('saving');
	pass();
	expect([sent[0]!.exercise.title, sent[0]!.exercise.version]).toEqual(['Fifth', 6]);
});

test('OX15 what is not whole is not sent, and is there again after a reload', async () => {
	const edited = keeper();
	edited.change(called(''));
	pass();
	expect([edited.keeping, sent.length]).toEqual(['faulty', 0]);
	const again = keeper();
	again.takeUp();
	expect([again.exercise.title, again.keeping]).toEqual(['', 'faulty']);
	again.change(called('Whole'));
	pass();
	expect(sent[0]!.exercise.title).toBe('Whole');
	await answer({ saved: true, version: 2 });
	expect(device).toBeNull();
});

test('OX15 without a network it is tried again, and said to be on this device only', async () => {
	const edited = keeper();
	edited.change(called('Later'));
	pass();
	await answer(null);
	expect([edited.keeping, device]).toMatchObject(['device', { exercise: { title: 'Later' } }]);
	pass();
	expect(sent).toHaveLength(1);
	await answer({ saved: true, version: 2 });
	expect(edited.keeping).toBe('saved');
});

test('OX15 what a device keeps that is no exercise is passed over', () => {
	for (const kept of [null, 'x', { base: 1 }, { base: 1, exercise: { title: 'Half' } }]) {
		device = kept;
		const edited = keeper();
		edited.takeUp();
		expect([edited.exercise, edited.keeping]).toEqual([barrier, 'saved']);
	}
});

test('OX16 where another page has saved, one of the two is chosen, and none is lost before', async () => {
	const edited = keeper();
	edited.change(called('Mine'));
	pass();
	await answer({ saved: false, there: called('Theirs', 7) });
	expect([edited.keeping, edited.exercise.title]).toEqual(['elsewhere', 'Mine']);
	edited.change(called('Mine, still'));
	pass();
	expect(sent).toHaveLength(0);
	edited.keepMine();
	pass();
	expect([sent[0]!.exercise.title, sent[0]!.exercise.version]).toEqual(['Mine, still', 7]);

	// Likewise where that was found after a reload.
	device = { base: 1, exercise: called('Mine') };
	const again = keeper(called('Theirs', 7));
	again.takeUp();
	expect([again.keeping, again.exercise.title]).toEqual(['elsewhere', 'Mine']);
	again.takeTheirs();
	expect([again.keeping, again.exercise.title, device]).toEqual(['saved', 'Theirs', null]);
});

test('OX16 what the server refuses for good is said, and stays on the device', async () => {
	const edited = keeper();
	edited.change(called('Of nobody'));
	pass();
	await answer({ refused: 'not-found' });
	expect([edited.keeping, edited.refused]).toEqual(['refused', 'not-found']);
	expect(device).not.toBeNull();
});
