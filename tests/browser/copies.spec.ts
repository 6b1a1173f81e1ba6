/** Copies of notebooks in a true browser's database, swept from under a tab, or damaged. */
import { expect } from '@playwright/test';
import { m } from '../../src/lib/paraglide/messages.js';
import { findExercise } from '../../src/shared/exercises/catalogue.ts';
import { Ada } from './support/ada.ts';
import { Line } from './support/line.ts';
import { Participant } from './support/participant.ts';
import { AWAY } from './support/people.ts';
import { test } from './support/test.ts';

const EXERCISE = findExercise('barrier')!;
const MAIN = EXERCISE.fields.find((field) => field.main)!.title;

/** What another tab that sweeps, or a bad disk, does to the copies on a device. */
const touchesCopies = ({ page }: Participant, how: 'sweep' | 'damage') =>
	page.evaluate(async (how) => {
		const answer = <T>(asked: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				asked.addEventListener('success', () => resolve(asked.result));
				asked.addEventListener('error', () => reject(asked.error!));
			});
		const database = await answer(indexedDB.open('plenary-notebooks'));
		const rows = database.transaction('rows', 'readwrite').objectStore('rows');
		const [key] = (await answer(rows.getAllKeys())) as [string, number, number][];
		if (how === 'damage') await answer(rows.put(Uint8Array.of(1, 255, 255), [key![0], 0, 0]));
		else await answer(rows.clear());
		database.close();
		const stamps = Object.keys(localStorage).filter((name) => name.startsWith('plenary:notebook:'));
		if (how === 'sweep') for (const name of stamps) localStorage.removeItem(name);
	}, how);

test('CL49 CL50 a copy that was swept from under its tab, or has a row that cannot be read, has all its words', async ({
	server,
	people
}) => {
	const ada = await Ada.arrives(people, server);
	const code = await ada.opensWorkshop('By the lake', EXERCISE.id);
	const line = await Line.to(server);
	const ben = await Participant.arrives(people, line, 'Ben');
	ben.opened.forgive(AWAY);
	await ben.joins(code, 'Ben');
	await ada.starts(EXERCISE.title);
	await ada.goesOn('write');
	const puts = async (words: string) => {
		await ben.composer.getByLabel(MAIN).fill(words);
		await ben.putsDown();
	};
	const isOnDevice = () => expect(ben.page.locator('[data-saving="device"]').first()).toBeVisible();
	await puts('Written at the table');
	await ben.hasSaved();
	await ben.isKeptHere();
	await line.cut();
	await expect(ben.page.getByText(m.room_offline())).toBeVisible();
	await touchesCopies(ben, 'sweep');
	await puts('After the sweep');
	await isOnDevice();
	await touchesCopies(ben, 'damage');
	await ben.opensAgain();
	const all = ['Written at the table', 'After the sweep', 'After the damage'];
	for (const words of all.slice(0, 2)) await expect(ben.ownCards.getByText(words)).toHaveCount(1);
	await puts('After the damage');
	await isOnDevice();
	await ben.opensAgain();
	for (const words of all) await expect(ben.ownCards.getByText(words)).toHaveCount(1);
	await line.mend();
	await ben.hasSaved();
	await line.cut();
});
