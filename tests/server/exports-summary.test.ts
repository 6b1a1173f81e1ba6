import { expect, test } from 'vitest';
import { png } from '../support/pictures.ts';
import {
	asking,
	blockAt,
	blockOfKind,
	cards,
	everythingIn,
	example,
	summary,
	summed,
	texts,
	told,
	workshopOfBoards
} from './exports-summaries.ts';
import { barrier, card, NOW, shipped, workshop } from './exports-workshop.ts';

const action = (id: string, what: string, who: string, when: string, at = 1) => ({
	id,
	board: 'board-one',
	what,
	who,
	when,
	at
});
test('SU1 the summary: front, what was done, then a section an exercise with what it asks for', () => {
	const of = summary(told, { exercise: shipped('advocate') });
	expect(of.front.kind).toBe('Summary');
	expect(of.parts.map(({ anchor }) => anchor)).toEqual(['board-1', 'board-2']);
	expect(of.parts[0]!.blocks.map(({ title }) => title.text)).toEqual(
		barrier.summary.map(({ title }) => title)
	);
	expect(of.parts[0]!.blocks.map(({ id }) => id)).toEqual(['board-1/0', 'board-1/1', 'board-1/2']);
	expect(of.parts[0]!.prompt).toEqual({ text: barrier.prompt, lang: 'en' });
	expect(of.parts[0]!.references.map(({ text }) => text)[0]).toBe(
		'10-Minute International Librarian #68'
	);
	expect([of.language, of.direction, of.conclusions, of.appendix]).toEqual([
		'en',
		'ltr',
		null,
		null
	]);
});

test('SU1 what a view is drawn as follows from its type, whatever the exercise is called', () => {
	const renamed = (id: string) => ({ ...shipped(id), id: 'our-own', title: 'Our own' });
	const kinds = (id: string) =>
		summary({
			exercise: renamed(id),
			cards: [
				card('card-1', example(id), { column: shipped(id).columns[0]!.id }),
				card('card-2', example(id), { column: shipped(id).columns[0]!.id, author: 'key-chidi' })
			],
			contents: { votes: { 'card-1': 1 } }
		}).parts[0]!.blocks.map(({ kind }) => kind);
	expect(kinds('barrier')).toEqual(['bars', 'ranking', 'list']);
	expect(kinds('organisations')).toEqual(['table', 'list', 'nothing', 'ranking']);
	expect(kinds('advocate')).toEqual(['matrix', 'ranking', 'list']);
	expect(kinds('six-ps')).toEqual(['coverage', 'list', 'nothing']);
	expect(kinds('common-challenge')).toEqual(['list', 'matches', 'list', 'ranking']);
	expect(kinds('potential-partner')).toEqual(['matrix', 'list', 'list', 'ranking']);
	expect(kinds('work-with')).toEqual(['table', 'list', 'list', 'ranking']);
});

test('SU2 in front: where, when, who, how many, and what is not here', () => {
	const { front } = summary({
		...told,
		state: { hidden: ['card-2'] },
		contents: { actions: [action('act-1', 'Write it', 'Ben', '')] },
		comments: [{ id: 'note-1', card: 'card-1', text: 'Same here', at: 1 }],
		summary: {
			organisation: 'Libraries of the Lakes',
			place: 'Kisumu',
			introduction: 'We met.\nIt rained.',
			cards: ['card-4'],
			leftOut: ['board-1/2', 'ideas', 'no-such-section']
		},
		logo: { type: 'image/png', bytes: png(2, 2) }
	});
	expect(front).toMatchObject({
		title: { text: 'Partners within reach' },
		organisation: { text: 'Libraries of the Lakes' },
		place: { text: 'Kisumu' },
		introduction: { text: 'We met.\nIt rained.' },
		facilitator: { text: 'with Ada Nwosu' },
		day: '24 November 2026',
		logo: true,
		counts: ['2 people', '1 exercise', '3 cards', '1 comment', '1 action'],
		left: [
			'What was written privately and never revealed is not in here.',
			'1 hidden card is left out.',
			'1 card is left out of this summary.',
			'2 sections are left out.'
		]
	});
	const bare = summary({ workshop: { openedAt: null, facilitator: '' } }).front;
	expect([bare.organisation, bare.place, bare.introduction, bare.facilitator, bare.logo]).toEqual([
		null,
		null,
		null,
		null,
		false
	]);
	expect(bare.day).toBe('24 November 2026');
});

test('SU3 what was done is a line an exercise, also where its section is left out', () => {
	const of = summary(
		{ ...told, summary: { leftOut: ['board-2'] } },
		{ exercise: shipped('advocate'), state: { revealed: false } }
	);
	expect(of.did!.rows.map(({ title, counts }) => [title.text, counts[0]])).toEqual([
		['Think of a barrier to collaboration', '5 cards'],
		['Think of an advocate for libraries', '0 cards']
	]);
	expect(of.parts.map(({ board }) => board)).toEqual(['board-1']);
	expect(summary({ ...told, summary: { leftOut: ['did'] } }).did).toBeNull();
});

test('SU4 the five ideas with most votes, over all boards; a group is one, ties as they lie', () => {
	const advocate = shipped('advocate');
	const people = ['Radio host', 'Imam', 'Mayor', 'Baker'].map((name, i) =>
		card(`person-${i}`, { name }, { column: 'local' })
	);
	const of = summary(
		{ ...told, contents: { votes: { 'card-1': 3, 'group-1': 5, 'card-2': 2 } } },
		{
			exercise: advocate,
			cards: people,
			contents: { votes: { 'person-0': 5, 'person-1': 3, 'person-2': 1, 'person-3': 2 } }
		},
		{ cards: [card('late', { stoppedUs: 'Unshown' })], contents: { votes: null } }
	);
	expect(of.ideas!.items.map((item) => [item.text.text, item.votes, item.from!.text])).toEqual([
		['Nobody asked us', '5 votes', 'Think of a barrier to collaboration'],
		['Radio host', '5 votes', 'Think of an advocate for libraries'],
		['The agreement', '3 votes', 'Think of a barrier to collaboration'],
		['Imam', '3 votes', 'Think of an advocate for libraries'],
		['No afternoon', '2 votes', 'Think of a barrier to collaboration']
	]);
	expect(summary(told).ideas).toBeNull();
	const nameless = told.groups.map((group) => ({ ...group, title: ' ' }));
	const { items } = summary({
		...told,
		groups: nameless,
		contents: { votes: { 'group-1': 5 } }
	}).ideas!;
	expect([texts(items), texts(items[0]!.notes)]).toEqual([
		['A group without a name'],
		['Never asked', 'Nor were we']
	]);
});

test('SU5 all actions by person and day', () => {
	const of = summary({
		contents: {
			actions: [
				action('act-1', 'Later', 'Chidi', '2027-02-01', 1),
				action('act-2', 'Some day', 'ben ', 'before summer', 2),
				action('act-3', 'Anybody', ' ', '2026-12-01', 3),
				action('act-4', 'Soon', 'Ben', '2026-12-24', 4),
				action('act-5', 'Not a day', 'Ben', '2026-99-99', 5)
			]
		}
	});
	expect(
		of.actions!.people.map(({ who, rows }) => [who.text, rows.map((r) => r.what.text)])
	).toEqual([
		['ben', ['Soon', 'Some day', 'Not a day']],
		['Chidi', ['Later']],
		['Nobody named', ['Anybody']]
	]);
	expect(of.actions!.people[0]!.rows[0]!.when.text).toBe('24 December 2026');
	expect(of.actions!.head).toEqual(['What', 'Who', 'By', 'From']);
	expect(summary({ summary: { leftOut: ['actions'] } }).actions).toBeNull();
	expect(summary({}).actions).toMatchObject({ people: [], none: 'No actions were written down.' });
});

test('SU6 a section that is left out takes nothing from the others', () => {
	const whole = summary({ ...told, contents: { votes: { 'card-1': 3 } } });
	const of = summary({
		...told,
		contents: { votes: { 'card-1': 3 } },
		summary: { leftOut: ['board-1/0', 'did'] }
	});
	expect(of.parts[0]!.blocks).toEqual(whole.parts[0]!.blocks.slice(1));
	expect([of.did, of.ideas, of.actions]).toEqual([null, whole.ideas, whole.actions]);
	const none = summary({ ...told, summary: { leftOut: ['board-1'] } });
	expect([none.parts, none.front.counts]).toEqual([[], whole.front.counts]);
});

test('SU6 a card that is left out counts nowhere; its group keeps its votes while something is in it', () => {
	const votes = { 'card-1': 9, 'group-1': 5 };
	const of = summary({
		...told,
		contents: { votes },
		comments: [{ id: 'note-1', card: 'card-1', text: 'x', at: 1 }],
		summary: { cards: ['card-1', 'card-3'] }
	});
	expect(
		everythingIn(of).filter((text) => /The agreement|Never asked|One page/.test(text))
	).toEqual([]);
	expect(of.front.counts).toEqual(['2 people', '1 exercise', '3 cards', '0 comments', '0 actions']);
	expect(of.parts[0]!.counts).toEqual(['3 cards', '2 people', '5 votes', '0 comments']);
	expect(of.parts[0]!.left).toEqual(['2 cards are left out of this summary.']);
	expect(of.ideas!.items).toMatchObject([{ text: { text: 'Nobody asked us' }, count: 5 }]);
	const bars = blockOfKind(of, 'bars').bars;
	expect(bars.find(({ label }) => label.text === 'Rules or law')!.count).toBe(0);
	const gone = summary({ ...told, contents: { votes }, summary: { cards: ['card-3', 'card-4'] } });
	expect(texts(gone.ideas!.items)).toEqual(['The agreement']);
});

test('SU15 at 3,000 cards a top part, and an appendix with everything; at a few, no appendix', () => {
	const many = Array.from({ length: 3000 }, (_, i) =>
		card(
			`card-${i}`,
			{ stoppedUs: `Barrier ${i}`, cause: `Own cause ${i % 40}` },
			{ order: `a${String(i).padStart(5, '0')}`, author: `key-${i % 90}` }
		)
	);
	const votes = Object.fromEntries(many.slice(0, 400).map(({ id }, i) => [id, 1 + (i % 7)]));
	const exercise = asking(barrier, ...barrier.summary, { type: 'by-column', title: 'Columns' });
	const input = workshop({ exercise, cards: many, contents: { votes } });
	const of = summed(input);
	const [bars, ranking, open, columns] = of.parts[0]!.blocks;
	if (bars?.kind !== 'bars' || ranking?.kind !== 'ranking') throw new Error('no pictures');
	if (open?.kind !== 'list' || columns?.kind !== 'list') throw new Error('no lists');
	expect(bars.bars).toHaveLength(12);
	expect(bars.more).toMatch(/^and \d+ more, in the appendix$/);
	expect([ranking.items.length, ranking.more]).toEqual([12, 'and 388 more, in the appendix']);
	expect([open.sections[0]!.items.length, open.sections[0]!.more]).toEqual([12, 2988]);
	expect(columns.bars).toHaveLength(2);
	expect(everythingIn(of.parts).length).toBeLessThan(600);

	const whole = of.appendix!.parts[0]!.blocks;
	expect(whole.map(({ title }) => title.text)).toEqual(exercise.summary.map(({ title }) => title));
	const said = new Set(everythingIn(whole[2]));
	expect(many.filter(({ fields }) => !said.has(String(fields['stoppedUs'])))).toEqual([]);
	expect(summary({ cards: many.slice(0, 3) }).appendix).toBeNull();
	const few = many.slice(0, 16).map((one) => ({ ...one, fields: { stoppedUs: 'Barrier' } }));
	// Sixteen are not worth an appendix.
	expect(blockAt(summary({ cards: few }), 2)).toMatchObject({
		sections: [{ more: 0 }]
	});
	expect(summary({ cards: few }).appendix).toBeNull();
});

test('SU15 what answers a card and stands in a group is cut as well, and said to be', () => {
	const many = Array.from({ length: 30 }, (_, i) =>
		card(`way-${i}`, { whatWeCouldDo: `Way ${i}` }, { column: 'ways-round', answers: 'card-1' })
	);
	const of = summary({ cards: [...cards, ...many], contents: { votes: { 'card-1': 1 } } });
	const [first] = blockOfKind(of, 'ranking').items;
	expect([first!.notes.length, first!.more]).toEqual([12, 'and 19 more, in the appendix']);
	const whole = of.appendix!.parts[0]!.blocks[0]!;
	expect(whole.kind === 'ranking' && whole.items[0]!.notes).toHaveLength(31);
});

test.for([
	'barrier',
	'advocate',
	'organisations',
	'six-ps',
	'common-challenge',
	'potential-partner',
	'work-with'
])('SU16 an anonymous summary of %s names no author', (id) => {
	const { columns } = shipped(id);
	const told = {
		exercise: shipped(id),
		cards: columns.map(({ id: column }, i) => card(`card-${i}`, example(id), { column })),
		contents: { votes: { 'card-0': 2 } }
	};
	const named = (anonymous: boolean) =>
		everythingIn(summary({ ...told, workshop: { anonymous } })).filter((text) =>
			/\bBen\b|key-ben/.test(text)
		);
	expect(named(false).length).toBeGreaterThan(0);
	expect(named(true)).toEqual([]);
});

test('SU2 the day is the one on which the workshop was opened', () => {
	const input = workshopOfBoards({ workshop: { openedAt: NOW - 5 * 86_400_000 } });
	expect(summed(input).front.day).toBe('19 November 2026');
});
