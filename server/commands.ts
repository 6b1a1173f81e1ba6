/**
 * Running a command: who may give it, whether it has been applied already, and then the one that
 * answers its kind. Facilitation goes through one queue a workshop, so that of two presses of
 * *next* one is first; what writes rows of its own goes through one queue a person.
 */
import type { Logger } from 'pino';
import type { Clock } from '#shared/clock.ts';
import {
	COMMANDS,
	mayGive,
	type Command,
	type Envelope,
	type FacilitationCommand,
	type ItemCommand,
	type Who
} from '#shared/facilitation/commands.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { refuse } from '#shared/refusals.ts';
import type { Outcome } from '#shared/wire/events.ts';
import { holderOf } from './access.ts';
import { reasonOf, within } from './faults.ts';
import type { Facilitation } from './facilitation.ts';
import type { Items } from './items.ts';
import { no } from './outcomes.ts';
import type { Queues } from './queues.ts';
import { journalId, type JournalStore } from './store/journal.ts';
import type { StoredWorkshops } from './stored-workshops.ts';

/** After this long without a commit, a person hears that it has not worked yet. */
const PATIENCE = 5000;

export type RunCommand = (workshop: WorkshopId, who: Who, envelope: Envelope) => Promise<Outcome>;

interface CommandDeps {
	workshops: StoredWorkshops;
	journal: JournalStore;
	facilitation: Facilitation;
	items: Items;
	queues: Queues;
	clock: Clock;
	log: Logger;
}

const isFacilitation = (command: Command): command is FacilitationCommand =>
	COMMANDS[command.type].kind === 'facilitation';

export function createCommands(deps: CommandDeps): RunCommand {
	const { workshops, journal, facilitation, items, queues, clock, log } = deps;

	const run: RunCommand = async (id, who, envelope) => {
		const workshop = await workshops.load(id);
		if (!workshop) return no(refuse('not-found'));
		const { command } = envelope;
		if (!mayGive(who.role, command.type)) return no(refuse('not-allowed'), workshop.version);
		const holder = holderOf(who);
		const entry = journalId(holder, envelope.id);
		const queue = isFacilitation(command) ? id : `${id}/${holder}`;

		const job = async (): Promise<Outcome> => {
			if (isFacilitation(command)) await facilitation.clear(id);
			const before = await journal.find(id, entry);
			if (before) return before;
			if (isFacilitation(command))
				return facilitation.apply(id, who, command, { entry, version: envelope.version });
			return items.apply(id, who, command as ItemCommand, entry);
		};
		return within(
			clock,
			PATIENCE,
			(patience) => queues.run(queue, async () => (patience.over ? TRY_AGAIN : job())),
			TRY_AGAIN
		);
	};

	return async (id, who, envelope) => {
		try {
			return await run(id, who, envelope);
		} catch (error) {
			log.error({ err: error, workshop: id, command: envelope.command.type }, 'a command failed');
			return { ok: false, refusal: reasonOf(error) };
		}
	};
}

const TRY_AGAIN: Outcome = { ok: false, refusal: 'try-again' };
