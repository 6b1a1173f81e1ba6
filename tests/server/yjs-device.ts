/** A device at one document: a socket that speaks the protocol by hand, so that a test may lie with it. */
import * as decoding from 'lib0/decoding';
import { nanoid } from 'nanoid';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { BoardValue, CardValue } from '#shared/doc/contents.ts';
import { addCard } from '#shared/doc/notebook.ts';
import { readBoard, readNotebook } from '#shared/doc/read.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { CardId } from '#shared/ids.ts';
import { FRAME, SYNC, writeStep1, writeStep2, writeUpdate } from '#shared/wire/yjs-frames.ts';
import { until } from '../support/until.ts';

/** What is run on every board here. */
export const exercise = findExercise('barrier')!;

export class Device {
	readonly doc = new Y.Doc();
	readonly socket: WebSocket;
	/** Every byte that came. */
	readonly frames: Uint8Array[] = [];
	epoch: string | null = null;
	/** As many of the update frames sent here are in the database. */
	committed = 0;
	sent = 0;
	steps2 = 0;
	closed: { code: number; reason: string } | null = null;
	/** What the last awareness frames said, by client id. */
	readonly presence = new Map<number, Record<string, unknown> | null>();

	constructor(url: string) {
		this.socket = new WebSocket(url);
		this.socket.binaryType = 'nodebuffer';
		this.socket.on('open', () => this.socket.send(writeStep1(Y.encodeStateVector(this.doc))));
		this.socket.on('message', (data: Buffer) => this.#read(new Uint8Array(data)));
		this.socket.on('error', () => {});
		this.socket.on('close', (code, reason) => (this.closed = { code, reason: reason.toString() }));
		this.doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== this) this.push(update);
		});
	}

	push(update: Uint8Array): void {
		if (this.socket.readyState !== this.socket.OPEN) return;
		this.sent += 1;
		this.socket.send(writeUpdate(update));
	}

	raw(bytes: Uint8Array): void {
		this.socket.send(bytes);
	}

	/** Writes a card and puts it down. */
	put(text: string, more: { id?: CardId; draft?: true; column?: string } = {}): CardId {
		const { id = nanoid(), draft, column = 'barriers' } = more;
		const order = `a${this.cards().length.toString(36)}V`;
		const field = column === 'barriers' ? 'stoppedUs' : 'whatWeCouldDo';
		addCard(this.doc, exercise, { id, column, order, draft, fields: { [field]: text } });
		return id;
	}

	cards(): CardValue[] {
		return readNotebook(this.doc);
	}

	board(): BoardValue {
		return readBoard(this.doc);
	}

	/** The words that are to be seen here, sorted. */
	words(): string[] {
		return this.board()
			.cards.flatMap(({ fields }) => [fields['stoppedUs'] ?? fields['whatWeCouldDo'] ?? ''])
			.map(String)
			.sort();
	}

	synced(): Promise<unknown> {
		return until(() => this.steps2 > 0, { what: 'a step 2' });
	}

	/** Everything that was written here is in the database. */
	saved(): Promise<unknown> {
		return until(() => this.committed >= this.sent && this.committed > 0, { what: 'saved' });
	}

	shut(): Promise<{ code: number; reason: string }> {
		return until(() => this.closed, { what: 'the closing of a socket' });
	}

	/** Whether these words have come over this socket in any form. */
	heard(words: string): boolean {
		return this.frames.some((frame) => Buffer.from(frame).includes(words));
	}

	/** Everything sent so far has been read by the other end. */
	echo(): Promise<unknown> {
		const pong = new Promise((resolve) => this.socket.once('pong', resolve));
		this.socket.ping();
		return pong;
	}

	cut(): void {
		this.socket.terminate();
	}

	#read(bytes: Uint8Array): void {
		this.frames.push(bytes);
		const decoder = decoding.createDecoder(bytes);
		switch (decoding.readVarUint(decoder)) {
			case FRAME.epoch:
				this.epoch = decoding.readVarString(decoder);
				return;
			case FRAME.committed:
				this.committed = decoding.readVarUint(decoder);
				return;
			case FRAME.awareness:
				return this.#readPresence(decoding.readVarUint8Array(decoder));
			case FRAME.sync: {
				const step = decoding.readVarUint(decoder);
				const body = decoding.readVarUint8Array(decoder);
				if (step === SYNC.step1) {
					this.sent += 1;
					this.socket.send(writeStep2(Y.encodeStateAsUpdate(this.doc, body)));
					return;
				}
				Y.applyUpdate(this.doc, body, this);
				if (step === SYNC.step2) this.steps2 += 1;
			}
		}
	}

	#readPresence(update: Uint8Array): void {
		const decoder = decoding.createDecoder(update);
		for (let left = decoding.readVarUint(decoder); left > 0; left--) {
			const clientId = decoding.readVarUint(decoder);
			decoding.readVarUint(decoder);
			this.presence.set(
				clientId,
				JSON.parse(decoding.readVarString(decoder)) as Record<string, unknown> | null
			);
		}
	}
}
