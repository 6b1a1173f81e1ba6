/** What was voted in other ways than dots, in every file, and back from one. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Exercise } from '#shared/exercises/format.ts';
import { plainVoting, type Tally, type Voting } from '#shared/facilitation/ways.ts';
import type { WorkshopFile } from '#shared/workshop-file.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ask, comeAda, give, join, putCard, type Ada } from '../support/people.ts';
import { asking, blockAt, cards, summary, texts } from './exports-summaries.ts';
import { barrier, bytes, exportsWith, text, wordsOf, workshop } from './exports-workshop.ts';

const ranked: Exercise = asking(barrier, { type: 'votes', title: 'What matters most' });
const axis = (title: string) => ({ title, low: 'little', high: 'much' });
const axes = { x: axis('Effort'), y: axis('Effect') };

function voted(voting: Partial<Voting>, votes: Record<string, number>, tally: Partial<Tally> = {}) {
	const whole = { ...plainVoting(), ...voting };
	const none = { round: 0, people: 12, spread: {}, places: {}, earlier: [] };
	return { votes, voted: { voting: whole, tally: { way: whole.way, ...none, ...tally } } };
}
const rated = {
	exercise: ranked,
	cards,
	contents: voted(
		{ way: 'rating' },
		{ 'card-1': 3.4, 'card-2': 4.5, 'card-3': 3.4 },
		{
			spread: {
				'card-1': [1, 1, 3, 3, 2],
				'card-2': [0, 0, 0, 1, 1],
				'card-3': [0, 1, 1, 1, 1]
			}
		}
	)
};

test('SU60 a rating says how it was asked, of how many, how it spread, and what shares a place', () => {
	const block = blockAt(summary(rated), 0);
	if (block.kind !== 'ranking') throw new Error(block.kind);
	expect(block.lead).toMatch(/^12 people rated from 1 to 5: the highest mean first\./);
	expect(block.items.map(({ votes, count, standing }) => [votes, count, standing])).toEqual([
		['mean 4.5', 4.5, 'from 2 (1 to 5: 0, 0, 0, 1, 1)'],
		['mean 3.4', 3.4, 'from 10 (1 to 5: 1, 1, 3, 3, 2) · shares place 2'],
		['mean 3.4', 3.4, 'from 4 (1 to 5: 0, 1, 1, 1, 1) · shares place 2']
	]);
	expect(block.items[1]!.spread).toEqual([1, 1, 3, 3, 2]);
});

test('SU60 orders and pairs are said as what they are; an option is told by its title', () => {
	const of = (contents: ReturnType<typeof voted>) => {
		const block = blockAt(summary({ exercise: ranked, cards, contents }), 0);
		if (block.kind !== 'ranking') throw new Error(block.kind);
		return block.items.slice(0, 2).map((item) => [item.text.text, item.votes]);
	};
	expect(of(voted({ way: 'order' }, { 'card-2': 7, 'card-1': 1 }))).toEqual([
		['No afternoon', '7 points'],
		['The agreement', '1 point']
	]);
	expect(of(voted({ way: 'pairs' }, { 'card-1': 0, 'card-2': 100 }))).toEqual([
		['No afternoon', '100 %'],
		['The agreement', '0 %']
	]);
	const options = [{ id: 'yes', title: 'Yes, now' }];
	expect(of(voted({ on: 'options', options }, { yes: 4 }))[0]).toEqual(['Yes, now', '4 votes']);
});

const placed = voted(
	{ way: 'placing', axes },
	{ 'card-1': 3, 'card-2': 1 },
	{
		places: {
			'card-1': [
				{ x: 1, y: 4, people: 1 },
				{ x: 3, y: 5, people: 2 }
			],
			'card-2': [{ x: 5, y: 5, people: 1 }]
		}
	}
);

test('SU61 what was placed is a field, and after it how it spread', () => {
	const made = summary({ exercise: ranked, cards, contents: placed });
	const block = blockAt(made, 0);
	if (block.kind !== 'matrix') throw new Error(block.kind);
	expect([block.x.title.text, block.y.high.text]).toEqual(['Effort', 'much']);
	const at = (x: number, y: number) => texts(block.rows[5 - y]![x - 1]!.items);
	expect([at(2, 5), at(5, 5)]).toEqual([['The agreement'], ['No afternoon']]);
	const spread = blockAt(made, 1);
	if (spread.kind !== 'table') throw new Error(spread.kind);
	expect(spread.rows.map(texts)).toEqual([
		['The agreement', '3', '1–3', '4–5'],
		['No afternoon', '1', '5', '5']
	]);
	const together = { ...placed, voted: { ...placed.voted } };
	together.voted.voting = { ...placed.voted.voting, together: true };
	const parts = summary({ exercise: ranked, cards, contents: together }).parts[0]!;
	expect(parts.blocks.filter(({ kind }) => kind === 'table')).toEqual([]);
});

test('SU62 rounds before follow as a table', () => {
	const earlier = [
		{
			round: 0,
			way: 'dots' as const,
			people: 9,
			spread: {},
			places: {},
			scores: { 'card-1': 3, 'card-2': 8, gone: 4 }
		}
	];
	const contents = voted({ among: ['card-1', 'card-2'] }, { 'card-1': 5 }, { round: 1, earlier });
	const block = blockAt(summary({ exercise: ranked, cards, contents }), 1);
	if (block.kind !== 'table') throw new Error(block.kind);
	expect(block.rows.map(texts)).toEqual([
		['Round 1: dots, 9 people', 'No afternoon', '8 votes'],
		['Round 1: dots, 9 people', 'The agreement', '3 votes']
	]);
});

test('SU4 a mean is no number of votes: the best ideas are of dots alone', () => {
	expect(summary(rated).ideas).toBeNull();
	const both = summary(rated, { exercise: ranked, cards, contents: { votes: { 'card-2': 2 } } });
	expect(both.ideas!.items.map((item) => item.votes)).toEqual(['2 votes']);
});

test('SU60 SU61 EX13 every form has it: PDF, Markdown, CSV, workbook, board', async () => {
	const exports = exportsWith();
	const options = { layout: 'pages', picture: 'board' } as const;
	const input = workshop(rated);
	const pdf = wordsOf(await bytes(exports.workshop(input, 'pdf', options)));
	for (const words of ['3.4', 'shares place 2', '12 people rated']) expect(pdf).toContain(words);
	const markdown = text(await bytes(exports.workshop(input, 'md', options)));
	expect(markdown.replaceAll('\\', '')).toContain('mean 4.5');
	const csv = text(await bytes(exports.workshop(input, 'csv', options))).split('\r\n');
	expect(csv[0]).toMatch(
		/,voting,votes_place,votes_x,votes_y,for,for_text,votes_before,group_votes_before$/
	);
	expect(csv.find((line) => line.includes('No afternoon'))).toMatch(/,rating,1,,,,,,$/);
	const field = await bytes(
		exports.workshop(workshop({ exercise: ranked, cards, contents: placed }), 'csv', options)
	);
	expect(text(field).split('\r\n')[1]).toMatch(/,placing,1,2.3,4.7,,,,$/);
	const board = wordsOf(await bytes(exports.board(input, input.boards[0]!.id, 'pdf', options)));
	expect(board).toContain('mean 4.5');
	await bytes(exports.workshop(input, 'xlsx', options));
	expect(exports.faults).toEqual([]);
});

describe('as a file', () => {
	let server: TestApp;
	let ada: Ada;
	beforeAll(async () => {
		server = await startTestApp();
		ada = await comeAda(server);
	});
	afterAll(() => server.close());

	const exported = async (id: string): Promise<string> => {
		const response = await fetch(`${server.url}/api/v1/workshops/${id}/export.json`, {
			headers: { authorization: `Bearer ${ada.token}` }
		});
		expect(response.status).toBe(200);
		return response.text();
	};
	const bring = (file: string) =>
		ask(server.url, '/api/v1/workshops/import', { token: ada.token, body: file });

	/** Two rounds of ratings and places, shown. */
	async function held(): Promise<string> {
		const { id, code } = await ada.open();
		const [ben, chidi] = [await join(server, code, 'Ben'), await join(server, code, 'Chidi')];
		const { board, card } = await putCard(server, { ada, workshop: id, by: ben, phase: 'vote' });
		await ada.command(id, { type: 'set-voting', way: 'rating' });
		for (const [who, count] of [
			[ben, 2],
			[chidi, 5]
		] as const)
			await give(server, id, who, { type: 'vote', board, target: { card }, count });
		await ada.command(id, { type: 'show-votes' });
		await ada.command(id, { type: 'new-round', way: 'placing', axes });
		await give(server, id, ben, { type: 'place', board, target: { card }, at: { x: 2, y: 5 } });
		await ada.command(id, { type: 'show-votes' });
		return id;
	}

	test('IM18 what each round came to goes out and comes back as the same bytes, without who voted what', async () => {
		const id = await held();
		const first = await exported(id);
		const file = JSON.parse(first) as WorkshopFile;
		const voted = file.boards[0]!.voted!;
		expect(voted.map(({ way, people }) => [way, people])).toEqual([
			['rating', 2],
			['placing', 1]
		]);
		expect(Object.values(voted[0]!.scores)).toEqual([3.5]);
		expect(Object.values(voted[0]!.spread)).toEqual([[0, 1, 0, 0, 1]]);
		expect(Object.values(voted[1]!.places)).toEqual([[{ x: 2, y: 5, people: 1 }]]);
		const people = file.people!.map((person) => person.id);
		for (const one of people) expect(JSON.stringify(voted)).not.toContain(one);

		const again = await bring(first);
		expect([again.status, again.body.error]).toEqual([201, undefined]);
		// Under new ids, as all of them are here already.
		const plain = (said: string) => said.replace(/"[A-Za-z0-9_-]{21}"/g, '"id"');
		expect(plain(await exported(again.body.id))).toBe(plain(first));
	});

	test('IM18 VO33 a round that was shown goes out and comes back also while the next one is not shown', async () => {
		const id = await held();
		await ada.command(id, { type: 'hide-votes' });
		const first = await exported(id);
		const { votes, voted } = (JSON.parse(first) as WorkshopFile).boards[0]!;
		expect(votes).toBeNull();
		expect(voted!.map(({ people, scores }) => [people, Object.values(scores)])).toEqual([
			[2, [3.5]],
			[0, []]
		]);
		const again = await bring(first);
		expect([again.status, again.body.error]).toEqual([201, undefined]);
		const plain = (said: string) => said.replace(/"[A-Za-z0-9_-]{21}"/g, '"id"');
		expect(plain(await exported(again.body.id))).toBe(plain(first));
	});

	test('IM18 in a workshop that was imported and opened again, who votes on a new board is counted', async () => {
		const { id } = (await bring(await exported(await held()))).body as { id: string };
		await ada.command(id, { type: 'open' });
		const ben = await join(server, (await server.app.stored.load(id))!.code, 'Ben');
		server.clock.advance(10);
		const poll = { kind: 'hands', question: 'Again?', options: ['Yes', 'No'] } as const;
		const board = 'asked-again';
		await ada.command(id, { type: 'ask', poll: { ...poll, options: [...poll.options] }, board });
		const command = { type: 'vote', board, target: { option: 'option-1' }, count: 1 } as const;
		await give(server, id, ben, command);
		await ada.command(id, { type: 'show-votes' });
		const file = JSON.parse(await exported(id)) as WorkshopFile;
		const voted = file.boards.map((one) => one.voted?.at(-1)?.people);
		expect(voted).toEqual([1, 1]);
	});

	test('IM18 a score of what is not in the file is refused', async () => {
		const file = JSON.parse(await exported(await held())) as WorkshopFile;
		file.boards[0]!.voted![0]!.scores['no-such-card'] = 3;
		expect(await bring(JSON.stringify(file))).toMatchObject({ status: 400 });
	});
});
