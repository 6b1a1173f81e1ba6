/** A worker that does as its data says: a stand-in for Typst where a test needs it to go wrong. */
import { parentPort } from 'node:worker_threads';

parentPort?.on('message', ({ id, data }: { id: number; data: string }) => {
	const order: unknown = JSON.parse(data);
	if (order === 'die') process.exit(3);
	if (order === 'hang') return;
	const done =
		order === 'fail'
			? { id, failed: 'as asked' }
			: { id, pdf: new Uint8Array(1), accessible: true };
	// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
	parentPort?.postMessage(done);
});
