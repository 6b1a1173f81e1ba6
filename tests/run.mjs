/**
 * `npm test`: installs what is missing, then the static checks, the unit and server tests, those
 * of them that a database can change on a real Postgres where one is there, and the browser tests.
 * Ends with what failed, each with its first words again, and one line, `N passed, N failed`: who
 * has only the end of a long log knows why.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build, environment, install, root } from '../server/ready.mjs';
import { provideBrowserTools } from './browser-tools.mjs';
import { startPostgres } from './postgres.mjs';

const results = join(root, 'test-results');
let passed = 0;
/** What failed, in words: one for each. */
const failures = [];

function fails(what, why = '') {
	failures.push(`✗ ${what}\n${why.trim().slice(0, 2000)}`.trim());
}

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
		else fails(name, said);
	}
	console.log(`— the checks: ${Math.round((Date.now() - started) / 1000)} s`);
}

/** Takes what a runner wrote of its tests; one that ends badly and names none is one failure. */
function count(name, ok, file, read) {
	const path = join(results, file);
	const { good, bad } = existsSync(path)
		? read(JSON.parse(readFileSync(path, 'utf8')))
		: { good: 0, bad: [] };
	passed += good;
	for (const { what, why } of bad) fails(`${name}: ${what}`, why);
	if (!ok && bad.length === 0) fails(name, 'It ended badly and named no test: see its log above.');
}

function vitest(name, env) {
	console.log(`\n# ${name}`);
	const file = `${name}.json`;
	const ok = run(
		'vitest',
		['run', '--reporter=default', '--reporter=json', `--outputFile.json=${join(results, file)}`],
		env
	);
	count(name, ok, file, ({ numPassedTests, testResults }) => ({
		good: numPassedTests,
		bad: testResults.flatMap((tested) => failedOf(tested))
	}));
}

/** The tests of a file that failed; the file itself, where it failed outside of them. */
function failedOf({ name, status, message, assertionResults }) {
	const file = relative(root, name);
	const bad = assertionResults
		.filter((test) => test.status === 'failed')
		.map((test) => ({
			what: `${file} › ${test.fullName}`,
			why: test.failureMessages.join('\n')
		}));
	return bad.length === 0 && status === 'failed' ? [{ what: file, why: message }] : bad;
}

function playwright() {
	console.log('\n# browser');
	const missing = provideBrowserTools();
	if (missing) return fails('browser', missing);
	const ok = run('playwright', ['test', '-c', 'tests/browser/playwright.config.ts']);
	count('browser', ok, 'browser.json', ({ stats, suites, errors }) => ({
		good: stats.expected,
		bad: [
			...suites.flatMap(specsOf).filter((spec) => !spec.ok),
			...errors.map((error) => ({ title: 'outside of every test', file: '', errors: [error] }))
		].map(({ file, title, errors: own, tests }) => ({
			what: `${file} › ${title}`,
			why: (own ?? tests.flatMap((test) => test.results.flatMap((result) => result.errors)))
				.map((error) => error.message)
				.join('\n')
		}))
	}));
}

const specsOf = ({ specs, suites = [] }) => [...specs, ...suites.flatMap(specsOf)];

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
		fails('server-on-postgres', error.stack);
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

for (const failure of failures) console.log(`\n${failure}`);
console.log(`\n${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
