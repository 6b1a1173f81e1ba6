/**
 * The plan's clock: when each item should begin, how far the room is from that, and where minutes
 * can come back from. The end is what was promised; only another agenda moves it.
 */
import type { RunningPhase } from '../exercises/format.ts';
import { refuse, type Refusal } from '../refusals.ts';
import { neverLive } from './phases.ts';
import type { AgendaItem, BoardState, PlannedPhase, Timetable, WorkshopState } from './state.ts';
import { spanOf, timeLeft } from './timer.ts';

type Course = Pick<WorkshopState, 'agenda' | 'live' | 'waiting' | 'break' | 'breaks'> & {
	boards: (Pick<BoardState, 'id' | 'index' | 'phase' | 'phases' | 'timer'> &
		Partial<Pick<BoardState, 'collecting'>>)[];
};

/** What the phases of a plan take together, in minutes. */
export const minutesOfPlan = (phases: readonly { minutes: number }[]): number =>
	phases.reduce((sum, { minutes }) => sum + minutes, 0);

/** How long an item of an agenda is planned to take, in minutes. */
export const minutesOf = (
	item:
		| { kind: 'break'; minutes: number }
		| { kind: 'exercise'; phases: readonly { minutes: number }[] }
): number => (item.kind === 'break' ? item.minutes : minutesOfPlan(item.phases));

/** The last item that was begun in the room; -1 before the first. What only collects was not. */
export const reachedOf = (state: Pick<Course, 'boards' | 'break' | 'breaks'>): number =>
	Math.max(
		-1,
		...state.boards.map(({ index, collecting }) => (collecting ? -1 : (index ?? -1))),
		...(state.breaks ?? []).map(({ index }) => index),
		state.break?.index ?? -1
	);

/** Items that were collected and are done: the room needs no time for them. */
export const doneApart = ({ boards }: Pick<Course, 'boards'>): ReadonlySet<number> =>
	new Set(boards.filter(neverLive).flatMap(({ index }) => index ?? []));

/** From the first start on, at `from`: each item follows the one before. */
export function begin(
	agenda: AgendaItem[],
	from: number,
	now: number,
	apart: ReadonlySet<number> = new Set()
): Timetable {
	let at = now;
	const starts = agenda.map((item, index) => {
		const start = at;
		if (index >= from && !apart.has(index)) at += spanOf(minutesOf(item));
		return start;
	});
	return { starts, end: at };
}

/** What has not begun follows so that the end stays. What has begun keeps the time that it was given. */
function retimed(
	{ starts, end }: Timetable,
	agenda: AgendaItem[],
	course: Pick<Course, 'boards' | 'break' | 'breaks'>
): Timetable {
	let at = end;
	const apart = doneApart(course);
	const again = agenda.map((_, index) => starts[index] ?? end);
	for (let index = agenda.length - 1; index > reachedOf(course); index--) {
		if (!apart.has(index)) at -= spanOf(minutesOf(agenda[index]!));
		again[index] = at;
	}
	return { starts: again, end };
}

const spanAfter = (agenda: AgendaItem[], course: Pick<Course, 'boards' | 'break' | 'breaks'>) => {
	const reached = reachedOf(course);
	const apart = doneApart(course);
	const after = agenda.filter((_, index) => index > reached && !apart.has(index));
	return after.reduce((sum, item) => sum + spanOf(minutesOf(item)), 0);
};

/** After another agenda was decided on: the end is later or earlier by what follows. */
export function withAgenda(state: WorkshopState, agenda: AgendaItem[]): WorkshopState {
	const { timetable } = state;
	if (!timetable) return { ...state, agenda };
	const end = timetable.end + spanAfter(agenda, state) - spanAfter(state.agenda, state);
	return { ...state, agenda, timetable: retimed({ ...timetable, end }, agenda, state) };
}

/** What of the agenda is on: behind a poll, the board that waits. */
const onNow = ({ boards, live, waiting }: Pick<Course, 'boards' | 'live' | 'waiting'>) =>
	boards.find(({ id }) => id === (waiting?.board ?? live));

/** What is on still needs, in ms: the rest of its phase, and the phases after it. */
function restOf(state: Course, now: number): number {
	const live = onNow(state);
	const rest = (left: number | null) => Math.max(0, left ?? 0);
	const resting = state.break ? rest(timeLeft(state.break.timer, now)) : 0;
	if (!live) return resting;
	return resting + rest(timeLeft(live.timer, now)) + spanOf(minutesOfPlan(laterPhases(live)));
}

function laterPhases({ phases, phase }: Pick<BoardState, 'phases' | 'phase'>): PlannedPhase[] {
	const at = phases.findIndex((one) => one.phase === phase);
	return at < 0 ? [] : phases.slice(at + 1);
}

/** Behind the plan, in ms; negative where ahead, null while nothing has begun. */
export function behindPlan(
	state: Course & Pick<WorkshopState, 'timetable'>,
	now: number
): number | null {
	const { timetable, agenda } = state;
	if (!timetable) return null;
	const after = spanAfter(agenda, state);
	const over = !state.live && !state.break && after === 0;
	return over ? 0 : now + restOf(state, now) + after - timetable.end;
}

/** A phase of the live board that is still to come, or an item of the agenda. */
export type Part = { phase: RunningPhase } | { item: number };

const LEAST_BREAK = 5;
/** Half of it stays at least, and a minute; of a break five. */
const givenByPhase = ({ minutes }: PlannedPhase) =>
	Math.max(0, Math.floor(minutes - Math.max(1, minutes / 2)));
const givenByBreak = (minutes: number) =>
	Math.max(0, Math.floor(minutes - Math.max(LEAST_BREAK, minutes / 2)));
const givenBy = (item: AgendaItem): number =>
	item.kind === 'break'
		? givenByBreak(item.minutes)
		: item.phases.reduce((sum, phase) => sum + givenByPhase(phase), 0);

/** What is still to come and can be shorter, in its order, each with the whole minutes that it can give. */
export function savings(state: Course): { part: Part; minutes: number }[] {
	const live = onNow(state);
	const run = new Set(state.boards.map(({ index }) => index));
	const reached = reachedOf(state);
	return [
		...(live ? laterPhases(live) : []).map((one) => ({
			part: { phase: one.phase },
			minutes: givenByPhase(one)
		})),
		...state.agenda.flatMap((item, index) =>
			index > reached && !run.has(index) ? [{ part: { item: index }, minutes: givenBy(item) }] : []
		)
	].filter(({ minutes }) => minutes > 0);
}

/**
 * What follows is shorter by so many whole minutes: the one part named, else as much of each in its order
 * as it can give. Where all together can give less, by that; where none can, `nothing-to-take`.
 */
export function shorten(
	state: WorkshopState,
	minutes: number,
	from?: Part
): WorkshopState | Refusal {
	let wanted = Math.ceil(minutes);
	let shorter = state;
	for (const { part, minutes: most } of savings(state)) {
		if (wanted <= 0 || (from && !samePart(part, from))) continue;
		const taken = Math.min(most, wanted);
		wanted -= taken;
		shorter = withoutMinutes(shorter, part, taken);
	}
	if (shorter === state) return refuse('nothing-to-take');
	const { timetable, agenda } = shorter;
	return timetable ? { ...shorter, timetable: retimed(timetable, agenda, shorter) } : shorter;
}

const samePart = (one: Part, other: Part) =>
	'phase' in one
		? 'phase' in other && one.phase === other.phase
		: 'item' in other && one.item === other.item;

function withoutMinutes(state: WorkshopState, part: Part, taken: number): WorkshopState {
	if ('item' in part) {
		const agenda = state.agenda.map((item, index) =>
			index === part.item ? shorterItem(item, taken) : item
		);
		return { ...state, agenda };
	}
	const shorterPhase = (one: PlannedPhase) =>
		one.phase === part.phase ? { ...one, minutes: one.minutes - taken } : one;
	const on = onNow(state)?.id;
	const boards = state.boards.map((board) =>
		board.id === on ? { ...board, phases: board.phases.map(shorterPhase) } : board
	);
	return { ...state, boards };
}

/** Minute by minute from the phase that can give most. */
function shorterItem(item: AgendaItem, taken: number): AgendaItem {
	if (item.kind === 'break') return { ...item, minutes: item.minutes - taken };
	const phases = item.phases.map((phase) => ({ ...phase, left: givenByPhase(phase) }));
	for (let wanted = taken; wanted > 0;) {
		const most = phases.reduce((one, other) => (other.left > one.left ? other : one));
		const minute = Math.min(1, wanted, most.left);
		if (minute <= 0) break;
		most.minutes -= minute;
		most.left -= minute;
		wanted -= minute;
	}
	return { ...item, phases: phases.map(({ phase, minutes }) => ({ phase, minutes })) };
}
