/**
 * One job for many who ask at about the same moment. A quiet server serves each at once. Where many
 * have asked in the last few milliseconds it waits for more, and serves them together: so a room
 * that comes back costs some hundreds of queries and not thousands. No answer is older than its
 * question.
 */
import { realClock } from '#shared/clock.ts';

/** In ms: so many questions within it are a crowd, and then it is waited for more as long. */
const WINDOW = 25;
const CROWD = 8;

/** `serve` takes what was asked, and answers how to find each one's answer. */
export function createGathering<Asked, Answer>(
	serve: (asked: Asked[]) => Promise<(one: Asked) => Answer>
): (one: Asked) => Promise<Answer> {
	let waiting: { one: Asked; answered: PromiseWithResolvers<Answer> }[] = [];
	let isServing = false;
	let window = { from: -Infinity, asked: 0, before: 0 };

	/** Counts a question, by the window that it falls into and the one before. */
	function count(): void {
		const now = performance.now();
		const age = now - window.from;
		if (age > 2 * WINDOW) window = { from: now, asked: 0, before: 0 };
		else if (age > WINDOW) window = { from: now, asked: 0, before: window.asked };
		window.asked += 1;
	}

	const forOthers = (): Promise<void> =>
		new Promise((resolve) => {
			if (window.asked + window.before >= CROWD) realClock.after(WINDOW, resolve);
			else setImmediate(resolve);
		});

	async function run(): Promise<void> {
		isServing = true;
		while (waiting.length > 0) {
			await forOthers();
			const served = waiting;
			waiting = [];
			try {
				const answerTo = await serve(served.map(({ one }) => one));
				for (const { one, answered } of served) answered.resolve(answerTo(one));
			} catch (error) {
				for (const { answered } of served) answered.reject(error);
			}
		}
		isServing = false;
	}

	return (one) => {
		const answered = Promise.withResolvers<Answer>();
		count();
		waiting.push({ one, answered });
		if (!isServing) void run();
		return answered.promise;
	};
}
