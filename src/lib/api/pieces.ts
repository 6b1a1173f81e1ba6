/** A file on its way to whoever asked for it: as fast as it is taken, and not for ever. */

/** In bytes: what is on its way to one device at a time. */
const PIECE = 64 * 1024;
/** In ms: whoever takes no piece for so long has gone, and nothing is kept for them. */
const PATIENCE = 60_000;

/** Who waits on a slow line holds a piece, not a file of their own. */
export function inPieces(body: Uint8Array): ReadableStream<Uint8Array> {
	let left: Uint8Array | null = body;
	let waiting: ReturnType<typeof setTimeout> | undefined;
	const stop = () => {
		clearTimeout(waiting);
		left = null;
	};
	return new ReadableStream(
		{
			pull(controller) {
				clearTimeout(waiting);
				if (!left) return;
				// A copy: what is handed over is no longer ours.
				if (left.length > 0) controller.enqueue(left.slice(0, PIECE));
				left = left.subarray(PIECE);
				if (left.length === 0) {
					stop();
					controller.close();
					return;
				}
				waiting = setTimeout(() => {
					stop();
					controller.error(new Error('nobody takes this file'));
				}, PATIENCE);
				waiting.unref();
			},
			cancel: stop
		},
		{ highWaterMark: 1 }
	);
}
