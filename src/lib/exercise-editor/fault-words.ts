import type { Fault, FaultReason } from '#shared/exercises/faults.ts';
import { m } from '$lib/paraglide/messages.js';

const WORDS = {
	missing: m.exercises_fault_missing,
	unknown: m.exercises_fault_unknown,
	kind: m.exercises_fault_kind,
	empty: m.exercises_fault_empty,
	long: m.exercises_fault_long,
	few: m.exercises_fault_few,
	many: m.exercises_fault_many,
	range: m.exercises_fault_range,
	choice: m.exercises_fault_choice,
	address: m.exercises_fault_address,
	id: m.exercises_fault_id,
	order: m.exercises_fault_order,
	twice: m.exercises_fault_twice,
	'no-field': m.exercises_fault_no_field,
	'no-column': m.exercises_fault_no_column,
	'field-type': m.exercises_fault_field_type,
	mains: m.exercises_fault_mains,
	'main-type': m.exercises_fault_main_type,
	itself: m.exercises_fault_itself,
	'no-target': m.exercises_fault_no_target,
	'not-this-way': m.exercises_fault_not_this_way,
	'this-way-needs': m.exercises_fault_this_way_needs,
	'no-json': m.exercises_fault_no_json,
	format: m.exercises_fault_format,
	newer: m.exercises_fault_newer,
	bytes: m.exercises_fault_bytes
} as const satisfies Record<FaultReason, (about: { about: string }) => string>;

/** What a person reads of a fault in an exercise. */
export const faultWords = ({ reason, about }: Fault): string =>
	reason === 'mains' && about === '0' ? m.exercises_fault_mains_none() : WORDS[reason]({ about });
