import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { addCard, fieldText, makeAuthorMap, setField } from '#shared/doc/notebook.ts';
import { readNotebook } from '#shared/doc/read.ts';
import type { CardId } from '#shared/ids.ts';
import { beginCard } from '../../src/lib/board/begin-card.ts';
import { barrier } from './board-support.ts';

/** Ben's notebook, as his page writes into it. */
function bensNotebook() {
	const notebook = new Y.Doc();
	Y.applyUpdate(notebook, makeAuthorMap('author-ben'));
	let made = 0;
	return {
		get own() {
			return readNotebook(notebook);
		},
		add(card: Parameters<typeof beginCard>[1] & { draft?: boolean }): CardId {
			const id = `card-${(made += 1)}`;
			addCard(notebook, barrier, { ...card, id, order: `a${made}` });
			return id;
		},
		text: (card: CardId, field: string) => fieldText(notebook, card, field),
		setField: (card: CardId, field: string, value: Parameters<typeof setField>[3]) =>
			setField(notebook, card, field, value)
	};
}

test('BO23 letters and a choice that come at once are one draft', () => {
	const notebook = bensNotebook();
	const type = (stoppedUs: string) =>
		beginCard(notebook, { column: 'barriers', fields: { stoppedUs } });
	expect(type('N')).toBe(type('No time'));
	beginCard(notebook, { column: 'barriers', fields: { cause: 'time' } });
	expect(notebook.own).toMatchObject([
		{ draft: true, fields: { stoppedUs: 'No time', cause: 'time' } }
	]);
});

test('BO23 each column keeps a draft of its own', () => {
	const notebook = bensNotebook();
	beginCard(notebook, { column: 'barriers', fields: { stoppedUs: 'No time' } });
	beginCard(notebook, { column: 'ways-round', fields: { whatWeCouldDo: 'Ask' } });
	expect(notebook.own.map(({ column }) => column)).toEqual(['barriers', 'ways-round']);
});
