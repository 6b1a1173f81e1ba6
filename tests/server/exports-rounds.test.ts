/** Rounds of voting before the last: in spreadsheets, those that were shown and no other. */
import readXlsx from 'read-excel-file/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { csvOf } from '#server/exports/csv.ts';
import { summaryOf } from '#server/exports/summary/summary.ts';
import { wordsIn } from '#server/exports/words.ts';
import { xlsxOf } from '#server/exports/xlsx.ts';
import { shownResult } from '#server/workshops/tallies.ts';
import { plainVoting, type Tally } from '#shared/facilitation/ways.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { comeAda, give, join, putCard, type Ada } from '../support/people.ts';
import { asking, blockAt, cards, texts } from './exports-summaries.ts';
import { barrier, NOW, text, workshop } from './exports-workshop.ts';

let server: TestApp;
let ada: Ada;
beforeAll(async () => {
	server = await startTestApp();
	ada = await comeAda(server);
});
afterAll(() => server.close());

const ranked = asking(barrier, { type: 'votes', title: 'What matters most' });

/** Groups, options and cards in rounds before, one of which was never shown; `votes`: of the one that is on. */
function rounds(votes: Record<string, number> | null, anonymous = false) {
	const voting = plainVoting();
	const of = (round: number, way: Tally['way'], scores: Record<string, number>) => ({
		round,
		way,
		people: 9,
		spread: {},
		places: {},
		scores
	});
	const options = [{ id: 'yes', title: 'Yes, now' }];
	const earlier = [
		of(0, 'dots', { 'card-1': 3, stack: 8, gone: 4 }),
		of(20, 'rating', { 'card-2': 3.4, yes: 4.5 })
	];
	const stack = {
		id: 'stack',
		kind: 'same' as const,
		title: '',
		column: 'barriers',
		order: 'a0',
		cards: ['card-2', 'card-3']
	};
	return workshop({
		exercise: ranked,
		cards: cards.map((one) => (stack.cards.includes(one.id) ? { ...one, group: 'stack' } : one)),
		groups: [stack],
		contents: {
			votes,
			voted: {
				voting,
				tally: { round: 30, way: 'dots', people: 12, spread: {}, places: {}, earlier }
			}
		},
		workshop: { anonymous },
		state: {
			round: 30,
			rounds: [0, 10, 20].map((round) => ({
				round,
				voting: { ...voting, ...(round === 20 && { options }) },
				dots: 5,
				dotsOnOne: 3,
				shown: round !== 10
			}))
		}
	});
}
const workbook = async (input: ReturnType<typeof workshop>) =>
	new Map(
		(await readXlsx(Buffer.from(await xlsxOf(input, input.boards, wordsIn('en'))))).map(
			({ sheet, data }) => [sheet, data]
		)
	);

test('EX31 SU62 rounds before that were shown are a sheet, by the number that the room knew them by', async () => {
	for (const votes of [{ 'card-1': 5 }, null]) {
		const sheets = await workbook(rounds(votes));
		const [head, ...rows] = sheets.get('Earlier rounds')!;
		expect(head!.slice(1, 7)).toEqual([
			'Round',
			'People who voted',
			'Column',
			'Kind',
			'Text',
			'Votes'
		]);
		expect(rows.map((row) => row.slice(1, 9))).toEqual([
			[1, 9, 'Barriers', 'Group', 'No afternoon', 8, 'dots', 1],
			[1, 9, 'Barriers', 'Card', 'The agreement', 3, 'dots', 3],
			[3, 9, null, 'Option', 'Yes, now', 4.5, 'from 1 to 5', 1],
			[3, 9, 'Barriers', 'Card', 'No afternoon', 3.4, 'from 1 to 5', 2]
		]);
		// Of the round that is on nothing is told before it is shown.
		expect(sheets.get('Votes')).toHaveLength(votes ? 2 : 1);
	}
	expect([...(await workbook(workshop({ exercise: ranked, cards }))).keys()]).not.toContain(
		'Earlier rounds'
	);
	const block = blockAt(summaryOf(rounds({ 'card-1': 5 }), wordsIn('en'), NOW), 1);
	expect(block.kind === 'table' && texts(block.rows.map(([round]) => round!))).toEqual([
		'Round 1: dots, 9 people',
		'Round 1: dots, 9 people',
		'Round 3: from 1 to 5, 9 people',
		'Round 3: from 1 to 5, 9 people'
	]);
});

test('EX13 CSV says what a card and its group got in rounds before that were shown', () => {
	const [head, ...rows] = text(csvOf(rounds(null).boards, wordsIn('en'), false)).split('\r\n');
	expect(head).toMatch(/,for_text,votes_before,group_votes_before$/);
	expect(rows.find((row) => row.includes('The agreement'))).toMatch(/,,1 dots 3,$/);
	expect(rows.find((row) => row.includes('No afternoon'))).toMatch(/,,3 rating 3.4,1 dots 8$/);
});

test('EX34 EX4 rounds of an anonymous board name nobody', async () => {
	const input = rounds({ 'card-1': 5 }, true);
	expect(JSON.stringify([...(await workbook(input))])).not.toMatch(/Ben|Chidi|key-/);
	expect(text(csvOf(input.boards, wordsIn('en'), false))).not.toMatch(/Ben|Chidi|key-/);
});

test('EX31 EX13 VO33 a round that was never shown is in no spreadsheet, and one that was shown is', async () => {
	const { id, code } = await ada.open();
	const ben = await join(server, code, 'Ben');
	const { board, card } = await putCard(server, { ada, workshop: id, by: ben, phase: 'vote' });
	/** The board as it is now, with what may be known of its votes. */
	const told = async () => {
		const { state } = (await server.app.stored.load(id))!;
		const now = state.boards.find((one) => one.id === board)!;
		const result = await shownResult(server.app.stores.votes, state, now);
		const input = workshop({
			cards: [{ ...cards[0]!, id: card }],
			contents: {
				votes: result && result.totals,
				...(result && { voted: { voting: now.voting, tally: result.tally } })
			},
			state: now
		});
		const [, row] = text(csvOf(input.boards, wordsIn('en'), false)).split('\r\n');
		return {
			rounds: (await workbook(input)).get('Earlier rounds')?.slice(1),
			csv: row!.split(',').at(-2)
		};
	};
	const vote = (count: number) =>
		give(server, id, ben, { type: 'vote', board, target: { card }, count });
	await vote(1);
	await ada.command(id, { type: 'new-round', way: 'rating' });
	expect(await told()).toEqual({ rounds: undefined, csv: '' });
	await vote(4);
	await ada.command(id, { type: 'show-votes' });
	await ada.command(id, { type: 'new-round', way: 'dots' });
	const after = await told();
	expect(after.csv).toBe('2 rating 4');
	expect(after.rounds!.map((row) => [row[1], row[2], row[6]])).toEqual([[2, 1, 4]]);
});
