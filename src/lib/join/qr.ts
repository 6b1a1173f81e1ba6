import { encode } from 'uqr';

/** A QR code as one SVG path of unit squares, and how many there are on a side (a quiet zone of 2 in). */
export interface Qr {
	size: number;
	path: string;
}

/** Where people join: the address as they type it, and the same with the code, for a camera. */
export interface WayIn {
	address: string;
	qr: Qr | null;
}

/** Made on the server: the room screen gets a path, not an encoder. */
export function qrOf(text: string): Qr {
	const { size, data } = encode(text, { ecc: 'M', border: 2 });
	let path = '';
	data.forEach((row, y) => {
		for (let x = 0; x < size; x++) {
			const from = x;
			while (row[x]) x++;
			if (x > from) path += `M${from} ${y}h${x - from}v1h-${x - from}z`;
		}
	});
	return { size, path };
}

/** The same as an image of its own, to print. */
export function qrImage(text: string): string {
	const { size, path } = qrOf(text);
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path d="${path}"/></svg>`;
}
