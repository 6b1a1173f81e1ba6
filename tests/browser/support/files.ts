/** What people take home: downloaded through the page, and read back. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { m } from '../../../src/lib/paraglide/messages.js';
import type { Locator, Page } from '@playwright/test';

/** Follows a link that downloads; answers with the file's path and its name. */
export async function download(
	page: Page,
	link: Locator
): Promise<{ path: string; name: string; text: () => string }> {
	const [file] = await Promise.all([
		page.waitForEvent('download', { timeout: 60_000 }),
		link.click()
	]);
	const path = await file.path();
	return { path, name: file.suggestedFilename(), text: () => readFileSync(path, 'utf8') };
}

/** Marks of direction, which a reader does not see. */
const MARKS = /[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A PDF's words as a reader would copy them, one space between any two. */
export const pdfWords = (path: string): string =>
	execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' })
		.replace(MARKS, '')
		.replace(/\s+/g, ' ')
		.trim();

/** Everything that a participant may take home of a board that is read: what stands in each file. */
export async function takeBoardHome(
	page: Page
): Promise<{ pdf: string; csv: string; json: string }> {
	const pdf = await download(
		page,
		page.getByRole('link', { name: m.downloads_pdf(), exact: true })
	);
	await page.getByText(m.downloads_others()).click();
	const csv = await download(page, page.getByRole('link', { name: m.downloads_csv() }));
	const json = await download(page, page.getByRole('link', { name: m.downloads_json() }));
	return {
		pdf: pdfWords(pdf.path),
		csv: csv.text(),
		json: JSON.stringify(JSON.parse(json.text()))
	};
}
