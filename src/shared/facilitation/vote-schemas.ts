/** What commands say of votes, as schemas. */
import * as v from 'valibot';
import { idSchema } from '../ids.ts';
import { WAYS } from './ways.ts';

const words = (most: number) => v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(most));
const columnId = v.pipe(v.string(), v.maxLength(40));
const option = v.pipe(
	v.string(),
	v.regex(/^[A-Za-z][A-Za-z0-9-]{0,39}$/),
	v.check((id) => !(id in Object.prototype))
);

export const targetSchema = v.union([
	v.strictObject({ card: idSchema }),
	v.strictObject({ group: idSchema }),
	v.strictObject({ option })
]);

/** What a further round is among. */
export const amongSchema = v.pipe(
	v.array(v.union([idSchema, option])),
	v.minLength(2),
	v.maxLength(200)
);

/** The round that a vote is meant for: in another one it does not count. */
export const roundSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const oneToFive = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5));
export const placeSchema = v.strictObject({ x: oneToFive, y: oneToFive });

const axis = v.strictObject({ title: words(80), low: words(40), high: words(40) });
/** What of a voting is to be otherwise; the rest stays. */
export const votingEntries = {
	way: v.optional(v.picklist(WAYS)),
	on: v.optional(v.picklist(['both', 'cards', 'groups'])),
	columns: v.optional(v.nullable(v.pipe(v.array(columnId), v.minLength(1)))),
	perColumn: v.optional(v.boolean()),
	axes: v.optional(v.nullable(v.strictObject({ x: axis, y: axis }))),
	together: v.optional(v.boolean())
};
