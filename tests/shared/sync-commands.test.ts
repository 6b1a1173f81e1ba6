/** Commands that are kept until the server has acknowledged them. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Command, Envelope } from '#shared/facilitation/commands.ts';
import type { Outcome } from '#shared/wire/events.ts';
import { Commands } from '../../src/lib/sync/commands.ts';
import { KeptCommands } from '../../src/lib/sync/kept-commands.ts';
import { until } from '../support/until.ts';
import { MemoryStorage } from './sync-device.ts';

let storage: MemoryStorage;
/** What arrived at the server, and how it answers. */
let arrived: Envelope[];
let answer: Outcome;

beforeEach(() => {
	storage = MemoryStorage.install();
	arrived = [];
	answer = { ok: true, version: 4 };
});
afterEach(() => storage.remove());

/** A visit to the workshop: what is asked while `connected` is false waits. */
function visit({ keeps = true, connected = false } = {}) {
	const io = { connected };
	const give = async (envelope: Envelope) => {
		arrived.push(envelope);
		return answer;
	};
	const socket = { io, give } as unknown as ConstructorParameters<typeof Commands>[0];
	const commands = new Commands(socket, keeps ? new KeptCommands('workshop-one') : null, () => {});
	commands.takeUp();
	return {
		commands,
		connect() {
			io.connected = true;
			commands.connected();
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
