/** Tabs of one device with Ben's notebook, beside the server that they write to. */
import * as Y from 'yjs';
import * as notebook from '#shared/doc/notebook.ts';
import { readNotebook } from '#shared/doc/read.ts';
import { readMarks } from '../../src/lib/sync/stamps.ts';
import { SyncedDocument } from '../../src/lib/sync/synced-document.ts';
import { until } from '../support/until.ts';
import { exerciseOf } from './facilitation-room.ts';
import { MemoryCopies, MemoryStorage } from './sync-device.ts';
import { Peer } from './sync-peer.ts';

export const DAY = 24 * 60 * 60 * 1000;
const exercise = exerciseOf('barrier')!;
const PATH = 'board-one/notebook';

export class Tabs {
	readonly peer: Peer;
	readonly storage = MemoryStorage.install();
	readonly copies = new MemoryCopies();
	now = 1000;
	readonly #opened: SyncedDocument[] = [];

	private constructor(peer: Peer) {
		this.peer = peer;
	}

	static async on(author = 'author-ben'): Promise<Tabs> {
		const tabs = new Tabs(await Peer.start());
		Y.applyUpdate(tabs.atServer, notebook.makeAuthorMap(author));
		return tabs;
	}

	async end(): Promise<void> {
		for (const document of this.#opened) document.close();
		await this.peer.stop();
		this.storage.remove();
	}

	/** Opened, and not waited for; `away` without a network. */
	open({ away = false } = {}): SyncedDocument {
		const { server } = this.peer;
		const made = new SyncedDocument({
			server: away ? { ...server, url: 'ws://127.0.0.1:9/yjs' } : server,
			board: 'board-one',
			document: 'notebook',
			exercise,
			changed: () => {},
			told: () => {},
			presence: () => {},
			replaced: () => {},
			kept: { workshop: 'workshop-one', copies: this.copies },
			now: () => this.now
		});
		this.#opened.push(made);
		void made.open();
		return made;
	}

	async inStep(): Promise<SyncedDocument> {
		const made = this.open();
		await until(() => made.synced && made.kept, { what: 'the notebook is in step, and kept' });
		return made;
	}

	async offline(): Promise<SyncedDocument> {
		const made = this.open({ away: true });
		await until(() => made.loaded, { what: 'the copy is read' });
		return made;
	}

	async cut(...tabs: SyncedDocument[]): Promise<void> {
		this.peer.drop();
		await until(() => tabs.every(({ connected }) => !connected), { what: 'the line is cut' });
	}

	get atServer(): Y.Doc {
		return this.peer.doc(PATH);
	}

	/** The server has another history; of the notebook there is the author's map alone. */
	restore(epoch: string, author = 'author-ben'): void {
		this.peer.forget(PATH, epoch);
		Y.applyUpdate(this.atServer, notebook.makeAuthorMap(author));
	}

	get marks(): number {
		return readMarks('board-one').size;
	}
}

export const write = (one: SyncedDocument, id: string, what: string): void =>
	notebook.addCard(one.doc, exercise, { id, column: 'barriers', order: 'a0', fields: { what } });

export const words = (doc: Y.Doc) =>
	readNotebook(doc)
		.map((card) => card.fields.what)
		.sort();

export const isSaved = (one: SyncedDocument) =>
	until(() => one.synced && one.saved === 'saved', { what: 'it is saved' });
