/** How long the body of a request may be, and reading no more of it than that. */
import { error as httpError, isHttpError, type RequestEvent } from '@sveltejs/kit';
import { FILE_LIMITS } from '#shared/workshop-file.ts';
import { sentence } from '$lib/refusal-sentence.ts';

/** In bytes. */
const LONGEST_BODY = 512 * 1024;
const PASSED_OVER = 1024 * 1024;

/** The one route that takes a whole file, and only of who may use it. */
export const takesFile = ({ route }: Pick<RequestEvent, 'route'>): boolean =>
	route.id === '/api/v1/workshops/import';

export const longestBody = (event: Pick<RequestEvent, 'route'>): number =>
	takesFile(event) ? FILE_LIMITS.bytes : LONGEST_BODY;

/** The whole body, or 413 as soon as it is longer than that. */
export async function readBody(
	body: ReadableStream<Uint8Array>,
	longest: number
): Promise<Uint8Array<ArrayBuffer>> {
	const pieces: Uint8Array[] = [];
	let size = 0;
	const reader = body.getReader();
	for (let read = await reader.read(); !read.done; read = await reader.read()) {
		size += read.value.byteLength;
		if (size > longest) {
			reader.releaseLock();
			passOver(body);
			httpError(413, sentence('too-large'));
		}
		pieces.push(read.value);
	}
	const whole = new Uint8Array(size);
	let at = 0;
	for (const piece of pieces) {
		whole.set(piece, at);
		at += piece.byteLength;
	}
	return whole;
}

/**
 * Lets go of a body that nobody reads (any more). Whoever sends a little more hears the answer, and the
 * line is free for what they ask next; whoever goes on and on is cut off.
 */
export function passOver(body: ReadableStream<Uint8Array> | null): void {
	if (!body || body.locked) return;
	const reader = body.getReader();
	let left = PASSED_OVER;
	const next = (): Promise<unknown> =>
		reader.read().then(({ done, value }) => {
			left -= value?.byteLength ?? 0;
			return done ? undefined : left > 0 ? next() : reader.cancel();
		});
	next().catch(() => undefined); // they have gone
}

/** Ours, or Kit's own of a body that says beforehand that it is longer than any may be. */
export const isTooLong = (error: unknown): boolean =>
	isHttpError(error, 413) || (error instanceof Error && 'status' in error && error.status === 413);
