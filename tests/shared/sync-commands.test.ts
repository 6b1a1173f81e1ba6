/** Commands that are kept until the server has acknowledged them. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Command, Envelope } from '#shared/facilitation/commands.ts';
import type { Outcome } from '#shared/wire/events.ts';
import { Commands } from '../../src/lib/sync/commands.ts';
import { KeptCommands } from '../../src/lib/sync/kept-commands.ts';
import { until } from '../support/until.ts';
import { MemoryStorage } from './sync-device.ts';

let storage: MemoryStorage;
/** What arrived at the server, and how it answers: some things otherwise, or not before `held` is. */
let arrived: Envelope[];
let answer: Outcome;
let answers: Record<string, Outcome>;
let held: Promise<void> | null;

beforeEach(() => {
	storage = MemoryStorage.install();
	arrived = [];
	answer = { ok: true, version: 4 };
	answers = {};
	held = null;
});
afterEach(() => {
	vi.useRealTimers();
	storage.remove();
});

/** A visit to the workshop: what is asked while `connected` is false waits. */
function visit({ keeps = true, connected = false, takesUp = true } = {}) {
	const io = { connected };
	const give = async (envelope: Envelope) => {
		arrived.push(envelope);
		await held;
		return answers[envelope.id] ?? answer;
	};
	const socket = { io, give } as unknown as ConstructorParameters<typeof Commands>[0];
	const commands = new Commands(socket, keeps ? new KeptCommands('workshop-one') : null, () => {});
	if (takesUp) commands.takeUp();
	return {
		commands,
		connect() {
			io.connected = true;
			commands.connected();
		},
		lose() {
			io.connected = false;
		}
	};
}

const comment = (id: string, text = 'we tried that'): Command => ({
	type: 'comment',
	board: 'board-one',
	id,
	card: 'card-one',
	text
});
const envelope = (id: string, command: Command): Envelope => ({ id, command });
const nothingWaits = (commands: Commands) =>
	until(() => commands.waiting.length === 0, { what: 'everything is acknowledged' });

test('CL40 what was asked offline is sent on the next visit, in order and under the same ids', async () => {
	const first = visit();
	const asked = ['one', 'two', 'three'].map((id) =>
		envelope(`command-${id}`, comment(`comment-${id}`))
	);
	for (const each of asked) void first.commands.ask(each);
	expect(first.commands.areKept).toBe(true);
	const next = visit();
	expect(next.commands.waiting).toHaveLength(3);
	next.connect();
	await nothingWaits(next.commands);
	expect(arrived).toEqual(asked);
	expect(storage.keys).toEqual([]);
	expect(visit().commands.waiting).toEqual([]);
});

test('CL40 what is acknowledged, or refused to who asked, is kept no longer', async () => {
	const { commands } = visit({ connected: true });
	expect(await commands.ask(envelope('command-one', comment('comment-c')))).toEqual(answer);
	answer = { ok: false, refusal: 'wrong-phase' };
	expect(await commands.ask(envelope('command-two', comment('comment-d')))).toEqual(answer);
	expect(storage.keys).toEqual([]);
	expect(commands.returned).toEqual([]);
});

test('CL40 commands of facilitation are never kept, nor anything where there is no room or no seat', () => {
	const ada = visit();
	void ada.commands.ask(envelope('command-one', { type: 'next' }));
	expect(ada.commands.areKept).toBe(false);
	const none = visit({ keeps: false });
	void none.commands.ask(envelope('command-two', comment('comment-c')));
	expect(none.commands.areKept).toBe(false);
	storage.full = true;
	const full = visit();
	void full.commands.ask(envelope('command-three', comment('comment-d')));
	expect(full.commands.areKept).toBe(false);
	expect(storage.keys).toEqual([]);
});

test('CL40 what cannot be read is passed over', () => {
	storage.setItem('plenary:command:workshop-one:bad', '{"at":1,"envelope":{"id":"x"}}');
	storage.setItem('plenary:command:workshop-one:worse', '{');
	storage.setItem('plenary:command:workshop-two:other', '{}');
	expect(visit().commands.waiting).toEqual([]);
});

test('CL41 words of an earlier visit that are not taken are told, until they are dismissed', async () => {
	void visit().commands.ask(envelope('command-one', comment('comment-c', 'too late')));
	void visit().commands.ask(
		envelope('command-two', { type: 'remove-comment', board: 'board-one', id: 'comment-c' })
	);
	answer = { ok: false, refusal: 'wrong-phase' };
	const next = visit();
	next.connect();
	await nothingWaits(next.commands);
	expect(next.commands.returned).toMatchObject([
		{ id: 'command-one', command: { text: 'too late' }, refusal: 'wrong-phase' }
	]);
	const again = visit();
	again.connect();
	await nothingWaits(again.commands);
	expect(again.commands.returned).toHaveLength(1);
	again.commands.dismiss('command-one');
	expect(again.commands.returned).toEqual([]);
	expect(storage.keys).toEqual([]);
});

test('CL41 what waiting mends is sent again, not told', async () => {
	void visit().commands.ask(envelope('command-one', comment('comment-c')));
	answer = { ok: false, refusal: 'try-again' };
	const next = visit();
	next.connect();
	await until(() => arrived.length === 1, { what: 'it arrived' });
	answer = { ok: true, version: 5 };
	await until(() => {
		next.commands.connected();
		return next.commands.waiting.length === 0;
	});
	expect(next.commands.returned).toEqual([]);
	expect(arrived.map(({ id }) => id)).toEqual(['command-one', 'command-one']);
});

const action = (what: string, id = 'action-one'): Command => ({
	type: 'action',
	board: 'board-one',
	id,
	what,
	who: 'Ben',
	when: ''
});
const vote = (count: number, card = 'card-one'): Command => ({
	type: 'vote',
	board: 'board-one',
	target: { card },
	count
});
const AWAY: Outcome = { ok: false, refusal: 'try-again' };
const ids = () => arrived.map(({ id }) => id);

/** The next visit, in which what the last one left was answered by a server without its database. */
async function afterAway(left: Command) {
	void visit().commands.ask(envelope('command-left', left));
	const next = visit();
	answer = AWAY;
	next.connect();
	await until(() => arrived.length === 1, { what: 'it arrived' });
	arrived = [];
	answer = { ok: true, version: 5 };
	return next.commands;
}

for (const [what, left, newer] of [
	['an action', action('Call the baker'), action('Call the baker on Monday')],
	[
		'an action that is taken away',
		action('Call the baker'),
		{
			type: 'remove-action',
			board: 'board-one',
			id: 'action-one'
		}
	],
	['a vote', vote(1), vote(2)],
	['dots that move', vote(0), vote(1, 'card-two')],
	[
		'a comment',
		comment('comment-c'),
		{
			type: 'remove-comment',
			board: 'board-one',
			id: 'comment-c'
		}
	]
] as [string, Command, Command][])
	test(`CL48 what an earlier visit left never comes after what is newer: ${what}`, async () => {
		const commands = await afterAway(left);
		expect(await commands.ask(envelope('command-newer', newer))).toEqual(answer);
		expect(ids()).toEqual(['command-left', 'command-newer']);
		commands.connected();
		await nothingWaits(commands);
		expect(ids()).toEqual(['command-left', 'command-newer']);
		expect(storage.keys).toEqual([]);
	});

test('CL48 where the older one still has to wait, who asks for the newer is told so; other things go on', async () => {
	const commands = await afterAway(action('Call the baker'));
	answers['command-left'] = AWAY;
	const newer = commands.ask(envelope('command-newer', action('Call the baker on Monday')));
	const other = commands.ask(envelope('command-other', action('Write the letter', 'action-two')));
	expect(await other).toEqual(answer);
	expect(await newer).toEqual(AWAY);
	expect(ids().sort()).toEqual(['command-left', 'command-other']);
	expect(commands.waiting).toEqual([action('Call the baker')]);
	answers = {};
	commands.connected();
	await nothingWaits(commands);
	expect(storage.keys).toEqual([]);
});

test('CL48 what is asked twice at once about one thing is sent one after the other', async () => {
	let release = () => {};
	held = new Promise((resolve) => (release = resolve));
	const { commands } = visit({ connected: true });
	const both = [1, 2].map((count) => commands.ask(envelope(`vote-${count}`, vote(count))));
	void commands.ask(envelope('command-c', comment('comment-c')));
	expect(ids()).toEqual(['vote-1', 'command-c']);
	release();
	await Promise.all(both);
	expect(ids()).toEqual(['vote-1', 'command-c', 'vote-2']);
});

test('CL48 what is asked before the earlier visit’s is taken up still comes after it, and nothing is taken up twice', async () => {
	void visit().commands.ask(envelope('command-left', vote(1)));
	const next = visit({ takesUp: false });
	void next.commands.ask(envelope('command-newer', vote(2)));
	next.commands.takeUp();
	next.commands.takeUp();
	expect(next.commands.waiting).toEqual([vote(1), vote(2)]);
	next.connect();
	await nothingWaits(next.commands);
	expect(ids()).toEqual(['command-left', 'command-newer']);
});

test('CL48 what another tab has had answered meanwhile is not sent by this one', async () => {
	const first = visit();
	const asked = first.commands.ask(envelope('command-left', action('Call the baker')));
	const second = visit();
	answer = AWAY;
	first.connect();
	expect(await asked).toEqual(AWAY);
	answer = { ok: true, version: 5 };
	second.connect();
	await nothingWaits(second.commands);
	expect(ids()).toEqual(['command-left']);
});

test('CL40 the order stays where the clock was set back between two visits', () => {
	vi.useFakeTimers({ toFake: ['Date'] });
	for (const [id, at] of [
		['command-first', 9000],
		['command-second', 2000]
	] as const) {
		vi.setSystemTime(at);
		void visit().commands.ask(envelope(id, comment(id)));
	}
	expect(new KeptCommands('workshop-one').all().map(({ id }) => id)).toEqual([
		'command-first',
		'command-second'
	]);
});

test('SC17 what is said without a word is said now or not at all, and keeps no page open', async () => {
	const ready: Command = { type: 'ready', board: 'board-one', phase: 'write', on: true };
	const { commands, connect } = visit();
	expect(await commands.ask(envelope('ready-offline', ready))).toMatchObject({ ok: false });
	connect();
	expect(arrived).toEqual([]);

	held = new Promise(() => {});
	void commands.ask(envelope('ready-online', ready));
	expect(arrived.map(({ id }) => id)).toEqual(['ready-online']);
	expect(commands.areKept).toBe(true);
	expect(new KeptCommands('workshop-one').all()).toEqual([]);
});

test('SC17 what a lost connection cuts off is not said when there is another', async () => {
	const { commands, connect, lose } = visit({ connected: true });
	held = Promise.reject(new Error('the line is cut'));
	const hand = commands.ask(envelope('hand', { type: 'raise-hand' }));
	const words = commands.ask(envelope('words', comment('one')));
	lose();
	expect(await hand).toEqual({ ok: false, refusal: 'try-again' });
	held = null;
	connect();
	expect(await words).toEqual(answer);
	expect(arrived.map(({ id }) => id)).toEqual(['hand', 'words', 'words']);
});

test('SC42 a page is turned now or not at all, and which one is on is told in its order', async () => {
	const turn: Command = { type: 'turn-page', to: 'next' };
	const shown = (page: number): Command => ({
		type: 'tell-page',
		shown: { page, pages: 3, stays: false }
	});
	const { commands, connect } = visit();
	expect(await commands.ask(envelope('turn-offline', turn))).toMatchObject({ ok: false });
	connect();
	expect(arrived).toEqual([]);
	const told = [0, 1, 2].map((page) => commands.ask(envelope(`told-${page}`, shown(page))));
	expect(arrived.map(({ id }) => id)).toEqual(['told-0']);
	await Promise.all(told);
	expect(arrived.map(({ id }) => id)).toEqual(['told-0', 'told-1', 'told-2']);
});
