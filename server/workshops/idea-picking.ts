/** What a facilitator picks from, and asking the authors of what they have picked. */
import * as v from 'valibot';
import { byOrder } from '#shared/doc/order.ts';
import { isPutDown, mainText } from '#shared/doc/read.ts';
import { isFacilitator } from '#shared/facilitation/phases.ts';
import { isPoll } from '#shared/facilitation/polls.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import { scoreOfCards } from '#shared/facilitation/votes.ts';
import type { IdeaBoard, IdeaCard } from '#shared/ideas.ts';
import { idSchema, type AuthorKey, type WorkshopId } from '#shared/ids.ts';
import type { Who } from '#shared/permissions.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { IdeaRow } from '#server/store/ideas.ts';
import type { StoredWorkshop } from '#server/store/workshops.ts';
import { accountOf } from './audit.ts';
import type { Ideas, IdeasDeps } from './ideas.ts';
import { shownResult } from './tallies.ts';

/** At one press; a page has no more. */
const MOST_AT_ONCE = 500;

const askSchema = v.strictObject({
	board: idSchema,
	cards: v.pipe(v.array(idSchema), v.minLength(1), v.maxLength(MOST_AT_ONCE))
});

export function createIdeaPicking(deps: IdeasDeps): Pick<Ideas, 'cards' | 'ask'> {
	const { ideas, store, workshops, participants, votes, rooms, audit, news, clock, ids } = deps;

	async function facilitated(id: WorkshopId, who: Who): Promise<StoredWorkshop | Refusal> {
		if (!isFacilitator(who.role)) return refuse('not-allowed');
		return (await workshops.load(id)) ?? refuse('not-found');
	}

	/** The cards that the room sees. */
	async function shownOn({ id, hidden }: BoardState) {
		const exercise = (await store.board(id))?.exercise;
		if (!exercise) return null;
		const { cards, groups } = await rooms.read(id);
		const shown = cards.filter((card) => !hidden.includes(card.id) && isPutDown(card, exercise));
		return { exercise, cards: shown, groups };
	}

	/** Who wrote on a workshop's boards, and who of them can still be asked. */
	async function authorsOf(id: WorkshopId) {
		const [authors, reached] = await Promise.all([
			participants.authors(id),
			participants.reached(id)
		]);
		return (board: BoardState) => {
			const mine = new Map(authors.filter((one) => one.board === board.id).map((a) => [a.key, a]));
			// Whose cards cannot be asked for any more would tell whose they are, once somebody leaves.
			const any = board.anonymous && [...mine.values()].some((one) => reached.has(one.participant));
			return {
				name: (key: AuthorKey) => (board.anonymous ? '' : (mine.get(key)?.name ?? '')),
				seat(key: AuthorKey) {
					const seat = mine.get(key)?.participant;
					return seat !== undefined && (any || reached.has(seat)) ? seat : null;
				}
			};
		};
	}

	return {
		async cards(id, who) {
			const workshop = await facilitated(id, who);
			if (isRefusal(workshop)) return workshop;
			const [rows, authors] = await Promise.all([ideas.ofWorkshop(id), authorsOf(id)]);
			const said = new Map(rows.map((row) => [`${row.boardId}/${row.cardId}`, row.consent]));
			const boards: IdeaBoard[] = [];
			for (const board of workshop.state.boards) {
				// What was asked in passing is of its moment.
				const kept = board.revealed && !isPoll(board);
				const shown = kept ? await shownOn(board) : null;
				if (!shown) continue;
				const { exercise, cards, groups } = shown;
				const { name, seat } = authors(board);
				const result = await shownResult(votes, workshop.state, board);
				const score = result?.totals ? scoreOfCards(groups, result.totals) : null;
				const all = exercise.columns.flatMap((column) =>
					cards
						.filter((card) => card.column === column.id)
						.sort(byOrder)
						.map((card): IdeaCard => ({
							card: card.id,
							text: mainText(card, exercise),
							column: column.title,
							author: name(card.author),
							votes: score && score(card.id),
							consent: said.get(`${board.id}/${card.id}`) ?? (seat(card.author) ? null : 'nobody')
						}))
				);
				// A stable sort: what has as many votes stays in the board's order.
				all.sort((a, b) => (b.votes ?? 0) - (a.votes ?? 0));
				boards.push({ board: board.id, title: board.title, cards: all });
			}
			return { title: workshop.state.title, boards };
		},

		async ask(id, who, given) {
			const workshop = await facilitated(id, who);
			if (isRefusal(workshop)) return workshop;
			const form = v.safeParse(askSchema, given);
			if (!form.success) return refuse('malformed', v.summarize(form.issues));
			if (workshop.rehearsalOf !== null) return refuse('rehearsal');
			const board = workshop.state.boards.find((one) => one.id === form.output.board);
			const shown = board?.revealed ? await shownOn(board) : null;
			if (!board || !shown) return refuse('not-found');
			const { seat } = (await authorsOf(id))(board);
			const wanted = new Set(form.output.cards);
			const rows = shown.cards
				.filter((card) => wanted.has(card.id))
				.flatMap((card): IdeaRow[] => {
					const participantId = seat(card.author);
					if (participantId === null) return [];
					return [
						{
							id: ids(),
							accountId: workshop.ownerId,
							workshopId: id,
							boardId: board.id,
							cardId: card.id,
							participantId,
							consent: 'asked',
							published: false,
							idea: null,
							found: '',
							askedAt: clock.now(),
							answeredAt: null
						}
					];
				});
			if (rows.length === 0) return refuse('no-such-card');
			const about = { board: board.id, cards: rows.length };
			const deed = { workshop: id, account: accountOf(who), deed: 'asked-ideas', about } as const;
			const fresh = await ideas.ask(rows, audit.row(deed));
			const people = [...new Set(fresh.flatMap(({ participantId }) => participantId ?? []))];
			news.tell({ kind: 'ideas', people });
			return { asked: fresh.length };
		}
	};
}
