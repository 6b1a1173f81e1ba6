/**
 * Everything that was revealed, as data: `{ format: 'plenary', version: 1, … }`. Keys stand in one
 * order and lists are sorted, so that the same board gives the same bytes. Nothing that is still
 * held, no code, no token, no time of the export; on an anonymous board no name and nothing that
 * leads from an author to a person.
 */
import type { CardValue, GroupValue } from '#shared/doc/contents.ts';
import { byOrder } from '#shared/doc/order.ts';
import { byTime, type BoardInput, type ExportInput } from './input.ts';

/** The boards of an export and their workshop. */
export function jsonOf(input: ExportInput, boards: BoardInput[]): Uint8Array {
	const { workshop } = input;
	const value = {
		format: 'plenary',
		version: 1,
		workshop: {
			id: workshop.id,
			title: workshop.title,
			language: workshop.language,
			anonymous: workshop.anonymous,
			openedAt: workshop.openedAt,
			closedAt: workshop.closedAt,
			facilitator: workshop.facilitator,
			people: workshop.people
		},
		boards: boards.map((board) => boardData(board, workshop.anonymous))
	};
	return new TextEncoder().encode(`${JSON.stringify(value, null, '\t')}\n`);
}

function boardData(board: BoardInput, anonymousWorkshop: boolean): object {
	const { state, contents, all } = board;
	const anonymous = anonymousWorkshop || state.anonymous;
	const hidden = new Set(state.hidden);
	const authors = new Set(all.cards.map((card) => card.author));
	return {
		id: board.id,
		title: state.title,
		anonymous,
		phase: state.phase,
		revealed: state.revealed,
		startedAt: state.startedAt,
		finishedAt: state.finishedAt,
		exercise: sorted(contents.exercise),
		...(!anonymous && {
			authors: sorted(
				Object.fromEntries(Object.entries(contents.names).filter(([key]) => authors.has(key)))
			),
			people: sorted(contents.people)
		}),
		cards: [...all.cards].sort(byPlace).map((card) => cardData(card, hidden)),
		groups: [...all.groups].sort(byPlace).map(groupData),
		votes: contents.votes && sorted(contents.votes),
		comments: [...board.comments].sort(byTime).map(({ id, card, text, name, participant, at }) => ({
			id,
			card,
			text,
			...(!anonymous && name !== undefined && { name }),
			...(!anonymous && participant !== undefined && { participant }),
			at
		})),
		actions: [...contents.actions].sort(byTime).map(({ id, what, who, when, card, at }) => ({
			id,
			what,
			who,
			when,
			...(card !== undefined && { card }),
			at
		}))
	};
}

const cardData = (card: CardValue, hidden: Set<string>): object => ({
	id: card.id,
	author: card.author,
	column: card.column,
	order: card.order,
	...(card.group !== undefined && { group: card.group }),
	...(card.answers !== undefined && { answers: card.answers }),
	...(card.from !== undefined && { from: sorted(card.from) }),
	...(card.language !== undefined && { language: card.language }),
	...(hidden.has(card.id) && { hidden: true }),
	fields: sorted(card.fields)
});

const groupData = (group: GroupValue): object => ({
	id: group.id,
	kind: group.kind,
	title: group.title,
	column: group.column,
	order: group.order,
	...(group.group !== undefined && { group: group.group }),
	cards: group.cards
});

interface Placed {
	id: string;
	column: string;
	order: string;
}
const byPlace = (a: Placed, b: Placed): number =>
	a.column === b.column ? byOrder(a, b) : a.column < b.column ? -1 : 1;

/** A value with its keys in one order: a database gives them back in its own. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, inner]) => [key, sorted(inner)])
	);
}
