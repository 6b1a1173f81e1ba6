/** Debian's packages, where tests may install what the machine lacks: as root. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

export const mayInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** Says what it did only where that failed. */
export function installPackages(packages) {
	const quiet = {
		encoding: 'utf8',
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		maxBuffer: 1 << 26
	};
	spawnSync('apt-get', ['update'], quiet);
	const args = ['install', '-y', '--no-install-recommends', ...packages];
	const done = spawnSync('apt-get', args, quiet);
	if (done.status !== 0) console.error(done.stdout, done.stderr);
}
