/** The agenda: what is sent is read into items with every plan filled in. */
import { RUNNING_PHASES, type Exercise } from '../exercises/format.ts';
import { isRefusal, refuse, type Refusal } from '../refusals.ts';
import type { AgendaInput, CommandOf } from './commands.ts';
import type { AgendaItem, PlannedPhase, WorkshopState } from './state.ts';
import { withAgenda } from './timetable.ts';

export type ExerciseOf = (id: string) => Exercise | undefined;
type ItemInput = AgendaInput[number];
type ExerciseItem = Extract<AgendaItem, { kind: 'exercise' }>;

/** The ids of the exercises that an agenda names. */
export const exercisesOf = (input: AgendaInput): string[] =>
	input.flatMap((item) => {
		if (typeof item === 'string') return [item];
		return 'break' in item ? [] : [item.exercise];
	});

/** An agenda as it would be sent: for making another workshop like it. */
export const asInput = (agenda: AgendaItem[]): AgendaInput =>
	agenda.map(({ note, ...item }) => {
		const noted = note === undefined ? {} : { note };
		if (item.kind === 'break') return { break: item.minutes, ...noted };
		const { exercise, phases, writing } = item;
		return { exercise, phases, writing, ...noted };
	});

/** Every item with its plan: the exercise's own phases and private writing, unless it says more. */
export const readAgenda = (input: AgendaInput, exerciseOf: ExerciseOf): AgendaItem[] | Refusal =>
	allOrRefusal(input.map((item) => readItem(item, exerciseOf)));

/** The agenda changed; what has already been run stays where and as it is. */
export function setAgenda(
	state: WorkshopState,
	input: AgendaInput,
	exerciseOf: ExerciseOf
): WorkshopState | Refusal {
	const run = new Set(state.boards.flatMap(({ index }) => index ?? []));
	if (state.break && state.break.index !== null) run.add(state.break.index);
	for (const index of run) {
		const sent = input[index];
		if (sent === undefined || !leavesAsItIs(sent, state.agenda[index]!))
			return refuse('already-run');
	}
	const agenda = allOrRefusal(
		input.map((item, index) =>
			run.has(index) ? noted(state.agenda[index]!, item) : readItem(item, exerciseOf)
		)
	);
	return isRefusal(agenda) ? agenda : withAgenda(state, agenda);
}

function readItem(input: ItemInput, exerciseOf: ExerciseOf): AgendaItem | Refusal {
	if (typeof input === 'object' && 'break' in input)
		return noted({ kind: 'break', minutes: input.break }, input);
	const asked = typeof input === 'string' ? { exercise: input } : input;
	const exercise = exerciseOf(asked.exercise);
	if (!exercise) return refuse('unknown-exercise', asked.exercise);
	const phases = asked.phases ?? exercise.phases;
	if (!inOrder(phases)) return refuse('malformed', 'phases go in their order, each once');
	const item: ExerciseItem = {
		kind: 'exercise',
		exercise: exercise.id,
		title: exercise.title,
		phases: phases.map(({ phase, minutes }) => ({ phase, minutes })),
		writing: asked.writing ?? 'private'
	};
	return noted(item, input);
}

/** An item with the note that was sent with it; without one, what it had stays. */
function noted<Item extends AgendaItem>(item: Item, input: ItemInput): Item {
	return typeof input === 'object' && input.note !== undefined ? withNote(item, input.note) : item;
}

function withNote<Item extends AgendaItem>({ note: _before, ...item }: Item, note: string): Item {
	return (note ? { ...item, note } : item) as Item;
}

/** What whoever facilitates wants to remember at an item, also at one that has been run. */
export function setNote(
	state: WorkshopState,
	{ item: index, note }: CommandOf<'set-note'>
): WorkshopState | Refusal {
	if (index >= state.agenda.length) return refuse('not-found', 'the agenda has no such item');
	return {
		...state,
		agenda: state.agenda.map((item, at) => (at === index ? withNote(item, note) : item))
	};
}

const inOrder = (phases: PlannedPhase[]) =>
	phases.length > 0 &&
	phases.every(
		({ phase }, i) =>
			i === 0 || RUNNING_PHASES.indexOf(phase) > RUNNING_PHASES.indexOf(phases[i - 1]!.phase)
	);

/** Whether what is sent says nothing else of an item than what it is; what it leaves out stays. */
function leavesAsItIs(input: ItemInput, item: AgendaItem): boolean {
	if (typeof input === 'object' && 'break' in input)
		return item.kind === 'break' && item.minutes === input.break;
	if (item.kind === 'break') return false;
	const asked = typeof input === 'string' ? { exercise: input } : input;
	return (
		asked.exercise === item.exercise &&
		(asked.writing ?? item.writing) === item.writing &&
		samePlan(asked.phases ?? item.phases, item.phases)
	);
}

const samePlan = (some: PlannedPhase[], others: PlannedPhase[]) =>
	some.length === others.length &&
	some.every(
		({ phase, minutes }, i) => phase === others[i]!.phase && minutes === others[i]!.minutes
	);

function allOrRefusal(items: (AgendaItem | Refusal)[]): AgendaItem[] | Refusal {
	const read: AgendaItem[] = [];
	for (const item of items) {
		if (isRefusal(item)) return item;
		read.push(item);
	}
	return read;
}
