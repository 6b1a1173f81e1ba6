/** What the timers of several screens show, read at the same moment. */
import type { Page } from '@playwright/test';

export function timersOf(
	screens: readonly { page: Page }[]
): Promise<{ face: string; seconds: number }[]> {
	return Promise.all(
		screens.map(async ({ page }) => {
			const face = await page.getByRole('timer').filter({ visible: true }).first().innerText();
			const [, over, minutes, seconds] = /(\+?)(\d+):(\d\d)/.exec(face)!;
			const count = Number(minutes) * 60 + Number(seconds);
			return { face, seconds: over ? -count : count };
		})
	);
}
