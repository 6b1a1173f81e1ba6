import { expect, type Page } from '@playwright/test';
import type { Command } from '../../../src/shared/facilitation/commands.ts';

/** Gives a command over the API as whoever this page of a workshop is; fails where it is refused. */
export async function gives(page: Page, command: Command): Promise<void> {
	const status = await page.evaluate(async (given) => {
		const id = location.pathname.split('/')[2]!;
		const body = JSON.stringify({ id: crypto.randomUUID().slice(0, 21), command: given });
		const headers = { 'content-type': 'application/json' };
		const path = `/api/v1/workshops/${id}/commands`;
		return (await fetch(path, { method: 'POST', headers, body })).status;
	}, command);
	expect(status, command.type).toBe(200);
}
