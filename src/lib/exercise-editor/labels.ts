/** What the editor calls every part of an exercise. */
import { m } from '$lib/paraglide/messages.js';
import type {
	COLUMN_CONTROLS,
	EXERCISE_CONTROLS,
	FIELD_CONTROLS,
	FieldType,
	VIEW_CONTROLS,
	ViewType,
	VOTING_CONTROLS
} from './controls.ts';

type KeysOf<Table> = { [Type in keyof Table]: keyof Table[Type] }[keyof Table];
type Keys<Table> = Exclude<KeysOf<Table>, 'title'>;
type Words = () => string;

export const FIELD_LABELS = {
	hint: m.exercises_key_hint,
	main: m.exercises_key_main,
	required: m.exercises_key_required,
	contact: m.exercises_key_field_contact,
	several: m.exercises_key_several,
	other: m.exercises_key_other,
	stays: m.exercises_key_stays,
	options: m.exercises_key_options,
	low: m.exercises_key_low,
	high: m.exercises_key_high
} as const satisfies Record<Keys<typeof FIELD_CONTROLS>, Words>;

export const COLUMN_LABELS = {
	title: m.exercises_key_column_title,
	singular: m.exercises_key_singular,
	hint: m.exercises_key_hint,
	fields: m.exercises_key_view_fields,
	opens: m.exercises_key_opens,
	answers: m.exercises_key_answers,
	buildsOn: m.exercises_key_builds_on,
	set: m.exercises_key_set,
	targets: m.exercises_key_targets,
	contact: m.exercises_key_column_contact
} as const satisfies Record<keyof typeof COLUMN_CONTROLS, Words>;

export const VIEW_LABELS = {
	field: m.exercises_key_field,
	columns: m.exercises_key_columns,
	chart: m.exercises_key_chart,
	column: m.exercises_key_column,
	x: m.exercises_key_x,
	y: m.exercises_key_y,
	differ: m.exercises_key_differ,
	fields: m.exercises_key_view_fields,
	sort: m.exercises_key_sort
} as const satisfies Record<Keys<typeof VIEW_CONTROLS>, Words>;

/** How the room votes. */
export const VOTING_LABELS = {
	way: m.voting_way,
	on: m.voting_on,
	options: m.voting_key_options,
	columns: m.voting_columns,
	perColumn: m.voting_per_column,
	axes: m.voting_axes,
	together: m.voting_key_together,
	dots: m.voting_dots_each,
	onOne: m.voting_dots_on_one,
	open: m.voting_key_open
} as const satisfies Record<keyof typeof VOTING_CONTROLS, Words>;

/** Of the exercise itself: what is one control. */
export const EXERCISE_LABELS = {
	title: m.exercises_key_title,
	language: m.exercises_key_language,
	source: m.exercises_key_source,
	tab: m.exercises_key_tab,
	why: m.exercises_key_why,
	prompt: m.exercises_key_prompt
} as const satisfies Partial<Record<keyof typeof EXERCISE_CONTROLS, Words>>;

export const FIELD_TYPE_NAMES = {
	text: m.exercises_type_text,
	paragraph: m.exercises_type_paragraph,
	choice: m.exercises_type_choice,
	scale: m.exercises_type_scale,
	country: m.exercises_type_country,
	'sdg-target': m.exercises_type_sdg_target,
	link: m.exercises_type_link,
	person: m.exercises_type_person
} as const satisfies Record<FieldType, Words>;

export const VIEW_TYPE_NAMES = {
	'by-field': m.exercises_view_by_field,
	'by-column': m.exercises_view_by_column,
	themes: m.exercises_view_themes,
	votes: m.exercises_view_votes,
	unanswered: m.exercises_view_unanswered,
	without: m.exercises_view_without,
	cloud: m.exercises_view_cloud,
	duplicates: m.exercises_view_duplicates,
	matrix: m.exercises_view_matrix,
	coverage: m.exercises_view_coverage,
	matches: m.exercises_view_matches,
	table: m.exercises_view_table,
	field: m.exercises_view_field
} as const satisfies Record<ViewType, Words>;

const PICKS: Readonly<Record<string, Words>> = {
	write: m.exercises_pick_write,
	share: m.exercises_pick_share,
	town: m.exercises_pick_town,
	reach: m.exercises_pick_reach,
	organisation: m.exercises_pick_organisation,
	person: m.exercises_pick_person,
	dots: m.voting_way_dots,
	rating: m.voting_way_rating,
	placing: m.voting_way_placing,
	order: m.voting_way_order,
	pairs: m.voting_way_pairs,
	both: m.voting_on_both,
	cards: m.voting_on_cards,
	groups: m.voting_on_groups,
	options: m.voting_on_options,
	'in-vote': m.voting_open_in_vote,
	throughout: m.voting_open_throughout
};

/** What one of a few is called; a language, in itself. */
export const pickName = (id: string): string =>
	PICKS[id]?.() ?? new Intl.DisplayNames([id], { type: 'language' }).of(id) ?? id;
