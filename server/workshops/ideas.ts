/**
 * The Ideas Store: facilitators pick cards, their authors are asked, each on their own phone, and what
 * somebody agreed to is kept as a copy. Nothing is kept without a yes, and a no takes the copy away.
 */
import * as v from 'valibot';
import type { Clock } from '#shared/clock.ts';
import type { CardValue } from '#shared/doc/contents.ts';
import { byOrder } from '#shared/doc/order.ts';
import { isPutDown, mainText } from '#shared/doc/read.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import { isFacilitator } from '#shared/facilitation/phases.ts';
import {
	ANSWERS,
	foundBy,
	isFound,
	type AskedIdea,
	type IdeaBoard,
	type IdeaPage,
	type IdeaQuery,
	type KeptIdea,
	type PublicIdeas
} from '#shared/ideas.ts';
import { idSchema, type BoardId, type ParticipantId, type WorkshopId } from '#shared/ids.ts';
import type { Who } from '#shared/permissions.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { Account } from '#server/app.ts';
import { newSecret } from '#server/doors/secrets.ts';
import type { News } from '#server/news.ts';
import type { IdeaRow, IdeaStore } from '#server/store/ideas.ts';
import type { ParticipantStore } from '#server/store/participants.ts';
import type { StoredWorkshop, WorkshopStore } from '#server/store/workshops.ts';
import type { Rooms } from '#server/yjs/ports.ts';
import { accountOf, type Audit } from './audit.ts';
import { copyOf } from './idea-copy.ts';
import type { StoredWorkshops } from './stored-workshops.ts';

/** Cards that are kept beyond their workshop, because their authors said so. */
export interface Ideas {
	/** Of each board that was revealed, the cards that can be asked for. */
	cards(workshop: WorkshopId, who: Who): Promise<{ title: string; boards: IdeaBoard[] } | Refusal>;
	/** Asks the authors of `{board, cards}`; those who were asked are not asked again. */
	ask(workshop: WorkshopId, who: Who, given: unknown): Promise<{ asked: number } | Refusal>;
	/** What somebody is asked, and what they have said. */
	mine(person: ParticipantId): Promise<AskedIdea[]>;
	/** `{idea, answer}`: may be said again, and otherwise. */
	answer(person: ParticipantId, given: unknown): Promise<true | Refusal>;
	/** `all`: what there is to choose from. */
	kept(
		account: Account,
		asked: unknown
	): Promise<{ query: IdeaQuery; ideas: KeptIdea[]; all: KeptIdea[] }>;
	/** `{idea, published}`: on the public page, or off it at once. */
	publish(account: Account, given: unknown): Promise<true | Refusal>;
	page(account: Account): Promise<IdeaPage | null>;
	/** `{title, key, published}`; an empty key is one that nobody guesses. */
	setPage(account: Account, given: unknown): Promise<IdeaPage | Refusal>;
	/** What everybody may read; null where there is no such page, or not any more. */
	byKey(key: string): Promise<PublicIdeas | null>;
}

interface IdeasDeps {
	ideas: IdeaStore;
	store: WorkshopStore;
	workshops: StoredWorkshops;
	participants: ParticipantStore;
	rooms: Pick<Rooms, 'read'>;
	audit: Audit;
	news: News;
	clock: Clock;
	ids: () => string;
}

/** At one press; a page has no more. */
const MOST_AT_ONCE = 500;

const askSchema = v.strictObject({
	board: idSchema,
	cards: v.pipe(v.array(idSchema), v.minLength(1), v.maxLength(MOST_AT_ONCE))
});
const answerSchema = v.strictObject({ idea: idSchema, answer: v.picklist(ANSWERS) });
const publishSchema = v.strictObject({ idea: idSchema, published: v.boolean() });
const line = v.pipe(v.string(), v.trim(), v.maxLength(100));
const querySchema = v.object({
	words: v.fallback(line, ''),
	exercise: v.fallback(line, ''),
	tag: v.fallback(line, ''),
	country: v.fallback(line, ''),
	year: v.fallback(line, '')
});
const pageSchema = v.strictObject({
	title: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(200)),
	/** '' is one that nobody guesses. */
	key: v.union([
		v.literal(''),
		v.pipe(v.string(), v.regex(/^[a-z0-9-]{6,60}$|^[A-Za-z0-9_-]{20,60}$/))
	]),
	published: v.boolean()
});

export function createIdeas(deps: IdeasDeps): Ideas {
	const { ideas, store, workshops, participants, rooms, audit, news, clock, ids } = deps;

	async function facilitated(id: WorkshopId, who: Who): Promise<StoredWorkshop | Refusal> {
		if (!isFacilitator(who.role)) return refuse('not-allowed');
		return (await workshops.load(id)) ?? refuse('not-found');
	}

	const exerciseOf = async (board: BoardId) => (await store.board(board))?.exercise;

	/** The cards that the room sees. */
	async function shownOn({ id, hidden }: BoardState) {
		const exercise = await exerciseOf(id);
		if (!exercise) return null;
		const { cards } = await rooms.read(id);
		const shown = cards.filter((card) => !hidden.includes(card.id) && isPutDown(card, exercise));
		return { exercise, cards: shown };
	}

	/** What stands on the boards of some rows now; each board is read once. */
	function reader() {
		const read = new Map<BoardId, ReturnType<typeof boardOf>>();
		return async ({ workshopId, boardId, cardId }: IdeaRow) => {
			if (workshopId === null) return null;
			if (!read.has(boardId)) read.set(boardId, boardOf(workshopId, boardId));
			const there = await read.get(boardId)!;
			const card = there?.cards.find(({ id }) => id === cardId);
			return there && card ? { ...there, card } : null;
		};
	}

	async function boardOf(workshopId: WorkshopId, boardId: BoardId) {
		const workshop = await workshops.load(workshopId);
		const board = workshop?.state.boards.find(({ id }) => id === boardId);
		const exercise = board && (await exerciseOf(boardId));
		if (!workshop || !board || !exercise) return null;
		const { cards } = await rooms.read(boardId);
		return { workshop: workshop.state, board, exercise, cards };
	}

	return {
		async cards(id, who) {
			const workshop = await facilitated(id, who);
			if (isRefusal(workshop)) return workshop;
			const rows = new Map(
				(await ideas.ofWorkshop(id)).map((row) => [`${row.boardId}/${row.cardId}`, row.consent])
			);
			const boards: IdeaBoard[] = [];
			for (const board of workshop.state.boards) {
				const shown = board.revealed ? await shownOn(board) : null;
				if (!shown) continue;
				const { exercise, cards } = shown;
				boards.push({
					board: board.id,
					title: board.title,
					cards: exercise.columns.flatMap((column) =>
						cards
							.filter((card) => card.column === column.id)
							.sort(byOrder)
							.map((card) => ({
								card: card.id,
								text: mainText(card, exercise),
								column: column.title,
								consent: rows.get(`${board.id}/${card.id}`) ?? null
							}))
					)
				});
			}
			return { title: workshop.state.title, boards };
		},

		async ask(id, who, given) {
			const workshop = await facilitated(id, who);
			if (isRefusal(workshop)) return workshop;
			const form = v.safeParse(askSchema, given);
			if (!form.success) return refuse('malformed', v.summarize(form.issues));
			const board = workshop.state.boards.find((one) => one.id === form.output.board);
			const shown = board?.revealed ? await shownOn(board) : null;
			if (!board || !shown) return refuse('not-found');
			const seats = new Map(
				(await participants.authors(id))
					.filter((author) => author.board === board.id)
					.map(({ key, participant }) => [key, participant])
			);
			const wanted = new Set(form.output.cards);
			const rows = shown.cards
				.filter((card) => wanted.has(card.id))
				.flatMap((card): IdeaRow[] => {
					const participantId = seats.get(card.author);
					if (participantId === undefined) return [];
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
		},

		async mine(person) {
			const rows = await ideas.ofPerson(person);
			const nowOf = reader();
			const told = await Promise.all(rows.map(async (row) => asked(row, await nowOf(row))));
			return told.flat();
		},

		async answer(person, given) {
			const form = v.safeParse(answerSchema, given);
			if (!form.success) return refuse('malformed', v.summarize(form.issues));
			const { idea: id, answer } = form.output;
			const row = (await ideas.ofPerson(person)).find((one) => one.id === id);
			if (!row) return refuse('not-found');
			const answeredAt = clock.now();
			if (answer === 'no') {
				const declined = { consent: 'declined', idea: null, found: '', answeredAt } as const;
				return (await ideas.answer(id, person, declined)) || refuse('not-found');
			}
			const now = await reader()(row);
			// What was kept stays what it was: somebody may have looked at it and published it. A name
			// can be taken off it also where the card is gone.
			const kept = row.idea ?? (now && copyOf(now, null));
			if (!kept) return refuse('no-such-card');
			const name = (await participants.byId(person))?.name ?? '';
			const isNamed = answer === 'named' && now?.board.anonymous === false && name !== '';
			const { author: _, ...unnamed } = kept;
			const idea = isNamed ? { ...unnamed, author: name } : unnamed;
			const agreed = { consent: 'agreed', idea, found: foundBy(idea), answeredAt } as const;
			return (await ideas.answer(id, person, agreed)) || refuse('not-found');
		},

		async kept(account, given) {
			const query = v.parse(querySchema, given ?? {});
			const rows = await ideas.kept(account.id);
			const all = rows.flatMap((row) => kept(row));
			const foundOf = new Map(rows.map(({ id, found }) => [id, found]));
			const found = all.filter(({ id, idea }) => isFound({ idea, found: foundOf.get(id)! }, query));
			return { query, ideas: found, all };
		},

		async publish(account, given) {
			const form = v.safeParse(publishSchema, given);
			if (!form.success) return refuse('malformed', v.summarize(form.issues));
			const { idea, published } = form.output;
			const done = await ideas.publish(account.id, idea, published, clock.now());
			return done || refuse('not-found');
		},

		async page(account) {
			const page = await ideas.page(account.id);
			return page && { key: page.key, title: page.title, published: page.published };
		},

		async setPage(account, given) {
			const form = v.safeParse(pageSchema, given);
			if (!form.success) return refuse('malformed', v.summarize(form.issues));
			const { title, published } = form.output;
			const key = form.output.key || newSecret();
			const page = { accountId: account.id, key, title, published, updatedAt: clock.now() };
			return (await ideas.setPage(page)) ? { key, title, published } : refuse('address-taken');
		},

		async byKey(key) {
			const found = await ideas.published(key);
			if (!found) return null;
			const { page, rows } = found;
			return {
				title: page.title,
				updatedAt: page.updatedAt,
				ideas: rows.flatMap((row) => kept(row))
			};
		}
	};
}

/** As its author is told; nothing where the card is gone, and was not kept. */
function asked(
	{ id, consent, idea }: IdeaRow,
	now: { card: CardValue; exercise: Exercise; board: BoardState } | null
): AskedIdea[] {
	const text = idea?.text ?? (now && mainText(now.card, now.exercise));
	if (!text) return [];
	const yes = idea?.author === undefined ? 'unnamed' : 'named';
	const answer = consent === 'asked' ? null : idea ? yes : 'no';
	const anonymous = now?.board.anonymous ?? true;
	return [{ id, text, board: now?.board.title ?? idea?.exercise.title ?? '', answer, anonymous }];
}

const kept = ({ id, idea, published, answeredAt }: IdeaRow): KeptIdea[] =>
	idea ? [{ id, idea, published, keptAt: answeredAt ?? 0 }] : [];
