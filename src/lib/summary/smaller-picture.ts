import { LARGEST_LOGO, LOGO_TYPES } from '#shared/summary/settings.ts';

/** In pixels: as large as a logo is ever printed. */
const WIDEST = 1000;

/** A logo as the server takes it: made smaller here where it is too large; null where it is none. */
export async function logoFrom(file: File): Promise<Blob | null> {
	if (LOGO_TYPES.some((type) => type === file.type) && file.size <= LARGEST_LOGO) return file;
	const picture = await createImageBitmap(file).catch(() => null);
	if (!picture) return null;
	for (let widest = WIDEST; widest >= 100; widest /= 2) {
		const smaller = await drawn(
			picture,
			Math.min(1, widest / Math.max(picture.width, picture.height))
		);
		if (smaller && smaller.size <= LARGEST_LOGO) return smaller;
	}
	return null;
}

function drawn(picture: ImageBitmap, scale: number): Promise<Blob | null> {
	const canvas = document.createElement('canvas');
	canvas.width = Math.max(1, Math.round(picture.width * scale));
	canvas.height = Math.max(1, Math.round(picture.height * scale));
	canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
	return new Promise((done) => canvas.toBlob(done, 'image/png'));
}
