import { expect, test } from 'vitest';
import { readCode } from '#shared/code.ts';
import type { BoardValue, CardValue, GroupValue } from '#shared/doc/contents.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import { boardBefore } from '#shared/facilitation/beginnings.ts';
import type { AgendaItem } from '#shared/facilitation/state.ts';
import type { BoardView } from '#shared/facilitation/view.ts';
import type { PersonView } from '#shared/wire/events.ts';
import { typedCode } from '../../src/lib/join/code-cells.ts';
import { drawerCards } from '../../src/lib/room-screen/drawer-cards.ts';
import { fittingNames } from '../../src/lib/room-screen/fitting-names.ts';
import { promptSize } from '../../src/lib/room-screen/prompt-size.ts';
import { qrOf } from '../../src/lib/join/qr.ts';
import { wallOf, type Block } from '../../src/lib/room-screen/wall.ts';
import { othersCards } from '../../src/lib/room/others-cards.ts';
import { phaseSpan } from '../../src/lib/room/phase-span.ts';
import { earlierBoards, stageOf } from '../../src/lib/room/stage.ts';
import { ranking, votables } from '../../src/lib/room/vote-targets.ts';
import { seenByRoom } from '../../src/lib/state/shown-board.ts';

const barrier = findExercise('barrier')!;
const MINUTE = 60_000;

const exerciseItem = (exercise: string): AgendaItem => ({
	kind: 'exercise',
	exercise,
	title: exercise,
	phases: [{ phase: 'write', minutes: 4 }],
	writing: 'private'
});
const agenda: AgendaItem[] = [
	exerciseItem('barrier'),
	{ kind: 'break', minutes: 10 },
	exerciseItem('advocate')
];

const boardAt = (index: number, phase: BoardView['phase']): BoardView => ({
	id: `board-${index}`,
	index,
	exercise: 'barrier',
	title: 'Barriers',
	anonymous: false,
	phases: [{ phase: 'write', minutes: 4 }],
	phase,
	timer: { kind: 'none' },
	writing: 'private',
	revealed: false,
	...boardBefore(),
	startedAt: 0,
	phaseStartedAt: 0,
	finishedAt: null
});

const card = (id: string, order: string, text = id, more: Partial<CardValue> = {}): CardValue => ({
	id,
	author: 'ben',
	column: 'barriers',
	order,
	fields: { stoppedUs: text },
	...more
});
const group = (id: string, order: string, cards: string[], more: Partial<GroupValue> = {}) => ({
	id,
	kind: 'theme' as const,
	title: `Group ${id}`,
	column: 'barriers',
	order,
	cards,
	...more
});

test('SC1 a code is read in any case, with what stands around it', () => {
	expect(typedCode('k7m 4pr').letters).toBe('K7M4PR');
	expect(typedCode('K7M-4PR').letters).toBe('K7M4PR');
	expect(typedCode('http://plenary.example/?code=K7M4PR').letters).toBe('K7M4PR');
	expect(typedCode('K7M4PRST').letters).toBe('K7M4PR');
	expect(readCode(typedCode(' k7m4pr ').letters)).toBe('K7M4PR');
});

test('SC1 a letter that no code has is named', () => {
	expect(typedCode('K7O')).toEqual({ letters: 'K7', strange: 'O' });
	expect(typedCode('k7m').strange).toBeNull();
});

test('SC2 the stage follows the workshop', () => {
	const open = { status: 'open' as const, agenda, boards: [], live: null, break: null };
	expect(stageOf({ ...open, status: 'draft' })).toMatchObject({ kind: 'doors', open: false });
	expect(stageOf(open)).toMatchObject({ kind: 'doors', open: true, next: agenda[0] });

	const live = boardAt(0, 'write');
	expect(stageOf({ ...open, boards: [live], live: live.id })).toMatchObject({
		kind: 'board',
		board: live
	});

	const done = boardAt(0, 'done');
	const between = { ...open, boards: [done] };
	expect(stageOf(between)).toMatchObject({ kind: 'waiting', next: agenda[1], last: done });
	// A board that is done is not run any more, even where it is still the live one.
	expect(stageOf({ ...between, live: done.id })).toMatchObject({ kind: 'waiting' });

	const timer = { kind: 'paused' as const, left: MINUTE };
	const rest = { index: 1, minutes: 10, timer, stopped: false };
	expect(stageOf({ ...between, break: rest })).toMatchObject({
		kind: 'break',
		timer: rest.timer,
		next: agenda[2]
	});
	expect(stageOf({ ...between, live: live.id, status: 'closed' })).toEqual({ kind: 'closed' });
});

test('SC3 exercises are counted, breaks are not; done boards are earlier ones', () => {
	const live = boardAt(2, 'write');
	const boards = [boardAt(0, 'done'), live];
	const view = { status: 'open' as const, agenda, boards, live: live.id, break: null };
	expect(stageOf(view)).toMatchObject({ place: 2, places: 2 });
	expect(earlierBoards(view).map(({ id }) => id)).toEqual(['board-0']);
});

const voted: BoardValue = {
	cards: [
		card('one', 'a1', 'Time', { group: 'theme' }),
		card('two', 'a2', 'Hours', { group: 'same' }),
		card('three', 'a3', 'Opening hours', { group: 'same' }),
		card('four', 'a4', 'Money'),
		card('five', 'a0', 'Ask first', {
			column: 'ways-round',
			fields: { whatWeCouldDo: 'Ask first' }
		})
	],
	groups: [
		group('theme', 'a2V', ['one']),
		group('same', 'a2W', ['two', 'three'], { kind: 'same', group: 'theme' })
	]
};

test('SC4 groups and loose cards can have dots, in the order of the board', () => {
	const all = votables(voted, barrier);
	expect(all.map(({ id, members }) => [id, members.length])).toEqual([
		['theme', 3],
		['four', 0],
		['five', 0]
	]);
	expect(all[0]).toMatchObject({ target: { group: 'theme' }, text: 'Group theme' });
	expect(all[1]).toMatchObject({ target: { card: 'four' }, text: 'Money' });
});

test('SC5 equals share a place, and what has no dots is left out', () => {
	const all = votables(voted, barrier);
	expect(ranking(all, { four: 3, five: 3 })).toMatchObject([
		{ id: 'four', votes: 3, place: 1, tied: true },
		{ id: 'five', votes: 3, place: 1, tied: true }
	]);
	expect(ranking(all, { theme: 1, four: 4, five: 1 }).map(({ place }) => place)).toEqual([1, 2, 2]);
	expect(ranking(all, {})).toEqual([]);
});

test('SC6 the line drains from the planned minutes, and from more once they were extended', () => {
	const board = { ...boardAt(0, 'write'), phaseStartedAt: 1000 };
	const running = (endsAt: number) => ({ ...board, timer: { kind: 'running' as const, endsAt } });
	expect(phaseSpan(running(1000 + 4 * MINUTE))).toBe(4 * MINUTE);
	expect(phaseSpan(running(1000 + 6 * MINUTE))).toBe(6 * MINUTE);
	expect(phaseSpan({ ...board, timer: { kind: 'paused', left: MINUTE } })).toBe(4 * MINUTE);
});

test('SC7 the newest names come first, then how many more', () => {
	const people: PersonView[] = Array.from({ length: 60 }, (_, at) => ({
		id: `person-${at}`,
		name: `Person ${at}`,
		here: true,
		joinedAt: at
	}));
	const { shown, more } = fittingNames(people);
	expect(shown[0]!.name).toBe('Person 59');
	expect(shown.length + more).toBe(60);
	expect(more).toBeGreaterThan(0);
	const nameless = people.map(({ id, here, joinedAt }) => ({ id, here, joinedAt }));
	expect(fittingNames(nameless)).toEqual({ shown: [], more: 0 });
});

const desk = { width: 160, height: 72, slack: 1 };
const wallOfCards = (count: number): BoardValue => ({
	cards: Array.from({ length: count }, (_, at) =>
		card(`card-${at}`, `a${String(at).padStart(4, '0')}V`, 'Three e-mails and the same answer')
	),
	groups: []
});
const idsOf = (blocks: Block[]) =>
	blocks.flatMap((block) => (block.kind === 'card' ? [block.id] : block.cards.map(({ id }) => id)));

test('SC8 every card is on exactly one page, at no less than the smallest size', () => {
	for (const count of [1, 9, 40, 300]) {
		const board = wallOfCards(count);
		const wall = wallOf(board, barrier, desk);
		const shown = wall.pages.flat().flatMap((lane) => idsOf(lane.blocks));
		expect(shown.sort()).toEqual(board.cards.map(({ id }) => id).sort());
		expect(wall.size).toBeGreaterThanOrEqual(2.6);
	}
	expect(wallOf(wallOfCards(6), barrier, desk).size).toBeGreaterThan(2.6);
	expect(wallOf(wallOfCards(300), barrier, desk).pages.length).toBeGreaterThan(1);
});

test('SC8 pages that turn are filled by what the cards were measured at', () => {
	const board = wallOfCards(59);
	const pages = (height: number) =>
		wallOf(board, barrier, desk, new Map(board.cards.map(({ id }) => [id, height]))).pages;
	const [low, high] = [pages(10), pages(30)];
	expect(low.length).toBeLessThan(high.length);
	for (const lane of low.flat().slice(0, -1)) {
		const used = lane.blocks.length * 10 + (lane.blocks.length - 1) * 1.4;
		expect(used).toBeLessThanOrEqual(desk.height - 6);
		expect(used).toBeGreaterThan(desk.height - 6 - 2 * 11.4);
	}
});

test('SC8 a group too tall for the screen says how many more it has', () => {
	const { cards } = wallOfCards(30);
	const board: BoardValue = {
		cards: cards.map((one) => ({ ...one, group: 'tall' })),
		groups: [
			group(
				'tall',
				'a1',
				cards.map(({ id }) => id)
			)
		]
	};
	const [block, ...others] = wallOf(board, barrier, desk)
		.pages.flat()
		.flatMap(({ blocks }) => blocks);
	expect(others).toEqual([]);
	if (block?.kind !== 'group') throw new Error('it is a group');
	expect(block.more).toBeGreaterThan(0);
	expect(block.cards.length + block.more).toBe(30);
});

test('SC9 a hidden card is taken off the screen, and out of its group', () => {
	const shown = seenByRoom(voted, { hidden: ['one', 'four'], columnsShown: null });
	expect(shown.cards.map(({ id }) => id)).toEqual(['two', 'three', 'five']);
	expect(shown.groups.map(({ id, cards }) => [id, cards])).toEqual([
		['theme', []],
		['same', ['two', 'three']]
	]);
	expect(seenByRoom(voted, { hidden: ['two', 'three'], columnsShown: null }).groups).toEqual([]);
});

test('SC10 the QR code is a path of squares inside its own quiet zone', () => {
	const { size, path } = qrOf('http://plenary.example/?code=K7M4PR');
	const squares = [...path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)];
	expect(squares.map(([square]) => square).join('')).toBe(path);
	for (const [, x, y, width, back] of squares) {
		expect(width).toBe(back);
		expect(Number(x)).toBeGreaterThanOrEqual(2);
		expect(Number(x) + Number(width)).toBeLessThanOrEqual(size - 2);
		expect(Number(y)).toBeGreaterThanOrEqual(2);
	}
	// The top edge of the first finder pattern.
	expect(path.startsWith('M2 2h7v1h-7z')).toBe(true);
});

test('SC11 a longer prompt is smaller, within limits', () => {
	expect(promptSize('Short?', false)).toBe(7.4);
	const long = 'a'.repeat(200);
	expect(promptSize(long, false)).toBeLessThan(7.4);
	expect(promptSize(long, true)).toBeLessThan(promptSize(long, false));
	expect(promptSize('a'.repeat(2000), true)).toBe(4.4);
});

test('SC12 the drawer holds as many cards as were put down', () => {
	expect(drawerCards(0)).toEqual([]);
	expect(drawerCards(58)).toHaveLength(58);
	expect(drawerCards(58)).toEqual(drawerCards(59).slice(0, 58));
	expect(drawerCards(5000)).toHaveLength(160);
});

test('SC13 others’ cards are shown newest first in open writing, and never in private', () => {
	const board = { ...boardAt(0, 'write'), writing: 'open' as const };
	const value: BoardValue = {
		cards: [card('one', 'a1', 'Time'), card('two', 'a2', 'Money'), card('mine', 'a3', 'Trust')],
		groups: []
	};
	value.cards[2]!.author = 'author-ada';
	const seen = (view: typeof board) => othersCards(view, value, 'author-ada').map(({ id }) => id);
	expect(seen({ ...board, revealed: true })).toEqual(['two', 'one']);
	expect(seen({ ...board, writing: 'private' as never, revealed: false })).toEqual([]);
});
