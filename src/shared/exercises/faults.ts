/**
 * What is wrong with an exercise that somebody made or brought, told so that they can mend it: each
 * fault with its place, and a reason that is the message `exercises_fault_<reason>`.
 */
import * as v from 'valibot';
import { contradictionsOf, type ContradictionReason, type Place } from './contradictions.ts';
import { exerciseShape, type Exercise } from './format.ts';

export type { Place } from './contradictions.ts';

export const FAULT_REASONS = [
	// Of its shape.
	'missing',
	'unknown',
	'kind',
	'empty',
	'long',
	'few',
	'many',
	'range',
	'choice',
	'address',
	'id',
	'order',
	// Of its parts, with each other.
	'twice',
	'no-field',
	'no-column',
	'field-type',
	'mains',
	'main-type',
	'itself',
	'no-target',
	'not-this-way',
	'this-way-needs',
	// Of its file.
	'no-json',
	'format',
	'newer',
	'bytes'
] as const;
export type FaultReason = (typeof FAULT_REASONS)[number];

export interface Fault {
	reason: FaultReason;
	/** `['columns', 1, 'fields', 0]`; empty: all of it. */
	place: Place;
	/** The name that is wrong, or how long it may be. */
	about: string;
}

/** Everything that is wrong with a value that should be an exercise; nothing where it is one. */
export function faultsOf(value: unknown): Fault[] {
	// One reason a place: what is no address is not also one that begins otherwise.
	const read = v.safeParse(exerciseShape, value, { abortPipeEarly: true });
	const shape = (read.issues ?? []).map(faultOfIssue);
	if (!read.typed) return shape;
	return [...shape, ...contradictionsOf(read.output as Exercise).map(faultOfContradiction)];
}

const faultOfContradiction = ({
	reason,
	place,
	about
}: {
	reason: ContradictionReason;
	place: Place;
	about: string;
}): Fault => ({ reason, place, about });

/** Of valibot's issues, by the rule that was broken. */
const REASONS: Record<string, FaultReason> = {
	non_empty: 'empty',
	max_length: 'long',
	min_length: 'few',
	min_value: 'range',
	max_value: 'range',
	integer: 'range',
	picklist: 'choice',
	literal: 'choice',
	variant: 'choice',
	url: 'address',
	check: 'id',
	regex: 'id'
};

function faultOfIssue(issue: v.BaseIssue<unknown>): Fault {
	const place = (issue.path ?? []).map(({ key }) => key as string | number);
	const about = issue.kind === 'validation' ? (issue.expected ?? '') : '';
	return { reason: reasonOf(issue, place), place, about: about.replace(/^\D+/, '') };
}

function reasonOf(issue: v.BaseIssue<unknown>, place: Place): FaultReason {
	if (issue.type === 'strict_object' && issue.expected === 'never') return 'unknown';
	if (issue.received === 'undefined') return 'missing';
	if (Array.isArray(issue.input)) {
		if (issue.type === 'max_length') return 'many';
		if (issue.type === 'check') return 'order';
	}
	if (issue.type === 'regex' && place.at(-1) === 'url') return 'address';
	return REASONS[issue.type] ?? 'kind';
}

/** As a person counts: `columns → 2 → fields → 1`. */
export const placeInWords = (place: Place): string =>
	place.map((step) => (typeof step === 'number' ? step + 1 : step)).join(' → ');
