/** A test with a server of its own and people in browsers. A complaint on any console fails it. */
import { test as base, expect } from '@playwright/test';
import { People } from './people.ts';
import { ServerProcess } from './server.ts';

export const test = base.extend<{ server: ServerProcess; people: People }>({
	// oxlint-disable-next-line no-empty-pattern -- Playwright reads from it what a fixture needs
	server: async ({}, use) => {
		const server = await ServerProcess.start();
		await use(server);
		await server.remove();
	},
	people: async ({ browser }, use) => {
		const people = new People(browser);
		await use(people);
		expect(await people.leave(), 'what the pages complained about').toEqual([]);
	}
});
