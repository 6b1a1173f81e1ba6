/** What may be a logo: told by its own bytes, and by whether it can be drawn. */
import { expect, test } from 'vitest';
import { readLogo } from '#server/workshops/logo.ts';
import { jpeg, png, progressiveJpeg } from '../support/pictures.ts';

const bytes = (words: string) => new TextEncoder().encode(words);
const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

/** A JPEG with its comment so many times over. */
function padded(comments: number): Uint8Array {
	const whole = jpeg('x'.repeat(60_000));
	const comment = whole.subarray(2, 2 + 4 + 60_000);
	return joined(
		whole.subarray(0, 2),
		...Array<Uint8Array>(comments).fill(comment),
		whole.subarray(2)
	);
}

const GOOD = [
	['a PNG', png(20, 10), 'image/png'],
	['a JPEG', jpeg('Kodak'), 'image/jpeg'],
	['a PNG with sides as long as they may be', png(3000, 3000), 'image/png'],
	['a JPEG of nearly 400 kB', padded(5), 'image/jpeg'],
	['a JPEG that gets clearer as it comes', progressiveJpeg(12), 'image/jpeg'],
	['a part of a larger buffer', joined(bytes('before'), png(4, 4)).subarray(6), 'image/png']
] as const;
test.each(GOOD)('SU43 %s is one', async (_, given, type) => {
	expect(await readLogo(given)).toEqual({ type, bytes: given });
});

const whole = png(20, 10);
const damaged = Uint8Array.from(whole, (byte, at) => (at === 45 ? byte ^ 1 : byte));
const script = bytes('<script>alert(1)</script>');

const UNFIT = [
	['nothing', new Uint8Array()],
	['HTML', bytes('<!doctype html><script>alert(1)</script>')],
	['SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>')],
	['GIF', bytes('GIF89a\u0001\u0000\u0001\u0000;')],
	['HTML behind the head of a PNG', joined(whole.subarray(0, 33), script)],
	['HTML behind the head of a JPEG', joined(jpeg().subarray(0, 100), script)],
	['a PNG that was cut off', whole.subarray(0, whole.length - 20)],
	['a PNG that is damaged', damaged],
	['a PNG that says it is larger', png(4, 4, { width: 2000, height: 2000 })],
	['a PNG without a height', png(4, 4, { width: 4, height: 0 })],
	['a side too long', png(3001, 1)],
	['a JPEG that was cut off', jpeg().subarray(0, 100)],
	['the first bytes of a JPEG', Uint8Array.from([0xff, 0xd8, 0xff, 0xff, 0xff])],
	['a JPEG with a segment that has no end', joined(jpeg().subarray(0, 4), bytes('\xff\xff'))],
	['a JPEG of more than 400 kB', padded(7)],
	['a JPEG that takes half a minute to draw', progressiveJpeg(51)]
] as const;
test.each(UNFIT)('SU43 %s is none', async (_, given) => {
	expect(await readLogo(given)).toMatchObject({ refused: 'unfit-logo' });
});
