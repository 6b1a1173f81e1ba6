/** Votes as the API takes them. */
import * as v from 'valibot';
import type { VoteTarget } from '#shared/doc/contents.ts';
import { refuse, type Refusal } from '#shared/refusals.ts';

const count = v.number();
const id = v.optional(v.string());
const voteSchema = v.union([
	v.strictObject({ id, card: v.string(), count }),
	v.strictObject({
		id,
		target: v.union([
			v.strictObject({ card: v.string() }),
			v.strictObject({ group: v.string() }),
			v.strictObject({ option: v.string() })
		]),
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
