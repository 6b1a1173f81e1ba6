/**
 * Whether a page is readable by light and in the dark, on a narrow phone, from the left and from the
 * right, named for those who listen, and large enough for a thumb.
 */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const NARROW = [320, 360];
/** What is no wider is a phone. */
const PHONE = 400;
/** What is no narrower is a projector. */
const PROJECTOR = 1900;
/** So large is what a thumb is meant to meet, each way. */
const TARGET = 44;

/**
 * What axe finds on a page, in words: all of it by light, and in the dark what colours can change. While
 * a dialog is open it is all that there is: what lies behind it was looked at before.
 */
async function violations(page: Page, where: string): Promise<string[]> {
	const found: string[] = [];
	const isAsking = (await page.locator('dialog[open]').count()) > 0;
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		// No page of ours has frames: without them it is twice as quick.
		const axe = new AxeBuilder({ page }).setLegacyMode();
		if (isAsking) axe.include('dialog[open]');
		if (colorScheme === 'dark') axe.withRules(['color-contrast', 'link-in-text-block']);
		const result = await axe.analyze();
		for (const { id, nodes } of result.violations)
			for (const { target, failureSummary = '' } of nodes.slice(0, 3))
				found.push(`${where}, ${colorScheme}: ${id} at ${target.join(' ')}: ${failureSummary}`);
	}
	return found;
}

/** What would have to be pushed sideways to be read, on a page so wide; read from the left, and from the right. */
const sideways = (page: Page, width: number) =>
	page.evaluate((width) => {
		const html = document.documentElement;
		const found: string[] = [];
		const { dir } = html;
		for (const from of ['ltr', 'rtl']) {
			html.dir = from;
			const all = [...document.querySelectorAll('body *')];
			const say = (one: Element | undefined) => one?.outerHTML.slice(0, 120) ?? '';
			if (html.scrollWidth > width) {
				const wide = all.filter((one) => {
					const { left, right } = one.getBoundingClientRect();
					return right > width + 1 || left < -1;
				});
				found.push(`${from} is ${html.scrollWidth}: ${say(wide.at(-1))}`);
			}
			for (const one of document.querySelectorAll('dialog[open] *')) {
				const scrolls = /auto|scroll/.test(getComputedStyle(one).overflowX);
				if (scrolls && one.scrollWidth > one.clientWidth + 1)
					found.push(`${from} scrolls in ${say(one)}`);
			}
		}
		html.dir = dir;
		return found;
	}, width);

async function overflow(page: Page, where: string): Promise<string[]> {
	const before = page.viewportSize()!;
	const found: string[] = [];
	for (const width of NARROW) {
		await page.setViewportSize({ width, height: 640 });
		found.push(...(await sideways(page, width)).map((what) => `${where} at ${width} px ${what}`));
	}
	await page.setViewportSize(before);
	return found;
}

/** What a thumb would miss. A link in a line of text is as high as its line, and may be. */
async function small(page: Page, where: string): Promise<string[]> {
	const found = await page.evaluate((least) => {
		const scope = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
		const controls = scope.querySelectorAll<HTMLElement>(
			'button, a[href], input, select, textarea, summary'
		);
		return [...controls].flatMap((one) => {
			const drawn = one.checkVisibility({ visibilityProperty: true }) && !one.closest('.sr-only');
			// A choice of one is none.
			const radios = one.matches('[type=radio]') && one.getAttribute('name');
			if (radios && document.querySelectorAll(`[name="${radios}"]`).length === 1) return [];
			if (!drawn || (one.matches('a') && getComputedStyle(one).display === 'inline')) return [];
			const { width, height } = (one.closest('label') ?? one).getBoundingClientRect();
			if (Math.min(width, height) >= least - 0.5) return [];
			return [`${Math.round(width)} × ${Math.round(height)}: ${one.outerHTML.slice(0, 160)}`];
		});
	}, TARGET);
	return found.map((what) => `${where}: ${what}`);
}

/** Everything that is wrong with a page, in words. */
export async function faults(page: Page, where: string): Promise<string[]> {
	const found = await violations(page, where);
	const { width } = page.viewportSize()!;
	if (width < PROJECTOR) found.push(...(await overflow(page, where)));
	if (width < PHONE) found.push(...(await small(page, where)));
	return found;
}

/** Looks at one page after the other, and remembers what was wrong with them. */
export function looking(): { look: (page: Page, where: string) => Promise<void>; found: string[] } {
	const found: string[] = [];
	return { look: async (page, where) => void found.push(...(await faults(page, where))), found };
}

export async function isSound(page: Page, where: string): Promise<void> {
	expect(await faults(page, where), where).toEqual([]);
}
