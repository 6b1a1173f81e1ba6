/** Ada, who facilitates: an account, a workshop, and her desk. */
import { expect, type Locator, type Page } from '@playwright/test';
import { m } from '../../../src/lib/paraglide/messages.js';
import { phaseName } from '../../../src/lib/facilitation/phase-name.ts';
import type { Phase } from '../../../src/shared/exercises/format.ts';
import { DEVICES, type Opened, type People } from './people.ts';
import type { ServerProcess } from './server.ts';
import { timersOf } from './timers.ts';

export const ACCOUNT = {
	name: 'Ada Lovelace',
	email: 'ada@example.org',
	password: 'three short words'
};

export class Ada {
	readonly page: Page;
	readonly opened: Opened;

	constructor(opened: Opened) {
		this.opened = opened;
		this.page = opened.page;
	}

	/** Makes the first account by the link that the server has printed; stands in the empty home. */
	static async followsTheLink(people: People, server: ServerProcess): Promise<Ada> {
		const ada = new Ada(await people.open('Ada', DEVICES.desk));
		await ada.page.goto(server.url + server.invite);
		await ada.page.getByLabel(m.home_name()).fill(ACCOUNT.name);
		await ada.page.getByLabel(m.home_email()).fill(ACCOUNT.email);
		await ada.page.getByLabel(m.home_password()).fill(ACCOUNT.password);
		await ada.page.getByRole('button', { name: m.home_make_account() }).click();
		await expect(ada.page.getByRole('heading', { name: m.home_empty_title() })).toBeVisible();
		return ada;
	}

	/** The same without the page, for what is about something else. */
	static async arrives(people: People, server: ServerProcess): Promise<Ada> {
		const ada = new Ada(await people.open('Ada', DEVICES.desk));
		const answer = await ada.page.request.post(server.url + server.invite, {
			form: ACCOUNT,
			headers: { origin: server.url }
		});
		expect(answer.ok()).toBe(true);
		await ada.page.goto(`${server.url}/workshops`);
		await expect(ada.page.getByRole('heading', { name: m.home_empty_title() })).toBeVisible();
		return ada;
	}

	/** Ada once more, at a second desk. */
	async onAnotherDesk(people: People): Promise<Ada> {
		const second = new Ada(await people.open('Ada, at her second desk', DEVICES.desk));
		await second.page.goto(new URL('/login', this.page.url()).href);
		await second.page.getByLabel(m.home_email()).fill(ACCOUNT.email);
		await second.page.getByLabel(m.home_password()).fill(ACCOUNT.password);
		await second.page.getByRole('button', { name: m.home_log_in(), exact: true }).click();
		await expect(second.page.getByRole('heading', { name: m.home_workshops() })).toBeVisible();
		await second.page.goto(this.page.url());
		await expect(second.page.getByRole('heading', { level: 1 })).toBeVisible();
		return second;
	}

	/** A workshop of one exercise, taken from the shelf at home, with its doors open. */
	async opensWorkshop(title: string, exercise: string, anonymous = false): Promise<string> {
		const { page } = this;
		await page.goto(new URL(`/workshops/new?exercise=${exercise}`, page.url()).href);
		await page.waitForLoadState('networkidle');
		await page.getByLabel(m.home_workshop_name()).fill(title);
		if (anonymous) await page.getByRole('radio', { name: m.home_anonymous() }).check();
		await page.getByRole('button', { name: m.home_create() }).click();
		return this.opensDoors();
	}

	/** From the prepared workshop to open doors; answers with the code. */
	async opensDoors(): Promise<string> {
		await this.page.getByRole('button', { name: m.desk_open_doors() }).click();
		const code = this.page.getByRole('banner').getByTitle(m.home_code());
		await expect(code).toBeVisible();
		return (await code.innerText()).replace(/\W/g, '');
	}

	/** Starts what the desk offers as next. */
	async starts(exercise: string): Promise<void> {
		await this.page.getByRole('button', { name: m.desk_start({ title: exercise }) }).click();
		await this.isIn('brief');
	}

	/** Goes on by the one key. Where not all are ready, as far as the desk has heard, it asks: then again. */
	async goesOn(to: Phase): Promise<void> {
		const asked = this.page.getByRole('button', { name: m.tempo_next_same() });
		const step = this.page.getByRole('button', { name: m.desk_next({ phase: '' }) });
		const there =
			to === 'done' ? this.page.getByRole('heading', { name: m.desk_finished() }) : this.#isNow(to);
		await expect(async () => {
			if (await there.isVisible()) return; // the second press took its time
			await expect(asked.or(step)).toBeEnabled();
			await this.page.keyboard.press('n');
			await expect(there.or(asked).first()).toBeVisible({ timeout: 3000 });
			await expect(there).toBeVisible({ timeout: 300 });
		}).toPass({ timeout: 15_000 });
	}

	async goesBack(to: Phase): Promise<void> {
		await this.page.keyboard.press('b');
		await this.isIn(to);
	}

	async isIn(phase: Phase): Promise<void> {
		await expect(this.#isNow(phase)).toBeVisible();
	}

	#isNow(phase: Phase): Locator {
		const slip = this.page.getByRole('list', { name: m.desk_slip() });
		return slip.locator('[aria-current=step]').filter({ hasText: phaseName(phase) });
	}

	/** Waits until so many seconds of the phase are left. */
	async hasAtMost(seconds: number): Promise<void> {
		const left = async () => (await timersOf([this]))[0]!.seconds;
		await expect.poll(left).toBeLessThanOrEqual(seconds);
	}

	/** The board's cards by one of the exercise's views, or as they lie. */
	async looksAt(view: string): Promise<void> {
		const looks = this.page.getByRole('group', { name: m.desk_look_at() });
		await looks.getByRole('radio', { name: view, exact: true }).check();
	}

	/** Opens one of the desk's dialogs from its menu. */
	async opens(what: string): Promise<Locator> {
		await this.page.getByRole('button', { name: m.desk_more() }).click();
		await this.page.getByRole('menuitem', { name: what }).click();
		const dialog = this.page.getByRole('dialog', { name: what });
		await expect(dialog).toBeVisible();
		return dialog;
	}

	/** Opens one person's panel. */
	async looksUp(name: string): Promise<Locator> {
		await this.page.getByRole('banner').getByText(m.desk_in_the_room()).click();
		await this.page.getByRole('dialog').getByRole('button', { name }).click();
		const panel = this.page.getByRole('dialog', { name });
		await expect(panel).toBeVisible();
		return panel;
	}

	/** Shuts whatever dialog is open. */
	async shuts(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await expect(this.page.getByRole('dialog')).toHaveCount(0);
	}

	/** Somebody else who facilitates, with the account that the command line has made. */
	static async logsIn(
		people: People,
		server: ServerProcess,
		who: { name: string; email: string; password: string; next?: string }
	): Promise<Ada> {
		const desk = new Ada(await people.open(who.name, DEVICES.desk));
		await desk.page.goto(server.url + (who.next ?? '/login'));
		await desk.page.getByLabel(m.home_email()).fill(who.email);
		await desk.page.getByLabel(m.home_password()).fill(who.password);
		await desk.page.getByRole('button', { name: m.home_log_in(), exact: true }).click();
		return desk;
	}

	async closesWorkshop(): Promise<void> {
		await this.page.getByRole('button', { name: m.desk_close_workshop() }).click();
		const sure = this.page.getByRole('dialog', { name: m.desk_close_title() });
		await sure.getByRole('button', { name: m.desk_close_yes() }).click();
		await expect(this.page.getByText(m.desk_closed_note())).toBeVisible();
	}
}
