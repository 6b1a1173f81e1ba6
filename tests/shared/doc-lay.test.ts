/** How a board lies: read without a word, and put back. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { dissolveGroup, joinGroup, leaveGroup, makeGroup, place } from '#shared/doc/board.ts';
import { boardAt, layOut, readLay, type Lay } from '#shared/doc/lay.ts';
import { changeCard } from '#shared/doc/notebook.ts';
import { readBoard } from '#shared/doc/read.ts';
import { groupsOf, placementsOf } from '#shared/doc/schema.ts';
import { boardWith, notebookOf, write } from './doc-support.ts';

const CARDS = ['card-1', 'card-2', 'card-3', 'card-4', 'card-5'];
const GROUPS = ['group-1', 'group-2', 'group-3'];
const COLUMNS = ['barriers', 'ways'];

/** Cards of Ben's and Chidi's, and their notebooks; some come later. */
function room(now = CARDS): { board: Y.Doc; ben: Y.Doc } {
	const ben = notebookOf('ben');
	const chidi = notebookOf('chidi');
	for (const [i, id] of now.entries())
		write(i % 2 === 0 ? ben : chidi, id, `words of ${id}`, { order: `a${i}` });
	return { board: boardWith(ben, chidi), ben };
}

/** What people do to a board, by chance. */
const deed = fc.oneof(
	fc.record({
		do: fc.constant('place' as const),
		id: fc.constantFrom(...CARDS, ...GROUPS),
		column: fc.constantFrom(...COLUMNS),
		order: fc.constantFrom('a0', 'a5', 'b1', 'c3'),
		group: fc.option(fc.constantFrom(...GROUPS, 'group-of-nobody'), { nil: undefined })
	}),
	fc.record({
		do: fc.constant('make' as const),
		id: fc.constantFrom(...GROUPS),
		kind: fc.constantFrom('theme' as const, 'same' as const),
		title: fc.constantFrom('', 'Means', 'Time 🕰'),
		cards: fc.uniqueArray(fc.constantFrom(...CARDS), { maxLength: 3 })
	}),
	fc.record({
		do: fc.constantFrom('join' as const, 'leave' as const),
		id: fc.constantFrom(...CARDS, ...GROUPS),
		group: fc.constantFrom(...GROUPS)
	}),
	fc.record({
		do: fc.constantFrom('dissolve' as const, 'clear' as const),
		id: fc.constantFrom(...GROUPS)
	}),
	fc.record({ do: fc.constant('move own' as const), id: fc.constantFrom(...CARDS) })
);

type Deed = typeof deed extends fc.Arbitrary<infer Done> ? Done : never;

function carryOut({ board, ben }: { board: Y.Doc; ben: Y.Doc }, what: Deed): void {
	switch (what.do) {
		case 'place': {
			const { id, column, order, group } = what;
			return place(board, id, group === undefined ? { column, order } : { column, order, group });
		}
		case 'make':
			return makeGroup(board, { ...what, column: 'barriers', order: 'a3' });
		case 'join':
			return joinGroup(board, what.id, what.group);
		case 'leave':
			return leaveGroup(board, what.id, { column: 'ways', order: 'd1' });
		case 'dissolve':
			return dissolveGroup(board, what.id);
		case 'clear':
			groupsOf(board).delete(what.id);
			return;
		case 'move own':
			changeCard(ben, what.id, { column: 'ways', order: 'z9' });
			Y.applyUpdate(board, Y.encodeStateAsUpdate(ben));
	}
}

const wordsOf = (board: Y.Doc) =>
	new Map(readBoard(board).cards.map(({ id, author, fields }) => [id, { author, fields }]));
/** By id: a reading of what stands where. */
const standing = (board: Y.Doc) => {
	const { cards, groups } = readBoard(board);
	return {
		cards: cards.map(({ id, column, order, group }) => ({ id, column, order, group })),
		groups
	};
};

test('HI9 whatever was arranged before and after, a board that is put back reads as it did, and no word is another', () => {
	fc.assert(
		fc.property(
			fc.array(deed, { maxLength: 12 }),
			fc.array(deed, { maxLength: 12 }),
			(was, since) => {
				const place = room();
				for (const one of was) carryOut(place, one);
				const then = standing(place.board);
				const lay = readLay(place.board);
				for (const one of since) carryOut(place, one);
				const said = wordsOf(place.board);
				const now = readLay(place.board);
				const present = standing(place.board);

				place.board.transact(() => layOut(place.board, lay));
				expect(standing(place.board)).toEqual(then);
				expect(readLay(place.board)).toEqual(lay);
				expect(wordsOf(place.board)).toEqual(said);
				place.board.transact(() => layOut(place.board, now));
				expect(standing(place.board)).toEqual(present);
				expect(wordsOf(place.board)).toEqual(said);
			}
		),
		{ numRuns: Number(process.env['RUNS'] ?? 100), seed: 42 }
	);
});

test('HI8 a moment is drawn as the board was drawn then', () => {
	fc.assert(
		fc.property(
			fc.array(deed, { maxLength: 12 }),
			fc.array(deed, { maxLength: 12 }),
			(was, since) => {
				const place = room();
				for (const one of was) carryOut(place, one);
				const then = readBoard(place.board);
				const lay = JSON.parse(JSON.stringify(readLay(place.board))) as Lay;
				for (const one of since) carryOut(place, one);
				expect(boardAt(lay, readBoard(place.board).cards)).toEqual(then);
			}
		),
		{ numRuns: Number(process.env['RUNS'] ?? 100), seed: 42 }
	);
});

test('HI10 a card that came later keeps its place, and the theme around its group where that stays', () => {
	const { board } = room();
	makeGroup(board, {
		id: 'group-1',
		kind: 'theme',
		column: 'barriers',
		order: 'a0',
		cards: CARDS.slice(0, 2)
	});
	const lay = readLay(board);
	const later = notebookOf('dana');
	write(later, 'card-9', 'later', { order: 'q1' });
	write(later, 'card-8', 'later too', { order: 'q2' });
	Y.applyUpdate(board, Y.encodeStateAsUpdate(later));
	makeGroup(board, {
		id: 'group-2',
		kind: 'same',
		column: 'barriers',
		order: 'a0',
		cards: ['card-9', 'card-8']
	});
	joinGroup(board, 'group-2', 'group-1');
	layOut(board, lay);
	const { cards, groups } = readBoard(board);
	expect(groups.map(({ id }) => id)).toEqual(['group-1']);
	expect(cards.find(({ id }) => id === 'card-9')).toMatchObject({
		column: 'barriers',
		order: 'q1',
		group: 'group-1'
	});
});

test('HI9 a board that lies so already is not written to', () => {
	const { board } = room();
	makeGroup(board, { id: 'group-1', kind: 'theme', column: 'barriers', order: 'a0', cards: CARDS });
	const before = Y.encodeStateVector(board);
	const placements = [...placementsOf(board).entries()];
	layOut(board, readLay(board));
	expect(Y.encodeStateVector(board)).toEqual(before);
	expect([...placementsOf(board).entries()]).toEqual(placements);
});
