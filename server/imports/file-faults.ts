/** What no schema can say of a workshop's file: that everything it speaks of is there, once, and where it belongs. */
import { LIMITS } from '#shared/doc/schema.ts';
import { byOrder } from '#shared/doc/order.ts';
import { isWritten, type Field } from '#shared/exercises/format.ts';
import {
	FILE_LIMITS,
	type FileBoard,
	type FileCard,
	type FileGroup,
	type WorkshopFile
} from '#shared/workshop-file.ts';
import { fits } from '#server/yjs/guard-rules.ts';

/** The first place where something is wrong; null where nothing is. */
export const faultOf = (file: WorkshopFile): string | null => firstOf(faultsOf(file));

const firstOf = (faults: Iterable<string>): string | null => {
	for (const fault of faults) return fault;
	return null;
};

function* faultsOf(file: WorkshopFile): Generator<string> {
	const { workshop, people = [], boards } = file;
	if ((file.people === undefined) !== workshop.anonymous) yield 'people';
	yield* twice('people', people);
	if (people.filter(({ aside }) => !aside).length > workshop.people) yield 'workshop.people';
	yield* twice('boards', boards);
	const persons = new Set(people.map(({ id }) => id));
	for (const [i, board] of boards.entries()) {
		if (workshop.anonymous && !board.anonymous) yield `boards.${i}.anonymous`;
		if ((board.phase === 'done') !== (board.finishedAt !== null)) yield `boards.${i}.finishedAt`;
		for (const fault of boardFaults(board, persons)) yield `boards.${i}.${fault}`;
	}
}

function* boardFaults(board: FileBoard, persons: Set<string>): Generator<string> {
	yield* authorFaults(board, persons);
	yield* twice('cards', board.cards);
	yield* twice('groups', board.groups);
	yield* twice('comments', board.comments);
	yield* twice('actions', board.actions);
	const cards = new Set(board.cards.map(({ id }) => id));
	const groups = new Map(board.groups.map((group) => [group.id, group]));
	const columns = new Set(board.exercise.columns.map(({ id }) => id));
	const fields = new Map(board.exercise.fields.map((field) => [field.id, field]));
	for (const [i, card] of board.cards.entries()) {
		const at = `cards.${i}`;
		if (!columns.has(card.column)) yield `${at}.column`;
		if (card.group !== undefined && !groups.has(card.group)) yield `${at}.group`;
		if (card.answers !== undefined && !cards.has(card.answers)) yield `${at}.answers`;
		yield* fieldFaults(at, card, fields);
	}
	yield* groupFaults(board, cards, groups);
	for (const id of Object.keys(board.votes ?? {}))
		if (!cards.has(id) && !groups.has(id)) yield `votes.${id}`;
	yield* votedFaults(board, (id) => cards.has(id) || groups.has(id));
	for (const id of Object.keys(board.reactions ?? {})) if (!cards.has(id)) yield `reactions.${id}`;
	for (const [i, { card, participant }] of board.comments.entries()) {
		if (!cards.has(card)) yield `comments.${i}.card`;
		if (participant !== undefined && (board.anonymous || !persons.has(participant)))
			yield `comments.${i}.participant`;
	}
	for (const [i, { card }] of board.actions.entries())
		if (card !== undefined && !cards.has(card)) yield `actions.${i}.card`;
}

/** What was voted for is a card, a group or an option; and dots have no other way beside them. */
function* votedFaults(
	{ voted = [], votes }: FileBoard,
	isThere: (id: string) => boolean
): Generator<string> {
	const last = voted.at(-1);
	if (last && votes === null && (voted.length === 1 || Object.keys(last.scores).length > 0))
		yield 'voted';
	for (const [i, round] of voted.entries()) {
		const options = new Set(round.options.map(({ id }) => id));
		for (const key of ['scores', 'spread', 'places'] as const)
			for (const id of Object.keys(round[key]))
				if (!isThere(id) && !options.has(id)) yield `voted.${i}.${key}.${id}`;
		for (const id of round.among ?? [])
			if (!isThere(id) && !options.has(id)) yield `voted.${i}.among`;
		if ((round.way === 'placing') !== (round.axes !== null)) yield `voted.${i}.axes`;
	}
}

function* authorFaults(board: FileBoard, persons: Set<string>): Generator<string> {
	const { authors, anonymous, cards } = board;
	if ((authors === undefined) !== anonymous) return yield 'authors';
	const seats = new Set<string>();
	for (const [key, person] of Object.entries(authors ?? {})) {
		// A person is one author of a board.
		if (!persons.has(person) || seats.has(person)) yield `authors.${key}`;
		seats.add(person);
	}
	const written = new Map<string, number>();
	for (const [i, { author }] of cards.entries()) {
		const count = (written.get(author) ?? 0) + 1;
		written.set(author, count);
		if (authors && !Object.hasOwn(authors, author)) yield `cards.${i}.author`;
		if (count > FILE_LIMITS.cardsOfAuthor) yield `cards.${i}.author`;
	}
	for (const key of Object.keys(authors ?? {})) if (!written.has(key)) yield `authors.${key}`;
}

function* fieldFaults(at: string, card: FileCard, fields: Map<string, Field>): Generator<string> {
	for (const [id, value] of Object.entries(card.fields)) {
		const field = fields.get(id);
		if (!field || !isOf(field, value)) yield `${at}.fields.${id}`;
	}
}

function isOf(field: Field, value: unknown): boolean {
	if (!isWritten(field)) return fits(field, value);
	const most = field.main ? LIMITS.mainField : LIMITS.otherText;
	return typeof value === 'string' && value.length <= most;
}

/** A group's members are those that stand in it, in their order; only a `same` group stands in another, and in a theme. */
function* groupFaults(
	board: FileBoard,
	cards: Set<string>,
	groups: Map<string, FileGroup>
): Generator<string> {
	const members = Map.groupBy(board.cards, ({ group }) => group);
	for (const [i, group] of board.groups.entries()) {
		const at = `groups.${i}`;
		if (cards.has(group.id)) yield `${at}.id`;
		if ((group.column === '') !== (group.order === '')) yield `${at}.column`;
		if (group.group !== undefined) {
			const around = groups.get(group.group);
			const stands = group.kind === 'same' && around?.kind === 'theme' && group.column !== '';
			if (!stands) yield `${at}.group`;
		}
		const its = (members.get(group.id) ?? []).toSorted(byOrder);
		if (its.length !== group.cards.length || its.some(({ id }, at) => id !== group.cards[at]))
			yield `${at}.cards`;
	}
}

function* twice(list: string, all: readonly { id: string }[]): Generator<string> {
	const seen = new Set<string>();
	for (const [i, { id }] of all.entries()) {
		if (seen.has(id)) yield `${list}.${i}.id`;
		seen.add(id);
	}
}
