/**
 * Commands that write rows or documents of their own: votes, comments, actions, cards taken away
 * and let in. They run in their giver's queue and leave the workshop's version where it is.
 */
import type { Clock } from '#shared/clock.ts';
import type { AuditAbout } from '#shared/facilitation/audit.ts';
import type { CommandOf, ItemCommand } from '#shared/facilitation/commands.ts';
import type { Who } from '#shared/permissions.ts';
import {
	isFacilitator,
	mayAddAction,
	mayChangeAction,
	mayComment
} from '#shared/facilitation/phases.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { Outcome } from '#shared/wire/events.ts';
import { holderOf, type Access } from '#server/doors/access.ts';
import { accountOf, type Audit } from './audit.ts';
import type { History } from '#server/history/history.ts';
import type { News } from '#server/news.ts';
import type { Ballots } from './ballots.ts';
import type { Matching } from './matching.ts';
import type { Reacting } from './reactions.ts';
import { no } from './outcomes.ts';
import type { Shown } from './shown.ts';
import type { JournalEntry, JournalStore } from '#server/store/journal.ts';
import type { NoteStore } from '#server/store/notes.ts';
import type { UpdateStore } from '#server/store/updates.ts';
import type { StoredWorkshops } from './stored-workshops.ts';
import type { CastCommand, Voter, Voting } from './voting.ts';
import type { Rooms } from '#server/yjs/ports.ts';

export interface Items {
	apply(workshop: WorkshopId, who: Who, command: ItemCommand, entry: string): Promise<Outcome>;
}

interface ItemDeps {
	workshops: StoredWorkshops;
	notes: NoteStore;
	updates: Pick<UpdateStore, 'removed'>;
	journal: JournalStore;
	voting: Voting;
	matching: Matching;
	reacting: Reacting;
	history: Pick<History, 'restore'>;
	ballots: Pick<Ballots, 'removed'>;
	shown: Shown;
	rooms: Rooms;
	audit: Audit;
	seatFor: Access['seatFor'];
	participantName(participant: string): Promise<string | null>;
	news: News;
	clock: Clock;
}

/** Where an item command is given: by whom, on which board, and what to write into the journal. */
interface Place {
	workshop: WorkshopId;
	board: BoardState;
	who: Who;
	deed: ItemCommand['type'];
	journal: JournalEntry;
}

type ActingFor = Extract<Who, { role: 'participant' }> & { keptBy?: string | null };
const voterOf = ({ participant, keptBy }: ActingFor): Voter => ({
	participant,
	...(keptBy === undefined ? {} : { keptBy })
});

/** Whose a row is: a participant's, or a facilitator's. */
const signed = (who: Who) => ({
	participantId: who.role === 'participant' ? who.participant : null,
	accountId: 'account' in who ? who.account : null
});
const isOwn = (row: { participantId: string | null; accountId: string | null }, who: Who) =>
	(row.participantId ?? row.accountId) === holderOf(who);

export function createItems(deps: ItemDeps): Items {
	const { workshops, notes, updates, journal, voting, shown, rooms, audit, news, clock } = deps;

	async function comment(place: Place, command: CommandOf<'comment'>): Promise<true | Refusal> {
		const { board, workshop, who } = place;
		if (!mayComment(board)) return refuse('wrong-phase');
		if (!(await shown.has(board, { card: command.card }))) return refuse('no-such-card');
		if (await notes.comment(board.id, command.id)) return refuse('malformed', 'this id is taken');
		const row = {
			boardId: board.id,
			id: command.id,
			cardId: command.card,
			...signed(who),
			text: command.text,
			at: place.journal.at
		};
		await notes.addComment(row, place.journal);
		const name = row.participantId && (await deps.participantName(row.participantId));
		news.tell({ kind: 'comment', workshop, board: board.id, comment: { ...row, name } });
		return true;
	}

	async function removeComment(place: Place, id: string): Promise<true | Refusal> {
		const { board, workshop, who } = place;
		const row = await notes.comment(board.id, id);
		if (!row) return refuse('not-found');
		if (!isOwn(row, who) && !isFacilitator(who.role)) return refuse('not-allowed');
		const written = isOwn(row, who) ? place.journal : noted(place, { comment: id });
		await notes.removeComment(board.id, id, written);
		news.tell({ kind: 'comment-removed', workshop, board: board.id, comment: id });
		return true;
	}

	async function action(place: Place, command: CommandOf<'action'>): Promise<true | Refusal> {
		const { board, workshop, who } = place;
		if (!mayAddAction(board, who.role)) return refuse('wrong-phase');
		const before = await notes.action(board.id, command.id);
		if (before && !mayChangeAction(board, who.role, isOwn(before, who)))
			return refuse('not-allowed');
		const card = command.card ?? null;
		if (card !== null && card !== before?.cardId && !(await shown.has(board, { card })))
			return refuse('no-such-card');
		const row = {
			boardId: board.id,
			id: command.id,
			what: command.what,
			who: command.who,
			when: command.when,
			cardId: card,
			...(before
				? {
						participantId: before.participantId,
						// A facilitator who says otherwise what is to be done has written it.
						accountId:
							before.what === command.what
								? before.accountId
								: (accountOf(who) ?? before.accountId),
						at: before.at
					}
				: { ...signed(who), at: place.journal.at })
		};
		const isTheirs = before !== null && !isOwn(before, who);
		await notes.setAction(row, isTheirs ? noted(place, { action: command.id }) : place.journal);
		news.tell({ kind: 'action', workshop, board: board.id, action: row });
		return true;
	}

	async function removeAction(place: Place, id: string): Promise<true | Refusal> {
		const { board, workshop, who } = place;
		const row = await notes.action(board.id, id);
		if (!row) return refuse('not-found');
		if (!mayAddAction(board, who.role)) return refuse('wrong-phase');
		if (!mayChangeAction(board, who.role, isOwn(row, who))) return refuse('not-allowed');
		const written = isOwn(row, who) ? place.journal : noted(place, { action: id });
		await notes.removeAction(board.id, id, written);
		news.tell({ kind: 'action-removed', workshop, board: board.id, action: id });
		return true;
	}

	/**
	 * Whether a card that there is not is what was wanted. The rooms commit before the journal does:
	 * of a server that died in between, the same command finds its work done.
	 */
	async function isDone(command: RoomCommand, who: Who): Promise<boolean> {
		if (!('card' in command)) return false;
		const { board, card } = command;
		const taken = await updates.removed(board, card);
		switch (command.type) {
			case 'remove-card':
				return taken?.why === 'removed';
			case 'withdraw-card':
				return taken?.why === 'withdrawn' && taken.participant === holderOf(who);
			case 'restore-card':
				return taken === null && (await rooms.read(board)).cards.some(({ id }) => id === card);
		}
	}

	/** What the rooms carry out. They commit it themselves; the journal follows. */
	async function inTheRoom(place: Place, command: RoomCommand): Promise<true | Refusal> {
		const { board, workshop, who } = place;
		// Nothing is late before the reveal: letting in would show the room whole notebooks.
		if (isAboutLate(command) && !board.revealed) return refuse('wrong-phase');
		const done = await carryOut(rooms, who, command);
		if (isRefusal(done) && !(done.refused === 'no-such-card' && (await isDone(command, who))))
			return done;
		shown.forget(board.id);
		if (CHANGES_WHAT_IS_REMOVED.has(command.type)) await deps.ballots.removed(workshop, board.id);
		const isTheirs = command.type !== 'withdraw-card';
		await journal.write(isTheirs ? noted(place, aboutRoom(command)) : place.journal);
		return true;
	}

	/** With a line in the audit list: what facilitators do to the cards and words of others. */
	function noted({ workshop, board, who, deed, journal }: Place, about: AuditAbout): JournalEntry {
		const account = accountOf(who);
		const row = audit.row({ workshop, account, deed, about: { board: board.id, ...about } });
		return { ...journal, audit: row };
	}

	function restoreMoment(place: Place, at: number): Promise<true | Refusal> {
		const { workshop, board, who } = place;
		const written = noted(place, { moment: at });
		return deps.history.restore({ workshop, board: board.id, who, journal: written }, at);
	}

	type OfPlace = Exclude<
		ItemCommand,
		{ type: 'vote' | 'place' | 'rank' | 'prefer' | 'match' | 'leave-contact' }
	>;
	function run(place: Place, command: OfPlace) {
		switch (command.type) {
			case 'comment':
				return comment(place, command);
			case 'remove-comment':
				return removeComment(place, command.id);
			case 'react':
				return deps.reacting.react(place, command);
			case 'action':
				return action(place, command);
			case 'remove-action':
				return removeAction(place, command.id);
			case 'remove-card':
			case 'restore-card':
			case 'withdraw-card':
			case 'let-in':
			case 'leave':
				return inTheRoom(place, command);
			case 'restore-moment':
				return restoreMoment(place, command.at);
			default:
				return command satisfies never;
		}
	}

	/** Somebody without a device, in whose place this is done. */
	async function actingFor(
		workshop: WorkshopId,
		who: Who,
		seat: string | undefined
	): Promise<ActingFor | Who | Refusal> {
		if (seat === undefined) return who;
		const row = await deps.seatFor(workshop, who, seat);
		if (isRefusal(row)) return row;
		return { role: 'participant', participant: row.id, keptBy: row.keptBy };
	}

	return {
		async apply(id, who, command, entry) {
			const workshop = await workshops.load(id);
			const board = workshop?.state.boards.find((one) => one.id === command.board);
			if (!workshop || !board) return no(refuse('not-found'));
			const actor = 'for' in command ? await actingFor(id, who, command.for) : who;
			if (isRefusal(actor)) return no(actor, workshop.version);
			if (command.type === 'match' || command.type === 'leave-contact')
				return deps.matching.apply(id, actor, command, entry);
			if (isCast(command))
				return 'participant' in actor
					? voting.cast(id, voterOf(actor), command, entry)
					: no(refuse('no-such-person', 'who facilitates has no dots'), workshop.version);
			const outcome: Outcome = { ok: true, version: workshop.version };
			const at = clock.now();
			const place: Place = {
				workshop: id,
				board,
				who: actor,
				deed: command.type,
				journal: { workshopId: id, id: entry, outcome, at }
			};
			const done = await run(place, command);
			return isRefusal(done) ? no(done, workshop.version) : outcome;
		}
	};
}

const isCast = (command: ItemCommand): command is CastCommand =>
	command.type === 'vote' ||
	command.type === 'place' ||
	command.type === 'rank' ||
	command.type === 'prefer';

/** After these there are other cards that can come back. A card that was left out may be withdrawn. */
const CHANGES_WHAT_IS_REMOVED = new Set(['remove-card', 'restore-card', 'withdraw-card', 'leave']);

type RoomCommand = Extract<
	ItemCommand,
	{ type: 'remove-card' | 'restore-card' | 'withdraw-card' | 'let-in' | 'leave' }
>;

const isAboutLate = ({ type }: RoomCommand): boolean => type === 'let-in' || type === 'leave';

const aboutRoom = (command: RoomCommand): AuditAbout =>
	'card' in command ? { card: command.card } : { people: command.people?.length ?? 'all' };

async function carryOut(rooms: Rooms, who: Who, command: RoomCommand): Promise<unknown> {
	switch (command.type) {
		case 'remove-card':
			return rooms.remove(command.board, command.card, 'removed', who);
		case 'withdraw-card':
			return rooms.remove(command.board, command.card, 'withdrawn', who);
		case 'restore-card':
			return rooms.restore(command.board, command.card);
		case 'let-in':
			return rooms.letIn(command.board, command.people);
		case 'leave':
			return rooms.leave(command.board, command.people);
		default:
			return command satisfies never;
	}
}
