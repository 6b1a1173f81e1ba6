/**
 * Running a command: who may give it, whether it has been applied already, and then the one that
 * answers its kind. Facilitation goes through one queue a workshop, so that of two presses of
 * *next* one is first; so does what is done to people. What writes rows of its own goes through
 * one queue a person.
 */
import type { Logger } from 'pino';
import type { Clock } from '#shared/clock.ts';
import {
	COMMANDS,
	type Command,
	type Envelope,
	type FacilitationCommand,
	type ItemCommand,
	type PeopleCommand,
	type ScreenCommand,
	type SignalCommand
} from '#shared/facilitation/commands.ts';
import { mayGive, type Who } from '#shared/permissions.ts';
import type { BoardId, WorkshopId } from '#shared/ids.ts';
import { refuse } from '#shared/refusals.ts';
import type { Outcome } from '#shared/wire/events.ts';
import { holderOf } from '#server/doors/access.ts';
import { aboutPerson, accountOf, type Audit } from './audit.ts';
import { reasonOf, within } from '#server/faults.ts';
import type { Facilitation } from './facilitation.ts';
import type { Items } from './items.ts';
import { byWhom } from '#server/log.ts';
import { no } from './outcomes.ts';
import type { People } from './people.ts';
import type { Queues } from '#server/queues.ts';
import type { CofacilitatorStore } from '#server/store/cofacilitators.ts';
import { AlreadyApplied, journalId, type JournalStore } from '#server/store/journal.ts';
import { isOrphan } from '#server/store/rejection.ts';
import type { Screens } from './screens.ts';
import type { Signals } from './signals.ts';
import type { StoredWorkshops } from './stored-workshops.ts';

/** After this long without a commit, a person hears that it has not worked yet. */
const PATIENCE = 5000;
/** So many commands of one person, or to one workshop, wait for a database that is away: no more. */
const MOST_WAITING = 100;
/** In ms: how often it is asked what became of a commit whose answer was lost. */
const ASKED_AGAIN = 1000;

export type RunCommand = (workshop: WorkshopId, who: Who, envelope: Envelope) => Promise<Outcome>;

interface CommandDeps {
	workshops: StoredWorkshops;
	journal: JournalStore;
	facilitation: Facilitation;
	items: Items;
	people: People;
	signals: Signals;
	screens: Screens;
	cofacilitators: Pick<CofacilitatorStore, 'has'>;
	audit: Audit;
	queues: Queues;
	/** Nothing is begun any more: a client sends it again, under its id, to who comes next. */
	isStopping: () => boolean;
	clock: Clock;
	log: Logger;
}

const isFacilitation = (command: Command): command is FacilitationCommand =>
	COMMANDS[command.type].kind === 'facilitation';
const isOfPeople = (command: Command): command is PeopleCommand =>
	COMMANDS[command.type].kind === 'people';

const isSignal = (command: Command): command is SignalCommand =>
	COMMANDS[command.type].kind === 'signal';
const isOfScreen = (command: Command): command is ScreenCommand =>
	COMMANDS[command.type].kind === 'screen';

export function createCommands(deps: CommandDeps): RunCommand {
	const {
		workshops,
		journal,
		facilitation,
		items,
		people,
		signals,
		screens,
		cofacilitators,
		audit,
		queues,
		isStopping,
		clock,
		log
	} = deps;

	function toPeople(id: WorkshopId, who: Who, command: PeopleCommand, entry: string) {
		const about = aboutPerson(command);
		// The audit list is of those who facilitate: what a participant does at their table is not in it.
		const account = accountOf(who);
		const row = account !== null && audit.row({ workshop: id, account, deed: command.type, about });
		return people.apply(id, who, command, { entry, ...(row ? { audit: row } : {}) });
	}

	/** Whoever lost their place while a command of theirs was waiting for its turn. */
	const hasGone = async (id: WorkshopId, who: Who): Promise<boolean> =>
		who.role === 'participant'
			? people.haveGone(who.participant)
			: who.role === 'co-facilitator' && !(await cofacilitators.has(id, who.account));

	const isThere = async (board: BoardId | undefined): Promise<boolean> =>
		board === undefined || (await workshops.facts(board)) !== null;

	const asking = new Set<WorkshopId>();
	/** Nobody may give another command for long, and what was carried out is to be told all the same. */
	function askLater(id: WorkshopId): void {
		if (asking.has(id)) return;
		asking.add(id);
		clock.after(ASKED_AGAIN, () => {
			asking.delete(id);
			if (!isStopping()) queues.run(id, () => facilitation.clear(id)).catch(() => askLater(id));
		});
	}

	const run: RunCommand = async (id, who, envelope) => {
		const workshop = await workshops.load(id);
		if (!workshop) return no(refuse('not-found'));
		const { command } = envelope;
		if (!mayGive(who, command.type)) return no(refuse('not-allowed'), workshop.version);
		const holder = holderOf(who);
		const entry = journalId(holder, envelope.id);
		// Kept nowhere: nothing to wait for, and a database that is away does not matter.
		if (isOfScreen(command)) {
			screens.apply(id, who, command, entry);
			return { ok: true, version: workshop.version };
		}
		const isTheWorkshops = isFacilitation(command) || isOfPeople(command);
		// Whoever acts for somebody has that one's turn: their dots are counted there.
		const actor = 'for' in command ? (command.for ?? holder) : holder;
		const queue = isTheWorkshops ? id : `${id}/${actor}`;

		const apply = (): Promise<Outcome> => {
			if (isFacilitation(command))
				return facilitation.apply(id, who, command, { entry, version: envelope.version });
			if (isOfPeople(command)) return toPeople(id, who, command, entry);
			if (isSignal(command)) return signals.apply(id, who, command, entry);
			return items.apply(id, who, command as ItemCommand, entry);
		};
		const job = async (): Promise<Outcome> => {
			if (isTheWorkshops) await facilitation.clear(id);
			if (await hasGone(id, who)) return no(refuse('unauthenticated'));
			const before = await journal.find(id, entry);
			if (before) return before;
			return apply().catch(async (error: unknown) => {
				// The same id in another queue, with something else to do: the first one is what it did.
				const first = error instanceof AlreadyApplied ? await journal.find(id, entry) : null;
				if (first) return first;
				// The board was taken back meanwhile.
				if (isOrphan(error) && 'board' in command && !(await isThere(command.board)))
					return no(refuse('not-found'), workshop.version);
				if (isFacilitation(command)) askLater(id);
				throw error;
			});
		};
		if (queues.length(queue) >= MOST_WAITING) return TRY_AGAIN;
		return within(
			clock,
			PATIENCE,
			(patience) =>
				queues.run(queue, async () => (patience.over || isStopping() ? TRY_AGAIN : job())),
			TRY_AGAIN
		);
	};

	return async (id, who, envelope) => {
		const { type } = envelope.command;
		try {
			const outcome = await run(id, who, envelope);
			const became = outcome.ok ? 'ok' : outcome.refusal;
			log.info({ workshop: id, ...byWhom(who), command: type, outcome: became }, 'command');
			return outcome;
		} catch (error) {
			const about = { workshop: id, ...byWhom(who), command: type };
			log.error({ err: error, ...about }, 'a command failed');
			return { ok: false, refusal: reasonOf(error) };
		}
	};
}

const TRY_AGAIN: Outcome = { ok: false, refusal: 'try-again' };
