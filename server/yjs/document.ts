import * as Y from 'yjs';

/** Where a change of a document comes from; no listener needs to guess. */
export type Origin = { source: 'log' | 'client' | 'forward' | 'server' };

/**
 * A document as its room keeps it. Every change is one transaction and answers the one update that
 * it made, null where it changed nothing. What throws has left the document in an unknown state:
 * the room has to be dropped and read again from its log.
 */
export class Document {
	readonly doc = new Y.Doc();
	#made: Uint8Array | null = null;
	#stateVector: Uint8Array | null = null;

	constructor() {
		// Must not throw: a listener that does silences the document for good.
		this.doc.on('update', (update: Uint8Array) => {
			this.#made = update;
			this.#stateVector = null;
		});
	}

	/** How far it is, encoded once for all who ask before it changes. */
	get stateVector(): Uint8Array {
		return (this.#stateVector ??= Y.encodeStateVector(this.doc));
	}

	/** Applies updates that have been judged, or come from the log. */
	apply(updates: Iterable<Uint8Array>, origin: Origin): Uint8Array | null {
		return this.#change(origin, false, () => {
			for (const update of updates) Y.applyUpdate(this.doc, update, origin);
		});
	}

	/** Writes into it as this client. */
	write(clientId: number, write: () => void): Uint8Array | null {
		this.doc.clientID = clientId;
		return this.#change({ source: 'server' }, true, write);
	}

	/** Whether something waits in it for what never came. */
	get waits(): boolean {
		const { pendingStructs, pendingDs } = this.doc.store;
		return pendingStructs !== null || pendingDs !== null;
	}

	/** Forgets what waits for rows that are lost. */
	stopWaiting(): void {
		this.doc.store.pendingStructs = null;
		this.doc.store.pendingDs = null;
	}

	#change(origin: Origin, local: boolean, change: () => void): Uint8Array | null {
		this.#made = null;
		Y.transact(this.doc, change, origin, local);
		if (this.waits && origin.source !== 'log')
			throw new Error('an update waits for what the document does not have');
		return this.#made;
	}
}
