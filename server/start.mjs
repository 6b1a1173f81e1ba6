/**
 * `npm start` (and `npm run dev`): makes the checkout ready, then runs the server on the project's
 * own Node. Signals go on to the server; where this process is killed, the server notices that its
 * channel has closed and stops too, so that nothing is left holding the port.
 */
import { spawn } from 'node:child_process';
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
