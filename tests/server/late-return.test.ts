/** A device that comes back hours later, with what was written on it without a network. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { addCard } from '#shared/doc/notebook.ts';
import { readNotebook } from '#shared/doc/read.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { BoardId } from '#shared/ids.ts';
import { SyncedDocument } from '../../src/lib/sync/synced-document.ts';
import { MemoryCopies, MemoryStorage } from '../shared/sync-device.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { comeAda, join, listen, write } from '../support/people.ts';
import { until } from '../support/until.ts';

const exercise = findExercise('barrier')!;
const MAIN = exercise.fields.find((field) => field.main)!.id;

let server: TestApp;
const storage = MemoryStorage.install();
const copies = new MemoryCopies();
beforeAll(async () => {
	server = await startTestApp();
});
afterAll(async () => {
	storage.remove();
	await server.close();
});

function notebookOf(
	board: BoardId,
	workshop: string,
	{ token, away = false }: { token: string; away?: boolean }
): SyncedDocument {
	const url = away ? 'ws://127.0.0.1:9' : server.url.replace('http', 'ws');
	const made = new SyncedDocument({
		server: { url: `${url}/yjs`, params: { token }, WebSocket: WebSocket as never },
		board,
		document: 'notebook',
		exercise,
		changed: () => {},
		told: () => {},
		presence: () => {},
		replaced: () => {},
		kept: { workshop, copies },
		now: () => server.clock.now()
	});
	void made.open();
	return made;
}
const put = ({ doc }: SyncedDocument, id: string, text: string) =>
	addCard(doc, exercise, { id, column: 'barriers', order: 'a0', fields: { [MAIN]: text } });

test('CL44 what was written offline comes hours later, after its phase: saved, held, told, and let in', async () => {
	const ada = await comeAda(server);
	const { id, code } = await ada.open();
	const [ben, chidi] = [await join(server, code, 'Ben'), await join(server, code, 'Chidi')];
	const board = await ada.run(id);
	const morning = notebookOf(board, id, ben);
	await until(() => morning.synced && morning.kept, { what: 'the notebook is kept' });
	put(morning, 'card-early', 'In time');
	await until(() => morning.saved === 'saved', { what: 'it is saved' });
	morning.close();

	const train = notebookOf(board, id, { ...ben, away: true });
	await until(() => train.loaded, { what: 'the copy is read' });
	put(train, 'card-late', 'Written on the train');
	expect([train.saved, train.closingIsSafe]).toEqual(['device', true]);
	train.close();

	const desk = await listen(server, id, ada);
	for (const phase of ['share', 'vote'] as const) await ada.command(id, { type: 'go', phase });
	server.clock.advance(5 * 60 * 60 * 1000);
	const screen = await write(server, board, chidi.token);
	const evening = notebookOf(board, id, ben);
	await until(() => evening.saved === 'saved' && evening.synced, { what: 'it is saved' });
	expect(readNotebook(evening.doc)).toHaveLength(2);
	expect(evening.refusal).toBeNull();
	await until(() => desk.last('late:changed')?.[1][0]?.cards === 1, { what: 'the desk is told' });
	expect(screen.seen().cards.map(({ id: card }) => card)).toEqual(['card-early']);

	await ada.command(id, { type: 'let-in', board });
	await until(() => screen.seen().cards.length === 2, { what: 'the room has it' });
	expect(screen.seen().cards.map(({ fields }) => fields[MAIN])).toContain('Written on the train');
	for (const one of [evening, desk, screen]) one.close();
});
