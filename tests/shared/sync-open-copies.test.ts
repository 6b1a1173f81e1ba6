/** Copies that are open while they are swept, left, or damaged. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { forgetDevice, hasUnsaved, sweepDevice } from '../../src/lib/sync/device.ts';
import { readStamp, writeStamp } from '../../src/lib/sync/stamps.ts';
import { until } from '../support/until.ts';
import { DAY, isSaved, Tabs, words, write } from './sync-tabs.ts';

let tabs: Tabs;
beforeEach(async () => {
	tabs = await Tabs.on();
});
afterEach(() => tabs.end());

const sweep = (days: number) => sweepDevice((tabs.now += days * DAY), tabs.copies);

test('CL49 what is swept from under an open tab is written again with its next word, all of it', async () => {
	const ben = await tabs.inStep();
	write(ben, 'card-one', 'no time');
	await isSaved(ben);
	await sweep(8);
	expect(tabs.copies.rows.size).toBe(0);
	await tabs.cut(ben);
	write(ben, 'card-two', 'written offline');
	expect([ben.saved, ben.kept, ben.closingIsSafe]).toEqual(['device', true, true]);
	expect(hasUnsaved('workshop-one')).toBe(true);
	ben.close();
	const back = await tabs.offline();
	expect(words(back.doc)).toEqual(['no time', 'written offline']);
	expect(back.saved).toBe('device');
	await forgetDevice('workshop-one', tabs.copies);
	expect([tabs.copies.rows.size, tabs.storage.keys]).toEqual([0, []]);
});

test('CL49 nor do words that come from elsewhere then lie on the device where nobody finds them', async () => {
	const ben = await tabs.inStep();
	write(ben, 'card-one', 'no time');
	await isSaved(ben);
	const phone = tabs.open();
	await isSaved(phone);
	await sweep(8);
	write(phone, 'card-two', 'from the phone');
	await until(() => words(ben.doc).length === 2, { what: 'it has come' });
	for (const each of [ben, phone]) await isSaved(each);
	expect(readStamp('board-one')?.savedAt).toBe(tabs.now);
	for (const each of [ben, phone]) each.close();
	expect(words((await tabs.offline()).doc)).toEqual(['from the phone', 'no time']);
});

test('CL49 what is opened anew is not swept, be it saved long ago', async () => {
	const first = await tabs.inStep();
	write(first, 'card-one', 'no time');
	await isSaved(first);
	first.close();
	tabs.now += 8 * DAY;
	const ben = tabs.open({ away: true });
	await sweep(0);
	await sweep(6);
	await until(() => ben.loaded, { what: 'the copy is read' });
	expect(tabs.copies.rows.size).toBe(1);
	write(ben, 'card-two', 'written offline');
	ben.close();
	expect(words((await tabs.offline()).doc)).toEqual(['no time', 'written offline']);
});

test('CL49 words that are not saved are known, kept and left by their mark alone', async () => {
	const ben = await tabs.inStep();
	tabs.peer.commits = false;
	write(ben, 'card-one', 'no time');
	ben.close();
	tabs.storage.removeItem('plenary:notebook:board-one');
	expect([hasUnsaved('workshop-one'), hasUnsaved('workshop-two')]).toEqual([true, false]);
	await sweep(30);
	await forgetDevice('workshop-two', tabs.copies);
	expect(tabs.marks).toBe(1);
	await forgetDevice('workshop-one', tabs.copies);
	expect([tabs.copies.rows.size, tabs.storage.keys]).toEqual([0, []]);
});

test('CL49 a tab with words for a history that this device no longer opens does not call them kept', async () => {
	const ben = await tabs.inStep();
	await tabs.cut(ben);
	const stamp = readStamp('board-one')!;
	writeStamp('board-one', { ...stamp, epoch: 'epoch-two' });
	write(ben, 'card-one', 'no time');
	expect([ben.saved, ben.closingIsSafe]).toEqual(['unkept', false]);
	writeStamp('board-one', stamp);
	write(ben, 'card-two', 'no money');
	expect([ben.saved, ben.closingIsSafe]).toEqual(['device', true]);
});

test('CL50 a row of a copy that cannot be read is left aside, and the rest goes on', async () => {
	const ben = await tabs.inStep();
	tabs.peer.commits = false;
	write(ben, 'card-one', 'no time');
	write(ben, 'card-two', 'no money');
	ben.close();
	const [name, rows] = [...tabs.copies.rows][0]!;
	const bad = Uint8Array.of(1, 255, 255, 255);
	tabs.copies.rows.set(name, [rows[0]!, bad, undefined as never, ...rows.slice(1)]);
	const back = await tabs.offline();
	expect(words(back.doc)).toEqual(['no money', 'no time']);
	expect([back.saved, back.kept]).toEqual(['device', true]);
	write(back, 'card-three', 'no trust');
	back.close();
	expect(words((await tabs.offline()).doc)).toEqual(['no money', 'no time', 'no trust']);
	expect(tabs.copies.rows.get(name)).toContain(bad);
});
