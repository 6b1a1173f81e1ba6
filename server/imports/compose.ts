/**
 * A workshop of a file as this server keeps one: closed, with seats that no device opens, and boards
 * whose documents have a history of their own from here on.
 */
import * as Y from 'yjs';
import { writeBoard, writeNotebook } from '#shared/doc/imported.ts';
import { makeAuthorMap } from '#shared/doc/notebook.ts';
import { boardBefore, workshopBefore } from '#shared/facilitation/beginnings.ts';
import { pollOf } from '#shared/facilitation/polls.ts';
import type { AgendaItem, BoardState, WorkshopState } from '#shared/facilitation/state.ts';
import { REACTIONS, type Reaction } from '#shared/facilitation/reactions.ts';
import { RETENTION_DAYS } from '#shared/facilitation/new-workshop.ts';
import type { AuthorKey, ParticipantId } from '#shared/ids.ts';
import type { FileBoard, WorkshopFile } from '#shared/workshop-file.ts';
import type { Imported, ImportedBoard } from '#server/store/imports.ts';
import { BOARD, type LogEntry } from '#server/store/log-entries.ts';
import type { LogRow } from '#server/store/updates.ts';

export interface Making {
	now: number;
	newId: () => string;
}

/** In bytes: a row of the log is gathered until it is so large. Each is written in one piece. */
const ROW = 32 * 1024;

export function compose(file: WorkshopFile, making: Making): Imported {
	const { workshop } = file;
	const seats = new Seats(file, making);
	const boards = file.boards.map((board) => importedBoard(board, seats, making));
	return {
		workshop: { id: workshop.id, state: stateOf(file, making.now), createdAt: making.now },
		summary: workshop.summary,
		seats: seats.rows,
		boards
	};
}

function stateOf({ workshop, boards }: WorkshopFile, now: number): WorkshopState {
	return {
		status: 'closed',
		title: workshop.title,
		language: workshop.language,
		anonymous: workshop.anonymous,
		agenda: boards.filter(isPlanned).map(({ exercise, title }): AgendaItem => ({
			kind: 'exercise',
			exercise: exercise.id,
			title,
			phases: exercise.phases,
			writing: 'private'
		})),
		boards: boards.map((board) => {
			const index = boards.filter(isPlanned).indexOf(board);
			return boardState(board, index < 0 ? null : index, now);
		}),
		...workshopBefore(),
		retentionDays: RETENTION_DAYS,
		openedAt: workshop.openedAt,
		closedAt: now,
		imported: {
			at: now,
			closedAt: workshop.closedAt,
			facilitator: workshop.facilitator,
			phases: Object.fromEntries(
				boards.flatMap(({ id, phase }) => (phase === 'done' ? [] : [[id, phase]]))
			),
			...resultsOf(boards)
		}
	};
}

/** A poll of the moment is none of the agenda's. */
const isPlanned = ({ exercise }: FileBoard): boolean => pollOf(exercise) === undefined;

/** Nothing runs in a closed workshop: a board that was under way ends here. */
const boardState = (board: FileBoard, index: number | null, now: number): BoardState => ({
	id: board.id,
	index,
	exercise: board.exercise.id,
	title: board.title,
	anonymous: board.anonymous,
	phases: board.exercise.phases,
	phase: 'done',
	timer: { kind: 'none' },
	...boardBefore(),
	...votingOf(board),
	writing: 'private',
	revealed: board.revealed,
	votesShown: board.votes !== null,
	hidden: board.cards.flatMap(({ id, hidden }) => (hidden ? [id] : [])),
	startedAt: board.startedAt,
	phaseStartedAt: board.finishedAt ?? board.startedAt,
	finishedAt: board.phase === 'done' ? board.finishedAt : now
});

/** How it was voted: rounds are known by their number here. */
function votingOf({
	voted = []
}: FileBoard): Partial<Pick<BoardState, 'voting' | 'dots' | 'dotsOnOne' | 'round' | 'rounds'>> {
	const rounds = voted.map(
		(
			{
				dots,
				onOne,
				people: _people,
				scores: _scores,
				spread: _spread,
				places: _places,
				...voting
			},
			round
		) => ({
			round,
			voting,
			dots,
			dotsOnOne: onOne
		})
	);
	const last = rounds.at(-1);
	const before = rounds.slice(0, -1).map((one) => ({ ...one, shown: true }));
	return last ? { ...last, rounds: before } : {};
}

function resultsOf(boards: FileBoard[]): Pick<NonNullable<WorkshopState['imported']>, 'results'> {
	const results = boards.flatMap(({ id, voted = [] }) => {
		const rounds = voted.map(({ way, people, scores, spread, places }, round) => ({
			round,
			way,
			people,
			scores,
			spread,
			places
		}));
		const last = rounds.at(-1);
		if (!last) return [];
		const { scores: totals, ...tally } = last;
		return [[id, { totals, tally: { ...tally, earlier: rounds.slice(0, -1) } }] as const];
	});
	return results.length === 0 ? {} : { results: Object.fromEntries(results) };
}

/** Who sits where: no device has a token for any of these. */
class Seats {
	readonly rows: Imported['seats'] = [];
	readonly #making: Making;
	/** Nobody's: holds what all have voted together. */
	#ballotBox: ParticipantId | null = null;
	/** Nobody's either: one for each reaction, as a seat has one on a card. */
	readonly #reacted = new Map<Reaction, ParticipantId>();

	constructor({ workshop, people = [] }: WorkshopFile, making: Making) {
		this.#making = making;
		for (const { id, name, aside } of people) this.#add(id, name, aside ?? false);
		// Who took part without leaving a name is counted still.
		const named = people.filter(({ aside }) => !aside).length;
		for (let i = named; i < workshop.people; i++) this.#add(making.newId(), '', false);
	}

	/** The seat of an author. On an anonymous board each has one that leads to nobody. */
	of(author: AuthorKey, { authors }: FileBoard): ParticipantId {
		return authors?.[author] ?? this.#add(this.#making.newId(), '', true);
	}

	get ballotBox(): ParticipantId {
		return (this.#ballotBox ??= this.#add(this.#making.newId(), '', true));
	}

	reacted(reaction: Reaction): ParticipantId {
		const seat = this.#reacted.get(reaction) ?? this.#add(this.#making.newId(), '', true);
		this.#reacted.set(reaction, seat);
		return seat;
	}

	#add(id: ParticipantId, name: string, aside: boolean): ParticipantId {
		const { now } = this.#making;
		const removedAt = aside ? now : null;
		this.rows.push({ id, name, joinedAt: now, removedAt, withoutDevice: false, keptBy: null });
		return id;
	}
}

function importedBoard(board: FileBoard, seats: Seats, making: Making): ImportedBoard {
	const entries: LogEntry[] = [];
	const authors: ImportedBoard['authors'] = [];
	const clientIds = new Set<number>();
	const byAuthor = Map.groupBy(board.cards, ({ author }) => author);
	for (const [key, cards] of byAuthor) {
		const { mapUpdate, update } = madeWith(clientIds, () => notebookOf(key, board, cards));
		authors.push({ key, participant: seats.of(key, board), mapUpdate });
		entries.push({ document: key, forwarded: true, update });
	}
	const arranged = madeWith(clientIds, () => arrangementOf(board));
	if (arranged.update.byteLength > 0)
		entries.push({ document: BOARD, forwarded: false, update: arranged.update });
	const groups = new Set(board.groups.map(({ id }) => id));
	return {
		row: {
			id: board.id,
			exercise: board.exercise,
			epoch: making.newId(),
			createdAt: board.startedAt
		},
		authors,
		clientIds: [...clientIds],
		log: rowsOf(entries, making.now),
		// Other votes than dots are no rows: what they came to is kept as it was told.
		votes: Object.entries((!board.voted && board.votes) || {}).map(([target, count]) => ({
			participantId: seats.ballotBox,
			target,
			isGroup: groups.has(target),
			count,
			round: 0,
			against: '',
			x: null,
			y: null,
			at: 0
		})),
		reactions: Object.entries(board.reactions ?? {}).flatMap(([cardId, said]) =>
			REACTIONS.flatMap((reaction) => {
				const count = said[reaction];
				const participantId = count === undefined ? '' : seats.reacted(reaction);
				return count === undefined ? [] : [{ cardId, participantId, reaction, count }];
			})
		),
		comments: board.comments.map(({ id, card, text, participant, at }) => ({
			id,
			cardId: card,
			text,
			participantId: participant ?? null,
			at
		})),
		actions: board.actions.map(({ id, what, who, when, card, at }) => ({
			id,
			what,
			who,
			when,
			cardId: card ?? null,
			at
		}))
	};
}

interface Made {
	update: Uint8Array;
	clients: number[];
}

/** Makes documents until they have client ids that nobody has on this board. */
function madeWith<T extends Made>(taken: Set<number>, make: () => T): T {
	for (;;) {
		const made = make();
		if (made.clients.some((id) => taken.has(id))) continue;
		for (const id of made.clients) taken.add(id);
		return made;
	}
}

function notebookOf(
	key: AuthorKey,
	{ exercise }: FileBoard,
	cards: FileBoard['cards']
): Made & { mapUpdate: Uint8Array } {
	const mapUpdate = makeAuthorMap(key);
	const notebook = new Y.Doc();
	Y.applyUpdate(notebook, mapUpdate);
	const before = Y.encodeStateVector(notebook);
	writeNotebook(notebook, exercise, key, cards);
	const update = Y.encodeStateAsUpdate(notebook, before);
	return { mapUpdate, update, clients: clientsOf(notebook) };
}

function arrangementOf({ cards, groups }: FileBoard): Made {
	const board = new Y.Doc();
	writeBoard(board, cards, groups);
	const clients = clientsOf(board);
	return {
		clients,
		update: clients.length === 0 ? new Uint8Array() : Y.encodeStateAsUpdate(board)
	};
}

const clientsOf = (doc: Y.Doc): number[] => [...doc.store.clients.keys()];

/** Entries as rows of the log, in their order. */
function rowsOf(entries: LogEntry[], at: number): LogRow[] {
	const rows: LogRow[] = [];
	let size = Infinity;
	for (const entry of entries) {
		if (size > ROW) {
			rows.push({ seq: rows.length + 1, at, entries: [] });
			size = 0;
		}
		rows.at(-1)!.entries.push(entry);
		size += entry.update.byteLength;
	}
	return rows;
}
