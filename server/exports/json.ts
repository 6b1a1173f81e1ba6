/**
 * Everything that was revealed, as data: `src/shared/workshop-file.ts` says how. Nothing that is still
 * held, no code, no token, no time of the export; on an anonymous board no name and nothing that
 * leads from an author to a person. What a card is for stands there too: everybody may choose it. What dangles is left out: votes for what is gone, cards in
 * columns that are not there. The logo is a picture, and not in it.
 */
import type { CardValue, GroupValue } from '#shared/doc/contents.ts';
import { byOrder } from '#shared/doc/order.ts';
import { REACTIONS } from '#shared/facilitation/reactions.ts';
import {
	FILE_FORMAT,
	FILE_VERSION,
	type FileBoard,
	type FileCard,
	type FileGroup,
	type WorkshopFile
} from '#shared/workshop-file.ts';
import { byTime, type BoardInput, type ExportInput } from './input.ts';
import { votesData } from './json-votes.ts';

/** The boards of an export and their workshop. */
export function jsonOf(input: ExportInput, boards: BoardInput[]): Uint8Array {
	const { workshop } = input;
	const isAnonymous = ({ state }: BoardInput) => workshop.anonymous || state.anonymous;
	const there = new Set(boards.map((board) => board.id));
	const values = boards.map((board) =>
		boardData(isAnonymous(board) ? unpicked(board, input) : board, workshop, there)
	);
	const value: WorkshopFile = {
		format: FILE_FORMAT,
		version: FILE_VERSION,
		workshop: {
			id: workshop.id,
			title: workshop.title,
			language: workshop.language,
			anonymous: workshop.anonymous,
			openedAt: workshop.openedAt,
			closedAt: workshop.closedAt,
			facilitator: workshop.facilitator,
			people: workshop.people,
			summary: sorted(input.summary)
		},
		...(!workshop.anonymous && { people: peopleData(input, values) }),
		boards: values
	};
	return new TextEncoder().encode(`${JSON.stringify(value, null, '\t')}\n`);
}

/** Whoever has a name, and whoever the boards speak of. */
function peopleData({ seats }: ExportInput, boards: FileBoard[]): WorkshopFile['people'] {
	const named = new Set(
		boards.flatMap(({ authors, comments }) => [
			...Object.values(authors ?? {}),
			...comments.flatMap(({ participant }) => participant ?? [])
		])
	);
	return seats
		.filter(({ id, name }) => name !== '' || named.has(id))
		.toSorted((a, b) => (a.id < b.id ? -1 : 1))
		.map(({ id, name, aside }) => ({ id, name, ...(aside && { aside: true }) }));
}

/** Without who was picked in a field. */
function unpicked(board: BoardInput, { seats }: ExportInput): BoardInput {
	const people = new Set<unknown>(seats.map(({ id }) => id));
	const picked = new Set(
		board.contents.exercise.fields.flatMap(({ type, id }) => (type === 'person' ? [id] : []))
	);
	const cards = board.all.cards.map((card) => {
		const fields = Object.entries(card.fields);
		const typed = fields.filter(([id, value]) => !(picked.has(id) && people.has(value)));
		return { ...card, fields: Object.fromEntries(typed) };
	});
	return { ...board, all: { ...board.all, cards } };
}

/** `tellable`: boards to which a card may lead: those in the file. */
function boardData(
	board: BoardInput,
	workshop: ExportInput['workshop'],
	tellable: Set<string>
): FileBoard {
	const { state, contents } = board;
	const { exercise } = contents;
	const anonymous = workshop.anonymous || state.anonymous;
	const hidden = new Set(state.hidden);
	const columns = new Set(exercise.columns.map(({ id }) => id));
	const { cards, groups } = standing(board.all, (card) => columns.has(card.column));
	const there = new Set([...cards, ...groups].map(({ id }) => id));
	const authors = new Set(cards.map(({ author }) => author));
	return {
		id: board.id,
		title: state.title,
		anonymous,
		phase: state.phase,
		revealed: state.revealed,
		startedAt: state.startedAt,
		finishedAt: state.finishedAt,
		exercise: sorted(exercise),
		...(!anonymous && {
			authors: sorted(
				Object.fromEntries(Object.entries(board.seats).filter(([key]) => authors.has(key)))
			)
		}),
		cards: cards.toSorted(byPlace).map((card) => cardData(card, hidden, tellable)),
		groups: groups.toSorted(byPlace).map((group) => groupData(group, there)),
		...sorted(votesData(board, there)),
		...reactionsData(contents.reactions ?? {}, there),
		comments: board.comments
			.filter(({ card }) => there.has(card))
			.toSorted(byTime)
			.map(({ id, card, text, participant, at }) => ({
				id,
				card,
				text,
				...(!anonymous && participant !== undefined && { participant }),
				at
			})),
		actions: contents.actions.toSorted(byTime).map(({ id, what, who, when, card, at }) => ({
			id,
			what,
			who,
			when,
			...(card !== undefined && there.has(card) && { card }),
			at
		}))
	};
}

/** What of a board is left where some cards are not: neither in a group, nor answered. */
function standing(
	{ cards, groups }: BoardInput['all'],
	stands: (card: CardValue) => boolean
): BoardInput['all'] {
	if (cards.every(stands)) return { cards, groups };
	const left = cards.filter(stands);
	const ids = new Set(left.map(({ id }) => id));
	return {
		cards: left.map(({ answers, ...card }) => ({
			...card,
			...(answers !== undefined && ids.has(answers) && { answers })
		})),
		groups: groups.map((group) => ({ ...group, cards: group.cards.filter((id) => ids.has(id)) }))
	};
}

/** Those of what is there, each in the order of all of them. */
function reactionsData(
	said: NonNullable<FileBoard['reactions']>,
	there: Set<string>
): Pick<FileBoard, 'reactions'> {
	const cards = Object.keys(said).filter((id) => there.has(id));
	if (cards.length === 0) return {};
	const of = (id: string) =>
		REACTIONS.flatMap((one) => (said[id]![one] ? [[one, said[id]![one]]] : []));
	return {
		reactions: Object.fromEntries(cards.toSorted().map((id) => [id, Object.fromEntries(of(id))]))
	};
}

const cardData = (card: CardValue, hidden: Set<string>, tellable: Set<string>): FileCard => ({
	id: card.id,
	author: card.author,
	column: card.column,
	order: card.order,
	...(card.group !== undefined && { group: card.group }),
	...(card.answers !== undefined && { answers: card.answers }),
	...(card.from && tellable.has(card.from.board) && { from: sorted(card.from) }),
	...(card.language !== undefined && { language: card.language }),
	...(hidden.has(card.id) && { hidden: true }),
	fields: sorted(card.fields)
});

const groupData = (group: GroupValue, there: Set<string>): FileGroup => ({
	id: group.id,
	kind: group.kind,
	title: group.title,
	column: group.column,
	order: group.order,
	...(group.group !== undefined && there.has(group.group) && { group: group.group }),
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
const sorted = <T>(value: T): T => inOrder(value) as T;

function inOrder(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(inOrder);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, inner]) => [key, inOrder(inner)])
	);
}
