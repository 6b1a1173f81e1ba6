/**
 * Matching people on a board, and how to reach each other. People are matched in the workshop's
 * queue, so that two presses are one after the other and nobody is matched who is being removed; what
 * is left for somebody, in the queue of who leaves it.
 */
import { setImmediate as others } from 'node:timers/promises';
import type { Clock } from '#shared/clock.ts';
import type { CommandOf } from '#shared/facilitation/commands.ts';
import { grouping } from '#shared/matching/groups.ts';
import { matchingOf, themesOf, type Theme } from '#shared/matching/themes.ts';
import type { AuthorKey, BoardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { Who } from '#shared/permissions.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { Outcome } from '#shared/wire/events.ts';
import type { MatchRow } from '#server/db/schema.ts';
import type { News } from '#server/news.ts';
import type { Queues } from '#server/queues.ts';
import type { JournalEntry } from '#server/store/journal.ts';
import type { MatchesRow, MatchStore } from '#server/store/matches.ts';
import type { ParticipantStore } from '#server/store/participants.ts';
import { createTurns } from '#server/turns.ts';
import type { Rooms } from '#server/yjs/ports.ts';
import { accountOf, type Audit } from './audit.ts';
import { no } from './outcomes.ts';
import type { StoredWorkshops } from './stored-workshops.ts';
import { matchedGroups } from './telling.ts';

export interface Matching {
	apply(
		workshop: WorkshopId,
		who: Who,
		command: CommandOf<'match' | 'leave-contact'>,
		entry: string
	): Promise<Outcome>;
}

interface MatchingDeps {
	workshops: StoredWorkshops;
	matches: MatchStore;
	participants: ParticipantStore;
	rooms: Pick<Rooms, 'read'>;
	audit: Audit;
	queues: Queues;
	news: News;
	clock: Clock;
}

/** In ms: so long at a time, then others are served. */
const SLICE = 8;
/** A matching of a large room takes megabytes: one at a time. */
const MOST = { atOnce: 1, waiting: 50 };

export function createMatching(deps: MatchingDeps): Matching {
	const { workshops, matches, participants, rooms, audit, queues, news, clock } = deps;
	const turns = createTurns(MOST);

	/** Who is behind the authors of a board; who was removed is not there to be matched. */
	async function authorsOf(workshop: WorkshopId, board: BoardId) {
		const [authors, seats] = await Promise.all([
			participants.authors(workshop),
			participants.seats(workshop)
		]);
		const gone = new Set(seats.filter(({ removedAt }) => removedAt !== null).map(({ id }) => id));
		return new Map(
			authors
				.filter((author) => author.board === board && !gone.has(author.participant))
				.map(({ key, participant }) => [key, participant])
		);
	}

	async function match(
		workshop: WorkshopId,
		{ board, anew }: CommandOf<'match'>,
		journal: JournalEntry
	): Promise<true | Refusal> {
		const facts = await workshops.facts(board);
		if (facts?.workshop !== workshop) return refuse('not-found');
		const view = matchingOf(facts.exercise);
		if (!view) return refuse('no-matching');
		if (!facts.state.revealed) return refuse('wrong-phase');
		const [read, authors, before] = await Promise.all([
			rooms.read(board),
			authorsOf(workshop, board),
			anew ? null : matches.ofBoard(board)
		]);
		const cards = read.cards.filter(
			({ id, author }) => authors.has(author) && !facts.state.hidden.includes(id)
		);
		const contents = { exercise: facts.exercise, board: { ...read, cards } };
		const themes = themesOf(contents, view.differ, before ? matchedGroups(before) : []);
		const groups = await turns.take(() => groupsOf(themes, authors));
		if (!groups) return refuse('try-again');
		await matches.set({ boardId: board, groups, at: journal.at }, journal);
		news.tell({ kind: 'matches', workshop, board });
		return true;
	}

	async function leaveContact(
		workshop: WorkshopId,
		from: ParticipantId,
		{ board, to, text }: CommandOf<'leave-contact'>,
		journal: JournalEntry
	): Promise<true | Refusal> {
		if ((await workshops.ofBoard(board)) !== workshop) return refuse('not-found');
		const other = (await authorsOf(workshop, board)).get(to);
		if (other === undefined || other === from) return refuse('not-matched');
		const ends = { boardId: board, fromId: from, toId: other };
		if (text === '') await matches.takeContactBack(ends, journal);
		else {
			if (!areMatched(await matches.ofBoard(board), from, other)) return refuse('not-matched');
			if (!(await matches.leaveContact({ ...ends, text, at: journal.at }, journal)))
				return refuse('not-matched');
		}
		news.tell({ kind: 'contact', workshop, board, people: [from, other] });
		return true;
	}

	return {
		async apply(id, who, command, entry) {
			const workshop = await workshops.load(id);
			if (!workshop) return no(refuse('not-found'));
			const { version } = workshop;
			const outcome: Outcome = { ok: true, version };
			const journal = { workshopId: id, id: entry, outcome, at: clock.now() };
			const run = (): Promise<true | Refusal> => {
				if (command.type === 'leave-contact')
					return who.role === 'participant'
						? leaveContact(id, who.participant, command, journal)
						: Promise.resolve(refuse('not-allowed'));
				const about = { board: command.board, anew: command.anew ?? false };
				const row = audit.row({ workshop: id, account: accountOf(who), deed: 'match', about });
				return queues.run(id, () => match(id, command, { ...journal, audit: row }));
			};
			const done = await run();
			return isRefusal(done) ? no(done, version) : outcome;
		}
	};
}

async function groupsOf(
	themes: Theme[],
	authors: ReadonlyMap<AuthorKey, ParticipantId>
): Promise<MatchRow[]> {
	const all: MatchRow[] = [];
	for (const { column, people, difference, standing } of themes) {
		const { groups } = await inSlices(grouping(people.length, difference, standing));
		const seat = (place: number) => {
			const { id: card, author } = people[place]!;
			return { participant: authors.get(author)!, card };
		};
		all.push(...groups.map((group) => ({ column: column.id, people: group.map(seat) })));
	}
	return all;
}

const areMatched = (row: MatchesRow | null, one: ParticipantId, other: ParticipantId): boolean =>
	row?.groups.some(({ people }) =>
		[one, other].every((who) => people.some(({ participant }) => participant === who))
	) ?? false;

/** Runs work that stops now and then; others are served in between. */
async function inSlices<T>(work: Generator<void, T>): Promise<T> {
	let since = performance.now();
	for (;;) {
		const step = work.next();
		if (step.done) return step.value;
		if (performance.now() - since < SLICE) continue;
		await others();
		since = performance.now();
	}
}
