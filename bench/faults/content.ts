/** What a board and a notebook hold, so that two of them can be compared: content, never state vectors. */
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { readBoard, readNotebook } from '#shared/doc/read.ts';

/** The same text for the same content, in whatever order a document keeps it. */
export const boardContent = (doc: Y.Doc): string => inOneOrder(readBoard(doc));
export const notebookContent = (doc: Y.Doc): string => inOneOrder(readNotebook(doc));

/** Whether something in it waits for what never came. */
export const waits = (doc: Y.Doc): boolean =>
	doc.store.pendingStructs !== null || doc.store.pendingDs !== null;

const READ_WITHIN = 30_000;

/** The document as the server gives it to somebody who has nothing. Throws where it does not come. */
export function readFresh(url: string, token: string, room: string): Promise<Y.Doc> {
	const doc = new Y.Doc();
	const provider = new WebsocketProvider(`${url.replace(/^http/, 'ws')}/yjs`, room, doc, {
		params: { token },
		WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
		disableBc: true
	});
	return new Promise<Y.Doc>((resolve, reject) => {
		const late = setTimeout(() => reject(new Error(`${room} did not come`)), READ_WITHIN);
		provider.once('sync', () => {
			clearTimeout(late);
			resolve(doc);
		});
		provider.once('closed', ({ code }: { code: number }) => {
			clearTimeout(late);
			reject(new Error(`${room} was closed with ${code}`));
		});
	}).finally(() => provider.destroy());
}

const inOneOrder = (value: unknown): string =>
	JSON.stringify(value, (_key, part: unknown) =>
		part !== null && typeof part === 'object' && !Array.isArray(part)
			? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
			: part
	);
