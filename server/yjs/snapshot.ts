/**
 * What the documents of a board hold, as one value. The history stays the same one: every struct is
 * there under its id, and once; what was deleted has only its place, and no words (Yjs, with `gc`
 * on, drops them).
 *
 * A notebook that stands on the board is written once, as the notebook has it, and left out of what
 * the board has. Of one that is held the board has a part, as it was when it was forwarded: that part
 * is written as the board has it, and apart from it what the board does not have. What was deleted
 * since then is with the second, so that nothing of it reaches the board with the first.
 */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import type { Snapshot, SnapshotNotebook } from '#server/store/snapshots.ts';
import type { LogRow } from '#server/store/updates.ts';
import type { Documents } from './documents.ts';
import { stand, type Notebook, type Standing } from './notebook.ts';

/** A snapshot, and what its documents have to come to when it is read again. */
export interface Taken {
	snapshot: Snapshot;
	reached: Map<string, string>;
}

/**
 * At a cut: `row` is what is about to be committed; the documents have it, but for what is still to
 * be forwarded, which the notebooks have.
 */
export function takeSnapshot(
	documents: Documents,
	row: LogRow | null,
	place: { seq: number; at: number }
): Taken {
	const { board, notebooks } = documents;
	const inNotebooks = new Map<number, number>();
	const written: SnapshotNotebook[] = [];
	for (const notebook of notebooks.values()) {
		const { doc } = notebook.document;
		for (const client of doc.store.clients.keys())
			inNotebooks.set(client, Y.getState(board.doc.store, client));
		const { last, forwarded, heldSince } = standingAfter(notebook, row);
		const isHeld = last > forwarded;
		const clients = [...doc.store.clients.keys()];
		const shown = isHeld ? structsOf(board.doc, clients) : Y.encodeStateAsUpdate(doc);
		const held = isHeld
			? Y.encodeStateAsUpdate(doc, vector(clients.map((id) => [id, inNotebooks.get(id)!])))
			: new Uint8Array();
		written.push({ key: notebook.key, last, forwarded, heldSince, shown, held });
	}
	const own = Y.encodeStateAsUpdate(board.doc, vector(inNotebooks));
	return {
		snapshot: { ...place, board: own, notebooks: written },
		reached: reachedBy(documents)
	};
}

/** How far each document has come. The board's own clients alone: the rest is its notebooks'. */
export function reachedBy({ board, notebooks }: Documents): Map<string, string> {
	const reached = new Map<string, string>();
	const own = Y.decodeStateVector(Y.encodeStateVector(board.doc));
	for (const { key, document } of notebooks.values()) {
		const clients = Y.decodeStateVector(Y.encodeStateVector(document.doc));
		for (const client of clients.keys()) own.delete(client);
		reached.set(key, said(clients));
	}
	return reached.set('', said(own));
}

function standingAfter(notebook: Notebook, row: LogRow | null): Standing {
	let standing: Standing = notebook;
	for (const { document, forwarded, update } of row?.entries ?? [])
		if (document === notebook.key)
			standing = stand(standing, row!, { gained: update.byteLength > 0, forwarded });
	return standing;
}

/** The structs of these clients in a document, as an update that deletes nothing. */
function structsOf({ store }: Y.Doc, clients: number[]): Uint8Array {
	const encoder = new Y.UpdateEncoderV1();
	const there = clients.filter((client) => store.clients.has(client));
	encoding.writeVarUint(encoder.restEncoder, there.length);
	for (const client of there) {
		const structs = store.clients.get(client)!;
		encoding.writeVarUint(encoder.restEncoder, structs.length);
		encoder.writeClient(client);
		encoding.writeVarUint(encoder.restEncoder, structs[0]!.id.clock);
		for (const struct of structs) struct.write(encoder, 0);
	}
	encoding.writeVarUint(encoder.restEncoder, 0);
	return encoder.toUint8Array();
}

const vector = (clocks: Iterable<[number, number]>): Uint8Array =>
	Y.encodeStateVector(new Map(clocks));

const said = (clocks: Map<number, number>): string =>
	JSON.stringify([...clocks].toSorted(([a], [b]) => a - b));
