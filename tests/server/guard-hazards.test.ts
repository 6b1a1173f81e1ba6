/**
 * What is known to break servers of Yjs documents, one row each: how it is refused, at what cost
 * beside an honest update of the same size, and that a pair on the same board goes on.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { judge } from '#server/yjs/guard.ts';
import { cardsOf } from '#shared/doc/schema.ts';
import { fastest } from '../support/computing.ts';
import { until } from '../support/until.ts';
import { firstText, HAZARDS, many, type Attacker, type Hazard } from './guard-hazards.ts';
import { benNotebook, idOf, said, updateOf } from './guard-support.ts';
import type { Device } from './yjs-device.ts';
import { TestRoom } from './yjs-room.ts';

let room: TestRoom;
/** The pair that goes on: Ben, whom the attacks are about, and one more. */
let ben: Device;
let bens: Device;
let other: Device;
let others: Device;
beforeAll(async () => {
	room = await TestRoom.inPhase('group');
	ben = await room.device('ben', 'notebook');
	bens = await room.device('ben', 'board');
	other = await room.device('p1', 'notebook');
	others = await room.device('p1', 'board');
	ben.put('Of Ben');
	await ben.saved();
});
afterAll(() => room.close());

/** Chidi comes, with a card that the board has. */
async function attacker(document: 'notebook' | 'board'): Promise<Attacker> {
	const notebook = await room.device('chidi', 'notebook');
	if (notebook.cards().length === 0) {
		notebook.put('Of Chidi');
		await notebook.saved();
	}
	const own = [...cardsOf(notebook.doc).values()][0]!;
	const card = idOf(own, notebook.cards()[0]!.id);
	const device = document === 'board' ? await room.device('chidi', 'board') : notebook;
	if (device !== notebook) notebook.cut();
	const { clientID: client } = ben.doc;
	const victim = { client, clock: Y.getState(ben.doc.store, client) };
	return { device, client: new Y.Doc().clientID, card, victim, presence: bens.doc.clientID };
}

/** Both write, and both read it on the board, on the connections that they had. */
async function goOn(what: string): Promise<void> {
	ben.put(`Ben, after ${what}`);
	other.put(`Other, after ${what}`);
	const words = (device: Device) => device.words().filter((one) => one.endsWith(what));
	await until(() => [bens, others].every((device) => words(device).length === 2), {
		what: `the pair after ${what}`
	});
	expect([ben, bens, other, others].map(({ closed }) => closed)).toEqual(many(4, () => null));
}

test.each(HAZARDS)('GU26 $name: refused, and a pair goes on', async (hazard: Hazard) => {
	const { frames, closes, document = 'notebook', name } = hazard;
	const one = await attacker(document);
	const { device } = one;
	const before = await room.words();
	const rows = (await room.stored()).length;
	for (const frame of frames(one)) device.raw(frame);
	if (closes) expect(await device.shut()).toEqual(closes);
	else await device.echo();
	expect([await room.words(), (await room.stored()).length]).toEqual([before, rows]);
	// First state and ten answers: no more is ever owed to one who asks.
	expect(device.steps2).toBeLessThan(12);
	await goOn(name);
	device.cut();
	expect(room.log.filter(({ message }) => message !== 'a frame was refused')).toEqual([]);
});

const JUDGED = HAZARDS.filter(({ judged }) => judged !== false);

test.each(JUDGED)(
	'GU27 $name: costs no more than honest letters of the same size',
	async ({ frames, closes, document = 'notebook' }: Hazard) => {
		const one = await attacker(document);
		const [frame] = frames(one);
		// Type, step and length before it.
		const update = frame!.subarray(
			frame!.byteLength < 131 ? 3 : frame!.byteLength < 16_388 ? 4 : 5
		);
		const { doc } = one.device;
		const judged = () =>
			judge(update, doc, {
				document,
				author: document === 'notebook' ? [...cardsOf(doc).keys()][0]! : null,
				holder: 'chidi',
				holderOf: (id) => (id === one.victim.client ? 'ben' : undefined),
				writesElsewhere: () => false,
				held: 0,
				mayArrange: true,
				exercise: room.facts()!.exercise,
				cardTaken: () => false
			});
		expect(said(judged())).toBe(closes!.reason);
		one.device.cut();

		const { server, device } = benNotebook();
		const letters = honest(device, Math.max(update.byteLength, 400));
		expect(said(judge(letters, server.doc, server.rights()))).toMatch(/passed|too-large/);
		const [cost, usual] = fastest(judged, () => judge(letters, server.doc, server.rights()));
		expect(cost! / usual!).toBeLessThan(1.5);
		expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null]);
	}
);

/** Letters typed one before the other, each a struct of its own, as much as that. */
function honest(device: Y.Doc, bytes: number): Uint8Array {
	return updateOf(device, () => {
		for (let at = 0; at < bytes / 12; at += 1) firstText(device).insert(0, 'x');
	});
}
