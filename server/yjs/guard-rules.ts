/** What may stand where, and who may put it there: the rules GU of docs/SPEC.md as one table. */
import * as v from 'valibot';
import * as Y from 'yjs';
import {
	CARD_KEYS,
	cardValueSchemas,
	GROUP_KEYS,
	GROUP_KINDS,
	LIMITS,
	placementSchema
} from '#shared/doc/schema.ts';
import { isWritten, type Exercise, type Field } from '#shared/exercises/format.ts';
import { idSchema, type AuthorKey, type CardId } from '#shared/ids.ts';
import type { RefusalReason } from '#shared/refusals.ts';
import type { Container } from './guard-paths.ts';

/** Who sends an update, and what they may do with this document now. */
export interface Rights {
	document: 'notebook' | 'board';
	/** Whose notebook it is. */
	author: AuthorKey | null;
	/** Whom a client id is bound to: the participant across the board and all its notebooks. */
	holder: string;
	/** The holder of a client id; null for the server's own, undefined where it is free. */
	holderOf(clientId: number): string | null | undefined;
	/** Whether a client id was begun in another document than this one, though it may have come into it. */
	writesElsewhere(clientId: number): boolean;
	/** How many client ids the holder has. */
	held: number;
	mayArrange: boolean;
	exercise: Exercise;
	/** Whether another notebook of this board has a card of this id. */
	cardTaken(card: CardId): boolean;
}

/** What a key of a container holds. */
type Slot =
	| { holds: 'map' | 'text'; withItsContainer?: true }
	| { holds: 'plain'; withItsContainer?: true; valid(value: unknown): boolean }
	| { holds: 'letters' };

/** What may be done with one kind of container. */
interface Rule {
	/** Its author in any phase, who may arrange as long as the phase lets them, or the server alone. */
	writtenBy: 'author' | 'arranger' | 'server';
	/** Null where the schema has no such key. */
	slot(key: string | null, exercise: Exercise): Slot | null;
	/** Keys that it has from the moment that it is made. */
	madeWith?: readonly string[];
	/** How many keys may be live, and what is said to one more. */
	keys?: { most: number; else: RefusalReason };
	/** How many letters it may have. */
	letters?(text: Container, exercise: Exercise): number;
}

const isId = (key: string | null) => v.is(idSchema, key);
const shaped = (schema: v.GenericSchema) => ({
	holds: 'plain' as const,
	valid: (value: unknown) => isPlain(value) && v.is(schema, value)
});
const letters: Slot = { holds: 'letters' };
const ids: Record<string, Slot> = {
	card: { holds: 'map' },
	group: { holds: 'map' },
	placement: shaped(placementSchema)
};
const cardSlots = new Map<string, Slot>(
	CARD_KEYS.map((key) => [
		key,
		key === 'fields' ? { holds: 'map', withItsContainer: true } : shaped(cardValueSchemas[key])
	])
);
const groupSlots = new Map<string, Slot>([
	['kind', { ...shaped(v.picklist(GROUP_KINDS)), withItsContainer: true }],
	['title', { holds: 'text', withItsContainer: true }]
]);

function fieldSlot(key: string | null, exercise: Exercise): Slot | null {
	const field = exercise.fields.find(({ id }) => id === key);
	if (!field) return null;
	if (isWritten(field)) return { holds: 'text', withItsContainer: true };
	return { holds: 'plain', valid: (value) => isPlain(value) && fits(field, value) };
}

const RULES: Record<Container['kind'], Rule> = {
	cards: { writtenBy: 'server', slot: () => null },
	author: {
		writtenBy: 'author',
		slot: (key) => (isId(key) ? ids.card! : null),
		keys: { most: LIMITS.cardsPerPerson, else: 'too-many-cards' }
	},
	card: { writtenBy: 'author', slot: (key) => cardSlots.get(key ?? '') ?? null },
	fields: { writtenBy: 'author', slot: fieldSlot },
	text: {
		writtenBy: 'author',
		slot: (key) => (key === null ? letters : null),
		letters: ({ key }, exercise) =>
			exercise.fields.find(({ id }) => id === key)?.main ? LIMITS.mainField : LIMITS.otherText
	},
	placements: {
		writtenBy: 'arranger',
		slot: (key) => (isId(key) ? ids.placement! : null),
		keys: { most: LIMITS.placements, else: 'too-large' }
	},
	groups: {
		writtenBy: 'arranger',
		slot: (key) => (isId(key) ? ids.group! : null),
		keys: { most: LIMITS.groups, else: 'too-large' }
	},
	group: {
		writtenBy: 'arranger',
		slot: (key) => groupSlots.get(key ?? '') ?? null,
		madeWith: GROUP_KEYS
	},
	title: {
		writtenBy: 'arranger',
		slot: (key) => (key === null ? letters : null),
		letters: () => LIMITS.groupTitle
	},
	nowhere: { writtenBy: 'server', slot: () => null },
	void: { writtenBy: 'server', slot: () => null }
};

/** The amounts that hold for a container. */
export const ruleOf = (container: Container): Pick<Rule, 'keys' | 'letters' | 'madeWith'> =>
	RULES[container.kind];

/** Why this person may not write here, or null. */
export function notWritable(container: Container, rights: Rights): RefusalReason | null {
	const { writtenBy } = RULES[container.kind];
	switch (writtenBy) {
		case 'author':
			return isOwn(container, rights) ? null : 'foreign-path';
		case 'arranger':
			if (rights.document !== 'board') return 'foreign-path';
			return rights.mayArrange ? null : 'wrong-phase';
		case 'server':
			return 'foreign-path';
	}
}

/** Why this person may not delete from here, or null. */
export function notDeletable(container: Container, rights: Rights): RefusalReason | null {
	const reason = notWritable(container, rights);
	return reason === 'foreign-path' ? 'foreign-delete' : reason;
}

function isOwn(container: Container, rights: Rights): boolean {
	if (rights.document !== 'notebook' || rights.author === null) return false;
	let at: Container | null = container;
	while (at && at.kind !== 'author') at = at.parent;
	return at?.key === rights.author;
}

/** Whether a container holds this under that key. */
export function holds(
	container: Container,
	key: string | null,
	content: Y.Item['content'],
	exercise: Exercise
): boolean {
	const slot = RULES[container.kind].slot(key, exercise);
	if (!slot) return false;
	if (content instanceof Y.ContentDeleted) return true;
	// A text that is made twice loses the words of one: it is made with its card, or not at all.
	if ('withItsContainer' in slot && container.type !== null) return false;
	switch (slot.holds) {
		case 'map':
			return content instanceof Y.ContentType && content.type instanceof Y.Map;
		case 'text':
			return content instanceof Y.ContentType && content.type instanceof Y.Text;
		case 'letters':
			return content instanceof Y.ContentString;
		case 'plain':
			// More than one value: older ones of the same key that were kept for undo.
			return (
				(content instanceof Y.ContentAny || content instanceof Y.ContentJSON) &&
				content.arr.every((value) => slot.valid(value))
			);
	}
}

/** Whether some place of the schema has such content: exactly these types, not what extends them. */
export const isKnownContent = (content: Y.Item['content']): boolean =>
	content instanceof Y.ContentString ||
	content instanceof Y.ContentAny ||
	content instanceof Y.ContentJSON ||
	content instanceof Y.ContentDeleted ||
	(content instanceof Y.ContentType &&
		(content.type.constructor === Y.Map || content.type.constructor === Y.Text));

/** JSON as it was made: an object with another prototype hides what is inherited from the schema. */
const isPlain = (value: unknown): boolean =>
	typeof value !== 'object' ||
	value === null ||
	Array.isArray(value) ||
	Object.getPrototypeOf(value) === Object.prototype;

/** Whether a value is one of its field's type: see each type in `exercises/format.ts`. */
export function fits(field: Field, value: unknown): boolean {
	switch (field.type) {
		case 'choice':
			return field.several
				? isList(value, LIMITS.choices, (one) => isChoice(field, one))
				: isChoice(field, value);
		case 'scale':
			return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 5;
		case 'country':
			return isString(value, 2) && /^[A-Z]{2}$/.test(value);
		case 'sdg-target':
			return isList(value, field.several ? LIMITS.choices : 1, isTarget);
		case 'link':
			return isString(value, LIMITS.mainField);
		case 'person':
			return isString(value, LIMITS.name);
		case 'text':
		case 'paragraph':
			return false;
	}
}

const isString = (value: unknown, longest: number): value is string =>
	typeof value === 'string' && value.length <= longest;

const isList = (value: unknown, most: number, each: (one: unknown) => boolean): boolean =>
	Array.isArray(value) && value.length <= most && value.every(each);

const isChoice = (field: Extract<Field, { type: 'choice' }>, value: unknown): boolean =>
	isString(value, LIMITS.ownWords) &&
	(field.other === true || field.options.some(({ id }) => id === value));

/** `4`, `16.10`, `5.b`. */
const isTarget = (value: unknown): boolean =>
	isString(value, 5) && /^(1[0-7]|[1-9])(\.(1?[0-9]|[a-d]))?$/.test(value);
