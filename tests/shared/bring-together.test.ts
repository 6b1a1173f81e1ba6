/** What accepting a suggestion does to the board, and what turns a theme into one idea. */
import { expect, test } from 'vitest';
import { joinAll, joinGroup, makeGroup, place } from '#shared/doc/board.ts';
import { readBoard } from '#shared/doc/read.ts';
import { groupsOf, placementsOf, type GroupKind } from '#shared/doc/schema.ts';
import type { GroupId } from '#shared/ids.ts';
import type { Suggestion } from '#shared/suggestions.ts';
import { otherKind, remake } from '../../src/lib/board/remaking.ts';
import {
	bringTogether,
	cardsOf,
	type Gathered
} from '../../src/lib/facilitation/bring-together.ts';
import { UndoHistory } from '../../src/lib/sync/undo-history.ts';
import { arrangedBoard } from './board-support.ts';

const [a, b, c, d, e] = ['card-a', 'card-b', 'card-c', 'card-d', 'card-e'] as const;
const suggestion = (kind: Suggestion['kind'], cards: string[]): Suggestion => ({
	key: `${kind}-key`,
	kind,
	cards,
	title: 'No time'
});

/** Five cards of one column; the board's own writes, each of which is counted, and its history. */
function gathered() {
	const { room, writes } = arrangedBoard({ barriers: [a, b, c, d, e] });
	const history = new UndoHistory(() => undefined);
	history.follow(room, null);
	let made = 0;
	const board: Gathered = {
		get value() {
			return readBoard(room);
		},
		makeGroup(cards, at, kind = 'theme', more = {}) {
			const id = `made-${(made += 1)}`;
			history.beginStep();
			makeGroup(room, { id, kind, cards, ...at, ...more });
			return id;
		},
		joinAll(cards, group) {
			history.beginStep();
			joinAll(room, cards, group);
		}
	};
	const have = (id: GroupId, kind: GroupKind, cards: string[], theme?: GroupId) => {
		makeGroup(room, {
			id,
			kind,
			title: `The ${id}`,
			column: 'barriers',
			order: 'a5',
			cards,
			theme
		});
		history.beginStep();
	};
	const groups = () =>
		board.value.groups.map(({ id, kind, title, cards, group }) => ({
			id,
			kind,
			title,
			cards,
			...(group && { in: group })
		}));
	/** Everything that a suggestion does is one write, taken back whole. */
	function inOneStep(act: () => unknown): void {
		const [before, count] = [board.value, writes()];
		act();
		expect(writes()).toBe(count + 1);
		const after = board.value;
		history.undo();
		expect(board.value).toEqual(before);
		history.redo();
		expect(board.value).toEqual(after);
		const whole = ({ cards }: typeof before) =>
			cards
				.map(({ id, author, fields }) => ({ id, author, fields }))
				.sort((x, y) => (x.id < y.id ? -1 : 1));
		expect(whole(after)).toEqual(whole(before));
	}
	return { board, room, writes, have, groups, inOneStep };
}

test.each(['same', 'theme'] as const)(
	'MS15 an accepted %s becomes a group, in one step',
	(kind) => {
		const { board, groups, inOneStep } = gathered();
		inOneStep(() => bringTogether(board, suggestion(kind, [d, b])));
		expect(groups()).toEqual([{ id: 'made-1', kind, title: 'No time', cards: [b, d] }]);
		expect(board.value.groups[0]!.column).toBe('barriers');
	}
);

test('MS16 an idea is made inside the theme in which one of its cards stands', () => {
	const { board, have, groups, inOneStep } = gathered();
	have('theme-1', 'theme', [a, b, c]);
	inOneStep(() => bringTogether(board, suggestion('same', [a, b, e])));
	expect(groups()).toEqual([
		{ id: 'made-1', kind: 'same', title: 'No time', cards: [a, b, e], in: 'theme-1' },
		{ id: 'theme-1', kind: 'theme', title: 'The theme-1', cards: [c] }
	]);
});

test('MS16 whatever says the same as a group of one idea joins it', () => {
	const { board, have, groups, inOneStep } = gathered();
	have('theme-1', 'theme', [a, b]);
	have('same-1', 'same', [c, d], 'theme-1');
	inOneStep(() => bringTogether(board, suggestion('same', [a, c, d, e])));
	const same = groups().find(({ kind }) => kind === 'same')!;
	expect(same).toMatchObject({ id: 'same-1', title: 'The same-1', in: 'theme-1' });
	expect(same.cards.toSorted()).toEqual([a, c, d, e]);
});

test('MS16 a theme takes groups of one idea as they are', () => {
	const { board, have, groups, inOneStep } = gathered();
	have('same-1', 'same', [b, c]);
	inOneStep(() => bringTogether(board, suggestion('theme', [a, b, c])));
	expect(groups().toSorted((x, y) => (x.id < y.id ? -1 : 1))).toEqual([
		{ id: 'made-1', kind: 'theme', title: 'No time', cards: [a] },
		{ id: 'same-1', kind: 'same', title: 'The same-1', cards: [b, c], in: 'made-1' }
	]);
});

test('MS17 what the room has put elsewhere meanwhile stays there', () => {
	const { board, have, room, writes } = gathered();
	have('same-1', 'same', [a, b]);
	have('same-2', 'same', [c, d]);
	const nothing = (kind: Suggestion['kind'], cards: string[]) => {
		const count = writes();
		expect(bringTogether(board, suggestion(kind, cards))).toBe(false);
		expect(writes()).toBe(count);
	};
	nothing('same', [a, c]);
	nothing('same', [a, b]);
	nothing('theme', [a, b]);
	nothing('same', [a, 'card-gone']);
	nothing('theme', ['card-gone', 'card-too']);
	have('theme-1', 'theme', [d, e]);
	joinGroup(room, a, 'theme-1');
	nothing('theme', [a, e]);
	have('theme-2', 'theme', [b, c]);
	nothing('same', [b, e]);
	expect(cardsOf(board.value, suggestion('same', [a, 'card-gone'])).map(({ id }) => id)).toEqual([
		a
	]);
});

test('MS18 a theme becomes one idea with its cards and name, and an idea a theme', () => {
	const { board, have, groups, inOneStep } = gathered();
	have('theme-1', 'theme', [a, b]);
	have('same-1', 'same', [c, d], 'theme-1');
	const [same, theme] = ['same-1', 'theme-1'].map((id) =>
		board.value.groups.find((one) => one.id === id)!
	);
	expect(otherKind(same!)).toBeNull();
	expect(remake(board, same!)).toBe('same-1');
	inOneStep(() => remake(board, theme!));
	const [one, ...others] = groups();
	expect(others).toEqual([]);
	expect(one).toMatchObject({ id: 'made-1', kind: 'same', title: 'The theme-1' });
	expect(one!.cards.toSorted()).toEqual([a, b, c, d]);
	inOneStep(() => remake(board, board.value.groups[0]!));
	expect(groups()).toEqual([{ ...one, id: 'made-2', kind: 'theme' }]);
});

test('MS18 the group that takes its place lies where it lay, and nothing is left of the other', () => {
	const { board, have, room } = gathered();
	have('theme-1', 'theme', [b, d]);
	place(room, 'theme-1', { column: 'ways-round', order: 'a7' });
	remake(board, board.value.groups[0]!);
	expect([...groupsOf(room).keys()]).toEqual(['made-1']);
	expect(placementsOf(room).has('theme-1')).toBe(false);
	expect(board.value.groups).toMatchObject([{ kind: 'same', column: 'ways-round', order: 'a7' }]);
});
