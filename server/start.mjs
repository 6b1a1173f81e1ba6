/**
 * `npm start` (and `npm run dev`): makes the checkout ready, then runs the server on the project's
 * own Node. However this is ended, the server stops too, so that nothing is left holding the port:
 * signals go on to it; where this process is killed, the server notices that its channel has closed;
 * and where npm is (which tells nobody but its shell), this process notices that it has lost npm.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, environment, install, node, root } from './ready.mjs';

const dev = process.argv.includes('--dev');
install();
if (!dev) build();

const server = spawn(node, [join(root, 'server/main.ts'), ...process.argv.slice(2)], {
	cwd: root,
	env: { ...environment, NODE_ENV: dev ? 'development' : 'production' },
	stdio: ['inherit', 'inherit', 'inherit', 'ipc']
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));

if (process.env.npm_lifecycle_event) {
	const npm = ancestors();
	setInterval(() => ancestors() !== npm && server.kill('SIGTERM'), 500).unref();
}

/** The shell that npm runs this in, and where /proc tells, npm itself. */
function ancestors() {
	const shell = process.ppid;
	try {
		const stat = readFileSync(`/proc/${shell}/stat`, 'utf8');
		return `${shell} ${stat.slice(stat.lastIndexOf(')')).split(' ')[2]}`;
	} catch {
		return `${shell}`;
	}
}
