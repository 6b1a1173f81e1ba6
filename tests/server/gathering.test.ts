import { expect, test } from 'vitest';
import { createGathering } from '#server/gathering.ts';
import { until } from '../support/until.ts';

test('SA67 who asks while a look-up is under way is served together by the next, and by no earlier one', async () => {
	let value = 'old';
	const served: string[][] = [];
	const gates: (() => void)[] = [];
	const ask = createGathering(async (asked: string[]) => {
		served.push(asked);
		const read = value;
		await new Promise<void>((resolve) => gates.push(resolve));
		return (one) => `${one}: ${read}`;
	});
	const first = ask('Ada');
	await until(() => gates.length === 1);
	value = 'new';
	const others = ['Ben', 'Chidi', 'Ben'].map((one) => ask(one));
	gates[0]!();
	expect(await first).toBe('Ada: old');
	await until(() => gates.length === 2);
	gates[1]!();
	expect(await Promise.all(others)).toEqual(['Ben: new', 'Chidi: new', 'Ben: new']);
	expect(served).toEqual([['Ada'], ['Ben', 'Chidi', 'Ben']]);
});

test('SA67 a look-up that fails is the failure of those who asked for it, and of nobody after them', async () => {
	let fails = true;
	const ask = createGathering(async () => {
		if (fails) throw new Error('away');
		return (one: string) => one;
	});
	await expect(ask('Ben')).rejects.toThrow('away');
	fails = false;
	expect(await ask('Ben')).toBe('Ben');
});

test('SA67 a crowd is waited for: a hundred who ask one after the other are served in a few jobs', async () => {
	let jobs = 0;
	const ask = createGathering(async () => {
		jobs += 1;
		return (one: number) => one;
	});
	const answers: Promise<number>[] = [];
	for (let one = 0; one < 100; one += 1) {
		answers.push(ask(one));
		await new Promise(setImmediate);
	}
	expect(await Promise.all(answers)).toEqual(answers.map((_, one) => one));
	expect(jobs).toBeLessThan(50);
});
