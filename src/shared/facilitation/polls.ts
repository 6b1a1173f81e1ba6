/** Polls of the moment: what is asked, of which a small exercise is made. */
import * as v from 'valibot';

const line = (most: number) => v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(most));
const question = line(200);

export const pollSchema = v.variant('kind', [
	/** A word or a few from everybody; the more often, the larger. */
	v.strictObject({ kind: v.literal('words'), question }),
	/** A show of hands: one of these. */
	v.strictObject({
		kind: v.literal('hands'),
		question,
		options: v.pipe(v.array(line(80)), v.minLength(2), v.maxLength(8))
	}),
	/** Checking in or out: 1 to 5. */
	v.strictObject({ kind: v.literal('scale'), question, low: line(40), high: line(40) }),
	/** Questions without a name, which others can vote up. */
	v.strictObject({ kind: v.literal('questions'), question })
]);
export type Poll = v.InferOutput<typeof pollSchema>;
