/** How far the room is from its plan, and what can give the minutes back. */
import { savings, type Part } from '#shared/facilitation/timetable.ts';
import type { WorkshopView } from '#shared/facilitation/view.ts';
import { wholeMinutes } from './planned-times.ts';

/** Three lights; ahead of the plan is on time too. */
export type Light = 'on-time' | 'little' | 'much';
const MUCH = 5;

/** Of how many ms the room is behind. */
export function lightOf(behind: number): Light {
	const minutes = wholeMinutes(behind);
	if (minutes < 1) return 'on-time';
	return minutes < MUCH ? 'little' : 'much';
}

/** Where the minutes that the room is behind can come back from. */
export interface TakeBack {
	/** So many are wanted, and so many can come back at all. */
	minutes: number;
	all: number;
	/** The first two parts that could give all that is wanted. */
	able: Part[];
}

/** Null where the room is on time. */
export function takeBack(
	view: Pick<WorkshopView, 'agenda' | 'boards' | 'live' | 'waiting' | 'break'>,
	behind: number
): TakeBack | null {
	const minutes = wholeMinutes(behind);
	if (minutes < 1) return null;
	const parts = savings(view);
	return {
		minutes,
		all: parts.reduce((sum, part) => sum + part.minutes, 0),
		able: parts.flatMap((one) => (one.minutes >= minutes ? one.part : [])).slice(0, 2)
	};
}
