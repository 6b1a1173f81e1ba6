/** Where in an exercise something is wrong, as its maker calls it: "Barriers · Hint". */
import type { Place } from '#shared/exercises/faults.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import { m } from '$lib/paraglide/messages.js';
import {
	COLUMN_LABELS,
	EXERCISE_LABELS,
	FIELD_LABELS,
	VIEW_LABELS,
	VOTING_LABELS
} from './labels.ts';

type Labels = Readonly<Record<string, () => string>>;
const called = (table: Labels, key: string | number | undefined): string[] =>
	key !== undefined && Object.hasOwn(table, key) ? [table[key]!()] : [];

const IN_FIELD: Labels = { title: m.exercises_key_field_title, ...FIELD_LABELS };
const IN_VIEW: Labels = { title: m.exercises_key_view_title, ...VIEW_LABELS };
/** What has a line for each of several. */
const NUMBERED: Readonly<Record<string, (of: { number: number }) => string>> = {
	tags: m.exercises_tag_number,
	nudges: m.exercises_nudge_number,
	links: m.exercises_link_number,
	options: m.exercises_key_option
};
const PARTS: Labels = {
	...EXERCISE_LABELS,
	tags: m.exercises_key_tags,
	nudges: m.exercises_key_nudges,
	links: m.exercises_key_links,
	series: m.exercises_key_series,
	strategy: m.exercises_add_strategy,
	fields: m.exercises_columns,
	columns: m.exercises_columns,
	phases: m.exercises_phases,
	voting: m.voting_title,
	views: m.exercises_views,
	summary: m.exercises_summary
};

/** A place in words, from the outside in. */
export function placeWords(exercise: Exercise, place: Place): string {
	const [part = '', at, key, inner] = place;
	const titleAt = (list: readonly { title: string }[]): string[] =>
		typeof at === 'number'
			? [list[at]?.title.trim() || m.exercises_untitled()]
			: called(PARTS, part);
	const numbered = (list: string | number, n: unknown) =>
		typeof n === 'number' ? (NUMBERED[list]?.({ number: n + 1 }) ?? null) : null;
	const words = (): string[] => {
		switch (part) {
			case 'columns':
				return [...titleAt(exercise.columns), ...called(COLUMN_LABELS, key)];
			case 'fields':
				return [
					...titleAt(exercise.fields),
					...[numbered(key ?? '', inner) ?? called(IN_FIELD, key)].flat()
				];
			case 'views':
			case 'summary':
				return [
					...called(PARTS, part),
					...(typeof at === 'number' ? titleAt(exercise[part]) : []),
					...called(IN_VIEW, key)
				];
			case 'voting':
				return [
					...called(PARTS, part),
					...[numbered(at ?? '', key) ?? called(VOTING_LABELS, at)].flat()
				];
			default:
				return [numbered(part, at) ?? called(PARTS, part)].flat();
		}
	};
	const said = words();
	return said.length > 0 ? said.join(' · ') : m.exercises_this();
}
