/** The remote: the facilitator's phone. */
import { expect, type Page } from '@playwright/test';
import { m } from '../../../src/lib/paraglide/messages.js';
import { phaseName } from '../../../src/lib/facilitation/phase-name.ts';
import type { Phase } from '../../../src/shared/exercises/format.ts';
import type { Ada } from './ada.ts';
import { DEVICES } from './people.ts';

export class Remote {
	readonly page: Page;

	private constructor(page: Page) {
		this.page = page;
	}

	/** In the same account as the desk. */
	static async opens(ada: Ada): Promise<Remote> {
		const page = await ada.page.context().newPage();
		await page.setViewportSize(DEVICES.phone.viewport);
		await page.goto(`${ada.page.url()}/remote`);
		await page.waitForLoadState('networkidle');
		return new Remote(page);
	}

	async isIn(phase: Phase): Promise<void> {
		await expect(this.page.getByRole('region', { name: phaseName(phase) })).toBeVisible();
	}

	/** By the one large button. Where not all are ready it asks: then again. */
	async goesOn(to: Phase): Promise<void> {
		const next = this.page.getByRole('contentinfo').getByRole('button').last();
		const asked = next.filter({ hasText: m.tempo_next_same() });
		const there = this.page.getByRole('region', { name: phaseName(to) });
		await expect(async () => {
			if (!(await there.isVisible())) await next.click();
			await expect(there.or(asked).first()).toBeVisible({ timeout: 700 });
			await expect(there).toBeVisible({ timeout: 100 });
		}).toPass({ intervals: [50, 100] });
	}
}
