/**
 * `npm test`: installs what is missing, then the static checks, the unit and server tests, those
 * of them that a database can change on a real Postgres where one is there, and the browser tests.
 * Ends with one line, `N passed, N failed`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, environment, install, root } from '../server/ready.mjs';
import { provideBrowserTools } from './browser-tools.mjs';
import { startPostgres } from './postgres.mjs';

const results = join(root, 'test-results');
let passed = 0;
let failed = 0;

function run(command, args, env = {}) {
	const started = Date.now();
	const { status } = spawnSync(command, args, {
		cwd: root,
		env: { ...environment, ...env },
		stdio: 'inherit'
	});
	console.log(`— ${command} ${args[0]}: ${Math.round((Date.now() - started) / 1000)} s`);
	return status === 0;
}

/** The static checks, all at once: one of them alone keeps one processor busy. */
async function check(...names) {
	const started = Date.now();
	const checked = names.map(
		(name) =>
			new Promise((done) => {
				const child = spawn('npm', ['run', '--silent', name], {
					cwd: root,
					env: environment
				});
				let said = '';
				for (const from of [child.stdout, child.stderr]) from.on('data', (some) => (said += some));
				child.on('error', (error) => done({ name, said: String(error), ok: false }));
				child.on('close', (status) => done({ name, said, ok: status === 0 }));
			})
	);
	for (const { name, said, ok } of await Promise.all(checked)) {
		console.log(`\n# ${name}\n${said.trim()}`);
		if (ok) passed++;
		else failed++;
	}
	console.log(`— the checks: ${Math.round((Date.now() - started) / 1000)} s`);
}

/** Counts what a runner wrote of its tests; a runner that died without a word is one failure. */
function count(ok, file, read) {
	const path = join(results, file);
	const { good, bad } = existsSync(path)
		? read(JSON.parse(readFileSync(path, 'utf8')))
		: { good: 0, bad: 1 };
	passed += good;
	failed += ok ? bad : Math.max(bad, 1);
}

function vitest(name, env) {
	console.log(`\n# ${name}`);
	const file = `${name}.json`;
	const ok = run(
		'vitest',
		['run', '--reporter=default', '--reporter=json', `--outputFile.json=${join(results, file)}`],
		env
	);
	count(ok, file, (report) => ({ good: report.numPassedTests, bad: report.numFailedTests }));
}

function playwright() {
	console.log('\n# browser');
	const missing = provideBrowserTools();
	if (missing) {
		console.error(missing);
		failed++;
		return;
	}
	const ok = run('playwright', ['test', '-c', 'tests/browser/playwright.config.ts']);
	count(ok, 'browser.json', ({ stats }) => ({
		good: stats.expected,
		bad: stats.unexpected + stats.flaky
	}));
}

/** Left out where none is installed; one that is there and does not start is a failure. */
function onPostgres() {
	try {
		const postgres = startPostgres();
		if (!postgres)
			return console.log(
				'\n# server-on-postgres: no PostgreSQL server is installed here, so this was left out.'
			);
		vitest('server-on-postgres', { TEST_POSTGRES_URL: postgres.url });
		postgres.stop();
	} catch (error) {
		console.error(error);
		failed++;
	}
}

install();
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
provideBrowserTools();
build();
await check('check:format', 'check:lint', 'check:arrows', 'check:types', 'check:unused');
vitest('unit-and-server', {});
onPostgres();
playwright();

console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
