/**
 * What the browser and PDF tests need besides packages: Chromium, fonts for every script, and
 * poppler, which reads PDFs back. What the machine has is used; as root, Debian's packages are
 * installed; else it is said what to install.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { installPackages, mayInstall } from './apt.mjs';

/**
 * The same browser without its windows: ten people in the whole one are ten more renderers, for toolbars
 * that nobody sees (decision 0033).
 */
const WITHOUT_WINDOWS = '/usr/bin/chromium-headless-shell';
const CHROMIUMS = [
	WITHOUT_WINDOWS,
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome'
];
const PACKAGES = [
	'chromium-headless-shell',
	'fonts-noto-core',
	'fonts-noto-cjk',
	'fonts-noto-color-emoji',
	'poppler-utils'
];

const has = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
const hasFont = (family) =>
	spawnSync('fc-list', [family], { encoding: 'utf8' }).stdout?.trim() !== '';

/** Where Chromium is, or null. */
export const chromium = () =>
	process.env.CHROMIUM ?? CHROMIUMS.find((path) => existsSync(path)) ?? null;

const complete = () =>
	chromium() !== null &&
	has('pdftotext') &&
	has('fc-list') &&
	['Noto Sans', 'Noto Sans CJK SC', 'Noto Color Emoji'].every(hasFont);

/** Installs what is missing where it may. Answers a sentence where it could not. */
export function provideBrowserTools() {
	const wanted = process.env.CHROMIUM ?? WITHOUT_WINDOWS;
	if (complete() && (existsSync(wanted) || !mayInstall())) return null;
	if (mayInstall()) {
		console.log('Installing Chromium, fonts and poppler …');
		installPackages(['fontconfig', ...PACKAGES]);
	}
	return complete()
		? null
		: `Chromium, fonts or poppler are missing. Install: ${PACKAGES.join(' ')}`;
}
