/** The summary for Word, read by mammoth, and by looking at its XML. */
import { inflateRawSync } from 'node:zlib';
import { array, assert, asyncProperty, constantFrom, oneof, string } from 'fast-check';
import mammoth from 'mammoth';
import { expect, test } from 'vitest';
import { docxOf } from '#server/exports/docx.ts';
import { wordsIn } from '#server/exports/words.ts';
import type { Summary } from '#shared/summary/model.ts';
import { HOSTILE_TEXT } from '../support/hostile-text.ts';
import { summarySaying, unspaced } from './summary-saying.ts';

const PIXEL = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64'
);
const NO_PICTURE = () => Promise.resolve(null);
const picture = () => Promise.resolve({ png: new Uint8Array(PIXEL), width: 400, height: 300 });

/** Words that are told apart. */
const numbered = () => {
	let at = 0;
	return () => `word ${(at += 1)}`;
};

const docx = (summary: Summary, draw: Parameters<typeof docxOf>[3] = NO_PICTURE) =>
	docxOf(summary, null, wordsIn('en'), draw);

/** A file out of a zip, by its central directory. */
function fileIn(zip: Uint8Array, name: string): string {
	const bytes = Buffer.from(zip);
	for (let at = bytes.readUInt32LE(bytes.lastIndexOf('PK\x05\x06') + 16); ;) {
		if (bytes.readUInt32LE(at) !== 0x02014b50) throw new Error(`there is no ${name}`);
		const [size, named, extra, comment] = [20, 28, 30, 32].map((field) =>
			field === 20 ? bytes.readUInt32LE(at + field) : bytes.readUInt16LE(at + field)
		) as [number, number, number, number];
		if (bytes.toString('utf8', at + 46, at + 46 + named) === name) {
			const local = bytes.readUInt32LE(at + 42);
			const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
			const data = bytes.subarray(from, from + size);
			return (bytes.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data)).toString('utf8');
		}
		at += 46 + named + extra + comment;
	}
}

const html = async (file: Uint8Array): Promise<string> =>
	(await mammoth.convertToHtml({ buffer: Buffer.from(file) })).value;

test('EX42 Word: real headings, tables whose heads repeat, lists, page numbers, nothing linked', async () => {
	const { summary } = summarySaying(numbered());
	const file = await docx(summary);
	const read = await html(file);
	expect(read.match(/<h1>/g)).toHaveLength(7);
	expect(read.match(/<table>/g)).toHaveLength(6);
	expect(read.match(/<thead>/g)).toHaveLength(6);
	expect(read.match(/<ol>/g)).toHaveLength(2);
	expect(read).toMatch(/<li>word \d+<\/li>/);
	expect(read).not.toMatch(/href="(?!#)/);
	const document = fileIn(file, 'word/document.xml');
	for (const style of ['Title', 'Heading1', 'Heading2', 'Heading3'])
		expect(document).toContain(`<w:pStyle w:val="${style}"/>`);
	expect(document.match(/<w:tblHeader\/>/g)).toHaveLength(6);
	expect(document).toContain('<w:pgSz w:w="11906" w:h="16838"');
	const footer = fileIn(file, 'word/footer1.xml');
	expect(footer).toContain('PAGE</w:instrText>');
	expect(footer).toContain('NUMPAGES</w:instrText>');
	const properties = fileIn(file, 'docProps/core.xml');
	expect(properties).toContain(`<dc:title>${summary.front.title.text}</dc:title>`);
	expect(properties).toContain(`<dc:creator>${summary.front.organisation?.text}</dc:creator>`);
	expect(properties).toContain('<dc:language>en</dc:language>');
	const letter = await docxOf(summary, null, wordsIn('en'), NO_PICTURE, 'letter');
	expect(fileIn(letter, 'word/document.xml')).toContain('<w:pgSz w:w="12240" w:h="15840"');
});

test('EX42 a ranked list begins at one, each of them', async () => {
	const { summary } = summarySaying(numbered());
	const document = fileIn(await docx(summary), 'word/document.xml');
	const lists = new Set([...document.matchAll(/<w:numId w:val="(\d+)"\/>/g)].map(([, id]) => id));
	// Dots, dashes, and two that count.
	expect(lists.size).toBe(4);
});

test('EX43 pictures say in words what they show, and stand for their tables', async () => {
	const { summary } = summarySaying(numbered());
	const logo = { type: 'image/png', bytes: new Uint8Array(PIXEL) } as const;
	const file = await docxOf(summary, logo, wordsIn('en'), picture);
	const read = await html(file);
	expect(read.match(/<img [^>]*alt="A picture\."/g)).toHaveLength(4);
	expect(read).toContain(`alt="${summary.front.organisation?.text}"`);
	// What is left are the actions and a table.
	expect(read.match(/<table>/g)).toHaveLength(2);
	const document = fileIn(file, 'word/document.xml');
	for (const [, width] of document.matchAll(/<wp:extent cx="(\d+)"/g))
		expect(Number(width)).toBeLessThanOrEqual(9300 * 635);
});

test('EX44 Arabic is read from the right, and Latin words in it from the left', async () => {
	const { summary } = summarySaying(() => 'الشراكة مع UNESCO 2026، أولاً (مهم).');
	const file = await docx({ ...summary, language: 'ar', direction: 'rtl' });
	const document = fileIn(file, 'word/document.xml');
	const title = document.match(/<w:p>(?:(?!<\/w:p>).)*"Title"(?:(?!<\/w:p>).)*<\/w:p>/s)![0];
	expect(title).toContain('<w:bidi/>');
	const runs = [...title.matchAll(/<w:r>(.*?)<\/w:r>/gs)].map(([, run]) => ({
		text: run!.match(/<w:t [^>]*>([^<]*)</)?.[1],
		rtl: /<w:rtl\/>/.test(run!)
	}));
	expect(runs).toEqual([
		{ text: 'الشراكة مع ', rtl: true },
		{ text: 'UNESCO 2026', rtl: false },
		{ text: '، أولاً (مهم).', rtl: true }
	]);
	expect(document.match(/<w:bidiVisual\/>/g)).toHaveLength(6);
	expect(fileIn(file, 'word/styles.xml')).toMatch(/<w:lang [^>]*w:bidi="ar-SA"/);
	// And the other way round.
	const english = fileIn(
		await docx(summarySaying(() => 'With (الشراكة) x').summary),
		'word/document.xml'
	);
	expect(english).toMatch(/>With \(<.*?<w:rtl\/>.*?>الشراكة<.*?>\) x</s);
});

/** Its text, and every element of the document that is none of ours. */
async function read(file: Uint8Array): Promise<{ text: string; strange: string[] }> {
	const document = fileIn(file, 'word/document.xml');
	// eslint-disable-next-line no-control-regex -- control characters are what it looks for
	expect(document).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|&#/u);
	const { value } = await mammoth.extractRawText({ buffer: Buffer.from(file) });
	const strange = [...document.matchAll(/<w:(hyperlink|fldChar|instrText|object|altChunk|sdt)\b/g)];
	return { text: unspaced(value), strange: strange.map(([found]) => found) };
}

const piece = oneof(
	string({ unit: 'binary' }),
	string({ unit: 'grapheme' }),
	string(),
	constantFrom(...HOSTILE_TEXT, 'x'.repeat(10_000), '🏳️‍🌈', 'e' + '\u0301'.repeat(200), 'שלום אa1'),
	constantFrom('& < > " \' &#0; ]]> </w:t>', 'a\n\n\nb', '\t', '')
);

test('EX45 whatever a person can type is text in Word, all of it', async () => {
	await assert(
		asyncProperty(array(piece, { minLength: 60, maxLength: 70 }), async (all) => {
			let at = 0;
			const { summary, said } = summarySaying(() => all[at++] ?? `word ${at}`);
			const { text, strange } = await read(await docx(summary));
			expect(strange).toEqual([]);
			for (const words of said) expect(text).toContain(unspaced(words));
		}),
		{ seed: 20261124, numRuns: Number(process.env['RUNS'] ?? 15) }
	);
});

test('EX45 so is every hostile text, in every place', async () => {
	for (let at = 0; at < HOSTILE_TEXT.length;) {
		const { summary, said } = summarySaying(() => HOSTILE_TEXT[at++] ?? 'word');
		const { text, strange } = await read(await docx(summary, picture));
		expect(strange).toEqual([]);
		const shown = said.filter((words) => text.includes(unspaced(words)));
		// In pictures' places stand no tables, and so no words of theirs.
		expect(shown.length).toBeGreaterThan(said.length / 2);
	}
});
