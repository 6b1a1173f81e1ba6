/** Who may take home what was on boards, and what that is: everything revealed, and nothing else. */
import type { BoardValue } from '#shared/doc/contents.ts';
import { countryName } from '#shared/exercises/countries.ts';
import { isFacilitator } from '#shared/facilitation/phases.ts';
import type { BoardState, WorkshopState } from '#shared/facilitation/state.ts';
import type { BoardId, WorkshopId } from '#shared/ids.ts';
import type { Who } from '#shared/permissions.ts';
import { refuse, type Refusal } from '#shared/refusals.ts';
import type { BoardInput, ExportInput } from '#server/exports/input.ts';
import { giveSources, isSpokenOf } from '#server/exports/sources.ts';
import { createTurnstile } from '#server/exports/turnstile.ts';
import { wordsIn } from '#server/exports/words.ts';
import type { MatchStore } from '#server/store/matches.ts';
import type { NoteStore } from '#server/store/notes.ts';
import type { ParticipantStore } from '#server/store/participants.ts';
import type { ReactionStore } from '#server/store/reactions.ts';
import type { SummaryStore } from '#server/store/summaries.ts';
import type { VoteStore } from '#server/store/votes.ts';
import type { StoredWorkshop, WorkshopStore } from '#server/store/workshops.ts';
import { shownResult } from './tallies.ts';
import type { StoredWorkshops } from './stored-workshops.ts';
import { actionValue, commentValue, matchedGroups } from './telling.ts';
import type { Rooms } from '#server/yjs/ports.ts';

interface GatheringDeps {
	store: WorkshopStore;
	workshops: StoredWorkshops;
	participants: ParticipantStore;
	votes: VoteStore;
	notes: NoteStore;
	matches: Pick<MatchStore, 'of'>;
	reactions: Pick<ReactionStore, 'counts'>;
	summaries: SummaryStore;
	rooms: Pick<Rooms, 'read'>;
	nameOfAccount(account: string): Promise<string>;
}

/** A workshop, and those of its boards that somebody may take home. */
export interface Allowed {
	workshop: StoredWorkshop;
	boards: BoardState[];
}

export interface Gathering {
	allowed(workshop: WorkshopId, who: Who): Promise<Allowed | Refusal>;
	/** The same for whoever has a link: what the room has seen. */
	shown(workshop: WorkshopId): Promise<Allowed | null>;
	/** All of it, as that person may see it; a roomful that asks at once is given what was gathered once. */
	gather(allowed: Allowed, who: Who): Promise<ExportInput>;
}

const NOBODY: Who = { role: 'visitor' };

/** Gathering reads whole boards into memory: so many at once. */
const AT_ONCE = 2;

export function createGathering(deps: GatheringDeps): Gathering {
	const { store, workshops, participants, votes, notes, matches, reactions, summaries, rooms } =
		deps;
	const turnstile = createTurnstile(AT_ONCE);

	async function shown(id: WorkshopId): Promise<Allowed | null> {
		const workshop = await workshops.load(id);
		return (
			workshop && { workshop, boards: workshop.state.boards.filter(({ revealed }) => revealed) }
		);
	}

	async function read({ workshop, boards }: Allowed, who: Who): Promise<ExportInput> {
		const { id, state } = workshop;
		const [
			exercises,
			comments,
			actions,
			reacted,
			matched,
			authors,
			seats,
			people,
			{ settings },
			logo
		] = await Promise.all([
			store.exercises(id),
			notes.comments(id),
			notes.actions(id),
			reactions.counts(id),
			matches.of(id),
			participants.authors(id),
			participants.seats(id),
			participants.people(id),
			summaries.settings(id),
			summaries.logo(id)
		]);

		async function boardInput(board: BoardState): Promise<BoardInput | null> {
			const exercise = exercises.find((one) => one.id === board.id)?.exercise;
			if (!exercise) return null;
			const whole = await rooms.read(board.id);
			const open = withoutHidden(whole, board.hidden);
			const of = <Row extends { boardId: BoardId }>(rows: Row[]) =>
				rows.filter((row) => row.boardId === board.id);
			const mayKnow = !board.anonymous;
			const result = await shownResult(votes, state, board);
			const met = matched.find(({ boardId }) => boardId === board.id);
			const known = authors.filter((author) => mayKnow && author.board === board.id);
			return {
				id: board.id,
				state: asImported(board, state),
				all: isFacilitator(who.role) ? whole : open,
				hidden: whole.cards.length - open.cards.length,
				contents: {
					exercise,
					board: open,
					votes: result && result.totals,
					...(result && { voted: { voting: board.voting, tally: result.tally } }),
					actions: of(actions).map((row) => actionValue(row, NOBODY)),
					names: Object.fromEntries(known.map(({ key, name }) => [key, name])),
					people: mayKnow ? Object.fromEntries(seats.map((seat) => [seat.id, seat.name])) : {},
					reactions: reacted.get(board.id) ?? {},
					countryName: (code) => countryName(code, state.language),
					...(met && { matched: matchedGroups(met) })
				},
				comments: of(comments)
					.filter((row) => isFacilitator(who.role) || !board.hidden.includes(row.cardId))
					.map((row) => commentValue(row, NOBODY, board.anonymous)),
				seats: Object.fromEntries(known.map(({ key, participant }) => [key, participant]))
			};
		}

		// One after the other: sockets are served in between.
		const inputs: (BoardInput | null)[] = [];
		for (const board of boards) inputs.push(await boardInput(board));
		const told = inputs.filter((input) => input !== null);
		// What a card is for may lie on a board that was not asked for, and that they all have seen.
		for (const board of state.boards)
			if (board.revealed && !boards.includes(board) && isSpokenOf(board.id, told))
				inputs.push(await boardInput(board));
		giveSources(
			told,
			inputs.filter((input) => input !== null)
		);
		return {
			workshop: {
				id,
				title: titleOf(workshop),
				language: state.language,
				anonymous: state.anonymous,
				openedAt: state.openedAt,
				closedAt: closedAt(state),
				facilitator: state.imported?.facilitator ?? (await deps.nameOfAccount(workshop.ownerId)),
				people: people.length
			},
			seats: seats.map(({ id, name, accountId, removedAt }) => ({
				id,
				name,
				aside: accountId !== null || removedAt !== null
			})),
			boards: told,
			summary: settings,
			logo
		};
	}

	return {
		shown,
		async allowed(id, who) {
			if (who.role === 'visitor') return refuse('unauthenticated');
			if (who.role === 'screen') return refuse('not-allowed');
			if (isFacilitator(who.role)) {
				const workshop = await workshops.load(id);
				return workshop ? { workshop, boards: workshop.state.boards } : refuse('not-found');
			}
			const seen = await shown(id);
			if (!seen) return refuse('not-found');
			const { settings } = await summaries.settings(id);
			return settings.forParticipants ? seen : refuse('not-shared');
		},
		gather({ workshop, boards }, who) {
			const { id, version } = workshop;
			const of = boards.map((board) => board.id);
			const same = JSON.stringify([id, version, of, isFacilitator(who.role)]);
			return turnstile.pass(same, () => read({ workshop, boards }, who));
		}
	};
}

/** What is made of a rehearsal says in its title that it is one. */
export const titleOf = ({ state, rehearsalOf }: StoredWorkshop): string =>
	rehearsalOf === null
		? state.title
		: wordsIn(state.language).say('export_rehearsal', { title: state.title });

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

/** A board that was imported from the middle of an exercise is told as it was then. */
function asImported(board: BoardState, { imported }: WorkshopState): BoardState {
	const phase = imported?.phases[board.id];
	return phase === undefined ? board : { ...board, phase, finishedAt: null };
}

/** When it was closed; of what was imported and not opened since, when it was closed elsewhere. */
const closedAt = ({ closedAt, imported }: WorkshopState): number | null =>
	imported && closedAt === imported.at ? imported.closedAt : closedAt;
