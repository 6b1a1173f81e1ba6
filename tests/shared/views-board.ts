/** A small room's board for the views: two columns, people by letter, cards by what they say. */
import type { CardValue, GroupValue, Votes } from '#shared/doc/contents.ts';
import type { FieldValue } from '#shared/doc/schema.ts';
import type { Exercise, Field, View } from '#shared/exercises/format.ts';
import { computeView, type BoardContents, type ViewWords } from '#shared/exercises/views.ts';

/** Words that tell where they come from. */
export const words: ViewWords = {
	without: (field) => `without ${field}`,
	ungrouped: 'ungrouped',
	untitled: 'untitled',
	unplaced: 'unplaced',
	unmatched: 'unmatched',
	goal: (number) => `goal ${number}`,
	gaps: 'gaps',
	column: 'column',
	covered: (people, columns, of) => `${people} in ${columns} of ${of}`,
	someone: 'someone'
};

const field = (id: string, rest: object): Field => ({ id, title: id, ...rest }) as Field;

const exercise: Exercise = {
	id: 'neighbours',
	version: 1,
	language: 'en',
	title: 'Neighbours',
	tags: [],
	why: 'Because.',
	prompt: 'Who?',
	nudges: [],
	fields: [
		field('name', { type: 'text', main: true }),
		field('answer', { type: 'paragraph', main: true }),
		field('cause', {
			type: 'choice',
			other: true,
			options: [
				{ id: 'time', title: 'Time' },
				{ id: 'money', title: 'Money' },
				{ id: 'law', title: 'Law' }
			]
		}),
		field('help', {
			type: 'choice',
			several: true,
			options: [
				{ id: 'echo', title: 'Echo' },
				{ id: 'tell', title: 'Tell' }
			]
		}),
		field('known', { type: 'scale', low: 'hardly', high: 'widely' }),
		field('skilled', { type: 'scale', low: 'a bit', high: 'a lot' }),
		field('country', { type: 'country' }),
		field('kind', {
			type: 'choice',
			options: [
				{ id: 'public', title: 'Public' },
				{ id: 'school', title: 'School' }
			]
		}),
		field('targets', { type: 'sdg-target', several: true }),
		field('who', { type: 'person' }),
		field('step', { type: 'text' })
	],
	columns: [
		{
			id: 'near',
			title: 'Near',
			fields: [
				'name',
				'cause',
				'help',
				'known',
				'skilled',
				'country',
				'kind',
				'targets',
				'who',
				'step'
			],
			targets: ['16.10', '4.6']
		},
		{ id: 'far', title: 'Far', fields: ['name', 'country', 'kind', 'targets'] },
		{ id: 'ways', title: 'Ways', fields: ['answer'], answers: 'near' }
	],
	phases: [{ phase: 'write', minutes: 1 }],
	views: [],
	summary: []
};

type Written = [id: string, author: string, fields: Record<string, FieldValue>, rest?: object];

/** Cards in the order in which they are named; `near` unless they say otherwise. */
export function board(
	cards: Written[],
	{
		groups = [],
		votes = null,
		people = {},
		names = {}
	}: Partial<BoardContents> & { groups?: GroupValue[] } = {}
): BoardContents {
	const values: CardValue[] = cards.map(([id, author, fields, rest], i) => ({
		id,
		author,
		column: 'near',
		order: `a${String(i).padStart(5, '0')}`,
		fields,
		...rest
	}));
	return {
		exercise,
		board: { cards: values, groups },
		votes: votes as Votes | null,
		actions: [],
		names,
		people,
		countryName: (code) => ({ KE: 'Kenya', FI: 'Finland', AT: 'Austria' })[code] ?? code
	};
}

export const group = (id: string, cards: string[], rest: Partial<GroupValue> = {}): GroupValue => ({
	id,
	kind: 'theme',
	title: id,
	column: 'near',
	order: 'a0',
	cards,
	...rest
});

/** A view as plain lists: each section's title, its count, and the ids of its cards. */
export function sectionsOf(view: View, contents: BoardContents): [string, number, ...string[]][] {
	const result = computeView(view, contents, words);
	if (result.kind !== 'sections') throw new Error(`${view.type} gave a table`);
	return result.sections.map(({ title, count, cards }) => [
		title,
		count,
		...cards.map(({ card }) => card.id)
	]);
}
