import { expect, test } from 'vitest';
import { CATALOGUE } from '#shared/exercises/catalogue.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import { untoldColumns } from '#shared/exercises/untold.ts';
import { blockId } from '#server/exports/summary/leaving-out.ts';
import {
	asking,
	cards,
	summary,
	summed,
	texts,
	told,
	workshopOfBoards
} from './exports-summaries.ts';
import { barrier, card } from './exports-workshop.ts';

/** The shipped one with a column of one's own, which its summary does not know. */
const HELPERS = { id: 'helpers', title: 'Who could help', fields: ['stoppedUs'] };
const own: Exercise = { ...barrier, id: 'own-1', columns: [...barrier.columns, HELPERS] };
const olena = card('card-9', { stoppedUs: 'Olena knows them' }, { column: 'helpers' });
const withOlena = { ...told, exercise: own, cards: [...cards, olena] };

test('SU63 the summaries of the shipped exercises tell of every column', () => {
	expect(CATALOGUE.flatMap(untoldColumns)).toEqual([]);
});

test('SU63 what no part of a summary looks at stands last, under its column', () => {
	const { blocks } = summary(withOlena).parts[0]!;
	expect(blocks).toHaveLength(barrier.summary.length + 1);
	const last = blocks.at(-1)!;
	if (last.kind !== 'list') throw new Error(last.kind);
	expect(last.title).toEqual({ text: 'Other cards' });
	expect(last.bars).toEqual([]);
	expect(last.sections.map(({ title }) => title?.text)).toEqual(['Who could help']);
	expect(last.sections.flatMap(({ items }) => texts(items))).toEqual(['Olena knows them']);
});

test('SU63 where there is nothing to tell there is no such part', () => {
	expect(summary({ ...told, exercise: own }).parts[0]!.blocks).toHaveLength(barrier.summary.length);
	expect(summary(told).parts[0]!.blocks).toHaveLength(barrier.summary.length);
});

test('SU63 it is left out as any other part, and then counts as one', () => {
	const input = workshopOfBoards(withOlena);
	const id = blockId(input.boards[0]!, barrier.summary.length);
	const without = summed({ ...input, summary: { ...input.summary, leftOut: [id] } });
	expect(without.parts[0]!.blocks).toHaveLength(barrier.summary.length);
	expect(without.front.left.join()).toContain('1 section');
});

test('SU63 a view that takes only some cards of a column leaves the others to be told', () => {
	const columns = (...views: Exercise['summary']) =>
		untoldColumns(asking(own, ...views)).map(({ id }) => id);
	expect(columns({ type: 'votes', title: 'Votes' })).toEqual(['barriers', 'helpers']);
	expect(columns({ type: 'by-field', title: 'Cause', field: 'cause' })).toEqual([
		'ways-round',
		'helpers'
	]);
	expect(columns({ type: 'without', title: 'No cause', field: 'cause' })).toHaveLength(3);
	expect(columns({ type: 'by-column', title: 'All' })).toEqual([]);
});
