/** Cards on a board, taken in hand by mouse, by finger and by keys. */
import { expect, type Locator, type Page } from '@playwright/test';
import { m } from '../../../src/lib/paraglide/messages.js';

/** A card on a board surface, by its words. */
export const cardOn = (page: Page, words: string): Locator =>
	page.getByRole('group', { name: words }).and(page.locator('[data-hold]'));

/** A group on a board surface, by its title; without one, the one that has no name yet. */
export const groupOn = (page: Page, title: string = m.board_group_untitled()): Locator =>
	page.getByRole('region', { name: m.board_group({ title }), exact: true });

/** What a pointer has lifted follows it. */
const lifted = (page: Page): Locator => page.locator('[popover]:popover-open');

async function middleOf(place: Locator): Promise<{ x: number; y: number }> {
	await place.scrollIntoViewIfNeeded();
	const box = await place.boundingBox();
	if (!box) throw new Error('It has no place on the page.');
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

export async function dragByMouse(page: Page, card: Locator, onto: Locator): Promise<void> {
	await onto.scrollIntoViewIfNeeded();
	const from = await middleOf(card);
	await page.mouse.move(from.x, from.y);
	await page.mouse.down();
	await page.mouse.move(from.x + 12, from.y + 4);
	await expect(lifted(page)).toBeVisible();
	// What stands above may still be finding its place.
	await expect(async () => {
		const to = (await onto.boundingBox())!;
		await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 });
		await expect(onto.locator('xpath=self::*[contains(@class,"over")]')).toBeVisible({
			timeout: 1000
		});
	}).toPass();
	await page.mouse.up();
	await expect(lifted(page)).toBeHidden();
}

/** Rests a finger on the card until it lifts, and puts it down on another. */
export async function dragByFinger(page: Page, card: Locator, onto: Locator): Promise<void> {
	const touch = await page.context().newCDPSession(page);
	const finger = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) =>
		touch.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] });
	const from = await middleOf(card);
	await finger('touchStart', from);
	await expect(lifted(page)).toBeVisible();
	const box = (await onto.boundingBox())!;
	const to = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
	for (let step = 1; step <= 8; step++)
		await finger('touchMove', {
			x: from.x + ((to.x - from.x) * step) / 8,
			y: from.y + ((to.y - from.y) * step) / 8
		});
	await expect(onto.locator('xpath=self::*[contains(@class,"over")]')).toBeVisible();
	await finger('touchEnd');
	await expect(lifted(page)).toBeHidden();
	await touch.detach();
}

/** Enter picks the card up, the arrows walk until the place is said, Enter puts it down. */
export async function dragByKeys(page: Page, card: Locator, place: string): Promise<void> {
	await card.focus();
	await page.keyboard.press('Enter');
	const said = page.getByRole('status').and(page.locator('[aria-live=assertive]'));
	await expect(said).toContainText(/\S/);
	await page.keyboard.press('Home');
	let before = await said.innerText();
	while ((await said.innerText()) !== place) {
		before = await said.innerText();
		await page.keyboard.press('ArrowDown');
		await expect(said).not.toHaveText(before);
	}
	await page.keyboard.press('Enter');
	await expect(said).not.toHaveText(place);
}
