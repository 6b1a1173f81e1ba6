/** Whether a page is readable by light and in the dark, on a narrow phone, and named for those who listen. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const NARROW = 320;
/** What is no narrower is a projector. */
const PROJECTOR = 1900;

/** What axe finds on a page, in words: all of it by light, and in the dark what colours can change. */
async function violations(page: Page, where: string): Promise<string[]> {
	const found: string[] = [];
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		// No page of ours has frames: without them it is twice as quick.
		const axe = new AxeBuilder({ page }).setLegacyMode();
		if (colorScheme === 'dark') axe.withRules(['color-contrast', 'link-in-text-block']);
		const result = await axe.analyze();
		for (const { id, nodes } of result.violations)
			for (const { target, failureSummary = '' } of nodes.slice(0, 3))
				found.push(`${where}, ${colorScheme}: ${id} at ${target.join(' ')}: ${failureSummary}`);
	}
	return found;
}

/** Whether a narrow page would have to be pushed sideways to be read. */
async function overflow(page: Page, where: string): Promise<string[]> {
	const before = page.viewportSize()!;
	await page.setViewportSize({ width: NARROW, height: 640 });
	const width = await page.evaluate(() => {
		const { scrollWidth } = document.documentElement;
		const wide = [...document.querySelectorAll('body *')].filter(
			(one) => one.getBoundingClientRect().right > innerWidth + 1
		);
		return scrollWidth > innerWidth
			? `${scrollWidth}: ${wide.at(-1)?.outerHTML.slice(0, 120)}`
			: '';
	});
	await page.setViewportSize(before);
	return width === '' ? [] : [`${where} at ${NARROW} px is ${width}`];
}

/** Everything that is wrong with a page, in words. */
export async function faults(page: Page, where: string): Promise<string[]> {
	const found = await violations(page, where);
	if (page.viewportSize()!.width < PROJECTOR) found.push(...(await overflow(page, where)));
	return found;
}

export async function isSound(page: Page, where: string): Promise<void> {
	expect(await faults(page, where), where).toEqual([]);
}
