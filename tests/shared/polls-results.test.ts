import { expect, test } from 'vitest';
import type { BoardContents } from '#shared/exercises/views.ts';
import { cloud } from '#shared/exercises/views/cloud.ts';
import { pollExercise } from '#shared/facilitation/polls.ts';
import type { BoardView } from '#shared/facilitation/view.ts';
import { viewFor } from '#shared/facilitation/view.ts';
import type { Tally } from '#shared/facilitation/ways.ts';
import type { Language } from '#shared/ids.ts';
import {
	askedEarlier,
	cloudScale,
	handsOf,
	pollsAsked,
	questionsOf,
	ratedOf
} from '../../src/lib/polls/results.ts';
import { mayAsk } from '../../src/lib/facilitation/desk-acts.ts';
import { deskKey } from '../../src/lib/facilitation/desk-keys.ts';
import { plannedAgenda } from '../../src/lib/facilitation/planned-times.ts';
import { nextStep, pressOf } from '../../src/lib/remote/next-step.ts';
import { after, draft, inPhase, POLLS, pollWords, START } from './facilitation-room.ts';

const [words, hands, scale, questions] = POLLS.map((poll) => pollExercise(poll, 'en', pollWords));

function contents(
	said: [author: string, text: string][],
	language: Language = 'en'
): BoardContents {
	return {
		exercise: { ...words!, language },
		board: {
			groups: [],
			cards: said.map(([author, text], at) => ({
				id: `card-${at}`,
				author,
				column: 'answers',
				order: `a${at}`,
				fields: { answer: text }
			}))
		},
		votes: null,
		actions: [],
		names: {},
		people: {},
		countryName: (code) => code
	};
}

function counted(said: [string, string][], language?: Language): [string, number][] {
	return cloud(contents(said, language)).map(({ title, count }) => [title, count]);
}

test('PO11 people are counted, not cards; most first, each word as most have written it', () => {
	expect(
		counted([
			['ben', 'tired'],
			['ben', 'Tired!'],
			['ada', 'Curious'],
			['ben', 'curious'],
			['chidi', 'curious']
		])
	).toEqual([
		['curious', 3],
		['tired', 1]
	]);
});

test.each<[Language, string[], number]>([
	['en', ['café', 'CAFE', 'Cafe\u0301'], 1],
	['es', ['año', 'ano'], 2],
	['es', ['Canción', 'cancion'], 1],
	['ru', ['мой', 'мои'], 2],
	['ru', ['ещё', 'Еще'], 1],
	['ar', ['أمل', 'امل', 'أَمَل'], 1],
	['zh', ['好奇', '好奇！'], 1],
	['en', ['!!', '??'], 2]
])('PO11 in %s, of %j there are %i', (language, said, different) => {
	const all = counted(
		said.map((text, at) => [`person-${at}`, text]),
		language
	);
	expect(all).toHaveLength(different);
});

test('PO12 a cloud gets as large as its place, and smaller with every word', () => {
	const place = { width: 1700, height: 600 };
	const of = (count: number) =>
		cloudScale(
			Array.from({ length: count }, () => ({ text: 'hopeful', size: 1.6 })),
			place
		);
	expect(of(4)).toBeGreaterThan(of(12));
	expect(of(12)).toBeGreaterThan(of(60));
	expect(of(60)).toBeGreaterThan(10);
	expect(cloudScale([{ text: 'x', size: 1 }], { width: 0, height: 0 })).toBe(0);
});

test('PO9 every answer of a show of hands has its count, also where that is nothing', () => {
	expect(handsOf(hands!.voting!.options!, { 'option-1': 3 })).toMatchObject([
		{ title: 'I was', count: 3, share: 1 },
		{ title: 'I was not', count: 0, share: 0 }
	]);
});

test('PO9 a scale has its middle and its spread, or nothing', () => {
	const tally = { spread: { answer: [1, 0, 0, 0, 3] } } as unknown as Tally;
	expect(ratedOf(tally)).toEqual({ people: 4, mean: 4, spread: [1, 0, 0, 0, 3] });
	expect(ratedOf(null)).toBeNull();
});

test('PO9 questions stand by votes, and equals as they came', () => {
	const { board } = contents([
		['a', 'First'],
		['b', 'Second'],
		['c', 'Third']
	]);
	const listed = questionsOf({ ...questions!, fields: words!.fields }, board, { 'card-2': 2 });
	expect(listed.map(({ text, votes }) => [text, votes])).toEqual([
		['Third', 2],
		['First', 0],
		['Second', 0]
	]);
});

const boardOf = (id: string, startedAt: number, more: Partial<BoardView> = {}) =>
	({
		id,
		index: null,
		phase: 'done',
		votesShown: true,
		startedAt,
		...more
	}) as BoardView;

test('PO8 what was asked is offered again once, the last first; and only polls are', () => {
	const boards = [
		boardOf('one', 1),
		boardOf('two', 2),
		boardOf('three', 3),
		boardOf('planned', 4, { index: 0 })
	];
	const exercises = { one: scale!, two: hands!, three: scale!, planned: words! };
	expect(pollsAsked(boards, exercises).map(({ kind }) => kind)).toEqual(['scale', 'hands']);
});

test('PO8 beside an outcome stand those of the same question that were shown before', () => {
	const now = boardOf('now', 9, { phase: 'vote', votesShown: false });
	const boards = [
		boardOf('same', 1),
		boardOf('other', 2),
		boardOf('unshown', 3, { votesShown: false }),
		now
	];
	const exercises = { same: scale!, other: hands!, unshown: scale!, now: scale! };
	expect(askedEarlier(now, { boards }, exercises).map(({ id }) => id)).toEqual(['same']);
});

const viewOf = (state: ReturnType<typeof draft>) =>
	viewFor({ id: 'workshop', code: 'ABCDEF', version: 1, state }, 'facilitator', START);
const ask = (poll = POLLS[1]!) => ({ type: 'ask' as const, poll, board: 'poll' });

test('PO13 the room can be asked while it is open and nothing is asked already', () => {
	const press = { key: 'A', ctrlKey: false, metaKey: false, altKey: false, repeat: false };
	expect(deskKey(press, { typing: false, inControl: false })).toBe('ask');
	expect(deskKey(press, { typing: true, inControl: false })).toBeNull();
	expect(mayAsk(viewOf(draft()))).toBe(false);
	expect(mayAsk(viewOf(after(draft(), [{ type: 'open' }])))).toBe(true);
	expect(mayAsk(viewOf(inPhase('write')))).toBe(true);
	expect(mayAsk(viewOf(inPhase('write', [ask()])))).toBe(false);
});

test('PO13 on the remote the next step is to show it, then to go back', () => {
	const next = (...commands: Parameters<typeof after>[1]) =>
		nextStep(viewOf(inPhase('write', commands)), START);
	const show = next(ask());
	expect(show).toEqual({ kind: 'show-poll', back: 'Think of a barrier' });
	expect(pressOf(show!)).toEqual({ goOn: 'show-votes' });
	const back = next(ask(), { type: 'show-votes' });
	expect(back).toEqual({ kind: 'end-poll', back: 'Think of a barrier' });
	expect(pressOf(back!)).toEqual({ give: { type: 'finish' } });
	expect(next(ask(POLLS[0]))).toMatchObject({ kind: 'end-poll' });
	const alone = viewOf(after(draft(), [{ type: 'open' }, ask(POLLS[0])]));
	expect(nextStep(alone, START)).toEqual({ kind: 'end-poll', back: null });
});

test('PO13 in the plan what waits is what is on', () => {
	const { items, next } = plannedAgenda(viewOf(inPhase('write', [ask()])), START);
	expect(items.map(({ place }) => place)).toEqual(['now', 'next', 'next', 'next']);
	expect(next).toBeNull();
});
