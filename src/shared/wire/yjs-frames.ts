/**
 * What travels over `/yjs/…`: the y-websocket protocol, and two messages of our own that only a
 * client which asks for them (`?ack=1`) ever sees.
 *
 *   frame     = varUint type, body
 *   sync      = 0, (0 stateVector | 1 update "step 2" | 2 update)
 *   awareness = 1, update
 *   query     = 3                              (asks for everybody's awareness)
 *   committed = 100, varUint n                 the first n update frames ([0,1] and [0,2]) of this
 *                                              connection are in the database; told again every 5 s,
 *                                              so that silence means a dead connection
 *   epoch     = 101, varString id              which history this document has; first of all frames
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

export const FRAME = {
	sync: 0,
	awareness: 1,
	auth: 2,
	queryAwareness: 3,
	committed: 100,
	epoch: 101
} as const;
export const SYNC = { step1: 0, step2: 1, update: 2 } as const;

const frame = (write: (encoder: encoding.Encoder) => void): Uint8Array => {
	const encoder = encoding.createEncoder();
	write(encoder);
	return encoding.toUint8Array(encoder);
};

export const writeUpdate = (update: Uint8Array): Uint8Array =>
	frame((e) => {
		encoding.writeVarUint(e, FRAME.sync);
		encoding.writeVarUint(e, SYNC.update);
		encoding.writeVarUint8Array(e, update);
	});

export const writeStep1 = (stateVector: Uint8Array): Uint8Array =>
	frame((e) => {
		encoding.writeVarUint(e, FRAME.sync);
		encoding.writeVarUint(e, SYNC.step1);
		encoding.writeVarUint8Array(e, stateVector);
	});

export const writeStep2 = (update: Uint8Array): Uint8Array =>
	frame((e) => {
		encoding.writeVarUint(e, FRAME.sync);
		encoding.writeVarUint(e, SYNC.step2);
		encoding.writeVarUint8Array(e, update);
	});

export const writeAwareness = (update: Uint8Array): Uint8Array =>
	frame((e) => {
		encoding.writeVarUint(e, FRAME.awareness);
		encoding.writeVarUint8Array(e, update);
	});

/** A frame that says nothing: y-websocket's client gives up on a server that is silent for 30 s. */
export const NOTHING_NEW = writeAwareness(new Uint8Array([0]));

export const writeCommitted = (frames: number): Uint8Array =>
	frame((e) => {
		encoding.writeVarUint(e, FRAME.committed);
		encoding.writeVarUint(e, frames);
	});

export const writeEpoch = (epoch: string): Uint8Array =>
	frame((e) => {
		encoding.writeVarUint(e, FRAME.epoch);
		encoding.writeVarString(e, epoch);
	});

export type ClientFrame =
	| { type: 'step1'; stateVector: Uint8Array }
	| { type: 'update'; update: Uint8Array; whole: boolean }
	| { type: 'awareness'; update: Uint8Array }
	| { type: 'query-awareness' };

/** Reads one frame of a client. Null where it is not exactly one of those that a client may send. */
export function readClientFrame(bytes: Uint8Array): ClientFrame | null {
	try {
		const decoder = decoding.createDecoder(bytes);
		const read = readBody(decoder);
		return read && !decoding.hasContent(decoder) ? read : null;
	} catch {
		return null; // lib0 throws on a frame that ends too early
	}
}

function readBody(decoder: decoding.Decoder): ClientFrame | null {
	const type = decoding.readVarUint(decoder);
	if (type === FRAME.queryAwareness) return { type: 'query-awareness' };
	if (type === FRAME.awareness)
		return { type: 'awareness', update: decoding.readVarUint8Array(decoder) };
	if (type !== FRAME.sync) return null;
	const step = decoding.readVarUint(decoder);
	const body = decoding.readVarUint8Array(decoder);
	if (step === SYNC.step1) return { type: 'step1', stateVector: body };
	if (step === SYNC.step2 || step === SYNC.update)
		return { type: 'update', update: body, whole: step === SYNC.step2 };
	return null;
}
