/** A worker that does as its data says: a stand-in for the maker of files where a test needs it to go wrong. */
import { parentPort } from 'node:worker_threads';
import type { Done, Job } from '#server/exports/export-worker.ts';

parentPort?.on('message', ({ id, order }: Job) => {
	const wish: unknown = order.make === 'page' ? JSON.parse(order.data) : 'well';
	if (wish === 'die') process.exit(3);
	if (wish === 'hang') return;
	const done: Done =
		wish === 'fail'
			? { id, failed: 'as asked' }
			: { id, bytes: new Uint8Array([id]), accessible: true };
	// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
	parentPort?.postMessage(done);
});
