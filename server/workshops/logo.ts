/** A logo is a PNG or a JPEG, by its own bytes, that can be drawn: whatever sets it later need not ask. */
import { renderAsync } from '@resvg/resvg-js';
import { refuse, type Refusal } from '#shared/refusals.ts';
import { LARGEST_LOGO, type Logo } from '#shared/summary/settings.ts';

/** In pixels, a side: drawn, it takes some tens of megabytes. */
const LONGEST_SIDE = 3000;
/** A JPEG that gets clearer as it comes has a dozen; each costs as much as the whole picture. */
const MOST_SCANS = 50;

interface Size {
	width: number;
	height: number;
}

/** The logo that these bytes are. */
export async function readLogo(bytes: Uint8Array): Promise<Logo | Refusal> {
	if (bytes.length > LARGEST_LOGO) return refuse('unfit-logo', 'too many bytes');
	const size = sizeOf(bytes);
	if (!size) return refuse('unfit-logo', 'neither a PNG nor a JPEG');
	const { width, height } = size;
	if (Math.min(width, height) < 1 || Math.max(width, height) > LONGEST_SIDE)
		return refuse('unfit-logo', `${width} by ${height}`);
	const logo: Logo = { type: bytes[0] === 0x89 ? 'image/png' : 'image/jpeg', bytes };
	if (logo.type === 'image/jpeg' && scansIn(bytes) > MOST_SCANS)
		return refuse('unfit-logo', 'too many scans');
	return (await isDrawn(logo)) ? logo : refuse('unfit-logo', 'nothing is drawn');
}

/** In pixels; null where these bytes are neither a PNG nor a JPEG. */
export function sizeOf(bytes: Uint8Array): Size | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return sizeOfPng(view) ?? sizeOfJpeg(view);
}

/** As its first chunk says, which has to be the head. */
function sizeOfPng(view: DataView): Size | null {
	const isPng =
		view.byteLength > 24 &&
		view.getUint32(0) === 0x89504e47 &&
		view.getUint32(4) === 0x0d0a1a0a &&
		view.getUint32(12) === 0x49484452;
	return isPng ? { width: view.getUint32(16), height: view.getUint32(20) } : null;
}

/** As its frame says, which stands behind other segments, each with its length. */
function sizeOfJpeg(view: DataView): Size | null {
	if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
	for (let at = 2; at + 9 <= view.byteLength;) {
		const marker = view.getUint16(at);
		if (marker < 0xff00) return null;
		if (isFrame(marker)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
		at += marker === 0xffff ? 1 : 2 + view.getUint16(at + 2);
	}
	return null;
}

/** The markers from C0 to CF, but for three that are tables and such. */
const isFrame = (marker: number): boolean =>
	marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);

/** Where one begins; what is within a scan never looks so. */
const scansIn = (bytes: Uint8Array): number =>
	bytes.reduce((sum, byte, at) => sum + Number(byte === 0xff && bytes[at + 1] === 0xda), 0);

const ROOM = 256;

/** What is cut off or damaged is not drawn, and a document with it would not be set. */
async function isDrawn({ type, bytes }: Logo): Promise<boolean> {
	const data = Buffer.from(bytes).toString('base64');
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${ROOM}" height="${ROOM}"><image width="${ROOM}" height="${ROOM}" preserveAspectRatio="none" href="data:${type};base64,${data}"/></svg>`;
	const { pixels } = await renderAsync(svg, { font: { loadSystemFonts: false }, logLevel: 'off' });
	return pixels.some((one) => one > 0);
}
