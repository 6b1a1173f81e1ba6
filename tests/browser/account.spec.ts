/** Ada's own account: a passkey from a (virtual) device, a new password, an API token. */
import { expect, type Page } from '@playwright/test';
import { m } from '../../src/lib/paraglide/messages.js';
import { ACCOUNT, Ada } from './support/ada.ts';
import { faults } from './support/looks.ts';
import { DEVICES, type People } from './support/people.ts';
import type { ServerProcess } from './support/server.ts';
import { test } from './support/test.ts';

const NEXT = 'four rather short words';

/** Gives this page's browser a device with a fingerprint reader, whose owner always puts a finger on it. */
async function withDevice(page: Page): Promise<void> {
	const browser = await page.context().newCDPSession(page);
	await browser.send('WebAuthn.enable');
	await browser.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true
		}
	});
}

async function logsIn(people: People, server: ServerProcess, password: string): Promise<Page> {
	const { page } = await people.open('Ada, elsewhere', DEVICES.laptop);
	await page.goto(`${server.url}/login`);
	await page.getByLabel(m.home_email()).fill(ACCOUNT.email);
	await page.getByLabel(m.home_password()).fill(password);
	await page.getByRole('button', { name: m.home_log_in(), exact: true }).click();
	return page;
}

const home = (page: Page) => page.getByRole('heading', { name: m.home_empty_title() });

test('AC64 AC51 AC61 DE26 Ada adds a passkey, comes back with it, changes her password, and makes and revokes a token', async ({
	server,
	people
}) => {
	const { page } = await Ada.followsTheLink(people, server);
	await withDevice(page);
	await page.getByRole('link', { name: m.account_of({ name: ACCOUNT.name }) }).click();
	await expect(page.getByRole('heading', { name: m.account_title() })).toBeVisible();

	const passkeys = page.getByRole('region', { name: m.account_passkeys_title() });
	await passkeys.getByLabel(m.account_passkey_label()).fill('The library’s laptop');
	await passkeys.getByRole('button', { name: m.account_passkey_add() }).click();
	await expect(passkeys.getByText(m.account_passkey_added())).toBeVisible();
	await expect(passkeys.getByRole('listitem')).toContainText('The library’s laptop');

	await page.getByRole('button', { name: m.home_log_out(), exact: true }).click();
	await page.getByRole('button', { name: m.account_passkey_log_in() }).click();
	await expect(home(page)).toBeVisible();

	const elsewhere = await logsIn(people, server, ACCOUNT.password);
	await expect(home(elsewhere)).toBeVisible();

	await page.goto(`${server.url}/account`);
	const password = page.getByRole('region', { name: m.account_password_title() });
	const change = async (current: string) => {
		await password.getByLabel(m.account_password_now()).fill(current);
		await password.getByLabel(m.account_password_next()).fill(NEXT);
		await password.getByRole('button', { name: m.account_password_save() }).click();
	};
	await change('not her password');
	await expect(password.getByText(m.account_password_wrong())).toBeVisible();
	await change(ACCOUNT.password);
	await expect(password.getByText(m.account_password_saved())).toBeVisible();
	await elsewhere.reload();
	await expect(elsewhere.getByRole('heading', { name: m.home_log_in_title() })).toBeVisible();

	const tokens = page.getByRole('region', { name: m.account_tokens_title() });
	await tokens.getByLabel(m.account_token_label()).fill('The slides');
	await tokens.getByRole('button', { name: m.account_token_make() }).click();
	const made = tokens.getByLabel(m.account_token(), { exact: true });
	await expect(made).toBeFocused();
	const token = await made.inputValue();
	const status = async () => {
		const headers = { authorization: `Bearer ${token}` };
		return (await fetch(`${server.url}/api/v1/workshops`, { headers })).status;
	};
	expect(await status()).toBe(200);
	expect(await faults(page, 'the account')).toEqual([]);
	await page.reload();
	await expect(tokens.getByRole('listitem')).toContainText('The slides');
	await expect(tokens.getByLabel(m.account_token(), { exact: true })).toHaveCount(0);
	await tokens
		.getByRole('button', { name: m.account_token_revoke_named({ label: 'The slides' }) })
		.click();
	const sure = page.getByRole('dialog');
	await expect(sure).toContainText('The slides');
	await expect(sure).toContainText(m.account_token_revoke_what());
	await sure.getByRole('button', { name: m.account_end_no() }).click();
	expect(await status()).toBe(200);
	await tokens
		.getByRole('button', { name: m.account_token_revoke_named({ label: 'The slides' }) })
		.click();
	await sure.getByRole('button', { name: m.account_token_revoke(), exact: true }).click();
	await expect(tokens.getByText(m.account_token_revoked())).toBeVisible();
	expect(await status()).toBe(401);
	await expect(tokens.getByLabel(m.account_token_label())).toBeFocused();

	await passkeys
		.getByRole('button', { name: m.account_remove_named({ label: 'The library’s laptop' }) })
		.click();
	await expect(sure).toContainText(m.account_passkey_remove_what());
	await sure.getByRole('button', { name: m.account_remove(), exact: true }).click();
	await expect(passkeys.getByText(m.account_passkey_removed())).toBeVisible();
	await expect(passkeys.getByText(m.account_passkeys_none())).toBeVisible();
});

test('AC68 a page without HTTPS or a name says what passkeys need, and offers no button', async ({
	server,
	people
}) => {
	const { page } = await people.open('Ada', DEVICES.phone);
	const byAddress = server.url.replace('localhost', '127.0.0.1');
	await page.goto(byAddress + server.invite);
	await page.getByLabel(m.home_name()).fill(ACCOUNT.name);
	await page.getByLabel(m.home_email()).fill(ACCOUNT.email);
	await page.getByLabel(m.home_password()).fill(ACCOUNT.password);
	await page.getByRole('button', { name: m.home_make_account() }).click();
	await expect(home(page)).toBeVisible();
	await page.goto(`${byAddress}/account`);
	const passkeys = page.getByRole('region', { name: m.account_passkeys_title() });
	await expect(passkeys.getByText(m.account_passkey_insecure())).toBeVisible();
	await expect(passkeys.getByRole('button', { name: m.account_passkey_add() })).toHaveCount(0);
});
