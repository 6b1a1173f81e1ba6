/** A short run of `npm run faults` (`bench/faults.ts`): a few times each of what needs no root and no Postgres. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FAULTS } from '../../bench/faults/all.ts';
import { KillableServer } from '../../bench/faults/killable-server.ts';
import { Ledger } from '../../bench/faults/ledger.ts';
import { emptyRow, isGood, runFault } from '../../bench/faults/run.ts';
import { table } from '../../bench/faults/table.ts';
import { createChance } from '../support/chance.ts';

const SEED = Number(process.env['SEED'] ?? 20261124);
const server = new KillableServer();
beforeAll(() => server.start());
afterAll(() => server.dispose());

/** Everything is there once, and everybody agrees: else the seed is in the answer. */
async function endure(name: string, cold = false) {
	const fault = FAULTS.find((one) => one.name === name)!;
	const row = await runFault(fault, server, createChance(SEED), { times: fault.short, cold });
	expect({ seed: SEED, row }).toMatchObject({
		row: { lost: 0, doubled: 0, foreign: 0, wrong: [], times: fault.short }
	});
	expect((row as { acknowledged: number }).acknowledged).toBeGreaterThan(50);
}

test('FA1 killed while people type, the server loses nothing that it acknowledged, and starts without a hand', () =>
	endure('kill -9 while typing', true));

test('FA1 killed while it opens its database, it starts all the same', () =>
	endure('kill -9 while starting'));

test('FA1 killed while its log is made short, it has everything', () =>
	endure('compacted and killed'));

describe.concurrent('on one server at once', () => {
	test('FA2 a network that flaps twenty times takes no word and doubles none', () =>
		endure('network flaps 20 times'));

	test('FA2 connections that are cut within frames take no word and double none', () =>
		endure('connections cut within frames'));

	test('FA3 what a lost connection delivers late, behind the next one, is there once', () =>
		endure('an old connection overtaken'));

	test('FA4 a device that takes nothing does not hold up the others, and has everything afterwards', () =>
		endure('stalled client beside others'));

	test('FA5 a connection that died in silence is noticed, and what was written meanwhile is saved', () =>
		endure('half-open connections'));

	test('FA6 two devices of one person, now this one away and now that one, have one notebook', () =>
		endure('both devices of one person'));

	test('FA6 devices whose clocks are hours wrong lose nothing, and know the time', () =>
		endure('clocks skewed by hours'));
});

test('FA7 the harness knows a word that is missing, one that is doubled, and one that nobody wrote', () => {
	const ledger = new Ledger();
	for (const text of ['one ', 'one two ', 'one two three ']) ledger.writes('card', text);
	ledger.hears(2);
	expect(ledger.judge('card', 'one two ')).toBe('good');
	expect(ledger.judge('card', 'one two three ')).toBe('good');
	expect(ledger.judge('card', 'one ')).toBe('lost');
	expect(ledger.judge('card', undefined)).toBe('lost');
	expect(ledger.judge('card', 'one three ')).toBe('lost');
	expect(ledger.judge('card', 'one two two three ')).toBe('doubled');
	expect(ledger.judge('card', 'one x ')).toBe('foreign');
	expect(ledger.judge('card', 'one ', 1)).toBe('good');
	expect(ledger.judge('another', 'one ')).toBe('doubled');
	expect(ledger.characters).toBe('one two '.length);
	ledger.givesUp();
	ledger.writes('card', 'one four ');
	ledger.hears(4);
	expect(ledger.judge('card', 'one two ')).toBe('lost');
	expect(ledger.judge('card', 'one four ')).toBe('good');
});

test('FA7 the table ends with what went wrong', () => {
	const good = { ...emptyRow('slow line'), times: 2, acknowledged: 1234, longest: 1500 };
	const bad = { ...emptyRow('kill'), lost: 1, wrong: ['the server has another board'] };
	expect([good, bad].map(isGood)).toEqual([true, false]);
	const drawn = table([good, bad]).split('\n');
	expect(drawn[1]).toMatch(/^slow line +2 +1,234 +0 +1\.5 s$/);
	expect(drawn.slice(3)).toEqual([
		'WRONG at "kill": 1 lost, 0 doubled, 0 that nobody wrote',
		'  the server has another board'
	]);
});
