/** An agenda while it is being put together: the rows of the editor, and what they say as input. */
import type { Exercise, RunningPhase } from '#shared/exercises/format.ts';
import type { AgendaInput } from '#shared/facilitation/commands.ts';
import type { AgendaItem, PlannedPhase, Writing } from '#shared/facilitation/state.ts';

export interface ExerciseRow {
	/** Names the row while it moves; never sent. */
	id: string;
	kind: 'exercise';
	exercise: string;
	title: string;
	/** Every phase of the exercise; 0 minutes leaves one out. */
	phases: PlannedPhase[];
	writing: Writing;
	/** For those who facilitate. */
	note?: string | undefined;
}
interface BreakRow {
	id: string;
	kind: 'break';
	minutes: number;
	note?: string | undefined;
}
export type AgendaRow = ExerciseRow | BreakRow;

/** Minutes that a new break gets. */
export const BREAK_MINUTES = 10;

const byId = (catalogue: readonly Exercise[], id: string) =>
	catalogue.find((exercise) => exercise.id === id);

/** The phases of an exercise with the minutes that a plan gives them, and 0 where it has none. */
function allPhases(exercise: Exercise | undefined, plan: readonly PlannedPhase[]): PlannedPhase[] {
	if (!exercise) return [...plan];
	const planned = new Map<RunningPhase, number>(plan.map(({ phase, minutes }) => [phase, minutes]));
	return exercise.phases.map(({ phase }) => ({ phase, minutes: planned.get(phase) ?? 0 }));
}

/** A row for an exercise as the catalogue has it. */
export const exerciseRow = (exercise: Exercise, id: string): ExerciseRow => ({
	id,
	kind: 'exercise',
	exercise: exercise.id,
	title: exercise.title,
	phases: exercise.phases.map(({ phase, minutes }) => ({ phase, minutes })),
	writing: 'private'
});

/** The rows of an agenda as a workshop has it. */
export const rowsOf = (
	agenda: readonly AgendaItem[],
	catalogue: readonly Exercise[],
	ids: () => string
): AgendaRow[] =>
	agenda.map((item) => {
		if (item.kind === 'break') return { ...item, id: ids() };
		const phases = allPhases(byId(catalogue, item.exercise), item.phases);
		return { ...item, id: ids(), phases };
	});

/** The rows of a ready-made agenda; what the catalogue does not know is left out. */
export const rowsOfInput = (
	input: AgendaInput,
	catalogue: readonly Exercise[],
	ids: () => string
): AgendaRow[] =>
	input.flatMap((item): AgendaRow[] => {
		if (typeof item === 'object' && 'break' in item)
			return [{ id: ids(), kind: 'break', minutes: item.break, note: item.note }];
		const asked = typeof item === 'string' ? { exercise: item } : item;
		const exercise = byId(catalogue, asked.exercise);
		if (!exercise) return [];
		const row = exerciseRow(exercise, ids());
		const phases = asked.phases ? allPhases(exercise, asked.phases) : row.phases;
		return [{ ...row, phases, writing: asked.writing ?? row.writing, note: asked.note }];
	});

/** What the rows say, as it is sent. */
export const inputOf = (rows: readonly AgendaRow[]): AgendaInput =>
	rows.map((row) => {
		const note = row.note === undefined ? {} : { note: row.note };
		if (row.kind === 'break') return { break: row.minutes, ...note };
		const phases = row.phases
			.filter(({ minutes }) => minutes > 0)
			.map(({ phase, minutes }) => ({ phase, minutes }));
		return { exercise: row.exercise, phases, writing: row.writing, ...note };
	});

/** A row moved by `by` places. */
export function moveRow(
	rows: readonly AgendaRow[],
	id: string,
	by: number,
	fixed: number
): AgendaRow[] {
	const from = rows.findIndex((row) => row.id === id);
	return moveRowTo(rows, id, from + by, fixed);
}

/** A row moved to a place; it stops at the end, and before what has already been run. */
export function moveRowTo(
	rows: readonly AgendaRow[],
	id: string,
	place: number,
	fixed: number
): AgendaRow[] {
	const from = rows.findIndex((row) => row.id === id);
	if (from < fixed) return [...rows];
	const to = Math.min(rows.length - 1, Math.max(fixed, place));
	const moved = rows.filter((row) => row.id !== id);
	moved.splice(to, 0, rows[from]!);
	return moved;
}

/** How many items from the start have been run, or are running: they stay as they are. */
export const runUpTo = (view: {
	boards: readonly { index: number | null }[];
	break: { index: number | null } | null;
}): number =>
	Math.max(-1, ...view.boards.map(({ index }) => index ?? -1), view.break?.index ?? -1) + 1;
