/** Dialogs, by keys alone. */
import { expect, type Locator, type Page } from '@playwright/test';

/** No dialog has more controls. */
const MOST = 100;

/** What Tab should come to in the dialog that is open, and has not: of radios one, of all others each. */
const missed = (page: Page, reached: string[]) =>
	page.evaluate((reached) => {
		const dialog = [...document.querySelectorAll('dialog[open]')].at(-1)!;
		const controls = dialog.querySelectorAll<HTMLElement>(
			'button, a[href], input, select, textarea, summary'
		);
		const met = new Set(reached);
		return [...controls].flatMap((one, at) => {
			if (!one.checkVisibility({ visibilityProperty: true }) || one.tabIndex < 0) return [];
			if (one.matches(':disabled')) return [];
			const radio = one instanceof HTMLInputElement && one.type === 'radio';
			return met.has(radio ? `radio ${one.name}` : String(at)) ? [] : [one.outerHTML.slice(0, 120)];
		});
	}, reached);

/** Which control of the dialog has the focus; null: the dialog itself, or nothing; "outside": something behind it. */
const focused = (page: Page) =>
	page.evaluate(() => {
		const dialog = [...document.querySelectorAll('dialog[open]')].at(-1)!;
		const one = document.activeElement;
		if (!one || one === document.body || one === dialog) return null;
		if (!dialog.contains(one)) return 'outside';
		const controls = dialog.querySelectorAll('button, a[href], input, select, textarea, summary');
		if (one instanceof HTMLInputElement && one.type === 'radio') return `radio ${one.name}`;
		return String([...controls].indexOf(one));
	});

/** Every control of the dialog that is open is come to by Tab, and none behind it. */
export async function isWalked(page: Page): Promise<void> {
	const reached: string[] = [];
	// Round once: past the last one is the browser's own, and then the first again.
	for (let pressed = 0; pressed < MOST; pressed++) {
		const at = await focused(page);
		expect(at, 'the focus, in a dialog').not.toBe('outside');
		if (at !== null && reached.includes(at)) break;
		if (at !== null) reached.push(at);
		await page.keyboard.press('Tab');
	}
	expect(await missed(page, reached), 'what Tab does not come to').toEqual([]);
}

/**
 * A dialog is opened by Enter, walked, and shut by Escape; whoever opened it is where they were. `then`:
 * what is looked at while it is open.
 */
export async function byKeys(
	opener: Locator,
	title: string | RegExp,
	then: (dialog: Locator) => Promise<void> = async () => {}
): Promise<void> {
	const page = opener.page();
	const dialog = page.getByRole('dialog', { name: title });
	await opener.press('Enter');
	await expect(dialog).toBeVisible();
	await isWalked(page);
	await then(dialog);
	await page.keyboard.press('Escape');
	// Shut it is at once, and empty once the page has heard of it: until then it cannot be opened.
	await expect(page.locator('dialog:not([open]) > *')).toHaveCount(0);
	await expect(opener).toBeFocused();
}

/** Who goes by keys is not at the top of the page again. */
export async function isSomewhere(page: Page): Promise<void> {
	await expect(page.locator('body :focus')).toHaveCount(1);
}
