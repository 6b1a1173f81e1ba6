/** What stands before the exercises: the front, what was done, the ideas with most votes, and who does what. */
import type { ActionValue } from '#shared/doc/contents.ts';
import { computeView } from '#shared/exercises/views.ts';
import { byName, normalised } from '#shared/exercises/views/cards.ts';
import type { ActionLine, Item, Summary, SummaryFront } from '#shared/summary/model.ts';
import { commentsShown, plainFacts } from '../front.ts';
import { byTime, type ExportInput } from '../input.ts';
import type { Words } from '../words.ts';
import { asked, said, votedItem } from './items.ts';
import { sectionsLeftOut, type SummedBoard } from './leaving-out.ts';

export function summaryFront(
	input: ExportInput,
	boards: SummedBoard[],
	words: Words,
	now: number
): SummaryFront {
	const { workshop, summary } = input;
	const sum = (of: (board: SummedBoard) => number) =>
		boards.reduce((total, one) => total + of(one), 0);
	const written = (text: string) => (text.trim() ? said(text) : null);
	const hidden = sum((board) => board.hidden);
	const cards = sum(({ leftOut }) => leftOut);
	const sections = sectionsLeftOut(summary, boards);
	return {
		kind: words.say('export_summary'),
		title: said(workshop.title),
		organisation: written(summary.organisation),
		logo: input.logo !== null,
		day: words.day(workshop.openedAt ?? now),
		place: written(summary.place),
		facilitator: workshop.facilitator
			? said(words.say('export_with', { facilitator: workshop.facilitator }))
			: null,
		introduction: written(summary.introduction),
		counts: [
			words.count('people', workshop.people),
			words.count('exercises', boards.length),
			words.count(
				'cards',
				sum((board) => plainFacts(board, words).cards)
			),
			words.count('comments', sum(commentsShown)),
			words.count(
				'actions',
				sum(({ contents }) => contents.actions.length)
			)
		],
		left: [
			words.say('export_private'),
			...(hidden > 0 ? [words.count('hidden', hidden)] : []),
			...(cards > 0 ? [words.count('cards_left', cards)] : []),
			...(sections > 0 ? [words.count('sections_left', sections)] : [])
		]
	};
}

/** One line an exercise. */
export const didOf = (boards: SummedBoard[], words: Words): NonNullable<Summary['did']> => ({
	title: words.say('export_exercises'),
	rows: boards.map((board) => ({
		board: board.id,
		title: asked(board.contents.exercise.title, board),
		counts: plainFacts(board, words).counts
	}))
});

const BEST = 5;
/** Of a group without a name. */
const FEW = 3;

/** Over all boards whose dots were shown, as nothing else can be compared; a group counts as one, and ties stay as they lie, board by board. */
export function ideasOf(boards: SummedBoard[], words: Words): Summary['ideas'] {
	const voted: Item[] = boards.flatMap((board) => {
		const { contents } = board;
		if ((contents.voted?.voting.way ?? 'dots') !== 'dots') return [];
		const result = computeView({ type: 'votes', title: '' }, contents, words.view);
		if (result.kind !== 'sections') return [];
		return result.sections.map((section) => {
			// A group's cards stand in its exercise; here they tell what a nameless one is about.
			const { members = [], ...item } = votedItem(section, { contents, words });
			const nameless = item.text.text === words.view.untitled;
			return {
				...item,
				...(nameless && { notes: members.slice(0, FEW).map(({ text }) => text) }),
				from: asked(contents.exercise.title, board)
			};
		});
	});
	if (voted.length === 0) return null;
	const items = voted.sort((a, b) => (b.count ?? 0) - (a.count ?? 0)).slice(0, BEST);
	return { title: words.say('export_ideas'), items };
}

/** By person, names in order; the earliest day first, then what was said in words. */
export function actionsOf(boards: SummedBoard[], words: Words): NonNullable<Summary['actions']> {
	const people = new Map<
		string,
		{ name: string; all: { action: ActionValue; line: ActionLine }[] }
	>();
	for (const board of boards)
		for (const action of [...board.contents.actions].sort(byTime)) {
			const name = action.who.trim();
			const key = name ? normalised(name) : '';
			const person = people.get(key) ?? { name, all: [] };
			person.all.push({
				action,
				line: {
					what: said(action.what),
					who: said(action.who),
					when: said(words.when(action.when)),
					from: asked(board.contents.exercise.title, board)
				}
			});
			people.set(key, person);
		}
	return {
		title: words.say('export_actions'),
		head: [
			words.say('export_what'),
			words.say('export_who'),
			words.say('export_when'),
			words.say('export_from')
		],
		people: [...people.values()]
			.sort((a, b) => Number(!a.name) - Number(!b.name) || byName(a.name, b.name))
			.map(({ name, all }) => ({
				who: said(name || words.say('export_nobody')),
				rows: all.sort((a, b) => dayOf(a.action) - dayOf(b.action)).map(({ line }) => line)
			})),
		none: words.say('export_no_actions')
	};
}

/** What is no day comes after all days, in the order in which it was agreed. */
function dayOf({ when }: ActionValue): number {
	const day = /^\d{4}-\d\d-\d\d$/.test(when) ? Date.parse(when) : NaN;
	return Number.isNaN(day) ? Number.MAX_SAFE_INTEGER : day;
}
