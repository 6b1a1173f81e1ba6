/** Archives that are damaged, cut off, of another kind: a sentence each, and nothing is written. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { assert, asyncProperty, integer } from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { Unreadable } from '#server/backup/archive.ts';
import { inspectArchive } from '#server/backup/restore-archive.ts';
import { everythingIn } from './backup-tables.ts';

const whole = fileURLToPath(new URL('fixtures/0001_people_and_doors.backup', import.meta.url));
const bytes = readFileSync(whole);
const lines = gunzipSync(bytes).toString().trimEnd().split('\n');
const dir = mkdtempSync(join(tmpdir(), 'plenary-archive-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function fileOf(content: Uint8Array): string {
	const file = join(dir, 'a.backup');
	writeFileSync(file, content);
	return file;
}

/** Why it cannot be read; null where it can. */
async function why(content: Uint8Array): Promise<string | null> {
	try {
		await inspectArchive(fileOf(content));
		return null;
	} catch (error) {
		if (error instanceof Unreadable) return error.message;
		throw error;
	}
}
const whyLines = (changed: string[]) => why(gzipSync(`${changed.join('\n')}\n`));

test('BA9 an archive that was cut off anywhere is refused', async () => {
	await assert(
		asyncProperty(integer({ min: 0, max: bytes.length - 1 }), async (length) => {
			expect(await why(bytes.subarray(0, length))).toMatch(/is not whole|is no backup|damaged/);
		}),
		{ numRuns: 200, examples: [[0], [1], [2], [10], [bytes.length - 1], [bytes.length - 8]] }
	);
});

test('BA9 an archive with a bit turned over anywhere is refused, or says the very same', async () => {
	const said = await everythingIn(whole);
	const anywhere = integer({ min: 0, max: bytes.length * 8 - 1 });
	// The head of gzip has bytes that mean nothing, its end the sum and the length.
	const ends = Array.from({ length: 18 }, (_, i) => (i < 10 ? i : bytes.length + 9 - i));
	await assert(
		asyncProperty(anywhere, async (bit) => {
			const turned = Buffer.from(bytes);
			turned[bit >> 3]! ^= 1 << (bit & 7);
			const reason = await why(turned);
			if (reason === null) expect(await everythingIn(fileOf(turned))).toEqual(said);
			else expect(reason).toMatch(/damaged|is not whole|is no backup|is a backup in format/);
		}),
		// The two make another version of the one in its first line.
		{ numRuns: 300, examples: [[776], [777], ...ends.map((at): [number] => [at * 8 + 1])] }
	);
});

test('BA9 what was changed within is found by the counts and the sum, however well it was packed', async () => {
	expect(await whyLines(lines)).toBeNull();
	const row = lines.findIndex((line) => line.includes('"table":"votes"'));
	expect(await whyLines(lines.toSpliced(row, 1))).toContain('rows are missing or too many');
	expect(await whyLines(lines.toSpliced(row, 0, lines[row]!))).toContain('missing or too many');
	const more = lines[row]!.replace(/"(\d)"\]/, (_, count) => `"${Number(count) + 1}"]`);
	expect(more).not.toBe(lines[row]);
	expect(await whyLines(lines.with(row, more))).toContain('its checksum is another');
	const turned = [...lines];
	[turned[row], turned[row - 1]] = [turned[row - 1]!, turned[row]!];
	expect(await whyLines(turned)).toContain('its checksum is another');
	expect(await whyLines(lines.with(row, '{"table":"votes","row":["a"]}'))).toContain(
		'fits no table'
	);
	expect(await whyLines(lines.with(row, '{"table":"thieves","row":[]}'))).toContain(
		'fits no table'
	);
	expect(await whyLines(lines.with(row, 'not JSON'))).toContain('a line in it cannot be read');
	expect(await whyLines(lines.slice(0, -1))).toContain('its end is missing');
	expect(await whyLines([...lines, lines[row]!])).toContain('goes on after its end');
});

test('BA10 an archive of another version, of a newer schema, or of anything else is refused with a sentence', async () => {
	const header = JSON.parse(lines[0]!) as Record<string, unknown>;
	const withHeader = (change: object) =>
		whyLines(lines.with(0, JSON.stringify({ ...header, ...change })));
	expect(await withHeader({ version: 2 })).toContain('format 2');
	expect(await withHeader({ plenary: 'board' })).toContain('is no backup of Plenary');
	expect(await withHeader({ tables: [{ name: 'a"; drop', columns: [] }] })).toContain('first line');
	expect(await why(gzipSync('hello\n'))).toBe('is no backup of Plenary');
	expect(await why(Buffer.from('hello'))).toBe('is no backup of Plenary');
	expect(await why(Buffer.alloc(0))).toMatch(/is no backup|is not whole/);
	const { createHash } = await import('node:crypto');
	const newer = JSON.stringify({ ...header, schema: '0999_later', tables: [] });
	const sha256 = createHash('sha256').update(`${newer}\n`).digest('hex');
	const reason = await whyLines([newer, JSON.stringify({ end: { counts: {}, sha256 } })]);
	expect(reason).toMatch(/^was made by a newer version of Plenary .*0999_later/);
	const missing = inspectArchive(join(dir, 'none'));
	await expect(missing).rejects.toThrow('is not there');
	await expect(inspectArchive(dir)).rejects.toThrow('is a folder');
});
