/**
 * A test with a server of its own and people in browsers. A complaint on any console fails it. While
 * one test runs, the server of the next one starts.
 */
import { test as base, expect } from '@playwright/test';
import { People } from './people.ts';
import { ServerProcess } from './server.ts';

function startOne(): Promise<ServerProcess> {
	const starting = ServerProcess.start();
	starting.catch(() => {}); // whoever takes it hears of it
	return starting;
}

interface OfTest {
	server: ServerProcess;
	people: People;
}
export const test = base.extend<OfTest, { takeServer: () => Promise<ServerProcess> }>({
	takeServer: [
		// oxlint-disable-next-line no-empty-pattern -- Playwright reads from it what a fixture needs
		async ({}, use) => {
			let next = startOne();
			await use(() => {
				const taken = next;
				next = startOne();
				return taken;
			});
			await (await next).remove();
		},
		{ scope: 'worker' }
	],
	server: async ({ takeServer }, use) => {
		const server = await takeServer();
		await use(server);
		await server.remove();
	},
	people: async ({ browser }, use) => {
		const people = new People(browser);
		await use(people);
		expect(await people.leave(), 'what the pages complained about').toEqual([]);
	}
});
