/** An archive as a file: read line by line, so that no size of it needs more memory than a line. */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ArchiveReader, Unreadable, type Header, type Part } from './archive.ts';

/** Far more than a row can have; a file that is made to fill the memory ends here. */
const LONGEST_LINE = 128 * 1024 * 1024;

export interface Summary {
	header: Header;
	counts: Record<string, number>;
}

/** Every part of it in its order. Throws `Unreadable`, at the latest where its end should be. */
export async function* partsOf(
	file: string,
	progress: (bytes: number) => void = () => {}
): AsyncGenerator<Part> {
	const reader = new ArchiveReader();
	try {
		for await (const line of linesOf(file, progress)) yield reader.read(line);
	} catch (error) {
		throw sayable(error);
	}
	reader.finish();
}

/** Reads the whole of it, and says what is in it; or throws `Unreadable`. */
export async function verifyArchive(
	file: string,
	progress?: (bytes: number) => void
): Promise<Summary> {
	let header: Header | null = null;
	let counts: Record<string, number> = {};
	for await (const part of partsOf(file, progress)) {
		if (part.kind === 'header') header = part.header;
		if (part.kind === 'end') counts = part.counts;
	}
	return { header: header!, counts };
}

async function* linesOf(
	file: string,
	progress: (bytes: number) => void
): AsyncGenerator<Uint8Array> {
	const source = createReadStream(file);
	// What fails is told by the reading below.
	const unzipped = pipeline(source, createGunzip(), () => {});
	let begun: Buffer[] = [];
	let length = 0;
	for await (const chunk of unzipped as AsyncIterable<Buffer>) {
		progress(source.bytesRead);
		let from = 0;
		for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
			begun.push(chunk.subarray(from, at));
			yield Buffer.concat(begun);
			begun = [];
			length = 0;
			from = at + 1;
		}
		begun.push(chunk.subarray(from));
		length += chunk.length - from;
		if (length > LONGEST_LINE) throw new Unreadable('is damaged: a line in it has no end');
	}
	if (length > 0) throw new Unreadable('is not whole: its last line is cut off');
}

const NOT_GZIP = new Set(['incorrect header check', 'unknown compression method']);

/** What the file system and the decompression say, as the end of a sentence. */
function sayable(error: unknown): unknown {
	if (error instanceof Unreadable || !(error instanceof Error) || !('code' in error)) return error;
	const code = String(error.code);
	if (code === 'ENOENT') return new Unreadable('is not there');
	if (code === 'EISDIR') return new Unreadable('is a folder');
	if (code === 'EACCES' || code === 'EPERM') return new Unreadable('may not be read by this user');
	if (code === 'Z_BUF_ERROR') return new Unreadable('is not whole: it was cut off');
	if (NOT_GZIP.has(error.message)) return new Unreadable('is no backup of Plenary');
	if (code.startsWith('Z_')) return new Unreadable(`is damaged: ${error.message}`);
	return new Unreadable(`cannot be read: ${error.message}`);
}
