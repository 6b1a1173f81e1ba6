/** What is seldom wanted of the clock, as a menu offers it. */
import type { WorkshopView } from '#shared/facilitation/view.ts';
import { m } from '$lib/paraglide/messages.js';
import type { Desk } from './desk.svelte.ts';

export interface MenuAct {
	id: string;
	title: string;
	act: () => void;
}

const TAKEN = 3;
const BREAKS = [5, 10, 15];

/** While a break is on, the clock is the break's: what is about the board's is left out. */
export function timeActs(desk: Desk, view: Pick<WorkshopView, 'break' | 'goesOn'>): MenuAct[] {
	const byClock = view.goesOn === 'by-clock';
	const ofTheBoard: MenuAct[] = [
		{
			id: 'taken',
			title: m.tempo_taken(),
			act: desk.do({ type: 'extend', minutes: TAKEN, taken: true })
		},
		{ id: 'end', title: m.tempo_end_time(), act: desk.do({ type: 'end-timer' }) },
		...BREAKS.map((minutes) => ({
			id: `break-${minutes}`,
			title: m.tempo_break_of({ count: minutes }),
			act: desk.do({ type: 'start-break', minutes })
		}))
	];
	const goingOn: MenuAct = {
		id: 'going-on',
		title: byClock ? m.tempo_by_hand() : m.tempo_by_clock(),
		act: desk.do({ type: 'set-going-on', by: byClock ? 'hand' : 'clock' })
	};
	return [...(view.break ? [] : ofTheBoard), goingOn];
}
