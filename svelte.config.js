import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/**
 * What the build is made of: a build of the same is the same version, so that nobody's page is
 * asked to take a new one for nothing.
 */
function sources() {
	const hash = createHash('sha256');
	const folders = ['src', 'static', 'messages'];
	const files = folders
		.flatMap((folder) =>
			readdirSync(folder, { recursive: true, withFileTypes: true })
				.filter((entry) => entry.isFile())
				.map((entry) => join(entry.parentPath, entry.name))
		)
		.filter((file) => !file.startsWith(join('src', 'lib', 'paraglide')));
	for (const file of [...files.sort(), 'package-lock.json', 'vite.config.ts', 'svelte.config.js'])
		hash.update(file).update(readFileSync(file));
	return hash.digest('hex').slice(0, 16);
}

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	kit: {
		adapter: adapter({ out: 'build', precompress: true }),
		version: { name: sources() },
		// Our own hook checks the Origin of everything, in development as well, and lets API clients
		// without a cookie through; Kit's own check would refuse those.
		csrf: { trustedOrigins: ['*'] },
		csp: {
			mode: 'auto',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				'style-src': ['self', 'unsafe-inline'],
				'img-src': ['self', 'data:'],
				'connect-src': ['self'],
				'object-src': ['none'],
				'base-uri': ['none'],
				'frame-ancestors': ['none'],
				'form-action': ['self']
			}
		}
	}
};
