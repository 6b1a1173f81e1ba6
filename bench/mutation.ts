/** Frames as nobody sends them: made of frames that somebody did send, byte by byte, by chance. */
import type { Chance } from '../tests/support/chance.ts';

type Mutation = (frame: Uint8Array, chance: Chance, others: readonly Uint8Array[]) => Uint8Array;

/** Numbers at which a variable-length integer, a length or a type changes its meaning. */
const EDGES = [0, 1, 2, 3, 4, 10, 0x1f, 0x3f, 0x40, 0x7f, 0x80, 0x81, 0xbf, 0xc0, 0xfe, 0xff];

const at = (frame: Uint8Array, chance: Chance) => chance.below(Math.max(1, frame.byteLength));
const joined = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const noise = (length: number, chance: Chance) =>
	Uint8Array.from({ length }, () => chance.below(256));

const flipped: Mutation = (frame, chance) => {
	const copy = frame.slice();
	for (let times = 1 + chance.below(4); times > 0; times -= 1)
		copy[at(copy, chance)]! ^= 1 << chance.below(8);
	return copy;
};

const setToEdge: Mutation = (frame, chance) => {
	const copy = frame.slice();
	copy[at(copy, chance)] = chance.one(EDGES);
	return copy;
};

/** Near the beginning stand types, lengths, counts, client ids and clocks. */
const lengthEdited: Mutation = (frame, chance) => {
	const copy = frame.slice();
	const place = chance.below(Math.min(16, Math.max(1, copy.byteLength)));
	copy[place] = chance.below(2) ? chance.one(EDGES) : (copy[place]! + chance.below(7) - 3) & 255;
	return copy;
};

const cut: Mutation = (frame, chance) => frame.slice(0, at(frame, chance));

const left: Mutation = (frame, chance) => {
	const from = at(frame, chance);
	return joined(frame.subarray(0, from), frame.subarray(from + 1 + chance.below(12)));
};

const stuffed: Mutation = (frame, chance) => {
	const from = at(frame, chance);
	return joined(frame.subarray(0, from), noise(1 + chance.below(12), chance), frame.subarray(from));
};

const spliced: Mutation = (frame, chance, others) => {
	const other = chance.one(others);
	return joined(frame.subarray(0, at(frame, chance)), other.subarray(at(other, chance)));
};

const repeated: Mutation = (frame, chance) => {
	const from = at(frame, chance);
	const part = frame.subarray(from, from + 1 + chance.below(24));
	const to = at(frame, chance);
	return joined(frame.subarray(0, to), part, part, frame.subarray(to));
};

/** A continuation bit more, or one less: a number of another width. */
const widened: Mutation = (frame, chance) => {
	const copy = frame.slice();
	copy[at(copy, chance)]! ^= 0x80;
	return copy;
};

const whole: Mutation = (frame) => frame;
const replayed: Mutation = (_frame, chance, others) => chance.one(others);
const random: Mutation = (_frame, chance) => noise(chance.below(200), chance);

export const MUTATIONS: Record<string, Mutation> = {
	flipped,
	setToEdge,
	lengthEdited,
	cut,
	left,
	stuffed,
	spliced,
	repeated,
	widened,
	whole,
	replayed,
	random
};
