/**
 * A drawing of Typst's as a PNG. It is painted piece by piece, and each run of letters as one
 * outline: the painter takes several kilobytes for each thing that it holds, and a large board has
 * hundreds of thousands of letters.
 */
import { setImmediate } from 'node:timers/promises';
import { crc32, deflateSync } from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';

/** A picture has at most so many pixels; each is three bytes until it is packed. */
export const MOST_PIXELS = 32e6;
/** Fewer pixels for a point, and a card's letters could not be read. */
export const LEGIBLE = 1.25;
/** Letters and lines of one piece. */
const PIECE = 20_000;

/** Opaque: red, green, blue; each row begins with a byte that tells how it is packed (0: not at all). */
interface Canvas {
	width: number;
	height: number;
	row: number;
	bytes: Uint8Array;
}

/** Of a compact drawing; at least so many pixels across, unless that were too many in all. */
export async function painted(svg: string, atLeast: number): Promise<Uint8Array> {
	const [, across = 1, down = 1] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)?.map(Number) ?? [];
	const wanted = Math.max(atLeast / across, LEGIBLE);
	const zoom = Math.min(wanted, Math.sqrt(MOST_PIXELS / (across * down)));
	const width = Math.max(1, Math.floor(across * zoom));
	const height = Math.max(1, Math.floor(down * zoom));
	const row = 1 + width * 3;
	const canvas = { width, height, row, bytes: new Uint8Array(row * height).fill(255) };
	for (let y = 0; y < height; y++) canvas.bytes[y * row] = 0;
	const outlines = outlinesOf(svg);
	for (const piece of pieces(svg)) {
		paint(canvas, asOutlines(piece, outlines), zoom);
		// A painter's memory is given back between two turns.
		await setImmediate();
	}
	return packed(canvas);
}

/** The drawing as several that lie upon each other, each with the outlines, and none too large. */
function* pieces(svg: string): Generator<string> {
	const start = svg.includes('</defs>')
		? svg.lastIndexOf('</defs>') + '</defs>'.length
		: svg.indexOf('>') + 1;
	// Measured in points, as its `viewBox` is.
	const head = svg.slice(0, start).replace(/^(<svg[^>]*?) width="[^"]*" height="[^"]*"/, '$1');
	// The paper is white already.
	const body = svg
		.slice(start, svg.lastIndexOf('</svg>'))
		.replace(/^<path fill="#ffffff" d="M 0 0v [^"]*"\/>/, '');
	const open: string[] = [];
	let [from, held, reopened] = [0, 0, ''];
	for (const { 0: tag, index } of body.matchAll(/<[^>]*>/g)) {
		if (tag === '</g>') open.pop();
		else if (tag.startsWith('<g') && !tag.endsWith('/>')) open.push(tag);
		else held++;
		if (held < PIECE || tag !== '</g>') continue;
		const end = index + tag.length;
		yield `${head}${reopened}${body.slice(from, end)}${'</g>'.repeat(open.length)}</svg>`;
		[from, held, reopened] = [end, 0, open.join('')];
	}
	yield `${head}${reopened}${body.slice(from)}</svg>`;
}

/** What each letter looks like, from where it stands on. */
const outlinesOf = (svg: string): Map<string, string> =>
	new Map(
		[...svg.matchAll(/<symbol id="(\w+)"[^>]*><path d="(?:M 0 0)?([^"]*)"\/><\/symbol>/g)].map(
			([, name, outline]) => [name!, outline!.replace(/(\.\d\d)\d+/g, '$1')]
		)
	);

const LETTER = /<use xlink:href="#(\w+)" x="([-\d.]+)"\/>/g;

/** Letters in their places as one outline a run; what is no outline stays as it is. */
const asOutlines = (svg: string, outlines: Map<string, string>): string =>
	svg.replace(/(?:<use xlink:href="#\w+" x="[-\d.]+"\/>)+/g, (run) => {
		let all = '';
		const others = run.replace(LETTER, (letter, name: string, x: string) => {
			const outline = outlines.get(name);
			if (outline) all += `M ${x} 0${outline}`;
			return outline === undefined ? letter : '';
		});
		return `<path d="${all}"/>${others}`;
	});

/** Paints a piece where it lies. */
function paint(canvas: Canvas, svg: string, zoom: number): void {
	const painter = new Resvg(svg, {
		fitTo: { mode: 'zoom', value: zoom },
		font: { loadSystemFonts: false }
	});
	const box = painter.getBBox();
	if (!box) return;
	// Whole pixels, with some room for the width of lines.
	const left = Math.max(0, Math.floor(box.x * zoom) - 3);
	const top = Math.max(0, Math.floor(box.y * zoom) - 3);
	box.width = (Math.min(canvas.width, Math.ceil((box.x + box.width) * zoom) + 3) - left) / zoom;
	box.height = (Math.min(canvas.height, Math.ceil((box.y + box.height) * zoom) + 3) - top) / zoom;
	if (box.width <= 0 || box.height <= 0) return;
	[box.x, box.y] = [left / zoom, top / zoom];
	painter.cropByBBox(box);
	const { pixels, width, height } = painter.render();
	for (let y = 0; y < Math.min(height, canvas.height - top); y++) {
		let to = (top + y) * canvas.row + 1 + left * 3;
		for (let x = 0; x < Math.min(width, canvas.width - left); x++, to += 3) {
			const at = (y * width + x) * 4;
			const alpha = pixels[at + 3]!;
			if (alpha === 0) continue;
			// What is painted is multiplied with its alpha already.
			const under = (255 - alpha) / 255;
			for (let i = 0; i < 3; i++)
				canvas.bytes[to + i] = pixels[at + i]! + canvas.bytes[to + i]! * under;
		}
	}
}

function packed({ width, height, bytes }: Canvas): Uint8Array {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	// Eight bits a colour, three colours.
	header.set([8, 2, 0, 0, 0], 8);
	return new Uint8Array(
		Buffer.concat([
			Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
			chunk('IHDR', header),
			chunk('IDAT', deflateSync(bytes)),
			chunk('IEND', Buffer.alloc(0))
		])
	);
}

function chunk(name: string, data: Buffer): Buffer {
	const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
	const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	check.writeUInt32BE(crc32(named));
	return Buffer.concat([length, named, check]);
}
