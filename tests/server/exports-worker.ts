/** A worker that does as its data says: a stand-in for the maker of files where a test needs it to go wrong. */
import type { Done, Job } from '#server/exports/export-worker.ts';

process.on('disconnect', () => process.exit());
process.on('message', ({ id, order }: Job) => {
	const wish: unknown = order.make === 'page' ? JSON.parse(order.data) : 'well';
	if (wish === 'die') process.exit(3);
	if (wish === 'hang') return;
	const done: Done =
		wish === 'fail'
			? { id, failed: 'as asked' }
			: {
					id,
					bytes: wish === 'who' ? Buffer.from(`${process.pid}`) : new Uint8Array([id]),
					accessible: true
				};
	process.send!(done);
});
