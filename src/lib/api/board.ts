/** A board as the API is asked about it. */
import * as v from 'valibot';
import type { VoteTarget } from '#shared/doc/contents.ts';
import type { Who } from '#shared/facilitation/commands.ts';
import type { BoardId, WorkshopId } from '#shared/ids.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import { whoIn } from './workshop.ts';

/** Who asks, in the workshop of this board. */
export async function whoOn(
	locals: App.Locals,
	board: BoardId
): Promise<{ workshop: WorkshopId; who: Who; board: BoardId } | Refusal> {
	const workshop = await locals.app.workshops.ofBoard(board);
	if (workshop === null) return refuse(locals.account ? 'not-found' : 'unauthenticated');
	const who = await whoIn(locals, workshop);
	return isRefusal(who) ? who : { workshop, who, board };
}

const count = v.number();
const id = v.optional(v.string());
const voteSchema = v.union([
	v.strictObject({ id, card: v.string(), count }),
	v.strictObject({
		id,
		target: v.union([v.strictObject({ card: v.string() }), v.strictObject({ group: v.string() })]),
		count
	})
]);

/** A vote, with its target spelled out; `id` is the command's, where it has one. */
export function readVote(
	body: unknown
): { target: VoteTarget; count: number; id?: string } | Refusal {
	const read = v.safeParse(voteSchema, body);
	if (!read.success) return refuse('malformed');
	const { count: votes, id: command } = read.output;
	const target = 'card' in read.output ? { card: read.output.card } : read.output.target;
	return { target, count: votes, ...(command === undefined ? {} : { id: command }) };
}
