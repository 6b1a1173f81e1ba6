/** A summary with every kind of part and block, in which everybody says what the test has them say. */
import type { Block, Item, ListSection, MatrixCell, Said, Summary } from '#shared/summary/model.ts';
import { clean } from '#server/exports/text.ts';

type WithoutName<T> = T extends unknown ? Omit<T, 'id' | 'title'> : never;
type Kind = WithoutName<Block>;

/** Its words, one after the other, from `next`; `said` is all that was taken of it. */
export function summarySaying(next: () => string): { summary: Summary; said: string[] } {
	const said: string[] = [];
	const say = (): Said => {
		said.push(next());
		return { text: said.at(-1)! };
	};
	const item = (rest: Partial<Item> = {}): Item => ({ text: say(), notes: [], cloth: 1, ...rest });
	const section = (): ListSection => ({
		title: say(),
		count: 3,
		rest: false,
		items: [
			item({ author: say(), votes: '3 votes', count: 3, notes: [say(), say()] }),
			item({ members: [item({ author: say() }), item()] })
		],
		more: 0
	});
	const bars = () =>
		[4, 0].map((count, i) => ({ label: say(), count, share: count / 4, rest: i > 0, cloth: i }));
	const cell = (x: number, y: number): MatrixCell => ({
		x,
		y,
		items: x === 5 && y === 5 ? [item({ author: say(), mark: 'A' }), item()] : [],
		more: x === 1 && y === 1 ? 4 : 0,
		best: x > 3 && y > 3
	});
	const scale = () => ({ title: say(), low: say(), high: say() });
	const five = [1, 2, 3, 4, 5];
	const kinds: Kind[] = [
		{ kind: 'nothing', note: 'Nothing here.' },
		{ kind: 'bars', bars: bars(), alt: 'A picture.', head: ['Cause', 'Cards'] },
		{
			kind: 'list',
			bars: bars(),
			alt: 'A picture.',
			head: ['Kind', 'Cards'],
			sections: [section()]
		},
		{ kind: 'ranking', items: [item({ votes: '9 votes' }), item({ notes: [say()] })] },
		{
			kind: 'matrix',
			x: scale(),
			y: scale(),
			rows: five.toReversed().map((y) => five.map((x) => cell(x, y))),
			rest: section(),
			key: [{ title: say(), cloth: 1, mark: 'A' }],
			alt: 'A picture.'
		},
		{
			kind: 'matches',
			groups: [{ theme: say(), items: [item({ author: say() }), item()] }],
			alone: [item()],
			aloneTitle: 'Not matched yet'
		},
		{
			kind: 'coverage',
			head: { column: 'Column', total: 'All' },
			goals: [...Array(17).keys()].map((i) => ({ number: `${i + 1}`, name: `Goal ${i + 1}` })),
			rows: [{ title: say(), cloth: 1, set: say(), counts: Array<number>(17).fill(7), total: 119 }],
			notes: ['Nobody named 4.6.'],
			alt: 'A picture.'
		},
		{ kind: 'table', head: [say(), say()], rows: [[say(), say()]], divided: false }
	];
	const summary: Summary = {
		language: 'en',
		direction: 'ltr',
		front: {
			kind: 'Summary',
			title: say(),
			organisation: say(),
			logo: false,
			day: '24 November 2026',
			place: say(),
			facilitator: say(),
			introduction: say(),
			counts: ['2 people', '8 cards'],
			left: ['1 hidden card is left out.']
		},
		did: {
			title: 'What we did',
			rows: [{ board: 'board-one', title: say(), counts: ['3 cards', '2 people'] }]
		},
		ideas: { title: 'Most votes', items: [item({ author: say(), from: say() }), item()] },
		chains: {
			title: 'From barrier to action',
			lead: 'What led to what.',
			items: [item({ from: say(), links: [say()], members: [item({ members: [item()] })] })]
		},
		actions: {
			title: 'Who does what, by when',
			head: ['What', 'Who', 'By', 'From'],
			people: [
				{ who: { text: 'Ben' }, rows: [{ what: say(), who: say(), when: say(), from: say() }] }
			],
			none: 'No actions were written down.'
		},
		parts: [
			{
				board: 'board-one',
				anchor: 'board-1',
				title: say(),
				references: [say()],
				prompt: say(),
				counts: ['3 cards'],
				left: [],
				blocks: kinds.map((rest, i) => ({ id: `board-one/${i}`, title: say(), ...rest }))
			}
		],
		conclusions: { title: 'Conclusions', text: say() },
		appendix: {
			title: 'Appendix',
			parts: [
				{
					title: say(),
					blocks: [
						{
							id: 'board-one/9',
							title: say(),
							kind: 'list',
							bars: [],
							alt: '',
							head: ['', ''],
							sections: [section()]
						}
					]
				}
			]
		},
		colophon: 'Made with Plenary, which is not a product of IFLA.',
		empty: []
	};
	return { summary, said };
}

/** Words without any space: formats have their own way with lines. */
export const unspaced = (text: string): string => clean(text).replace(/\s+/gu, '');
