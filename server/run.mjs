/**
 * `node server/run.mjs FILE …`, behind most of the npm scripts: a file of the project on the
 * project's own Node, installed first where nothing is, so that each of them works on a checkout
 * that nothing has run in yet.
 */
import { spawn } from 'node:child_process';
import { environment, install, node } from './ready.mjs';

install();
const child = spawn(node, process.argv.slice(2), { env: environment, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
