import { defineConfig } from '@playwright/test';
import { chromium } from '../browser-tools.mjs';

/**
 * People in browsers: a facilitator, a room screen, phones, all on one true server (each spec
 * starts its own). Drives the distribution's Chromium; nothing is downloaded.
 */
export default defineConfig({
	testDir: '.',
	testMatch: '*.spec.ts',
	outputDir: '../../test-results/browser',
	workers: 1,
	retries: 0,
	timeout: 300_000,
	expect: { timeout: 15_000 },
	forbidOnly: true,
	reporter: [['list'], ['json', { outputFile: '../../test-results/browser.json' }]],
	use: {
		locale: 'en-GB',
		actionTimeout: 15_000,
		navigationTimeout: 20_000,
		// Its steps and its pages' trees; pictures of every page all the while take half as long again.
		trace: { mode: 'retain-on-failure', screenshots: false, snapshots: true },
		screenshot: 'only-on-failure',
		launchOptions: {
			executablePath: chromium() ?? undefined,
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync'
			]
		}
	}
});
