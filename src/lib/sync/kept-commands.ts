/**
 * A participant's commands until the server has acknowledged them: comments, actions, votes asked
 * offline survive the tab, and are sent on the next visit under the id that they had. Each has a
 * key of its own, so that tabs do not overwrite each other's.
 */
import * as v from 'valibot';
import { COMMANDS, envelopeSchema, type Envelope } from '#shared/facilitation/commands.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { eraseValue, keysUnder, readValue, writeValue } from './device-values.ts';

const PREFIX = 'plenary:command:';

const keptSchema = v.object({ at: v.number(), envelope: envelopeSchema });

export class KeptCommands {
	readonly #prefix: string;

	constructor(workshop: WorkshopId) {
		this.#prefix = prefixOf(workshop);
	}

	/** Whether it is kept now. Commands of facilitation never are: a later room is another one. */
	keep(envelope: Envelope): boolean {
		if (COMMANDS[envelope.command.type].kind !== 'item') return false;
		// Later than all that is kept, also where the clock was set back since.
		const last = Math.max(0, ...this.#read().map(({ at }) => at));
		return writeValue(this.#prefix + envelope.id, {
			at: Math.max(last + 1, Date.now()),
			envelope
		});
	}

	/** Nobody has had it answered: this tab, nor another. */
	has(id: string): boolean {
		return readValue(this.#prefix + id) !== null;
	}

	drop(id: string): void {
		eraseValue(this.#prefix + id);
	}

	/** In the order in which they were asked. */
	all(): Envelope[] {
		return this.#read()
			.sort((a, b) => a.at - b.at)
			.map(({ envelope }) => envelope as Envelope);
	}

	#read(): v.InferOutput<typeof keptSchema>[] {
		const kept = keysUnder(this.#prefix).map((key) => v.safeParse(keptSchema, readValue(key)));
		return kept.flatMap((read) => (read.success ? [read.output] : []));
	}
}

export const hasKeptCommands = (workshop: WorkshopId): boolean =>
	keysUnder(prefixOf(workshop)).length > 0;

export function forgetCommands(workshop: WorkshopId): void {
	for (const key of keysUnder(prefixOf(workshop))) eraseValue(key);
}

const prefixOf = (workshop: WorkshopId) => `${PREFIX}${workshop}:`;
