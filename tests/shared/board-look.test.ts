import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { CardValue } from '#shared/doc/contents.ts';
import { editText } from '#shared/doc/notebook.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import { answeringColumn } from '../../src/lib/board/answering.ts';
import { partsOf } from '../../src/lib/board/card-fields.ts';
import { clothAmong, clothOf } from '#shared/exercises/cloth.ts';
import { dealAfter } from '../../src/lib/board/dealing.ts';
import { cardHeight, fillLanes, linesOf, planColumns } from '../../src/lib/board/lanes.ts';
import { linkCurve } from '../../src/lib/board/link-curve.ts';
import { missingIn } from '../../src/lib/board/missing.ts';
import { countryOptions, targetOptions } from '../../src/lib/board/offered.ts';
import { standBeside } from '../../src/lib/board/sections.ts';
import { tabOf } from '../../src/lib/board/tab.ts';
import { caretAfter } from '../../src/lib/board/written.ts';
import { takesCapitals } from '../../src/lib/ui/script.ts';
import { searchOptions } from '../../src/lib/ui/search.ts';
import { barrier } from './board-support.ts';

const card = (column: string, fields: CardValue['fields']): CardValue => ({
	id: 'card-a',
	author: 'author-ben',
	column,
	order: 'a0',
	fields
});

test('BO1 columns take the cloths in order, a seventh with a band, other in buckram', () => {
	const sixPs = findExercise('six-ps')!;
	expect(sixPs.columns.map(({ id }) => clothOf(sixPs, id).cloth)).toEqual([1, 2, 3, 4, 5, 6]);
	const seven = ['a', 'b', 'other', 'c', 'd', 'e', 'f', 'g'];
	expect(clothAmong(seven, 'c')).toEqual({ cloth: 3, banded: false });
	expect(clothAmong(seven, 'g')).toEqual({ cloth: 1, banded: true });
	expect(clothAmong(seven, 'other')).toEqual({ cloth: 0, banded: false });
	expect(clothOf(findExercise('organisations')!, 'others').cloth).toBe(0);
	expect(clothAmong(seven, 'unknown')).toEqual({ cloth: 0, banded: false });
});

test('BO2 the tab says what was chosen, in own words too, and is absent without a choice', () => {
	expect(tabOf(card('barriers', { cause: 'rules' }), barrier, true)).toBe('Rules or law');
	expect(tabOf(card('barriers', { cause: 'the weather' }), barrier, true)).toBe('the weather');
	expect(tabOf(card('barriers', {}), barrier, true)).toBeNull();
});

test('BO2 a column without that field gives its name where it is asked for', () => {
	expect(tabOf(card('ways-round', {}), barrier, true)).toBe('Way round it');
	expect(tabOf(card('ways-round', {}), barrier, false)).toBeNull();
});

test('BO3 two letters, or one sign that is a word, are enough; the button counts the rest', () => {
	const says = (stoppedUs?: string) =>
		missingIn(barrier, 'barriers', { fields: stoppedUs === undefined ? {} : { stoppedUs } });
	expect(says()).toEqual({ kind: 'letters', count: 2 });
	expect(says(' \n')).toEqual({ kind: 'letters', count: 2 });
	expect(says(' a ')).toEqual({ kind: 'letters', count: 1 });
	expect(says('UN')).toBeNull();
	expect(says('钱')).toBeNull();
});

test('BO3 then a required field is asked for, then the card that it answers', () => {
	const organisations = findExercise('organisations')!;
	const column = organisations.columns[0]!.id;
	const fields = { organisation: 'UNHCR' };
	expect(missingIn(organisations, column, { fields })).toMatchObject({
		kind: 'field',
		field: { id: 'country' }
	});
	expect(missingIn(organisations, column, { fields: { ...fields, country: 'TZ' } })).toBeNull();
	const way = { fields: { whatWeCouldDo: 'Ask first' } };
	expect(missingIn(barrier, 'ways-round', way)).toEqual({ kind: 'answer' });
	expect(missingIn(barrier, 'ways-round', { ...way, answers: 'card-b' })).toBeNull();
});

test('BO4 cards turn 18 ms apart, and a thousand of them within 1.4 s', () => {
	expect([0, 1, 2].map((index) => dealAfter(index, 30))).toEqual([0, 18, 36]);
	for (const count of [1, 2, 55, 56, 1000])
		expect(dealAfter(count - 1, count) + 420).toBeLessThanOrEqual(1400);
});

test('BO5 spare lanes go to where most lies, and what answers keeps to one broad lane', () => {
	const plan = planColumns(1224, [
		{ cards: 4, answers: false },
		{ cards: 60, answers: true }
	]);
	expect(plan.rows).toBe(1);
	expect(plan.columns.map(({ lanes, part }) => [lanes, part])).toEqual([
		[3, 3],
		[1, 1.5]
	]);
	expect(
		planColumns(1300, [
			{ cards: 2, answers: false },
			{ cards: 30, answers: false }
		]).columns.map(({ lanes }) => lanes)
	).toEqual([1, 4]);
});

test('BO6 seven columns on a laptop stand in rows, one lane each', () => {
	const seven = Array.from({ length: 7 }, (_, i) => ({ cards: i * 10, answers: false }));
	const plan = planColumns(1224, seven);
	expect(plan.rows).toBe(2);
	expect(plan.columns.map(({ lanes }) => lanes)).toEqual([1, 1, 1, 1, 1, 1, 1]);
	expect(planColumns(320, seven).rows).toBe(7);
});

test('BO7 cards fill the shortest lane first, in their order', () => {
	const lanes = fillLanes([10, 40, 10, 10], (height) => height, [0, 0]);
	expect(lanes).toEqual([[10, 10, 10], [40]]);
	expect(fillLanes(['a', 'b', 'c'], () => 50, [0, 110])).toEqual([['a', 'b'], ['c']]);
});

test('BO15 what comes in before the caret pushes it, what comes in at or after it does not', () => {
	const text = new Y.Doc().getText('words');
	const caret = (before: string, at: number, after: string): number => {
		let moved = at;
		text.delete(0, text.length);
		text.insert(0, before);
		const follow = (event: Y.YTextEvent) => (moved = caretAfter(at, event.delta));
		text.observe(follow);
		editText(text, after);
		text.unobserve(follow);
		return moved;
	};
	expect(caret('no time', 7, 'Remote: no time')).toBe(15);
	expect(caret('no time', 2, 'no time at all')).toBe(2);
	expect(caret('no time', 3, 'no spare time')).toBe(3);
	expect(caret('no spare time', 13, 'no time')).toBe(7);
	expect(caret('no spare time', 6, 'no time')).toBe(3);
});

test('BO16 a link leaves the end edge and enters the start edge, or swings out within a lane', () => {
	const barrierBox = { start: 0, end: 100, top: 0, bottom: 40 };
	const across = linkCurve(barrierBox, { start: 180, end: 300, top: 100, bottom: 140 });
	expect([across.from, across.to]).toEqual([
		{ x: 100, y: 20 },
		{ x: 180, y: 120 }
	]);
	expect(across.path).toBe('M100 20C140 20 140 120 180 120');
	const within = linkCurve(barrierBox, { start: 0, end: 100, top: 200, bottom: 240 });
	expect(within.from.x).toBe(0);
	expect(within.path.startsWith('M0 20C-')).toBe(true);
});

test('BO17 a search minds neither case nor accents, and puts beginnings first', () => {
	const french = countryOptions('fr');
	expect(searchOptions(french, 'etats').map(({ id }) => id)[0]).toBe('US');
	expect(searchOptions(countryOptions('en'), 'IRE')[0]?.id).toBe('IE');
	expect(searchOptions(french, 'zzz')).toEqual([]);
});

test('BO17 the targets of the column are offered first, and gists are searched too', () => {
	const column = findExercise('six-ps')!.columns.find(({ targets }) => targets)!;
	const options = targetOptions(column);
	const first = searchOptions(options, '').slice(0, column.targets!.length);
	expect(first.map(({ id }) => id).sort()).toEqual([...column.targets!].sort());
	const words = options
		.find(({ note }) => note)!
		.note!.split(' ')
		.slice(0, 2)
		.join(' ');
	expect(searchOptions(options, words).length).toBeGreaterThan(0);
});

test('BO18 capitals are for scripts that have them, and joined scripts stay as they are', () => {
	expect(['Grace M.', 'Рустам И.', 'Ελένη'].map(takesCapitals)).toEqual([true, true, true]);
	expect(['نور ح.', '文静', 'نور Z.'].map(takesCapitals)).toEqual([false, false, false]);
});

test('BO19 lines are guessed from breaks and wide signs, and a card is cut after six', () => {
	expect(linesOf('one\n\nthree', 30)).toBe(3);
	expect(linesOf('想和市图书馆共建地方文献库想和市图书馆共建', 30)).toBe(2);
	expect(linesOf('a'.repeat(61), 30)).toBe(3);
	const tall = cardHeight('a'.repeat(600), true, 30);
	expect(cardHeight('a'.repeat(6000), true, 30)).toBe(tall);
	expect(cardHeight('a', true, 30)).toBeGreaterThan(cardHeight('a', false, 30));
});

test('BO20 sections of one card stand side by side, and those of many in rows', () => {
	const sections = (...cards: number[]) => cards.map((count) => ({ cards: Array(count) }));
	expect(standBeside(sections(1, 4, 1, 1))).toBe(true);
	expect(standBeside(sections(8, 6, 1))).toBe(false);
	expect(standBeside(sections(1))).toBe(false);
});

test('BO21 a barrier can be answered from the reveal on, while its ways round take cards', () => {
	const at = (phase: 'write' | 'share' | 'vote', locked = false) =>
		answeringColumn(barrier.columns, { phase, locked, muted: false }, 'barriers')?.id;
	expect([at('write'), at('share'), at('share', true), at('vote')]).toEqual([
		undefined,
		'ways-round',
		undefined,
		undefined
	]);
	const way = { phase: 'share', locked: false, muted: false } as const;
	expect(answeringColumn(barrier.columns, way, 'ways-round')).toBeUndefined();
});

test('BO22 above the keyboard: the cause at once, with whom beside the button, nothing folded', () => {
	const ids = (exercise: string, column: string, extent: Parameters<typeof partsOf>[2]) => {
		const { main, shown, folded, beside } = partsOf(findExercise(exercise)!, column, extent);
		const all = [shown, folded].map((fields) => fields.map(({ id }) => id));
		return [main?.id, ...all, beside?.id];
	};
	expect(ids('barrier', 'barriers', 'docked')).toEqual(['stoppedUs', ['cause'], [], 'withWhom']);
	expect(ids('barrier', 'barriers', 'composed')[1]).toEqual(['cause', 'withWhom']);
	expect(ids('barrier', 'barriers', 'brief')).toEqual(['stoppedUs', [], [], undefined]);
	expect(ids('organisations', 'un-agencies', 'docked')[1]).toEqual(['country']);
});
