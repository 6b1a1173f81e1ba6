/** What was removed, and the way back. */
import { expect, test } from 'vitest';
import { LastRemoved } from '../../src/lib/board/last-removed.ts';

interface Line {
	id: string;
	at: number;
	text: string;
}

/** A list as the server has it: what is added stands at its end, under another id. */
function listOf(...texts: string[]) {
	let there = texts.map((text, at): Line => ({ id: text, at, text }));
	let refusal: string | null = null;
	const removed = new LastRemoved<Line>(
		async ({ id }) => {
			if (refusal === null) there = there.filter((one) => one.id !== id);
			return refusal;
		},
		async ({ text }) => {
			if (refusal === null) there = [...there, { id: `${text} again`, at: 10, text }];
			return refusal;
		}
	);
	return {
		removed,
		refuse: (because: string | null) => (refusal = because),
		remove: (id: string) => removed.remove(there.find((one) => one.id === id)!),
		there: () => there.map(({ id }) => id),
		shown: () => removed.among(there).map(({ id }) => id)
	};
}

test('BO25 what was removed keeps its place, and comes back once however often that is pressed', async () => {
	const { removed, remove, there, shown } = listOf('first', 'second', 'third');
	expect(await remove('second')).toBeNull();
	expect(there()).toEqual(['first', 'third']);
	expect(shown()).toEqual(['first', 'second', 'third']);
	expect(await Promise.all([removed.bringBack(), removed.bringBack()])).toEqual([null, null]);
	expect(removed.gone).toBeNull();
	expect(there()).toEqual(['first', 'third', 'second again']);
	expect(shown()).toEqual(there());
});

test('BO25 the last that was removed can be brought back, and what still stands is not there twice', async () => {
	const { removed, remove, shown } = listOf('first', 'second', 'third');
	await remove('first');
	await remove('third');
	expect(removed.gone?.id).toBe('third');
	expect(shown()).toEqual(['second', 'third']);
	// The answer is there before the news is.
	const stands = [removed.gone!];
	expect(removed.among(stands)).toBe(stands);
});

test('BO25 what may not go stays, and what may not come back can be tried again', async () => {
	const { removed, remove, refuse, there } = listOf('first');
	refuse('not now');
	expect(await remove('first')).toBe('not now');
	expect(removed.gone).toBeNull();
	refuse(null);
	await remove('first');
	refuse('too late');
	expect(await removed.bringBack()).toBe('too late');
	expect(removed.gone?.id).toBe('first');
	refuse(null);
	expect(await removed.bringBack()).toBeNull();
	expect(there()).toEqual(['first again']);
});
