/** What `npm run check:lint` forbids, so that text from people stays text: seen to be forbidden. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unsafeIn, unsafeUnder } from './templates.ts';

const root = new URL('..', import.meta.url).pathname;

test.for([
	['eval(words)', 'no-eval'],
	['new Function(words)', 'no-new-func'],
	['box.innerHTML = words', 'no-restricted-properties'],
	['box.outerHTML = words', 'no-restricted-properties'],
	["box.insertAdjacentHTML('beforeend', words)", 'no-restricted-properties'],
	["new DOMParser().parseFromString(words, 'text/html')", 'no-restricted-properties'],
	['document.createRange().createContextualFragment(words)', 'no-restricted-properties'],
	['document.write(words)', 'no-restricted-properties'],
	["location.href = 'javascript:' + words", 'no-script-url']
] as const)('SE8 a script of ours may not say %s', ([said, rule]) => {
	const folder = mkdtempSync(join(tmpdir(), 'plenary-lint-'));
	try {
		copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
		const script = `let { words, box }: { words: string; box: HTMLElement } = $props();\n${said};\n`;
		for (const at of ['src', 'server']) mkdirSync(join(folder, at));
		writeFileSync(join(folder, 'src/Words.svelte'), `<script lang="ts">\n${script}</script>\n`);
		writeFileSync(
			join(folder, 'server/words.ts'),
			`export function f(words: string, box: HTMLElement) {\n${said};\n}\n`
		);
		for (const file of ['src/Words.svelte', 'server/words.ts']) {
			const oxlint = join(root, 'node_modules/.bin/oxlint');
			const { status, stdout } = spawnSync(oxlint, [file], { cwd: folder, encoding: 'utf8' });
			expect([status, stdout]).toEqual([1, expect.stringContaining(`(${rule})`)]);
		}
	} finally {
		rmSync(folder, { recursive: true });
	}
});

test.for([
	'{@html words}',
	'{#if words}<p>{@html words}</p>{/if}',
	'<p onclick="go()">{words}</p>',
	'<iframe title="x" srcdoc={words}></iframe>',
	'<p>{eval(words)}</p>',
	'<p {@attach (box) => (box.innerHTML = words)}></p>'
])('SE8 a template of ours may not say %s', (said) => {
	expect(unsafeIn(`<script lang="ts">let words: string = '';</script>\n${said}`)).toHaveLength(1);
});

test('SE8 none of our templates does, and what is harmless may be said', () => {
	const harmless = '<button onclick={() => go()} title={words}>{words}</button>';
	expect(unsafeIn(`<script lang="ts">let words: string = '';</script>\n${harmless}`)).toEqual([]);
	expect(unsafeUnder(join(root, 'src'))).toEqual([]);
});
