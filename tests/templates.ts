/**
 * Reads the templates of components for what would make markup or code of somebody's text; oxlint
 * forbids the same in scripts, and does not read templates. Part of `npm run check:lint`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'svelte/compiler';

const NAMES = new Set([
	'eval',
	'Function',
	'innerHTML',
	'outerHTML',
	'insertAdjacentHTML',
	'setHTMLUnsafe',
	'srcdoc'
]);

interface Node {
	type: string;
	name?: string;
	value?: unknown;
	start: number;
}

/** What must not stand in a component's template, with its line. */
export function unsafeIn(source: string): string[] {
	const found: string[] = [];
	const say = ({ start }: Node, what: string) =>
		found.push(`${source.slice(0, start).split('\n').length}: ${what}`);

	function look(node: Node): void {
		if (node.type === 'HtmlTag') say(node, '{@html …} makes markup of text');
		if (node.type === 'Identifier' && NAMES.has(node.name ?? '')) say(node, `${node.name}`);
		if (node.type !== 'Attribute') return;
		const { name = '', value } = node;
		if (name.toLowerCase() === 'srcdoc') say(node, 'srcdoc makes a page of text');
		if (/^on/i.test(name) && Array.isArray(value)) say(node, `${name}="…" makes a script of text`);
	}
	function walk(node: unknown): void {
		if (Array.isArray(node)) return void node.forEach(walk);
		if (typeof node !== 'object' || node === null) return;
		if ('type' in node) look(node as Node);
		for (const [key, child] of Object.entries(node)) if (key !== 'parent') walk(child);
	}
	walk(parse(source, { modern: true }).fragment);
	return found;
}

/** Every component under a folder, with what is wrong in it. */
export function unsafeUnder(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.svelte'))
		.flatMap((name) => {
			const path = join(folder, name);
			return unsafeIn(readFileSync(path, 'utf8')).map((what) => `${path}:${what}`);
		});
}

if (import.meta.main) {
	const wrong = unsafeUnder('src');
	process.stderr.write(wrong.map((one) => `${one}\n`).join(''));
	process.exitCode = wrong.length > 0 ? 1 : 0;
}
