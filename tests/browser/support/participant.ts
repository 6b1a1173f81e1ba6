/** Someone who takes part, on a phone or a laptop. */
import { expect, type Locator, type Page } from '@playwright/test';
import { m } from '../../../src/lib/paraglide/messages.js';
import { phaseName } from '../../../src/lib/facilitation/phase-name.ts';
import type { Phase } from '../../../src/shared/exercises/format.ts';
import { DEVICES, type Opened, type People } from './people.ts';
import type { ServerProcess } from './server.ts';

export class Participant {
	page: Page;
	readonly opened: Opened;
	readonly #device: 'phone' | 'laptop';

	private constructor(opened: Opened, device: 'phone' | 'laptop') {
		this.opened = opened;
		this.page = opened.page;
		this.#device = device;
	}

	static async arrives(
		people: People,
		server: Pick<ServerProcess, 'url'>,
		who: string,
		device: 'phone' | 'laptop' = 'phone'
	): Promise<Participant> {
		const participant = new Participant(await people.open(who, DEVICES[device]), device);
		await participant.page.goto(server.url);
		return participant;
	}

	/** Code, name, a seat. Without a name where the workshop is anonymous. */
	async joins(code: string, name?: string): Promise<void> {
		const { page } = this;
		await page.getByLabel(m.room_join_code()).fill(code);
		await page.getByRole('button', { name: m.room_join_come_in() }).click();
		if (name) await page.getByLabel(m.room_join_name()).fill(name);
		await page.getByRole('button', { name: m.room_join_sit() }).click();
		await expect(page).toHaveURL(/\/p\//);
	}

	/** Once this page would open without a network, with what was written. */
	async isKeptHere(): Promise<void> {
		const kept = () =>
			this.page.evaluate(async () => {
				const pages = await (await caches.open('plenary-pages')).keys();
				const { controller } = navigator.serviceWorker;
				const copied = Object.keys(localStorage).some((key) => key.startsWith('plenary:notebook:'));
				return copied && controller !== null && pages.some(({ url }) => url === location.href);
			});
		await expect.poll(kept).toBe(true);
	}

	/** The same page once more, in a second tab. */
	async opensBeside(): Promise<Participant> {
		const second = new Participant(this.opened, this.#device);
		second.page = await this.page.context().newPage();
		await second.page.goto(this.page.url());
		return second;
	}

	/** Closes the tab, if it still stands, and opens the same page in another. */
	async opensAgain(): Promise<void> {
		const { page } = this;
		const address = page.url();
		this.page = await page.context().newPage();
		await page.close();
		await this.page.goto(address);
	}

	/**
	 * Between this device and the server stands a line that a test can cut: what is written leaves
	 * the device only once it is mended. Everything else goes on as it was.
	 */
	async standsInADeadSpot(): Promise<{ cut: () => void; mend: () => void }> {
		let waiting: (() => void)[] | null = null;
		await this.page.routeWebSocket(/\/yjs\//, (line) => {
			const server = line.connectToServer();
			line.onMessage((message) => {
				if (waiting) waiting.push(() => server.send(message));
				else server.send(message);
			});
		});
		return {
			cut: () => (waiting = []),
			mend: () => {
				for (const send of waiting ?? []) send();
				waiting = null;
			}
		};
	}

	async isIn(phase: Phase): Promise<void> {
		const head = this.page.getByRole('banner');
		const now =
			this.#device === 'phone'
				? head.getByText(phaseName(phase), { exact: true }).filter({ visible: true }).first()
				: head.locator('[aria-current=step]').filter({ hasText: phaseName(phase) });
		await expect(now).toBeVisible();
	}

	get composer(): Locator {
		return this.page.getByRole('form', { name: m.board_composer() });
	}

	get ownCards(): Locator {
		return this.page.getByRole('region', { name: m.board_your_cards() });
	}

	async putsDown(): Promise<void> {
		await this.composer.getByRole('button', { name: m.board_put_down(), exact: true }).click();
	}

	async hasSaved(): Promise<void> {
		await expect(
			this.page.locator('[data-saving="saved"]').getByText(m.board_saved()).first()
		).toBeVisible();
	}

	/** One more dot on a card or a group. */
	async votesFor(words: string, before = 0): Promise<void> {
		const name = m.room_vote_give({ words, count: before });
		await this.page.getByRole('button', { name, exact: true }).click();
	}

	async takesBack(words: string): Promise<void> {
		await this.page.getByRole('button', { name: m.room_vote_take_back({ words }) }).click();
	}

	/** How many dots are left is said in words. */
	async hasDots(left: number): Promise<void> {
		const said = left === 0 ? m.room_vote_none_left() : m.room_vote_left({ count: left });
		await expect(this.page.getByText(said, { exact: true })).toBeVisible();
	}

	async promises(what: string, who: string, when: string): Promise<void> {
		await this.page.getByLabel(m.board_action_what(), { exact: true }).fill(what);
		await this.page.getByRole('combobox', { name: m.board_action_who(), exact: true }).fill(who);
		await this.page.getByLabel(m.board_action_when(), { exact: true }).fill(when);
		await this.page.getByRole('button', { name: m.board_action_add() }).click();
		await expect(this.page.getByRole('row').filter({ hasText: what })).toContainText(who);
	}
}
