/** What one participant takes home. */
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addCard } from '#shared/doc/notebook.ts';
import type { CardValue } from '#shared/doc/contents.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import { isRefusal } from '#shared/refusals.ts';
import type { Summary } from '#shared/summary/model.ts';
import type { TakeAway } from '#shared/take-away.ts';
import { summaryOf } from '#server/exports/summary/summary.ts';
import { takeAwayPage } from '#server/exports/take-away-page.ts';
import { takeAwayOf, type Mine } from '#server/exports/take-away.ts';
import { wordsIn } from '#server/exports/words.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { HOSTILE_TEXT } from '../support/hostile-text.ts';
import { ask, comeAda, give, join, write, type Ada, type Person } from '../support/people.ts';
import { until } from '../support/until.ts';
import { card, exportsWith, infoOf, NOW, shipped, wordsOf, workshop } from './exports-workshop.ts';

const words = wordsIn('en');
const exports = exportsWith();
afterAll(() => exports.stop());

type Told = NonNullable<Parameters<typeof workshop>[0]>;
/** Of Ben, who has the cards of `key-ben`; `more`: what only his notebook has. */
function bens(
	told: Told,
	more: CardValue[] = [],
	mine: Partial<Mine> = {},
	contacts: Mine['boards'][number]['contacts'] = []
): TakeAway {
	const input = workshop(told);
	const [board] = input.boards;
	const { exercise } = board!.contents;
	const { id, title, revealed, anonymous, hidden } = board!.state;
	const cards = [...board!.all.cards.filter(({ author }) => author === 'key-ben'), ...more];
	const summary: Summary = summaryOf(input, words, NOW);
	const about = { id, title, revealed, anonymous, exercise };
	const own = { ...about, cards, contacts, hidden: new Set(hidden) };
	const given = { name: 'Ben', actions: new Set<string>(), boards: [own], ...mine };
	return takeAwayOf(input, given, summary, words);
}

const told: Told = {
	cards: [
		card('1', { stoppedUs: 'The agreement', cause: 'rules' }, { group: 'group-one' }),
		card('2', { stoppedUs: 'Never asked' }, { author: 'key-chidi', group: 'group-one' }),
		card('3', { whatWeCouldDo: 'Ask twice' }, { column: 'ways-round', answers: '2' }),
		card(
			'4',
			{ whatWeCouldDo: 'A new one' },
			{ column: 'ways-round', answers: '1', author: 'key-chidi' }
		),
		card('5', { stoppedUs: 'Too loud' })
	],
	groups: [
		{
			id: 'group-one',
			kind: 'theme',
			title: 'Paper',
			column: 'barriers',
			order: 'a0',
			cards: ['1', '2']
		}
	],
	comments: [
		{ id: 'note-1', card: '1', text: 'Same here', name: 'Chidi', at: 1 },
		{ id: 'note-2', card: '2', text: 'Not his', name: 'Ada', at: 2 }
	],
	state: { hidden: ['5'] },
	contents: {
		votes: { '1': 3, 'group-one': 5 },
		actions: [
			{ id: 'act-1', board: 'board-one', what: 'Think', who: 'everyone', when: 'soon', at: 1 },
			{ id: 'act-2', board: 'board-one', what: 'Call', who: ' BEN.', when: '2027-03-02', at: 2 },
			{ id: 'act-3', board: 'board-one', what: 'Write', who: 'Chidi', when: '2027-03-01', at: 3 }
		]
	}
};

test('TA1 all cards of theirs are in it, and what the room does not have is marked', () => {
	const draft = card('6', { stoppedUs: 'Half a tho' }, { draft: true });
	const late = card('7', { stoppedUs: 'Too late' });
	const blank = card('8', { stoppedUs: ' ' }, { draft: true });
	const [board] = bens(told, [draft, late, blank]).boards;
	expect(board!.cards.map(({ text, mark }) => [text.text, mark])).toEqual([
		['The agreement', undefined],
		['Too loud', 'Hidden from the room'],
		['Half a tho', 'A draft that nobody else has seen'],
		['Too late', 'Not on the board'],
		['Ask twice', undefined]
	]);
	const unseen = bens({ cards: [], state: { revealed: false } }, [
		card('9', { stoppedUs: 'Mine' })
	]);
	expect(unseen.boards[0]!.cards[0]!.mark).toBe('Not revealed: nobody else has seen it');
	expect(bens({ cards: [] })).toMatchObject({ boards: [], actions: null });
});

test('TA2 with each card stands what the room made of it', () => {
	const [agreement, , ask] = bens(told).boards[0]!.cards;
	expect(agreement).toMatchObject({
		column: { text: 'Barriers' },
		fields: [{ label: { text: 'Cause' }, value: { text: 'Rules or law' } }],
		votes: '3 votes',
		group: { title: { text: 'Paper' }, about: ['with 1 other card', '5 votes'] },
		answered: { all: [{ text: { text: 'A new one' }, author: { text: 'Chidi' } }] },
		comments: { all: [{ text: { text: 'Same here' }, author: { text: 'Chidi' } }] }
	});
	expect(ask).toMatchObject({
		answers: { text: { text: 'Never asked' }, author: { text: 'Chidi' } }
	});
	const before = bens({ ...told, contents: { ...told.contents, votes: null } });
	expect(JSON.stringify(before)).not.toMatch(/\d votes/);
	expect(JSON.stringify(before)).not.toContain('Not his');
});

const challenge = (id: string, text: string, author: string, myCountry: string, type: string) =>
	card(
		id,
		{ challenge: text, myCountry, libraryType: type },
		{ author, column: shipped('common-challenge').columns[0]!.id }
	);

test('TA3 whom they were matched with, and what these wrote', () => {
	const cards = [
		challenge('1', 'No budget', 'key-ben', 'KE', 'public'),
		challenge('2', 'No money', 'key-chidi', 'FJ', 'national')
	];
	const mine = bens({ exercise: shipped('common-challenge'), cards });
	expect(mine.boards[0]!.matches!.pairs).toMatchObject([
		{
			others: [
				{
					text: { text: 'No money' },
					author: { text: 'Chidi' },
					notes: [{ text: 'FJ' }, { text: 'National' }]
				}
			]
		}
	]);
	// Of many pairs the summary shows a few, and the others at its end.
	const crowd = Array.from({ length: 121 }, (_, i) =>
		challenge(
			`c${i}`,
			`Challenge ${i}`,
			`key-${i}`,
			i % 2 ? 'KE' : 'FJ',
			i % 2 ? 'public' : 'school'
		)
	);
	const last = challenge('z', 'No budget', 'key-ben', 'KE', 'public');
	const among = bens({ exercise: shipped('common-challenge'), cards: [...crowd, last] });
	expect(among.boards[0]!.matches!.pairs).toHaveLength(1);
});

test('TA4 their actions are those that name them, and those that they wrote down, by day', () => {
	const mine = bens(told, [], { actions: new Set(['act-3']) });
	expect(mine.actions!.rows.map(({ what, when }) => [what.text, when.text])).toEqual([
		['Write', '1 March 2027'],
		['Call', '2 March 2027']
	]);
	expect(bens(told, [], { name: '' }).actions).toBeNull();
});

test('TA5 on an anonymous board their own are still theirs, and nobody is named', () => {
	const mine = bens(
		{
			...told,
			comments: [{ id: 'note-1', card: '1', text: 'Same here', at: 1 }],
			workshop: { anonymous: true },
			contents: { ...told.contents, actions: [] }
		},
		[],
		{ name: '' }
	);
	expect(mine.boards[0]!.cards).toHaveLength(3);
	expect(mine.name).toBeUndefined();
	expect(JSON.stringify(mine)).not.toMatch(/Ben|Chidi/);
});

async function pdfOf(mine: TakeAway): Promise<Uint8Array> {
	const pdf = await exports.page('take-away', takeAwayPage(mine));
	if (isRefusal(pdf)) throw new Error(`${pdf.refused} ${pdf.detail ?? ''}`);
	return pdf;
}

test('TA6 the PDF is PDF/UA, says what the page says, and is one page for what one person does', async () => {
	const pdf = await pdfOf(bens(told, [card('6', { stoppedUs: 'Half a tho' }, { draft: true })]));
	const said = wordsOf(pdf);
	for (const part of [
		'The agreement',
		'Paper',
		'3 votes',
		'Same here',
		'Half a tho',
		'Call',
		'Ben'
	])
		expect(said).toContain(part);
	expect(infoOf(pdf)).toMatch(/Tagged: +yes/);
	expect(infoOf(pdf)).toMatch(/Pages: +1$/m);
	expect(Buffer.from(pdf).toString('latin1')).toContain('pdfuaid');
	expect(exports.faults).toEqual([]);
});

test('TA7 whatever anybody has typed, it is words on the page and in the PDF', async () => {
	const hostile = HOSTILE_TEXT.map((one, i) => card(`h${i}`, { stoppedUs: one, withWhom: one }));
	const mine = bens({ cards: hostile.slice(0, 3), groups: [] }, hostile.slice(3));
	const said = wordsOf(await pdfOf(mine)).replace(/[^\p{L}\p{N}]/gu, '');
	expect(said).toContain('readetcpasswd');
	expect(said).not.toContain('rootx00');
	expect(exports.faults).toEqual([]);
});

describe('over the wire', () => {
	let server: TestApp;
	let ada: Ada;
	beforeAll(async () => {
		server = await startTestApp();
		ada = await comeAda(server);
	});
	afterAll(() => server.close());

	async function room(): Promise<{ workshop: string; board: string; ben: Person; chidi: Person }> {
		const { id: workshop, code } = await ada.open();
		const [ben, chidi] = [await join(server, code, 'Ben'), await join(server, code, 'Chidi')];
		const board = await ada.run(workshop);
		const [his, hers] = [
			await write(server, board, ben.token),
			await write(server, board, chidi.token)
		];
		his.put('Nobody had time');
		hers.put('Zephyrine has no contract');
		addCard(his.notebook, findExercise('barrier')!, {
			id: nanoid(),
			column: 'barriers',
			order: 'b0',
			draft: true,
			fields: { stoppedUs: 'Half a tho' }
		});
		await until(async () => (await server.app.rooms.counts(board)).cards === 2);
		await until(async () => (await server.app.rooms.notebook(board, ben.participant)).length === 2);
		his.close();
		hers.close();
		return { workshop, board, ben, chidi };
	}
	const page = async (workshop: string, cookie: string) =>
		(await ask(server.url, `/p/${workshop}/take-away`, { cookie })).body['text'] as string;

	test('TA8 it is there while people write, later, and after the end, one tap from its PDF', async () => {
		const { workshop, board, ben } = await room();
		const writing = await page(workshop, ben.cookie);
		expect(writing).toContain('Nobody had time');
		expect(writing).toContain('Half a tho');
		expect(writing).toContain('Not revealed: nobody else has seen it');
		expect(writing).toContain(`href="/p/${workshop}/take-away.pdf"`);
		const again = await fetch(`${server.url}/p/${workshop}/take-away`, {
			headers: { cookie: ben.cookie }
		});
		// Going back shows it to nobody once its person has left the device.
		expect(again.headers.get('cache-control')).toBe('no-store');
		// It needs no script.
		expect(writing).not.toContain('<script');
		await ada.command(workshop, { type: 'go', phase: 'act' });
		const action = { board, who: 'Chidi', when: '2027-03-01' };
		await give(server, workshop, ben, {
			type: 'action',
			...action,
			id: nanoid(),
			what: 'Call them'
		});
		await ada.command(workshop, { type: 'close' });
		const closed = await page(workshop, ben.cookie);
		expect(closed).toContain('Call them');
		expect(closed).toContain('1 March 2027');
		expect(closed).not.toContain('Zephyrine');
		expect(closed).toContain(`href="/p/${workshop}/boards/${board}"`);
		const pdf = await fetch(`${server.url}/p/${workshop}/take-away.pdf`, {
			headers: { cookie: ben.cookie }
		});
		expect(pdf.headers.get('content-type')).toBe('application/pdf');
		expect(pdf.headers.get('content-disposition')).toContain('a-day-in-dakar-ben.pdf');
		expect(wordsOf(new Uint8Array(await pdf.arrayBuffer()))).toContain('Call them');
	});

	test('TA9 nobody else gets it, and it is theirs where facilitators share nothing', async () => {
		const { workshop, ben, chidi } = await room();
		const hers = await page(workshop, chidi.cookie);
		expect(hers).toContain('Zephyrine has no contract');
		expect(hers).not.toMatch(/Nobody had time|Half a tho/);
		for (const asking of [{}, { token: ada.token }]) {
			const { status } = await ask(server.url, `/p/${workshop}/take-away.pdf`, asking);
			expect(status).toBeGreaterThanOrEqual(400);
		}
		const owner = { role: 'facilitator', account: ada.account } as const;
		await server.app.summaries.set(workshop, owner, {
			version: 0,
			settings: { forParticipants: false }
		});
		const { body } = await ask(server.url, `/api/v1/workshops/${workshop}/export.pdf`, {
			token: ben.token
		});
		expect(body.error.code).toBe('not-shared');
		expect(await page(workshop, ben.cookie)).toContain('Nobody had time');
	});
});
