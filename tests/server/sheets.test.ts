/** Paper for the room. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { showCode } from '#shared/code.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { isRefusal } from '#shared/refusals.ts';
import { sheetsPage } from '#server/exports/sheets.ts';
import { qrImage } from '../../src/lib/join/qr.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { comeAda, type Ada } from '../support/people.ts';
import { exportsWith, infoOf, placesOf, shipped, wordsOf } from './exports-workshop.ts';

let server: TestApp;
let ada: Ada;
const exports = exportsWith();
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(async () => {
	await exports.stop();
	await server.close();
});

const wayIn = { address: 'plenary.example.org', qr: (code: string) => qrImage(code) };
async function printed(id: WorkshopId, options: Record<string, string> = {}): Promise<Uint8Array> {
	const who = { role: 'facilitator', account: ada.account } as const;
	const file = await server.app.sheets.pdf(id, who, wayIn, options);
	if (isRefusal(file)) throw new Error(file.refused);
	expect(file.filename).toMatch(/sheets-for-the-room\.pdf$/);
	return file.body;
}
/** Of one exercise in Dakar, without a database. */
const set = async (told: Partial<Parameters<typeof sheetsPage>[0]>) => {
	const page = sheetsPage({
		title: 'Dakar',
		language: 'en',
		anonymous: false,
		join: null,
		exercises: [shipped('barrier')],
		paper: 'a4',
		...told
	});
	const body = await exports.page('sheets', page);
	if (isRefusal(body)) throw new Error(body.refused);
	return body;
};
const pagesOf = (pdf: Uint8Array) => Number(/Pages:\s+(\d+)/.exec(infoOf(pdf))![1]);
const timesIn = (words: string, said: string) => words.split(said).length - 1;

test('WD17 the first sheet says how to join, large, and each exercise of the agenda has one with six empty cards', async () => {
	const agenda = ['barrier', { break: 5 }, 'potential-partner', 'barrier'];
	const { id, code } = await ada.open({ agenda });
	const pdf = await printed(id);
	expect(pagesOf(pdf)).toBe(3);
	const words = wordsOf(pdf);
	for (const said of [showCode(code), 'plenary.example.org', 'Type the code, and your name.'])
		expect(words).toContain(said);
	for (const exercise of [shipped('barrier'), shipped('potential-partner')])
		expect(words).toContain(exercise.title);
	expect(timesIn(words, 'What stopped us')).toBe(6);
	expect(timesIn(words, 'Written by')).toBe(12);
});

test('WD17 a card has what it needs to be typed in: choices to tick, and lines for the rest', async () => {
	const { id } = await ada.open({ agenda: ['common-challenge', 'barrier'] });
	const words = wordsOf(await printed(id));
	for (const [said, times] of [
		['My country', 6],
		['Academic', 6],
		['Cause', 6],
		['With whom', 0]
	] as const)
		expect([said, timesIn(words, said)]).toEqual([said, times]);
});

test('WD17 where a choice takes words of one’s own, there is a square and a line for them', async () => {
	const barrier = shipped('barrier');
	const kinds = barrier.fields.find(({ id }) => id === barrier.tab);
	expect(kinds).toMatchObject({ type: 'choice', other: true });
	const others = async (exercise: Exercise) =>
		timesIn(wordsOf(await set({ exercises: [exercise] })), 'Other');
	expect(await others(barrier)).toBe(6);
	const fields = barrier.fields.map((field) =>
		field.type === 'choice' ? { ...field, other: false } : field
	);
	expect(await others({ ...barrier, fields })).toBe(0);
});

test('WD17 there is no sheet about joining while nobody can, and no place for a name where nobody has one', async () => {
	const { id } = await ada.open({ anonymous: true, agenda: ['barrier'] });
	expect(wordsOf(await printed(id))).toContain('Nobody is asked for a name.');
	await ada.command(id, { type: 'close' });
	const pdf = await printed(id);
	expect(pagesOf(pdf)).toBe(1);
	expect(wordsOf(pdf)).not.toMatch(/Join here|Written by/);
});

test('WD18 they are accessible, on the paper that was asked for, and mirrored where a language reads from the right', async () => {
	const { id } = await ada.open();
	const info = infoOf(await printed(id, { paper: 'letter' }));
	expect(info).toMatch(/Tagged:\s+yes/);
	expect(info).toMatch(/\(letter\)/);
	expect(infoOf(await printed(id))).toMatch(/\(A4\)/);

	const dakar = (language: 'en' | 'ar') =>
		set({
			language,
			join: { address: 'plenary.example.org', code: 'K7M 4PR', qr: qrImage('K7M4PR') }
		});
	const places = placesOf(await dakar('en'));
	const mirrored = placesOf(await dakar('ar'));
	expect(places('K7M')).toBeLessThan(mirrored('K7M'));
	expect(Buffer.from(await dakar('ar')).toString('latin1')).toContain('pdfuaid:part');
});

test('WD19 they are for who facilitates', async () => {
	const { id } = await ada.open();
	for (const who of [
		{ role: 'participant', participant: 'ben' },
		{ role: 'screen' },
		{ role: 'visitor' }
	] as const)
		expect(await server.app.sheets.pdf(id, who, wayIn)).toMatchObject({ refused: 'not-allowed' });
});
