/** The fonts of all that is set: nothing from the system is needed. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const file = (path: string): string => require.resolve(`@expo-google-fonts/${path}.ttf`);

const SERIF = file('noto-serif/400Regular/NotoSerif_400Regular');
const SANS = file('noto-sans/400Regular/NotoSans_400Regular');
const SANS_STRONG = file('noto-sans/600SemiBold/NotoSans_600SemiBold');

/** Latin, Cyrillic and Greek in serif and sans, Arabic, Chinese, emoji. */
export const FONTS = [
	SANS,
	file('noto-sans/500Medium/NotoSans_500Medium'),
	SANS_STRONG,
	SERIF,
	file('noto-serif/600SemiBold/NotoSerif_600SemiBold'),
	// Amiri has a glyph for every Arabic letter. Noto's Arabic fonts draw letters and dots apart, which
	// looks the same and copies out of the PDF as a jumble.
	file('amiri/400Regular/Amiri_400Regular'),
	file('amiri/700Bold/Amiri_700Bold'),
	file('noto-sans-sc/400Regular/NotoSansSC_400Regular'),
	file('noto-sans-sc/600SemiBold/NotoSansSC_600SemiBold'),
	file('noto-emoji/400Regular/NotoEmoji_400Regular')
];

/** How wide a font's letters are, as parts of its size. */
export interface Metrics {
	/** By code point; what is not in it has no letter, or none that stands by itself. */
	widths: Map<number, number>;
}

const read = new Map<string, Metrics>();
const metricsOf = (path: string): Metrics => {
	const known = read.get(path) ?? metricsIn(readFileSync(path));
	read.set(path, known);
	return known;
};
export const serif = (): Metrics => metricsOf(SERIF);
export const sans = (): Metrics => metricsOf(SANS);
export const sansStrong = (): Metrics => metricsOf(SANS_STRONG);

/** Letters that stand side by side and are no wider together than apart: Latin, Greek, Cyrillic, and their signs. */
const PLAIN: [number, number][] = [
	[0x20, 0x7e],
	[0xa0, 0xac],
	[0xae, 0x17f],
	[0x386, 0x3ce],
	[0x401, 0x45f],
	[0x2010, 0x2026],
	[0x2030, 0x203a],
	[0x20ac, 0x20ac]
];

/** From a TrueType file: `cmap` says which glyph a letter is, `hmtx` how wide that is. */
function metricsIn(font: Buffer): Metrics {
	const table = (name: string): Buffer => {
		for (let i = 0; i < font.readUInt16BE(4); i++) {
			const at = 12 + 16 * i;
			if (font.toString('latin1', at, at + 4) === name)
				return font.subarray(font.readUInt32BE(at + 8));
		}
		throw new Error(`no ${name} in a font`);
	};
	const unit = table('head').readUInt16BE(18);
	const hmtx = table('hmtx');
	const wide = table('hhea').readUInt16BE(34);
	const cmap = table('cmap');
	const widths = new Map<number, number>();
	const subtables = Array.from({ length: cmap.readUInt16BE(2) }, (_, i) =>
		cmap.subarray(cmap.readUInt32BE(8 + 8 * i))
	);
	const four = subtables.find((one) => one.readUInt16BE(0) === 4);
	if (!four) throw new Error('a font without a table of its letters');
	const segments = four.readUInt16BE(6) / 2;
	const [ends, starts, deltas, offsets] = [0, 2 * segments + 2, 4 * segments + 2, 6 * segments + 2];
	const glyphOf = (code: number): number => {
		for (let i = 0; i < segments; i++) {
			const at = 14 + 2 * i;
			if (code > four.readUInt16BE(at + ends)) continue;
			const start = four.readUInt16BE(at + starts);
			if (code < start) return 0;
			const delta = four.readUInt16BE(at + deltas);
			const offset = four.readUInt16BE(at + offsets);
			if (offset === 0) return (code + delta) & 0xffff;
			const glyph = four.readUInt16BE(at + offsets + offset + 2 * (code - start));
			return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
		}
		return 0;
	};
	for (const [from, to] of PLAIN)
		for (let code = from; code <= to; code++) {
			const glyph = glyphOf(code);
			if (glyph !== 0) widths.set(code, hmtx.readUInt16BE(4 * Math.min(glyph, wide - 1)) / unit);
		}
	return { widths };
}
