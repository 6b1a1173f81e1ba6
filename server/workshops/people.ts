/**
 * Commands about people: somebody without a device comes in, another name, taking their place away, and erasing them. They run in the
 * workshop's queue, so that two facilitators do one after the other, and leave its version where it
 * is, but for who leaves a table. Whoever is removed has gone before anything else happens: nothing
 * of theirs comes after it.
 */
import type { Clock } from '#shared/clock.ts';
import type { CommandOf, PeopleCommand } from '#shared/facilitation/commands.ts';
import { isFacilitator } from '#shared/facilitation/phases.ts';
import type { ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { Who } from '#shared/permissions.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { Outcome } from '#shared/wire/events.ts';
import { cleanName } from '#server/doors/names.ts';
import type { Participants } from '#server/doors/participants.ts';
import type { News } from '#server/news.ts';
import type { Ballots } from './ballots.ts';
import type { Facilitation } from './facilitation.ts';
import { no } from './outcomes.ts';
import type { Queues } from '#server/queues.ts';
import type { Shown } from './shown.ts';
import type { AuditRow } from '#server/store/audit.ts';
import type { JournalEntry, JournalStore } from '#server/store/journal.ts';
import type { ParticipantRow, ParticipantStore } from '#server/store/participants.ts';
import type { VoteStore } from '#server/store/votes.ts';
import type { StoredWorkshop } from '#server/store/workshops.ts';
import type { StoredWorkshops } from './stored-workshops.ts';
import type { Rooms } from '#server/yjs/ports.ts';

export interface People {
	/** Runs in the workshop's queue. */
	apply(
		workshop: WorkshopId,
		who: Who,
		command: PeopleCommand,
		as: { entry: string; audit?: AuditRow }
	): Promise<Outcome>;
	/** Whether somebody was removed while this server runs: a command of theirs may still be on its way. */
	haveGone(participant: ParticipantId): boolean;
}

interface PeopleDeps {
	workshops: StoredWorkshops;
	participants: ParticipantStore;
	journal: JournalStore;
	votes: VoteStore;
	ballots: Pick<Ballots, 'removed'>;
	shown: Shown;
	rooms: Rooms;
	queues: Queues;
	addPerson: Participants['addPerson'];
	/** They are at no table any more, also where a split would be taken back. */
	unseat: Facilitation['unseat'];
	/** Name, cards and comments of somebody who has gone, for good. */
	erase(workshop: WorkshopId, participant: ParticipantId): Promise<true | Refusal>;
	news: News;
	clock: Clock;
}

/** Whom a command is about, where, and what to write into the journal. */
interface About {
	workshop: StoredWorkshop;
	person: ParticipantRow;
	journal: JournalEntry;
}

export function createPeople(deps: PeopleDeps): People {
	const { workshops, participants, journal, votes, shown, rooms, queues, news, clock } = deps;
	const gone = new Set<ParticipantId>();

	/** A participant adds to their own table, whatever they say. */
	async function add(
		{ id, state }: StoredWorkshop,
		who: Who,
		{ person, name: typed, keptBy }: CommandOf<'add-person'>,
		written: JournalEntry
	): Promise<true | Refusal> {
		const byParticipant = who.role === 'participant';
		if (state.status !== 'open' && state.status !== 'collecting') return refuse('not-open');
		if (byParticipant && state.doors === 'closed') return refuse('doors-closed');
		const keeper = byParticipant ? who.participant : (keptBy ?? null);
		if (keeper !== null && !byParticipant && !(await mayKeep(id, keeper)))
			return refuse('no-such-person');
		const name = state.anonymous ? '' : cleanName(typed ?? '');
		if (isRefusal(name)) return name;
		const added = await deps.addPerson({ id: person, workshop: id, name, keptBy: keeper }, written);
		if (isRefusal(added)) return added;
		if (keeper !== null) news.tell({ kind: 'seats', workshop: id, keeper });
		news.tell({ kind: 'roster', workshop: id, came: person });
		return true;
	}

	/** Whoever has joined, and is still here. */
	async function mayKeep(workshop: WorkshopId, keeper: ParticipantId): Promise<boolean> {
		const row = await participants.byId(keeper);
		const isHere = row?.workshopId === workshop && row.removedAt === null;
		return isHere && !row.withoutDevice && row.accountId === null;
	}

	/** Whom a participant takes out again: somebody at their own table who has said nothing yet. */
	async function mayTakeOut(who: Who, person: ParticipantRow): Promise<boolean> {
		if (isFacilitator(who.role)) return true;
		const isTheirs = who.role === 'participant' && person.keptBy === who.participant;
		if (!isTheirs || !person.withoutDevice) return false;
		if ((await votes.allMine(person.id)).size > 0) return false;
		for (const board of await participants.boardsOf(person.id))
			if ((await rooms.notebook(board, person.id)).length > 0) return false;
		return true;
	}

	async function rename(about: About, typed: string): Promise<true | Refusal> {
		const { workshop, person } = about;
		if (workshop.state.anonymous) return refuse('not-allowed', 'nobody has a name here');
		if (person.name === '') return refuse('no-such-person', 'erased');
		const name = cleanName(typed);
		if (isRefusal(name)) return name;
		await participants.rename(person.id, name, about.journal);
		news.tell({ kind: 'renamed', workshop: workshop.id, participant: person.id });
		tellPeople(about);
		return true;
	}

	function tellPeople({ workshop, person }: About): void {
		news.tell({ kind: 'roster', workshop: workshop.id });
		if (person.keptBy !== null)
			news.tell({ kind: 'seats', workshop: workshop.id, keeper: person.keptBy });
	}

	/** Ends every device of theirs. What one of them has begun is over when this settles. */
	async function sendAway(about: About): Promise<void> {
		const { workshop, person } = about;
		gone.add(person.id);
		try {
			const job = () => participants.remove(person.id, clock.now());
			await queues.run(`${workshop.id}/${person.id}`, job);
		} catch (error) {
			gone.delete(person.id);
			throw error;
		}
		rooms.disconnect(workshop.id, person.id);
		news.tell({ kind: 'access-ended', workshop: workshop.id, participant: person.id });
		news.tell({ kind: 'matches', workshop: workshop.id });
		tellPeople(about);
		await deps.unseat(workshop.id, person.id);
	}

	/** From boards without names nothing goes: as it went, everybody would see whose it was. */
	async function takeAlong({ workshop, person }: About): Promise<void> {
		const nameless = workshop.state.boards.filter((board) => board.anonymous).map(({ id }) => id);
		const { voted, comments, reacted } = await participants.removeTraces(person.id, nameless);
		for (const { board, id } of comments)
			news.tell({ kind: 'comment-removed', workshop: workshop.id, board, comment: id });
		for (const { board, card } of reacted)
			news.tell({ kind: 'reactions', workshop: workshop.id, board, cards: [card] });
		for (const board of voted) news.tell({ kind: 'cast', workshop: workshop.id, board });
		for (const board of await participants.boardsOf(person.id)) {
			if (nameless.includes(board)) continue;
			await rooms.removeAllOf(board, person.id);
			shown.forget(board);
			await deps.ballots.removed(workshop.id, board);
		}
	}

	async function remove(
		about: About,
		{ cards }: CommandOf<'remove-person'>
	): Promise<true | Refusal> {
		// Whose cards go when somebody goes, everybody would see.
		if (cards === 'go' && about.workshop.state.anonymous)
			return refuse('not-allowed', 'this would tell whose cards are whose');
		await sendAway(about);
		if (cards === 'go') await takeAlong(about);
		await journal.write(about.journal);
		return true;
	}

	async function erase(about: About): Promise<true | Refusal> {
		const { workshop, person } = about;
		await sendAway(about);
		const erased = await deps.erase(workshop.id, person.id);
		if (isRefusal(erased)) return erased;
		await journal.write(about.journal);
		news.tell({ kind: 'renamed', workshop: workshop.id });
		news.tell({ kind: 'roster', workshop: workshop.id });
		return true;
	}

	type OfSomebody = Exclude<PeopleCommand, { type: 'add-person' }>;
	function run(about: About, command: OfSomebody): Promise<true | Refusal> {
		switch (command.type) {
			case 'rename-person':
				return rename(about, command.name);
			case 'remove-person':
				return remove(about, command);
			case 'erase-person':
				return erase(about);
			default:
				return command satisfies never;
		}
	}

	return {
		async apply(id, who, command, { entry, audit }) {
			const workshop = await workshops.load(id);
			if (!workshop) return no(refuse('not-found'));
			const { version } = workshop;
			const outcome: Outcome = { ok: true, version };
			const written = {
				workshopId: id,
				id: entry,
				outcome,
				at: clock.now(),
				...(audit ? { audit } : {})
			};
			if (command.type === 'add-person') {
				const added = await add(workshop, who, command, written);
				return isRefusal(added) ? no(added, version) : outcome;
			}
			const person = await participants.byId(command.person);
			// A facilitator's own seat goes with the facilitator. Who was removed is still somebody: what
			// was left of theirs may be renamed, removed or erased later.
			if (person?.workshopId !== id || person.accountId !== null)
				return no(refuse('no-such-person'), version);
			if (command.type === 'remove-person' && !(await mayTakeOut(who, person)))
				return no(refuse('not-allowed'), version);
			const done = await run({ workshop, person, journal: written }, command);
			return isRefusal(done) ? no(done, version) : outcome;
		},
		haveGone: (participant) => gone.has(participant)
	};
}
