/** What is stored about a person, all of it, as that person may take it away. */
import type { Clock } from '#shared/clock.ts';
import type { CardValue } from '#shared/doc/contents.ts';
import { tableOf } from '#shared/facilitation/tables.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import type { BoardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { Account } from '#server/app.ts';
import type { AccountStore } from '#server/store/accounts.ts';
import type { CofacilitatorStore } from '#server/store/cofacilitators.ts';
import type { IdeaRow, IdeaStore } from '#server/store/ideas.ts';
import type { ExerciseStore, OwnExerciseRow } from '#server/store/exercises.ts';
import type { MatchStore } from '#server/store/matches.ts';
import type { SignalRow, SignalStore } from '#server/store/signals.ts';
import type { ParticipantRow, ParticipantStore } from '#server/store/participants.ts';
import type { PasskeyStore } from '#server/store/passkeys.ts';
import type { PersonalDataStore } from '#server/store/personal-data.ts';
import type { SummaryStore } from '#server/store/summaries.ts';
import type { VoteRow } from '#server/store/votes.ts';
import type { WorkshopStore } from '#server/store/workshops.ts';
import { isKept } from './retention.ts';
import type { StoredWorkshops } from './stored-workshops.ts';
import type { Rooms } from '#server/yjs/ports.ts';

export interface PersonalData {
	/** A participant's; null where there is no such person. */
	ofParticipant(participant: ParticipantId): Promise<object | null>;
	ofAccount(account: Account): Promise<object>;
}

interface PersonalDataDeps {
	store: PersonalDataStore;
	participants: ParticipantStore;
	matches: Pick<MatchStore, 'contactsOf'>;
	signals: Pick<SignalStore, 'of'>;
	accounts: AccountStore;
	passkeys: PasskeyStore;
	cofacilitators: CofacilitatorStore;
	summaries: SummaryStore;
	ideas: IdeaStore;
	exercises: ExerciseStore;
	stored: WorkshopStore;
	workshops: StoredWorkshops;
	rooms: Pick<Rooms, 'notebook' | 'read'>;
	clock: Pick<Clock, 'now'>;
}

const time = (at: number): string => new Date(at).toISOString();
const timeOrNull = (at: number | null): string | null => (at === null ? null : time(at));

export function createPersonalData(deps: PersonalDataDeps): PersonalData {
	const { store, participants, accounts, passkeys, cofacilitators, summaries } = deps;
	const { stored, workshops, rooms, ideas, clock } = deps;

	/** From the notebook, where drafts and what is held back are too. */
	async function cardsOf(board: BoardId, person: ParticipantId) {
		const written = await rooms.notebook(board, person);
		const { cards } = await rooms.read(board);
		const seen = new Set(cards.map(({ id }) => id));
		const tell = ({ id, column, fields, draft }: CardValue) => ({
			id,
			column,
			fields,
			draft: draft ?? false,
			onBoard: seen.has(id)
		});
		return written.map(tell);
	}

	async function written(person: ParticipantRow) {
		const workshop = await workshops.load(person.workshopId);
		const [comments, actions, votes, reactions, copies, contacts, seats, boards] =
			await Promise.all([
				store.comments({ person: person.id }),
				store.actions({ person: person.id }),
				store.votes(person.id),
				store.reactions(person.id),
				store.copies(person.id),
				deps.matches.contactsOf(person.id),
				participants.seats(person.workshopId),
				participants.boardsOf(person.id)
			]);
		const seated = new Set(boards);
		const names = new Map(seats.map(({ id, name }) => [id, name]));
		const on = <Row extends { boardId: BoardId }>(rows: Row[], board: BoardId) =>
			rows.filter(({ boardId }) => boardId === board);
		const told = [];
		for (const board of workshop?.state.boards ?? []) {
			const { id, title, anonymous } = board;
			const named = (other: ParticipantId) => (anonymous ? {} : { name: names.get(other) ?? '' });
			const reached = on(contacts, id);
			told.push({
				board: title,
				cards: seated.has(id) ? await cardsOf(id, person.id) : [],
				copiesOfCardsTakenOff: on(copies, id).map(({ cardId, card, why, at }) => ({
					id: cardId,
					...card,
					why,
					at: time(at)
				})),
				comments: on(comments, id).map(commentOf),
				actions: on(actions, id).map(actionOf),
				votes: on(votes, id).map((row) => voteOf(row, board)),
				reactions: on(reactions, id).map(({ cardId, reaction }) => ({ card: cardId, reaction })),
				contactsLeft: reached
					.filter(({ fromId }) => fromId === person.id)
					.map(({ toId, text, at }) => ({ for: named(toId), text, at: time(at) })),
				contactsReceived: reached
					.filter(({ toId }) => toId === person.id)
					.map(({ fromId, text, at }) => ({ from: named(fromId), text, at: time(at) }))
			});
		}
		const table = tableOf(workshop?.state.tables ?? null, person.id);
		return {
			workshop: workshop?.state.title ?? '',
			name: person.name,
			...(table ? { table: table.name } : {}),
			boards: told
		};
	}

	/** What its facilitators made of a workshop's summary; nothing where they made nothing. */
	async function summaryOf(workshop: WorkshopId) {
		const { version, settings, logo } = await summaries.settings(workshop);
		const links = await summaries.links(workshop, 0);
		if (version === 0 && !logo && links.length === 0) return {};
		const { organisation, place, introduction, conclusions } = settings;
		return {
			summary: {
				organisation,
				place,
				introduction,
				conclusions,
				logo,
				links: links.map(({ createdAt, expiresAt }) => ({
					madeAt: time(createdAt),
					endsAt: time(expiresAt)
				}))
			}
		};
	}

	async function pageOf(account: string) {
		const page = await ideas.page(account);
		return page && { title: page.title, address: page.key, published: page.published };
	}

	async function workshopsOf({ id }: Account) {
		// One that its owner has deleted is gone for everybody else at once.
		const beside = (await stored.byIds(await cofacilitators.ofAccount(id))).filter(
			({ deletedAt }) => deletedAt === null
		);
		const tell = (role: string) => (one: (typeof beside)[number]) => ({
			title: one.state.title,
			role,
			madeAt: time(one.createdAt)
		});
		const own = [];
		const kept = (await stored.ownedBy(id)).filter((one) => isKept(one, clock.now()));
		for (const one of kept) own.push({ ...tell('facilitator')(one), ...(await summaryOf(one.id)) });
		return [...own, ...beside.map(tell('co-facilitator'))];
	}

	return {
		async ofParticipant(id) {
			const person = await participants.byId(id);
			if (!person) return null;
			const { workshop, name, table, boards } = await written(person);
			return {
				workshop,
				name,
				joinedAt: time(person.joinedAt),
				...(table === undefined ? {} : { table }),
				...signalsOf(await deps.signals.of(id)),
				devices: (await store.devices(id)).map((at) => ({ since: time(at) })),
				ideas: (await ideas.ofAuthor({ participant: id })).map(ideaOf),
				boards
			};
		},
		async ofAccount(account) {
			const { id } = account;
			const row = await accounts.byId(id);
			const seats = [];
			for (const seat of await store.seatsOf(id)) seats.push(await written(seat));
			return {
				email: account.email,
				name: account.name,
				madeAt: timeOrNull(row?.createdAt ?? null),
				workshops: await workshopsOf(account),
				passkeys: (await passkeys.of(id)).map(({ label, createdAt, lastUsedAt }) => ({
					label,
					madeAt: time(createdAt),
					lastUsedAt: timeOrNull(lastUsedAt)
				})),
				tokens: (await accounts.tokensOf(id)).map(({ label, createdAt, lastUsedAt }) => ({
					label,
					madeAt: time(createdAt),
					lastUsedAt: timeOrNull(lastUsedAt)
				})),
				sessions: (await accounts.sessionsOf(id)).map(({ expiresAt }) => ({
					endsAt: time(expiresAt)
				})),
				comments: (await store.comments({ account: id })).map(commentOf),
				actions: (await store.actions({ account: id })).map(actionOf),
				ideas: (await ideas.ofAuthor({ account: id })).map(ideaOf),
				ideasKept: (await ideas.kept(id)).length,
				pageOfIdeas: await pageOf(id),
				exercises: (await deps.exercises.ofOwner(id)).map(exerciseOf),
				linesInAuditLists: await store.deeds(id),
				written: seats
			};
		}
	};
}

/** What somebody last said without a word; nothing where they never did. */
const signalsOf = (row: SignalRow | null) =>
	row === null
		? {}
		: {
				signals: {
					readyFor: row.readyFor,
					pulse: row.pulse,
					pulseAt: timeOrNull(row.pulseAt),
					handUpSince: timeOrNull(row.handAt)
				}
			};

const ideaOf = ({ cardId, consent, published, idea, askedAt, answeredAt }: IdeaRow) => ({
	card: cardId,
	consent,
	kept: idea,
	published,
	askedAt: time(askedAt),
	answeredAt: timeOrNull(answeredAt)
});

const exerciseOf = ({ exercise, createdAt, changedAt }: OwnExerciseRow) => ({
	exercise,
	madeAt: time(createdAt),
	changedAt: time(changedAt)
});

/** What somebody cast, as it was asked; of a round that was taken back, as it is stored. */
function voteOf(row: VoteRow, { round, voting, rounds }: BoardState) {
	const { target, against, isGroup, count, x, y, at } = row;
	const number = [...rounds, { round }].findIndex((one) => one.round === row.round);
	const { way, on } = rounds.find((one) => one.round === row.round)?.voting ?? voting;
	const kind = isGroup ? 'group' : on === 'options' ? 'option' : 'card';
	const about = {
		[kind]: target,
		...(rounds.length > 0 && { round: number < 0 ? null : number + 1 }),
		...(at > 0 && { at: time(at) })
	};
	switch (way) {
		case 'dots':
			return { ...about, dots: count };
		case 'rating':
			return { ...about, rating: count };
		case 'order':
			return { ...about, place: count };
		case 'placing':
			return { ...about, x, y };
		case 'pairs':
			return { ...about, against, better: count === 0 ? null : count > 0 ? target : against };
		default:
			return way satisfies never;
	}
}

const commentOf = ({ cardId, text, at }: { cardId: string; text: string; at: number }) => ({
	card: cardId,
	text,
	at: time(at)
});

interface Action {
	what: string;
	who: string;
	when: string;
	at: number;
}
const actionOf = ({ what, who, when, at }: Action) => ({ what, who, when, at: time(at) });
