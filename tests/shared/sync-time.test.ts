import { expect, test } from 'vitest';
import { ServerTime } from '../../src/lib/sync/server-time.ts';

/** A device whose clock is an hour slow, and a way to the server that takes these milliseconds each way. */
function device(ways: [there: number, back: number][]) {
	let local = 1_000_000;
	const server = () => local + 3_600_000;
	const time = new ServerTime(() => local);
	const ask = async () => {
		const [there, back] = ways.shift() ?? [1, 1];
		local += there;
		const answer = server();
		local += back;
		return answer;
	};
	return { time, ask, server };
}

test('CL12 the question with the shortest way counts', async () => {
	const { time, ask, server } = device([
		[400, 10],
		[9, 11],
		[300, 700],
		[10, 30],
		[50, 50]
	]);
	await time.learn(ask);
	expect(time.now()).toBe(server() - 1);
	expect(time.learned).toBe(true);
});

test('CL12 what was told with other news serves until then', async () => {
	const { time, server } = device([]);
	time.heard(server());
	expect(time.now()).toBe(server());
	expect(time.learned).toBe(false);
});

test('CL12 a question without an answer keeps what is known', async () => {
	const { time, server } = device([]);
	time.heard(server());
	await time.learn(() => Promise.reject(new Error('no answer')));
	expect(time.now()).toBe(server());
	expect(time.learned).toBe(false);
});
