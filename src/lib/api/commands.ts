/** Commands as the API takes them: flat, without an envelope where none is needed. */
import { nanoid } from 'nanoid';
import * as v from 'valibot';
import type { App } from '#server/app.ts';
import { COMMANDS, envelopeSchema, type Envelope } from '#shared/facilitation/commands.ts';
import type { Who } from '#shared/permissions.ts';
import type { BoardId, WorkshopId } from '#shared/ids.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { Outcome } from '#shared/wire/events.ts';

const flatSchema = v.looseObject({
	type: v.string(),
	id: v.optional(v.string()),
	version: v.optional(v.number())
});

/**
 * Reads `{type, …}`, or a whole envelope. `id` is the command's own where it has one (a comment's),
 * else the envelope's, by which a command sent twice is known again; both may be left out.
 */
function readCommand(body: unknown, board?: BoardId): Envelope | Refusal {
	const whole = v.safeParse(envelopeSchema, body);
	if (whole.success) return whole.output as Envelope;
	const flat = v.safeParse(flatSchema, body);
	if (!flat.success || !Object.hasOwn(COMMANDS, flat.output.type)) return refuse('malformed');
	const { id = nanoid(), version, ...rest } = flat.output;
	const { entries } = COMMANDS[rest.type as keyof typeof COMMANDS].schema;
	const hasOwnId = 'id' in entries;
	const command = {
		...rest,
		...(hasOwnId ? { id } : {}),
		...('board' in entries && board !== undefined ? { board } : {})
	};
	const read = v.safeParse(envelopeSchema, {
		id: hasOwnId ? nanoid() : id,
		...(version === undefined ? {} : { version }),
		command
	});
	return read.success ? (read.output as Envelope) : refuse('malformed');
}

/** Reads a command and runs it: the outcome where it was taken, else why not. */
export async function runCommand(
	app: App,
	to: { workshop: WorkshopId; who: Who; board?: BoardId },
	body: unknown
): Promise<Extract<Outcome, { ok: true }> | Refusal> {
	const envelope = readCommand(body, to.board);
	if (isRefusal(envelope)) return envelope;
	const outcome = await app.workshops.run(to.workshop, to.who, envelope);
	return outcome.ok ? outcome : refuse(outcome.refusal);
}
