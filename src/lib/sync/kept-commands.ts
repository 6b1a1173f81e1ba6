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
	#last = 0;

	constructor(workshop: WorkshopId) {
		this.#prefix = prefixOf(workshop);
	}

	/** Whether it is kept now. Commands of facilitation never are: a later room is another one. */
	keep(envelope: Envelope): boolean {
		if (COMMANDS[envelope.command.type].kind !== 'item') return false;
		this.#last = Math.max(this.#last + 1, Date.now());
		return writeValue(this.#prefix + envelope.id, { at: this.#last, envelope });
	}

	drop(id: string): void {
		eraseValue(this.#prefix + id);
	}

	/** In the order in which they were asked. */
	all(): Envelope[] {
		const kept = keysUnder(this.#prefix).map((key) => v.safeParse(keptSchema, readValue(key)));
		return kept
			.flatMap((read) => (read.success ? [read.output] : []))
			.sort((a, b) => a.at - b.at)
			.map(({ envelope }) => envelope as Envelope);
	}
}

export const hasKeptCommands = (workshop: WorkshopId): boolean =>
	keysUnder(prefixOf(workshop)).length > 0;

export function forgetCommands(workshop: WorkshopId): void {
	for (const key of keysUnder(prefixOf(workshop))) eraseValue(key);
}

const prefixOf = (workshop: WorkshopId) => `${PREFIX}${workshop}:`;
