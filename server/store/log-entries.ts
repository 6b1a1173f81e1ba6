/**
 * What a row of the update log says, as bytes:
 *
 *   row    = varUint number of entries, entry…
 *   entry  = varString document, varUint 0 | 1 forwarded, varUint8Array update
 *
 * `forwarded` means that this notebook stands on the board up to this row and not beyond: where it
 * is held, it is 0. So the log alone says what is forwarded, in the same commit as the words. An
 * entry without an update lets in what was held.
 */
import { crc32 } from 'node:zlib';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { AuthorKey } from '#shared/ids.ts';

/** The board's own document; a notebook goes by its author's key. */
export const BOARD = 'board';

export interface LogEntry {
	document: typeof BOARD | AuthorKey;
	forwarded: boolean;
	/** May be empty: nothing new. */
	update: Uint8Array;
}

export function writeEntries(entries: LogEntry[]): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, entries.length);
	for (const { document, forwarded, update } of entries) {
		encoding.writeVarString(encoder, document);
		encoding.writeVarUint(encoder, forwarded ? 1 : 0);
		encoding.writeVarUint8Array(encoder, update);
	}
	return encoding.toUint8Array(encoder);
}

export function readEntries(bytes: Uint8Array): LogEntry[] {
	const decoder = decoding.createDecoder(bytes);
	const entries: LogEntry[] = [];
	for (let left = decoding.readVarUint(decoder); left > 0; left--)
		entries.push({
			document: decoding.readVarString(decoder),
			forwarded: decoding.readVarUint(decoder) === 1,
			update: decoding.readVarUint8Array(decoder)
		});
	return entries;
}

/** Of a row's bytes and its place: a row that was exchanged for another is noticed too. */
export const checksum = (entries: Uint8Array, seq: number): number => crc32(entries, seq) | 0;
