/** Pictures as a facilitator would have them, of one colour and any size. */
import { deflateSync } from 'node:zlib';

/** The checksum that stands behind every chunk of a PNG. */
function crc(bytes: Buffer): number {
	let sum = 0xffffffff;
	for (const byte of bytes) {
		sum ^= byte;
		for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
	}
	return (sum ^ 0xffffffff) >>> 0;
}

function chunk(type: string, data: Buffer): Buffer {
	const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	sum.writeUInt32BE(crc(typed));
	return Buffer.concat([length, typed, sum]);
}

/** In shades of grey; `said` is the size that its head says. */
export function png(width: number, height: number, said = { width, height }): Uint8Array {
	const head = Buffer.alloc(13);
	head.writeUInt32BE(said.width, 0);
	head.writeUInt32BE(said.height, 4);
	head[8] = 8;
	const rows = Buffer.alloc((width + 1) * height, 100);
	for (let row = 0; row < height; row++) rows[row * (width + 1)] = 0; // unfiltered
	return new Uint8Array(
		Buffer.concat([
			Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
			chunk('IHDR', head),
			chunk('IDAT', deflateSync(rows)),
			chunk('IEND', Buffer.alloc(0))
		])
	);
}

const segment = (marker: number, ...data: number[]) => [
	0xff,
	marker,
	(data.length + 2) >> 8,
	(data.length + 2) & 0xff,
	...data
];
/** One code of one bit, for zero. */
const codes = (table: number) => segment(0xc4, table, 1, ...Array<number>(15).fill(0), 0);

/** Eight grey pixels square, with a comment in it, as cameras and programs leave one. */
export const jpeg = (comment = ''): Uint8Array =>
	Uint8Array.from([
		0xff,
		0xd8,
		...segment(0xfe, ...Buffer.from(comment)),
		...segment(0xdb, 0, ...Array<number>(64).fill(1)),
		...segment(0xc0, 8, 0, 8, 0, 8, 1, 1, 0x11, 0),
		...codes(0x00),
		...codes(0x10),
		...segment(0xda, 1, 1, 0, 0, 63, 0),
		0x3f,
		0xff,
		0xd9
	]);

/** The same, getting clearer so many times as it comes. */
export const progressiveJpeg = (scans: number): Uint8Array =>
	Uint8Array.from([
		0xff,
		0xd8,
		...segment(0xdb, 0, ...Array<number>(64).fill(1)),
		...segment(0xc2, 8, 0, 8, 0, 8, 1, 1, 0x11, 0),
		...codes(0x00),
		...codes(0x10),
		...segment(0xda, 1, 1, 0, 0, 0, 0),
		0x7f,
		...Array.from({ length: scans - 1 }, () => [...segment(0xda, 1, 1, 0, 1, 63, 0), 0x7f]).flat(),
		0xff,
		0xd9
	]);
