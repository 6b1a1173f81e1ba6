/** A block of the summary as a picture: for who puts the summary into a document of their own. */
import type { Block, Summary } from '#shared/summary/model.ts';
import type { Typesetter } from '../typesetter.ts';
import { printedPicture } from './print.ts';

/** In pixels: enough for a page's width in print. */
const WIDTH = 1400;

/** Bars, a matrix or a coverage as a PNG, and its size; null where the block is no picture, or cannot be drawn. */
export async function pictureOf(
	block: Block,
	summary: Pick<Summary, 'language' | 'direction'>,
	typeset: Pick<Typesetter, 'png'>
): Promise<{ png: Uint8Array; width: number; height: number } | null> {
	if (!('alt' in block) || block.alt === '') return null;
	try {
		const png = await typeset.png('picture', printedPicture(block, summary), WIDTH);
		// A PNG says its size in its head.
		const head = new DataView(png.buffer, png.byteOffset);
		return { png, width: head.getUint32(16), height: head.getUint32(20) };
	} catch {
		// Then its numbers stand in a table, which says as much.
		return null;
	}
}
