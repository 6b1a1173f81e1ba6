/** Workshops of several exercises, and what their summary makes of them. */
import { summaryOf } from '#server/exports/summary/summary.ts';
import { wordsIn } from '#server/exports/words.ts';
import type { BoardInput, ExportInput } from '#server/exports/input.ts';
import type { CardValue, GroupValue } from '#shared/doc/contents.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { Block, Item, Said, Summary } from '#shared/summary/model.ts';
import { card, NOW, shipped, workshop } from './exports-workshop.ts';

type Told = NonNullable<Parameters<typeof workshop>[0]>;

/** The first board's workshop, and in it the boards of all. */
export function workshopOfBoards(...boards: Told[]): ExportInput {
	const made = boards.map((told) => workshop(told));
	return {
		...made[0]!,
		boards: made.map((input, i): BoardInput => ({ ...input.boards[0]!, id: `board-${i + 1}` }))
	};
}

export const summed = (input: ExportInput): Summary =>
	summaryOf(input, wordsIn(input.workshop.language), NOW);

/** The summary of one board, or of several. */
export const summary = (...boards: Told[]): Summary => summed(workshopOfBoards(...boards));

/** What the first exercise's summary has at a place. */
export const blockAt = (of: Summary, at: number): Block => of.parts[0]!.blocks[at]!;

export function blockOfKind<Kind extends Block['kind']>(
	of: Summary,
	kind: Kind
): Extract<Block, { kind: Kind }> {
	const found = of.parts
		.flatMap(({ blocks }) => blocks)
		.find((block): block is Extract<Block, { kind: Kind }> => block.kind === kind);
	if (!found) throw new Error(`no ${kind}`);
	return found;
}

export const texts = (all: (Said | Item)[]): string[] =>
	all.map((one) => (typeof one.text === 'string' ? one.text : one.text.text));

/** An exercise with one view in its summary. */
export const asking = (exercise: Exercise, ...views: Exercise['summary']): Exercise => ({
	...exercise,
	summary: views
});

/** Everything that a summary says, wherever it says it. */
export function everythingIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(everythingIn);
}

const theme = (id: string, title: string, cards: string[]): GroupValue => ({
	id,
	kind: 'theme',
	title,
	column: 'barriers',
	order: 'a0',
	cards
});
/** A barrier with a way round, another, and two in a group. */
export const cards = [
	card('card-1', { stoppedUs: 'The agreement', cause: 'rules' }, { language: 'en' }),
	card('card-2', { stoppedUs: 'No afternoon', cause: 'time' }, { author: 'key-chidi' }),
	card('card-3', { stoppedUs: 'Never asked', cause: 'time' }, { group: 'group-1' }),
	card('card-4', { stoppedUs: 'Nor were we' }, { group: 'group-1' }),
	card('card-5', { whatWeCouldDo: 'One page' }, { column: 'ways-round', answers: 'card-1' })
];
export const told = { cards, groups: [theme('group-1', 'Nobody asked us', ['card-3', 'card-4'])] };

/** Every field of the exercise, with something in it. */
export function example(id: string): CardValue['fields'] {
	const values = { scale: 4, country: 'KE', 'sdg-target': ['16.10'] } as const;
	return Object.fromEntries(
		shipped(id).fields.map(({ id: field, type }) => [
			field,
			type in values ? values[type as keyof typeof values] : 'words'
		])
	) as CardValue['fields'];
}

const barrierCards = [
	card('card-1', { stoppedUs: 'The agreement', cause: 'rules' }),
	card('card-2', { stoppedUs: 'No afternoon', cause: 'time' }, { author: 'key-chidi' }),
	card(
		'card-3',
		{ whatWeCouldDo: 'One page is enough' },
		{ column: 'ways-round', answers: 'card-1' }
	)
];
const partners = [
	card('card-1', { partner: 'Girl guides', easyToReach: 5, wouldHelp: 4 }, { column: 'ngo' }),
	card('card-2', { partner: 'The baker', easyToReach: 1, wouldHelp: 2 }, { column: 'business' })
];
const offices = [
	card('card-1', { organisation: 'UNESCO', country: 'KE', city: 'Nairobi' }, { column: 'others' })
];
const ps = [card('card-1', { whatWeDo: 'Tapes', targets: ['11.4'] }, { column: 'protectors' })];
const challenges = ['Roof', 'Books'].map((challenge, i) =>
	card(
		`card-${i}`,
		{ challenge, myCountry: ['KE', 'FI'][i]!, libraryType: 'public' },
		{ column: 'resources', author: ['key-ben', 'key-chidi'][i]! }
	)
);
/** Five exercises, a few cards each: bars, a matrix, contacts, coverage, a pair. */
export const everything = (told: Parameters<typeof workshop>[0] = {}) =>
	workshopOfBoards(
		{
			cards: barrierCards,
			contents: {
				votes: { 'card-1': 3 },
				actions: [{ id: 'a', board: 'b', what: 'Write it', who: 'Ben', when: '2027-02-01', at: 1 }]
			},
			...told
		},
		{ exercise: shipped('potential-partner'), cards: partners },
		{ exercise: shipped('organisations'), cards: offices },
		{ exercise: shipped('six-ps'), cards: ps },
		{ exercise: shipped('common-challenge'), cards: challenges }
	);
