/** The room screen: what the projector shows. */
import { expect, type Page } from '@playwright/test';
import { qrOf } from '../../../src/lib/join/qr.ts';
import { m } from '../../../src/lib/paraglide/messages.js';
import { phaseName } from '../../../src/lib/facilitation/phase-name.ts';
import type { Phase } from '../../../src/shared/exercises/format.ts';
import type { Ada } from './ada.ts';
import { DEVICES, type Opened, type People } from './people.ts';

export class RoomScreen {
	readonly page: Page;
	readonly opened: Opened;

	private constructor(opened: Opened) {
		this.opened = opened;
		this.page = opened.page;
	}

	/** Opens the link that stands on the desk. */
	static async opens(people: People, ada: Ada): Promise<RoomScreen> {
		const link = ada.page.getByRole('link', { name: m.desk_room_screen() });
		const address = new URL((await link.getAttribute('href'))!, ada.page.url()).href;
		const screen = new RoomScreen(await people.open('the room screen', DEVICES.projector));
		await screen.page.goto(address);
		return screen;
	}

	/** The code, the address, and a picture of both for a camera. */
	async showsTheWayIn(address: string, code: string): Promise<void> {
		const spelled = m.room_screen_code({ code: [...code].join(' ') });
		await expect(this.page.getByLabel(spelled)).toBeVisible();
		await expect(this.page.getByText(new URL(address).host)).toBeVisible();
		const picture = this.page.getByRole('img', { name: m.room_screen_qr() });
		await expect(picture).toBeVisible();
		const { path } = qrOf(`${address}/?code=${code}`);
		await expect(picture.locator('path')).toHaveAttribute('d', path);
	}

	async isIn(phase: Phase): Promise<void> {
		const stamp = this.page
			.getByRole('banner')
			.getByText(phaseName(phase), { exact: true })
			.first();
		await expect(stamp).toBeVisible();
	}

	/** What it counts: "3 people", "5 cards". */
	async counts(number: number, what: string): Promise<void> {
		const item = this.page.getByRole('contentinfo').getByRole('listitem');
		await expect(item.filter({ hasText: new RegExp(`^\\s*${number}\\s+${what}`) })).toBeVisible();
	}
}
