import * as v from 'valibot';
import { PAPERS } from '../export-formats.ts';
import { idSchema } from '../ids.ts';

/**
 * What a facilitator makes of a workshop's summary. Where it says nothing, the summary is whole, and
 * participants may take everything home.
 */
const line = v.pipe(v.string(), v.trim(), v.maxLength(200));
const words = v.pipe(v.string(), v.maxLength(10_000));

export const summarySettingsSchema = v.strictObject({
	/** The association, over the title. */
	organisation: v.optional(line, ''),
	place: v.optional(line, ''),
	introduction: v.optional(words, ''),
	conclusions: v.optional(words, ''),
	/** Sections that are left out: `SECTIONS`, a board's id, or `<board id>/<index in its summary>`. */
	leftOut: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(80))), v.maxLength(500)), []),
	/** Cards that are left out of the summary, and of nothing else. */
	cards: v.optional(v.pipe(v.array(idSchema), v.maxLength(5000)), []),
	paper: v.optional(v.picklist(PAPERS), 'a4'),
	/** Whether participants may see the summary, and take boards and summary home. */
	forParticipants: v.optional(v.boolean(), true)
});
export type SummarySettings = v.InferOutput<typeof summarySettingsSchema>;

/** What was asked in between. */
export const ASKED = 'asked';
/** The sections that are no exercise's. */
export const SECTIONS = ['did', 'ideas', 'chains', 'actions', ASKED] as const;

export const WHOLE_SUMMARY: SummarySettings = v.parse(summarySettingsSchema, {});

export const LOGO_TYPES = ['image/png', 'image/jpeg'] as const;
export interface Logo {
	type: (typeof LOGO_TYPES)[number];
	bytes: Uint8Array;
}
/** In bytes. */
export const LARGEST_LOGO = 400_000;

/** A link that shows the summary, and for how long. */
export const summaryLinkSchema = v.strictObject({
	days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(365))
});
/** Of one workshop, at a time. */
export const MOST_LINKS = 20;
