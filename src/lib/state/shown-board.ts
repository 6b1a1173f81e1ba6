/** What one person sees of a board: their own cards from their notebook, the rest from the room's. */
import type { BoardValue, CardValue, GroupValue } from '#shared/doc/contents.ts';
import { byOrder } from '#shared/doc/order.ts';
import { mainText } from '#shared/doc/read.ts';
import type { Column, Exercise } from '#shared/exercises/format.ts';
import type { BoardView } from '#shared/facilitation/view.ts';
import type { AuthorKey, CardId, GroupId } from '#shared/ids.ts';

export interface Sources {
	exercise: Exercise;
	/** The room's document. */
	room: BoardValue;
	/** The notebook's cards, drafts included; null where this person does not write. */
	own: CardValue[] | null;
	author: AuthorKey | null;
	/** Whether a card was arranged: its placement beats what its notebook says. */
	isPlaced: (card: CardId) => boolean;
	hidden: CardId[];
	seesHidden: boolean;
	/** Where columns are shown one after another: these. */
	columnsShown: string[] | null;
}

export function shownBoard(sources: Sources): BoardValue {
	const { room, own, author, exercise } = sources;
	const others = room.cards.filter(
		(card) => mainText(card, exercise) !== '' && !(own && card.author === author)
	);
	const mine = own && author !== null ? own.filter((card) => !card.draft) : [];
	const there = new Map(room.cards.map((card) => [card.id, card]));
	const hidden = new Set(sources.hidden);
	const cards = [
		...others.filter((card) => sources.seesHidden || !hidden.has(card.id)),
		...mine.map((card) => placedAsInRoom(card, there.get(card.id), sources.isPlaced))
	].sort(byOrder);
	const seen = inColumns({ cards, groups: room.groups }, sources.columnsShown);
	return withoutDangling(seen.cards, seen.groups);
}

/** The columns of an exercise that are seen where only these are shown; all of them where null. */
export const columnsSeen = (exercise: Exercise, shown: BoardView['columnsShown']): Column[] =>
	shown === null ? exercise.columns : exercise.columns.filter(({ id }) => shown.includes(id));

/** What stands in these columns; a card of a group stands where its group does. */
function inColumns(board: BoardValue, shown: BoardView['columnsShown']): BoardValue {
	if (shown === null) return board;
	const groups = new Map(board.groups.map((group) => [group.id, group]));
	const isSeen = (one: CardValue | GroupValue): boolean => {
		const around = one.group === undefined ? undefined : groups.get(one.group);
		return around ? isSeen(around) : shown.includes(one.column);
	};
	return { cards: board.cards.filter(isSeen), groups: board.groups.filter(isSeen) };
}

/**
 * A board as the room may see it, whoever has logged in on the screen: without its hidden cards, and
 * with the columns that are shown.
 */
export function seenByRoom(
	board: BoardValue,
	{ hidden, columnsShown }: Pick<BoardView, 'hidden' | 'columnsShown'>
): BoardValue {
	if (hidden.length === 0 && columnsShown === null) return board;
	const seen = inColumns(board, columnsShown);
	const gone = new Set(hidden);
	return withoutDangling(
		seen.cards.filter(({ id }) => !gone.has(id)),
		seen.groups
	);
}

/** What these authors have put down, as one table of the room looks at it. */
export const cardsOfAuthors = (board: BoardValue, authors: ReadonlySet<AuthorKey>): BoardValue =>
	withoutDangling(
		board.cards.filter(({ author }) => authors.has(author)),
		board.groups
	);

function placedAsInRoom(
	card: CardValue,
	inRoom: CardValue | undefined,
	isPlaced: Sources['isPlaced']
): CardValue {
	if (!inRoom || !isPlaced(card.id)) return card;
	const { column, order, group } = inRoom;
	const same = card.column === column && card.order === order && card.group === group;
	return same ? card : { ...card, column, order, ...(group === undefined ? {} : { group }) };
}

/** A group of which this person sees fewer than two cards is none, and a link to what they do not see is none. */
function withoutDangling(cards: CardValue[], groups: GroupValue[]): BoardValue {
	const ids = new Set(cards.map(({ id }) => id));
	const members = new Map<GroupId, CardId[]>(groups.map(({ id }) => [id, []]));
	for (const { id, group } of cards) if (group !== undefined) members.get(group)?.push(id);
	const size = (group: GroupValue) =>
		groups
			.filter((one) => one.group === group.id)
			.reduce((sum, one) => sum + members.get(one.id)!.length, members.get(group.id)!.length);
	const shown = groups.filter((group) => size(group) >= 2);
	const shownIds = new Set(shown.map(({ id }) => id));
	return {
		cards: cards.map((card) => {
			const answers = card.answers !== undefined && !ids.has(card.answers);
			const group = card.group !== undefined && !shownIds.has(card.group);
			if (!answers && !group) return card;
			const { answers: _answers, group: _group, ...rest } = card;
			return {
				...rest,
				...(answers || card.answers === undefined ? {} : { answers: card.answers }),
				...(group || card.group === undefined ? {} : { group: card.group })
			};
		}),
		groups: shown.map((group) => ({ ...group, cards: members.get(group.id)! }))
	};
}

/** The same objects where they say the same, so that a keystroke in one card draws that one again. */
export function keepSame<T extends { id: string }>(next: T[], before: T[] | undefined): T[] {
	if (!before) return next;
	const known = new Map(before.map((one) => [one.id, one]));
	return next.map((one) => {
		const old = known.get(one.id);
		return old && JSON.stringify(old) === JSON.stringify(one) ? old : one;
	});
}
