/**
 * What an author writes, and what it does to their notebook. Each function is one transaction
 * with the origin LOCAL: one update on the wire, one step of undo.
 */
import * as Y from 'yjs';
import { fieldsOf, isWritten, type Exercise, type Field } from '../exercises/format.ts';
import type { AuthorKey, CardId } from '../ids.ts';
import { cardsOf, type CardFrom, type FieldValue } from './schema.ts';

/** The origin of everything that this device does: what is sent, and what undo takes back. */
export const LOCAL = { source: 'local' } as const;

/**
 * The author's own map, as an update. The server makes it once, keeps these very bytes and replays
 * them: made twice, one of the two maps loses all its cards.
 */
export function makeAuthorMap(author: AuthorKey): Uint8Array {
	const doc = new Y.Doc();
	cardsOf(doc).set(author, new Y.Map<Y.Map<unknown>>());
	return Y.encodeStateAsUpdate(doc);
}

/** Whose notebook it is: null until the server's handshake has brought the author's map. */
export function ownAuthor(notebook: Y.Doc): AuthorKey | null {
	for (const author of cardsOf(notebook).keys()) return author;
	return null;
}

/** A new card, as its author's device makes it. */
export interface NewCard {
	id: CardId;
	column: string;
	order: string;
	answers?: CardId;
	from?: CardFrom;
	language?: string;
	draft?: boolean;
	fields?: Record<string, FieldValue>;
}

/** Writes a card, with the fields of its column. */
export function addCard(notebook: Y.Doc, exercise: Exercise, card: NewCard): void {
	const author = ownAuthor(notebook);
	if (author === null) throw new Error('addCard before the notebook has an author');
	const map = makeCard(fieldsOf(exercise, card.column), card);
	notebook.transact(() => cardsOf(notebook).get(author)!.set(card.id, map), LOCAL);
}

/**
 * A card as a notebook has it. Each of these fields that is text gets its Y.Text here and never
 * afterwards: two devices that made it would lose one's words.
 */
export function makeCard(fields: readonly Field[], card: NewCard): Y.Map<unknown> {
	const values = new Y.Map<unknown>();
	for (const field of fields) {
		const value = card.fields?.[field.id];
		if (isWritten(field)) values.set(field.id, new Y.Text(String(value ?? '').toWellFormed()));
		else if (value !== undefined) values.set(field.id, value);
	}
	const map = new Y.Map<unknown>([
		['column', card.column],
		['order', card.order]
	]);
	if (card.answers !== undefined) map.set('answers', card.answers);
	if (card.from !== undefined) map.set('from', card.from);
	if (card.language !== undefined) map.set('language', card.language);
	if (card.draft) map.set('draft', true);
	map.set('fields', values);
	return map;
}

/** The text of a field, to bind an input to. Null where the card or its text is not there. */
export function fieldText(notebook: Y.Doc, card: CardId, field: string): Y.Text | null {
	const text = fieldsMap(notebook, card)?.get(field);
	return text instanceof Y.Text ? text : null;
}

/**
 * Makes a text say `words` with the smallest change, so that what others type elsewhere in it
 * stays. A pair of surrogates is never split: Yjs would replace both halves. Half a character is
 * replaced here, as it is on the wire: else this device and the server would say different things.
 */
export function editText(text: Y.Text, words: string): void {
	const value = words.toWellFormed();
	const old = text.toString();
	if (old === value) return;
	const shorter = Math.min(old.length, value.length);
	let start = 0;
	while (start < shorter && old[start] === value[start]) start += 1;
	if (start > 0 && isHigh(old, start - 1)) start -= 1;
	let end = 0;
	while (end < shorter - start && old[old.length - 1 - end] === value[value.length - 1 - end])
		end += 1;
	if (end > 0 && isLow(old, old.length - end)) end -= 1;

	const change = () => {
		const removed = old.length - start - end;
		if (removed > 0) text.delete(start, removed);
		const added = value.slice(start, value.length - end);
		if (added !== '') text.insert(start, added);
	};
	if (text.doc) text.doc.transact(change, LOCAL);
	else change();
}

const isHigh = (text: string, at: number) => (text.charCodeAt(at) & 0xfc00) === 0xd800;
const isLow = (text: string, at: number) => (text.charCodeAt(at) & 0xfc00) === 0xdc00;

/** Sets a field that is not text; null takes its value away. */
export function setField(
	notebook: Y.Doc,
	card: CardId,
	field: string,
	value: FieldValue | null
): void {
	const fields = fieldsMap(notebook, card);
	const now = fields?.get(field);
	if (!fields || now instanceof Y.Text || same(now, value ?? undefined)) return;
	notebook.transact(() => {
		if (value === null) fields.delete(field);
		else fields.set(field, value);
	}, LOCAL);
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Takes the draft mark off: from now on the room sees the card, and it counts. */
export function putDown(notebook: Y.Doc, card: CardId): void {
	const map = cardMap(notebook, card);
	if (map?.has('draft')) notebook.transact(() => map.delete('draft'), LOCAL);
}

/** Moves a card among its author's own, or says what it answers or is for (null: nothing). */
export function changeCard(
	notebook: Y.Doc,
	card: CardId,
	change: { column?: string; order?: string; answers?: CardId | null; from?: CardFrom | null }
): void {
	const map = cardMap(notebook, card);
	if (!map) return;
	notebook.transact(() => {
		for (const key of ['column', 'order', 'answers', 'from'] as const) {
			const value = change[key];
			if (value === undefined || same(map.get(key), value ?? undefined)) continue;
			if (value === null) map.delete(key);
			else map.set(key, value);
		}
	}, LOCAL);
}

/** Takes a card back. */
export function deleteCard(notebook: Y.Doc, card: CardId): void {
	const author = ownAuthor(notebook);
	if (author === null) return;
	const own = cardsOf(notebook).get(author)!;
	if (own.has(card)) notebook.transact(() => own.delete(card), LOCAL);
}

function cardMap(notebook: Y.Doc, card: CardId): Y.Map<unknown> | undefined {
	const author = ownAuthor(notebook);
	return author === null ? undefined : cardsOf(notebook).get(author)?.get(card);
}

function fieldsMap(notebook: Y.Doc, card: CardId): Y.Map<unknown> | undefined {
	const fields = cardMap(notebook, card)?.get('fields');
	return fields instanceof Y.Map ? fields : undefined;
}
