import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const RULE = /\*\*([A-Z]{2,3}\d+)\*\*/g;
const TITLE = /\b(?:test|it)(?:\.\w+\([^)]*\))?\(\s*[`'"]((?:[A-Z]{2,3}\d+[ ,]*)+)/g;

const root = new URL('..', import.meta.url).pathname;
const spec = readFileSync(join(root, 'docs/SPEC.md'), 'utf8');
const rules = [...spec.matchAll(RULE)].map((match) => match[1]!);
const tests = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
	.filter((name) => /\.(test|spec)\.ts$/.test(name))
	.map((name) => readFileSync(join(root, 'tests', name), 'utf8'));
const proved = new Set(
	tests.flatMap((text) =>
		[...text.matchAll(TITLE)].flatMap((match) => match[1]!.match(/[A-Z]{2,3}\d+/g)!)
	)
);

test('ST1 every rule of the spec has a number of its own', () => {
	expect(rules.filter((rule, i) => rules.indexOf(rule) !== i)).toEqual([]);
	expect(rules.length).toBeGreaterThan(20);
});

test('ST2 every rule of the spec has a test whose title begins with its number', () => {
	expect(rules.filter((rule) => !proved.has(rule))).toEqual([]);
});

test('ST3 no test names a rule that the spec does not have', () => {
	expect([...proved].filter((rule) => !rules.includes(rule))).toEqual([]);
});
