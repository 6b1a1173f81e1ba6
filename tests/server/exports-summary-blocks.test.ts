import { expect, test } from 'vitest';
import { asking, blockAt, blockOfKind, cards, summary, texts, told } from './exports-summaries.ts';
import { barrier, card, shipped } from './exports-workshop.ts';

test('SU7 causes are bars: largest first, zeroes shown, without a cause last and hollow', () => {
	const { bars, lead, head } = blockOfKind(summary(told), 'bars');
	expect(bars.slice(0, 3).map(({ label, count, share }) => [label.text, count, share])).toEqual([
		['Time', 2, 1],
		['Rules or law', 1, 0.5],
		['Different goals or priorities', 0, 0]
	]);
	expect(bars.at(-1)).toMatchObject({ label: { text: 'Cause: not given' }, count: 1, rest: true });
	expect([lead, head]).toEqual(['4 cards, by “Cause”', ['Cause', 'Cards']]);
});

test('SU8 a ranking has every way round with its barrier, voted for or not', () => {
	const answered = [
		...cards,
		card(
			'card-6',
			{ whatWeCouldDo: 'Спросить' },
			{ column: 'ways-round', answers: 'card-2', language: 'ru' }
		)
	];
	const of = summary({
		...told,
		cards: answered,
		contents: { votes: { 'card-1': 1, 'group-1': 5 } }
	});
	const { items, lead } = blockOfKind(of, 'ranking');
	expect(items.map((item) => [item.text.text, item.count])).toEqual([
		['Nobody asked us', 5],
		['The agreement', 1],
		['No afternoon', undefined]
	]);
	expect(texts(items[0]!.members!)).toEqual(['Never asked', 'Nor were we']);
	expect(texts(items[1]!.notes)).toEqual(['One page']);
	expect(items[2]!.notes).toEqual([{ text: 'Спросить', lang: 'ru' }]);
	expect(lead).toBe('Most votes first. With each: Ways round it.');
	expect(texts(blockOfKind(of, 'list').sections[0]!.items)).toEqual(['Never asked', 'Nor were we']);

	const before = blockAt(summary({ ...told, cards: answered }), 1);
	expect(before).toMatchObject({
		kind: 'ranking',
		lead: 'Votes have not been shown. With each: Ways round it.',
		items: [{ text: { text: 'The agreement' } }, { text: { text: 'No afternoon' } }]
	});
	expect(blockAt(summary({ cards: [cards[0]!] }), 1)).toMatchObject({
		kind: 'nothing',
		note: 'Votes have not been shown.'
	});
});

const advocate = shipped('advocate');
const person = (i: number, name: string, x?: number, y?: number, column = 'local') =>
	card(
		`person-${String(i).padStart(4, '0')}`,
		{ name, ...(x && { wellKnown: x }), ...(y && { skilled: y }) },
		{ column }
	);

test('SU9 a matrix has names in their cells, the best corner marked, columns by letter', () => {
	const of = summary({
		exercise: advocate,
		cards: [
			person(1, 'Radio host', 4, 5),
			person(2, 'Sprinter', 5, 4, 'national'),
			person(3, 'Baker', 1, 2),
			person(4, 'Who?', 3)
		]
	});
	const { rows, key, rest, x, alt } = blockOfKind(of, 'matrix');
	expect(rows.map((row) => row.map(({ items }) => texts(items).join()))).toEqual([
		['', '', '', 'Radio host', ''],
		['', '', '', '', 'Sprinter'],
		['', '', '', '', ''],
		['Baker', '', '', '', ''],
		['', '', '', '', '']
	]);
	expect(rows[0]!.map(({ best }) => best)).toEqual([false, false, false, true, true]);
	expect(rows.flat().filter(({ best }) => best)).toHaveLength(4);
	expect(rows[1]![4]!.items[0]).toMatchObject({ mark: 'C', cloth: 3 });
	expect(key.map(({ mark, title }) => mark + title.text)).toEqual([
		'ALocal',
		'BRegional',
		'CNational',
		'DGlobal'
	]);
	expect(texts(rest!.items)).toEqual(['Who?']);
	expect(x).toMatchObject({ low: { lang: 'en' }, high: { lang: 'en' } });
	expect(alt).toMatch(/with 3 cards\. High on both: 2\. .*High on neither: 1\./);
	expect(of.appendix).toBeNull();
});

test('SU9 a cell takes as many names as it has room for; the appendix has them all', () => {
	const long = 'A name that goes on and on '.repeat(9).trim();
	const names = Array.from({ length: 20 }, (_, i) => `Person ${i}`);
	const of = summary({
		exercise: advocate,
		cards: [...names.map((name, i) => person(i, name, 5, 5)), person(99, long, 1, 1)]
	});
	const { rows } = blockOfKind(of, 'matrix');
	const full = rows[0]![4]!;
	expect(full.items.length).toBeGreaterThan(3);
	expect(full.items.length).toBeLessThan(9);
	expect(full.more).toBe(20 - full.items.length);
	// No name is cut: one that is longer than a cell is counted, and stands in the appendix.
	expect(rows[4]![0]).toMatchObject({ items: [], more: 1 });
	const appended = of.appendix!.parts[0]!.blocks[0]!;
	expect(appended.kind === 'list' && appended.sections.map(({ title }) => title!.text)).toEqual([
		'How well known? 5 · How skilled at advocacy? 5',
		'How well known? 1 · How skilled at advocacy? 1'
	]);
	expect(appended.kind === 'list' && texts(appended.sections.flatMap((s) => s.items))).toEqual([
		...names,
		long
	]);
});

test('SU10 coverage has all 17 goals for every column, and what nobody named', () => {
	const of = summary({
		exercise: shipped('six-ps'),
		cards: [
			card('card-1', { whatWeDo: 'Tapes', targets: ['11.4', '16.6'] }, { column: 'protectors' }),
			card('card-2', { whatWeDo: 'Maps', targets: ['11.4', '11.a'] }, { column: 'protectors' }),
			card('card-3', { whatWeDo: 'Hall' }, { column: 'platforms' })
		]
	});
	const { goals, rows, notes, alt } = blockOfKind(of, 'coverage');
	expect(goals.map(({ number }) => number)).toEqual(
		Array.from({ length: 17 }, (_, i) => `${i + 1}`)
	);
	expect(rows).toHaveLength(6);
	expect(rows[0]!.counts).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1, 0]);
	expect(rows[0]).toMatchObject({ total: 2, set: { text: 'Traditional roles' } });
	expect(rows[5]).toMatchObject({ total: 1, counts: Array(17).fill(0) });
	expect(notes).toContain(
		'Goals that no card names: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 17.'
	);
	expect(notes).toContain('Not named yet: Providers, 16.10, 2.3, 3.7, 9.5, 13.3.');
	expect(notes).toContain('1 person gave examples in 2 of 6.');
	expect(alt).toContain(
		'2 of the goals are named. Named most: 11 Sustainable cities and communities, 2.'
	);
});

test('SU11 a matched pair has what it shares, and each what differs', () => {
	const of = summary({
		exercise: shipped('common-challenge'),
		cards: [
			card(
				'card-1',
				{ challenge: 'Roof', myCountry: 'KE', libraryType: 'public' },
				{ column: 'resources' }
			),
			card(
				'card-2',
				{ challenge: 'Books', myCountry: 'FI', libraryType: 'public' },
				{ column: 'resources', author: 'key-chidi' }
			),
			card(
				'card-3',
				{ challenge: 'Hours', myCountry: 'FI', libraryType: 'school' },
				{ column: 'time' }
			)
		]
	});
	const { groups, alone, aloneTitle, lead } = blockOfKind(of, 'matches');
	expect(groups).toMatchObject([
		{
			theme: { text: 'Resources and money · Public' },
			items: [
				{ text: { text: 'Roof' }, author: { text: 'Ben' }, notes: [{ text: 'Kenya' }] },
				{ text: { text: 'Books' }, author: { text: 'Chidi' }, notes: [{ text: 'FI' }] }
			]
		}
	]);
	expect([texts(alone), aloneTitle]).toEqual([['Hours'], 'Not matched yet']);
	expect(lead).toBe("Put together because they differ in: My country and My library's type.");
});

test('SU12 contacts are divided by country, those without one under a heading of their own', () => {
	const office = (id: string, organisation: string, country?: string) =>
		card(
			id,
			{ organisation, ...(country && { country }), city: 'Nairobi' },
			{ column: 'others', language: 'fr' }
		);
	const of = summary({
		exercise: shipped('organisations'),
		cards: [
			office('card-1', 'UNESCO', 'KE'),
			office('card-2', 'UNICEF'),
			office('card-3', 'FAO', 'KE')
		]
	});
	const { head, rows, divided } = blockOfKind(of, 'table');
	expect(divided).toBe(true);
	expect(head[0]!.text).toBe('Country');
	expect(rows.map((row) => [row[0]!.text, row[1]])).toEqual([
		['Kenya', { text: 'FAO', lang: 'fr' }],
		['Kenya', { text: 'UNESCO', lang: 'fr' }],
		['Country: not given', { text: 'UNICEF', lang: 'fr' }]
	]);
	const bySize = asking(shipped('organisations'), {
		type: 'table',
		title: 'By city',
		fields: ['organisation', 'city'],
		sort: 'city'
	});
	expect(
		blockOfKind(summary({ exercise: bySize, cards: [office('card-1', 'FAO')] }), 'table').divided
	).toBe(false);
});

test('SU13 themes and columns by size, what is in no group last', () => {
	const of = summary({
		...told,
		exercise: asking(
			barrier,
			{ type: 'themes', title: 'Themes' },
			{ type: 'by-column', title: 'Columns' }
		)
	});
	const [themes, columns] = of.parts[0]!.blocks;
	if (themes?.kind !== 'list' || columns?.kind !== 'list') throw new Error('no lists');
	expect(themes.bars.map(({ label, count, rest }) => [label.text, count, rest])).toEqual([
		['Nobody asked us', 2, false],
		['In no group', 3, true]
	]);
	expect(themes.sections.map(({ items }) => texts(items))).toEqual([
		['Never asked', 'Nor were we'],
		['The agreement', 'No afternoon', 'One page']
	]);
	expect(columns.bars.map(({ label, count, cloth }) => [label.text, count, cloth])).toEqual([
		['Barriers', 4, 1],
		['Ways round it', 1, 2]
	]);
	expect(columns.sections[0]!.items[0]).toEqual({
		card: 'card-1',
		text: { text: 'The agreement', lang: 'en' },
		author: { text: 'Ben' },
		notes: [],
		cloth: 1
	});
});

test('SU14 pictures in words', () => {
	expect(blockOfKind(summary(told), 'bars').alt).toBe(
		'A bar chart of 10. Longest: Time, 2. Shortest: Rules or law, 1. Empty: Different goals or ' +
			'priorities, Money, Skills, Trust, Language or distance, Technology, and Nobody asked. ' +
			'Cause: not given: 1.'
	);
	for (const id of ['barrier', 'advocate', 'six-ps', 'common-challenge', 'organisations'])
		expect(summary({ exercise: shipped(id) }).parts[0]!.blocks.map(({ kind }) => kind)).toEqual(
			shipped(id).summary.map(() => 'nothing')
		);
});
