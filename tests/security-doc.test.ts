/** What docs/security.md claims is there: each file, each rule, and a test of that rule in that file. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = new URL('..', import.meta.url).pathname;
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const doc = read('docs/security.md');
const spec = read('docs/SPEC.md');

const rows = doc
	.split('\n')
	.filter((line) => line.startsWith('| '))
	.map((line) =>
		line
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim())
	)
	.filter(([first]) => first !== 'threat' && !/^-+$/.test(first!));

/** A row's proofs: each test file with its rules. */
const proofsOf = (cell: string) =>
	[...cell.matchAll(/`([^`]+)`((?:[ ]+[A-Z]{2,3}\d+)+)/g)].map(([, file, rules]) => ({
		file: file!,
		rules: rules!.trim().split(/ +/)
	}));

test('SE25 every threat says what holds against it, and what proves it', () => {
	expect(rows.length).toBeGreaterThan(45);
	for (const [threat, holds, proof] of rows) {
		expect([threat, (holds ?? '').length > 20]).toEqual([threat, true]);
		expect([threat, proofsOf(proof ?? '').length > 0]).toEqual([threat, true]);
		const left = proof!.replace(/`[^`]+`(?: +[A-Z]{2,3}\d+)+/g, '').replace(/[, ]/g, '');
		expect([threat, left]).toEqual([threat, '']);
	}
});

test('SE25 every rule that proves something is a rule, and has a test in the file that is named', () => {
	const wrong: string[] = [];
	for (const [, , proof] of rows)
		for (const { file, rules } of proofsOf(proof!)) {
			const source = existsSync(join(root, file)) ? read(file) : '';
			if (source === '') wrong.push(`${file} is not there`);
			for (const rule of rules) {
				if (!spec.includes(`**${rule}**`)) wrong.push(`${rule} is no rule`);
				if (source && !new RegExp(`[\`'"](?:[A-Z]{2,3}\\d+[ ,]+)*${rule}\\b`).test(source))
					wrong.push(`${file} has no test of ${rule}`);
			}
		}
	expect([...new Set(wrong)]).toEqual([]);
});

test('SE25 every other file that is named is there', () => {
	const named = [...doc.matchAll(/`((?:src|server|tests|docs)\/[^`*]+)`/g)].map(
		([, path]) => path!
	);
	const linked = [...doc.matchAll(/\]\(([^)]+)\)/g)].map(([, path]) => join('docs', path!));
	for (const path of [...named, ...linked])
		expect([path, existsSync(join(root, path))]).toEqual([path, true]);
	expect(existsSync(join(root, 'SECURITY.md'))).toBe(true);
});
