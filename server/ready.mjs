/**
 * Makes a checkout ready to run: what is not installed is installed, what is not built is built.
 * Plain JavaScript without a dependency, as it runs on the system's Node (20 or later) before
 * anything is there; everything else runs on the Node that comes with the packages.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
/** The Node of the packages, whatever the system has. */
export const node = join(root, 'node_modules/node/bin/node');
/** An environment in which `node` and every tool are the project's own. */
export const environment = {
	...process.env,
	PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`
};

const changed = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

/** Generated at each build, so it says nothing of what a person changed. */
const generated = join(root, 'src/lib/paraglide');

/** When the newest file under a path was written. */
function newestIn(path) {
	if (path === generated || !existsSync(path)) return 0;
	if (!statSync(path).isDirectory()) return changed(path);
	return readdirSync(path).reduce(
		(newest, name) => Math.max(newest, newestIn(join(path, name))),
		0
	);
}

/** Runs a command in the project; its output is shown only where it fails. Exits with a sentence then. */
function run(what, command, args) {
	console.log(`${what} …`);
	const result = spawnSync(command, args, {
		cwd: root,
		env: environment,
		encoding: 'utf8',
		maxBuffer: 1 << 26
	});
	if (result.status === 0) return;
	console.error(result.stdout, result.stderr, result.error ?? '');
	console.error(`${what} failed; what it said stands above.`);
	process.exit(1);
}

export function install() {
	const installed = changed(join(root, 'node_modules/.package-lock.json'));
	if (installed >= changed(join(root, 'package-lock.json')) && existsSync(node)) return;
	// Not `npm ci`: it refuses a lockfile that lacks the optional binaries of other platforms than the
	// one it was written on. Versions are pinned all the same, and the lockfile stays as it is.
	run('Installing packages', 'npm', ['install', '--no-save', '--no-audit', '--no-fund']);
}

export function build() {
	const sources = [
		'src',
		'static',
		'messages',
		'project.inlang',
		'svelte.config.js',
		'vite.config.ts',
		'package-lock.json'
	];
	const newest = Math.max(...sources.map((name) => newestIn(join(root, name))));
	if (changed(join(root, 'build/handler.js')) > newest) return;
	run('Building', 'vite', ['build']);
}
