/**
 * An export's input on its way to the worker: one text, written in short turns so that no socket
 * waits, and read back over there.
 */
import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { countryName } from '#shared/exercises/countries.ts';
import type { ExportInput } from './input.ts';

/** The text of a value, and a hash of it: the same content has the same. */
export interface Packed {
	bytes: Uint8Array;
	hash: string;
}

/** So many of a list are written at once. */
const RUN = 100;
/** Lists are that deep at most: input, boards, board, contents, board, cards. */
const DEEPEST = 6;
/** In bytes: about a millisecond's work. */
const PIECE = 64 * 1024;

/** Writes an input down. What cannot travel, its one function, is put back by `unpack`. */
export async function pack({ logo, ...input }: ExportInput): Promise<Packed> {
	const carried = logo && { ...logo, bytes: Buffer.from(logo.bytes).toString('base64') };
	const hash = createHash('sha256');
	const pieces: Buffer[] = [];
	let text = '';
	const keep = () => {
		const piece = Buffer.from(text);
		hash.update(piece);
		pieces.push(piece);
		text = '';
	};
	await turn(); // what was gathered took its own
	for (const written of write({ ...input, logo: carried })) {
		text += written;
		if (text.length < PIECE) continue;
		keep();
		await turn();
	}
	keep();
	return { bytes: Buffer.concat(pieces), hash: hash.digest('base64url') };
}

/** The input again. */
export function unpack(bytes: Uint8Array): ExportInput {
	const input = JSON.parse(Buffer.from(bytes).toString()) as ExportInput;
	const { language } = input.workshop;
	for (const { contents } of input.boards)
		contents.countryName = (code) => countryName(code, language);
	if (input.logo) input.logo.bytes = Buffer.from(input.logo.bytes as unknown as string, 'base64');
	return input;
}

/** JSON, in pieces of which none is long. */
function* write(value: unknown, depth = 0): Generator<string> {
	if (Array.isArray(value)) {
		if (value.length <= RUN && depth < DEEPEST) yield* list('[', ']', value, depth);
		else {
			for (let at = 0; at < value.length; at += RUN)
				yield (at === 0 ? '[' : ',') + JSON.stringify(value.slice(at, at + RUN)).slice(1, -1);
			yield value.length === 0 ? '[]' : ']';
		}
	} else if (typeof value === 'object' && value !== null && depth < DEEPEST) {
		const entries = Object.entries(value).filter(([, one]) => isData(one));
		yield '{';
		for (const [i, [key, one]] of entries.entries()) {
			yield `${i === 0 ? '' : ','}${JSON.stringify(key)}:`;
			yield* write(one, depth + 1);
		}
		yield '}';
	} else yield JSON.stringify(value);
}

function* list(open: string, close: string, values: unknown[], depth: number): Generator<string> {
	yield open;
	for (const [i, one] of values.entries()) {
		if (i > 0) yield ',';
		yield* write(one, depth + 1);
	}
	yield close;
}

const isData = (value: unknown): boolean => value !== undefined && typeof value !== 'function';
