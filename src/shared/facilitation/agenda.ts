/** The agenda: what is sent is read into items with every plan filled in. */
import { RUNNING_PHASES, type Exercise } from '../exercises/format.ts';
import { isRefusal, refuse, type Refusal } from '../refusals.ts';
import type { AgendaInput } from './commands.ts';
import type { AgendaItem, PlannedPhase, WorkshopState } from './state.ts';

export type ExerciseOf = (id: string) => Exercise | undefined;
type ItemInput = AgendaInput[number];
type ExerciseItem = Extract<AgendaItem, { kind: 'exercise' }>;

/** Every item with its plan: the exercise's own phases and private writing, unless it says more. */
export const readAgenda = (input: AgendaInput, exerciseOf: ExerciseOf): AgendaItem[] | Refusal =>
	allOrRefusal(input.map((item) => readItem(item, exerciseOf)));

/** The agenda changed; what has already been run stays where and as it is. */
export function setAgenda(
	state: WorkshopState,
	input: AgendaInput,
	exerciseOf: ExerciseOf
): WorkshopState | Refusal {
	const run = new Set(state.boards.map((board) => board.index));
	if (state.break) run.add(state.break.index);
	for (const index of run) {
		const sent = input[index];
		if (sent === undefined || !leavesAsItIs(sent, state.agenda[index]!))
			return refuse('already-run');
	}
	const agenda = allOrRefusal(
		input.map((item, index) => (run.has(index) ? state.agenda[index]! : readItem(item, exerciseOf)))
	);
	return isRefusal(agenda) ? agenda : { ...state, agenda };
}

function readItem(input: ItemInput, exerciseOf: ExerciseOf): AgendaItem | Refusal {
	if (typeof input === 'object' && 'break' in input) return { kind: 'break', minutes: input.break };
	const asked = typeof input === 'string' ? { exercise: input } : input;
	const exercise = exerciseOf(asked.exercise);
	if (!exercise) return refuse('unknown-exercise', asked.exercise);
	const phases = asked.phases ?? exercise.phases;
	if (!inOrder(phases)) return refuse('malformed', 'phases go in their order, each once');
	return {
		kind: 'exercise',
		exercise: exercise.id,
		title: exercise.title,
		phases: phases.map(({ phase, minutes }) => ({ phase, minutes })),
		writing: asked.writing ?? 'private'
	} satisfies ExerciseItem;
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
