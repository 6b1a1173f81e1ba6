/** Notebooks that begin anew, or are refused, while this device keeps them and other tabs have them too. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sweepDevice } from '../../src/lib/sync/device.ts';
import { until } from '../support/until.ts';
import { DAY, isSaved, Tabs, words, write } from './sync-tabs.ts';

const TAKEN = { code: 4403, reason: 'client-id-taken' };
const NOT_ALLOWED = { code: 4403, reason: 'not-allowed' };
const FOREIGN = { code: 4403, reason: 'foreign-path' };

let tabs: Tabs;
beforeEach(async () => {
	tabs = await Tabs.on();
});
afterEach(() => tabs.end());

/** A tab that is away with the copy, and has nothing to save yet. */
async function away() {
	(await tabs.inStep()).close();
	return await tabs.offline();
}

test('CL36 what another tab writes while a copy is being read is not called saved by who reads it', async () => {
	const other = await away();
	write(other, 'card-one', 'before');
	tabs.copies.whenRead = () => {
		tabs.copies.whenRead = () => {};
		write(other, 'card-two', 'meanwhile');
	};
	const ben = await tabs.inStep();
	await isSaved(ben);
	expect(words(tabs.atServer)).toEqual(['before']);
	expect(tabs.marks).toBe(1);
	for (const each of [ben, other]) each.close();
	await sweepDevice((tabs.now += 30 * DAY), tabs.copies);
	const back = await tabs.offline();
	expect([back.saved, words(back.doc)]).toEqual(['device', ['before', 'meanwhile']]);
});

test('CL45 a copy of another history goes, but not with words of another tab that are not saved', async () => {
	const other = await away();
	const ben = await tabs.inStep();
	write(other, 'card-one', 'not saved');
	tabs.restore('epoch-two');
	await until(() => ben.synced && ben.kept && tabs.copies.rows.has('board-one epoch-two'), {
		what: 'the new one is kept'
	});
	expect([...tabs.copies.rows.keys()]).toContain('board-one epoch-one');
	expect(tabs.marks).toBe(1);
});

test('CL45 what somebody else left on this device goes with all its marks, and is not read as one’s own', async () => {
	const other = await away();
	tabs.restore('epoch-one', 'author-chidi');
	const ben = await tabs.inStep();
	write(other, 'card-one', 'Ben’s, not saved');
	tabs.peer.refusals = [FOREIGN];
	write(ben, 'card-two', 'nobody’s');
	await until(() => tabs.marks === 0 && ben.synced && ben.kept, { what: 'it has gone' });
	expect(words(ben.doc)).toEqual([]);
	other.close();
	ben.close();
	expect(words((await tabs.offline()).doc)).toEqual([]);
});

test('CL42 closing is not safe where the words are refused, and not kept here', async () => {
	const ben = await tabs.inStep();
	tabs.copies.full = true;
	tabs.peer.refusals = [NOT_ALLOWED];
	write(ben, 'card-one', 'no time');
	await until(() => ben.saved === 'refused', { what: 'the refusal is told' });
	expect([ben.kept, ben.closingIsSafe]).toEqual([false, false]);
});

test('CL45 until a new document has the words, the old copy keeps them, where there is one', async () => {
	const ben = await tabs.inStep();
	tabs.peer.refusals = [TAKEN];
	tabs.peer.answers = false;
	write(ben, 'card-one', 'no time');
	await until(() => words(ben.doc).length === 0 && ben.connected, { what: 'it begins anew' });
	expect([ben.saved, ben.kept, ben.closingIsSafe]).toEqual(['saving', true, true]);
	ben.close();
	expect(words((await tabs.offline()).doc)).toEqual(['no time']);
});

test('CL42 CL45 nor is it called kept where that copy was not', async () => {
	const ben = await tabs.inStep();
	tabs.copies.full = true;
	tabs.peer.refusals = [TAKEN];
	tabs.peer.answers = false;
	write(ben, 'card-one', 'no time');
	await until(() => words(ben.doc).length === 0 && ben.connected, { what: 'it begins anew' });
	expect([ben.kept, ben.closingIsSafe]).toEqual([false, false]);
});

test('CL45 a copy that is opened too late, for a document that was given up, is not taken for the new one’s', async () => {
	let release = () => {};
	tabs.copies.slow = [new Promise((resolve) => (release = resolve))];
	const ben = tabs.open();
	await until(() => ben.synced, { what: 'the document is in step' });
	tabs.peer.refusals = [TAKEN];
	write(ben, 'card-one', 'no time');
	await until(() => ben.synced && ben.kept, { what: 'the new one is kept' });
	await isSaved(ben);
	release();
	await until(() => tabs.copies.slow.length === 0);
	write(ben, 'card-two', 'no money');
	await isSaved(ben);
	expect(tabs.marks).toBe(0);
	tabs.copies.full = true;
	write(ben, 'card-three', 'no trust');
	expect(ben.kept).toBe(false);
});

test('CL45 words that could not be brought into a new document are shown again, and kept', async () => {
	const ben = await tabs.inStep();
	tabs.peer.refusals = [TAKEN];
	tabs.peer.turnsAway = [NOT_ALLOWED];
	write(ben, 'card-one', 'no time');
	await until(() => ben.refusal === 'not-allowed', { what: 'the refusal is told' });
	expect(words(ben.doc)).toEqual(['no time']);
	write(ben, 'card-two', 'no money');
	expect([ben.saved, ben.kept, ben.closingIsSafe]).toEqual(['refused', true, true]);
	ben.close();
	expect(words((await tabs.offline()).doc)).toEqual(['no money', 'no time']);
});
