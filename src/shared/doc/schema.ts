/**
 * THE schema of the Yjs documents: roots, keys, kinds and limits. Nothing outside this folder
 * calls `getMap` and its kin, so that the guard, the client and the exports mean the same path.
 *
 *   notebook   cards: Y.Map
 *                <author key>: Y.Map                  made by the server, replayed for ever
 *                  <card id>: Y.Map                   made by the client, whole, in one transaction
 *                    column, order: string
 *                    answers?, language?: string
 *                    from?: {board, card}
 *                    draft?: true
 *                    fields: Y.Map
 *                      <field id>: Y.Text             text and paragraph: made with the card
 *                      <field id>: JSON               every other type
 *
 *   board      cards                                  every revealed notebook's, the same structs
 *              placements: Y.Map
 *                <card or group id>: {column, order, group?}
 *              groups: Y.Map
 *                <group id>: Y.Map                    whole, in one transaction
 *                  kind: 'theme' | 'same'
 *                  title: Y.Text
 */
import * as v from 'valibot';
import type * as Y from 'yjs';
import { idSchema } from '../ids.ts';

export const ROOTS = { notebook: ['cards'], board: ['cards', 'placements', 'groups'] } as const;

/** The keys of a card besides `fields`; any other is refused, so a new one is a version of this. */
export const CARD_KEYS = [
	'column',
	'order',
	'answers',
	'from',
	'language',
	'draft',
	'fields'
] as const;
export const GROUP_KEYS = ['kind', 'title'] as const;

/** In UTF-16 units, people, cards, and bytes. */
export const LIMITS = {
	/** Seats in a workshop, facilitators' own not counted. */
	people: 2000,
	mainField: 2000,
	otherText: 5000,
	name: 80,
	groupTitle: 200,
	ownWords: 200,
	cardsPerPerson: 100,
	/** Client ids of one person on a board: each page that is loaded, and written in, has two. */
	clientIdsPerPerson: 1000,
	placements: 5000,
	groups: 500,
	choices: 60,
	comment: 2000,
	action: 1000,
	contact: 300,
	/** One update frame; a sync step 2 may carry a whole notebook. */
	updateBytes: 64 * 1024,
	syncBytes: 1024 * 1024,
	/** Entries of a state vector beyond the clients that the document has. */
	stateVectorEntries: 1000
} as const;

const order = v.pipe(v.string(), v.regex(/^[A-Za-z0-9]{1,200}$/));
const key = v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9-]{0,39}$/));

/** Where a card or a group lies once people have arranged it: one plain value, the last writer wins. */
export const placementSchema = v.strictObject({ column: key, order, group: v.optional(idSchema) });
export type Placement = v.InferOutput<typeof placementSchema>;

/** The plain values of a card's own keys. */
export const cardValueSchemas = {
	column: key,
	order,
	answers: idSchema,
	from: v.strictObject({ board: idSchema, card: idSchema }),
	language: v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)),
	draft: v.literal(true)
} as const;

export const GROUP_KINDS = ['theme', 'same'] as const;
export type GroupKind = (typeof GROUP_KINDS)[number];

/** A field's value where it is not text: see each type in `exercises/format.ts`. */
export type FieldValue = string | number | string[];
export type CardFrom = v.InferOutput<(typeof cardValueSchemas)['from']>;

/** A notebook or board as a map of authors: the root that both share. */
export const cardsOf = (doc: Y.Doc): Y.Map<Y.Map<Y.Map<unknown>>> => doc.getMap('cards');
export const placementsOf = (doc: Y.Doc): Y.Map<Placement> => doc.getMap('placements');
export const groupsOf = (doc: Y.Doc): Y.Map<Y.Map<unknown>> => doc.getMap('groups');
