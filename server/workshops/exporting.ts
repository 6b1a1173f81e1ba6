/** Who may have an export, and what goes into it: everything revealed, and nothing else. */
import type { Logger } from 'pino';
import type { BoardValue } from '#shared/doc/contents.ts';
import { countryName } from '#shared/exercises/countries.ts';
import type { Who } from '#shared/permissions.ts';
import { isFacilitator } from '#shared/facilitation/phases.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import type { BoardId, WorkshopId } from '#shared/ids.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { App, ExportFile, ExportFormat } from '#server/app.ts';
import { accountOf, type Audit } from './audit.ts';
import type { BoardInput, ExportInput } from '#server/exports/input.ts';
import type { Exports } from '#server/exports/exports.ts';
import { byWhom } from '#server/log.ts';
import type { NoteStore } from '#server/store/notes.ts';
import type { ParticipantStore } from '#server/store/participants.ts';
import type { VoteStore } from '#server/store/votes.ts';
import type { StoredWorkshop, WorkshopStore } from '#server/store/workshops.ts';
import type { StoredWorkshops } from './stored-workshops.ts';
import { actionValue, commentValue } from './telling.ts';
import type { Rooms } from '#server/yjs/ports.ts';

interface ExportingDeps {
	exports: Exports;
	store: WorkshopStore;
	workshops: StoredWorkshops;
	participants: ParticipantStore;
	votes: VoteStore;
	notes: NoteStore;
	rooms: Pick<Rooms, 'read'>;
	audit: Audit;
	log: Logger;
	nameOfAccount(account: string): Promise<string>;
}

const FORMATS: readonly string[] = ['pdf', 'csv', 'json'] satisfies ExportFormat[];

const NOBODY: Who = { role: 'visitor' };

export function createExporting(deps: ExportingDeps): App['exports'] {
	const { exports, store, workshops, participants, votes, notes, rooms, audit, log } = deps;

	async function gather(
		workshop: StoredWorkshop,
		boards: BoardState[],
		who: Who
	): Promise<ExportInput> {
		const { id, state } = workshop;
		const [exercises, comments, actions, authors, seats, people] = await Promise.all([
			store.exercises(id),
			notes.comments(id),
			notes.actions(id),
			participants.authors(id),
			participants.seats(id),
			participants.people(id)
		]);

		async function boardInput(board: BoardState): Promise<BoardInput | null> {
			const exercise = exercises.find((one) => one.id === board.id)?.exercise;
			if (!exercise) return null;
			const whole = await rooms.read(board.id);
			const shown = withoutHidden(whole, board.hidden);
			const of = <Row extends { boardId: BoardId }>(rows: Row[]) =>
				rows.filter((row) => row.boardId === board.id);
			const mayKnow = !board.anonymous;
			return {
				id: board.id,
				state: board,
				all: isFacilitator(who.role) ? whole : shown,
				contents: {
					exercise,
					board: shown,
					votes: board.votesShown ? await votes.totals(board.id) : null,
					actions: of(actions).map((row) => actionValue(row, NOBODY)),
					names: Object.fromEntries(
						authors
							.filter((author) => mayKnow && author.board === board.id)
							.map(({ key, name }) => [key, name])
					),
					people: mayKnow ? Object.fromEntries(seats.map((seat) => [seat.id, seat.name])) : {},
					countryName: (code) => countryName(code, state.language)
				},
				comments: of(comments)
					.filter((row) => isFacilitator(who.role) || !board.hidden.includes(row.cardId))
					.map((row) => commentValue(row, NOBODY, board.anonymous))
			};
		}

		const inputs = await Promise.all(boards.map(boardInput));
		return {
			workshop: {
				id,
				title: state.title,
				language: state.language,
				anonymous: state.anonymous,
				openedAt: state.openedAt,
				closedAt: state.closedAt,
				facilitator: await deps.nameOfAccount(workshop.ownerId),
				people: people.length
			},
			boards: inputs.filter((input) => input !== null)
		};
	}

	/** The boards that somebody may take home: participants wait for the reveal. */
	async function allowed(
		workshop: WorkshopId,
		who: Who,
		format: string
	): Promise<{ workshop: StoredWorkshop; boards: BoardState[] } | Refusal> {
		if (who.role === 'visitor') return refuse('unauthenticated');
		if (who.role === 'screen') return refuse('not-allowed');
		if (!FORMATS.includes(format)) return refuse('unknown-format');
		const stored = await workshops.load(workshop);
		if (!stored) return refuse('not-found');
		const boards = isFacilitator(who.role)
			? stored.state.boards
			: stored.state.boards.filter(({ revealed }) => revealed);
		return { workshop: stored, boards };
	}

	/** The audit list has what facilitators took away. */
	async function noted(
		workshop: WorkshopId,
		who: Who,
		about: { format: ExportFormat; board?: BoardId },
		file: ExportFile | Refusal
	): Promise<ExportFile | Refusal> {
		const outcome = isRefusal(file) ? file.refused : 'ok';
		log.info({ workshop, ...byWhom(who), ...about, outcome }, 'export');
		const account = accountOf(who);
		if (account !== null && outcome === 'ok')
			await audit.note({ workshop, account, deed: 'exported', about });
		return file;
	}

	return {
		async board(board, who, format) {
			const workshop = await workshops.ofBoard(board);
			if (workshop === null) return refuse('not-found');
			const may = await allowed(workshop, who, format);
			if ('refused' in may) return may;
			const mine = may.boards.filter(({ id }) => id === board);
			if (mine.length === 0) return refuse('not-allowed');
			const input = await gather(may.workshop, mine, who);
			return noted(workshop, who, { format, board }, await exports.board(input, board, format));
		},
		async workshop(workshop, who, format) {
			const may = await allowed(workshop, who, format);
			if ('refused' in may) return may;
			const input = await gather(may.workshop, may.boards, who);
			return noted(workshop, who, { format }, await exports.workshop(input, format));
		}
	};
}

/** Hidden cards are not there: not in a group either, and a group needs two. */
function withoutHidden({ cards, groups }: BoardValue, hidden: string[]): BoardValue {
	const gone = new Set(hidden);
	const left = groups
		.map((group) => ({ ...group, cards: group.cards.filter((card) => !gone.has(card)) }))
		.filter((group) => group.cards.length >= 2);
	const standing = new Set(left.map(({ id }) => id));
	return {
		groups: left,
		cards: cards
			.filter(({ id }) => !gone.has(id))
			.map(({ group, answers, ...card }) => ({
				...card,
				...(group !== undefined && standing.has(group) ? { group } : {}),
				...(answers !== undefined && !gone.has(answers) ? { answers } : {})
			}))
	};
}
