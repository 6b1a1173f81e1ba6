/** What a page costs a phone: the JavaScript that the browser loads for it, gzipped, in kB (1,024 bytes). */
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { chromium as executable } from '../tests/browser-tools.mjs';

/** Opens `url` with `cookies` and adds up every script that it loads until the network is quiet. */
export async function measureScripts(
	url: string,
	cookie?: { name: string; value: string }
): Promise<number> {
	const browser = await chromium.launch({
		executablePath: executable() ?? undefined,
		args: ['--no-sandbox']
	});
	const context = await browser.newContext();
	if (cookie) await context.addCookies([{ ...cookie, url }]);
	const page = await context.newPage();
	const sizes: Promise<number>[] = [];
	page.on('response', (response) => {
		if (response.request().resourceType() === 'script')
			sizes.push(response.body().then((body) => gzipSync(body, { level: 9 }).length));
	});
	await page.goto(url, { waitUntil: 'load' });
	await pause(2000);
	const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
	await browser.close();
	return total / 1024;
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
