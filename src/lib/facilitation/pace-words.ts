/** How late it is, and what can be shorter, in sentences. */
import type { Part } from '#shared/facilitation/timetable.ts';
import type { WorkshopView } from '#shared/facilitation/view.ts';
import { m } from '$lib/paraglide/messages.js';
import type { TakeBack } from './pace.ts';
import { phaseName } from './phase-name.ts';
import { wholeMinutes } from './planned-times.ts';

type Agenda = Pick<WorkshopView, 'agenda'>;

/** "2 min behind": in words, for whoever does not read lights. */
export function paceWords(behind: number): string {
	const minutes = wholeMinutes(behind);
	if (minutes > 0) return m.desk_behind({ count: minutes });
	return minutes < 0 ? m.desk_ahead({ count: -minutes }) : m.desk_on_time();
}

/** "Two minutes can come back from Discuss, or from the first break." */
export function takeBackWords(view: Agenda, { minutes: wanted, all, able }: TakeBack): string {
	const minutes = minutesInWords(wanted);
	const [first, second] = able.map((part) => partName(view, part));
	if (first && second) return m.tempo_from_either({ minutes, first, second });
	if (first) return m.tempo_from_one({ minutes, first });
	if (all === 0) return m.tempo_from_nothing();
	return all >= wanted
		? m.tempo_from_all({ minutes })
		: m.tempo_from_all_less({ minutes: minutesInWords(all) });
}

/** What the one button does: it takes it from the first that can give it all, else from all that follows. */
export const takeBackName = (view: Agenda, { able: [first] }: TakeBack): string =>
	first ? m.tempo_take_from({ from: partName(view, first) }) : m.tempo_replan();

const minutesInWords = (count: number): string =>
	count === 1 ? m.tempo_one_minute() : m.tempo_minutes({ count });

/** A phase of what is on, an exercise by its title, a break by which of them it is. */
function partName({ agenda }: Agenda, part: Part): string {
	if ('phase' in part) return phaseName(part.phase);
	const item = agenda[part.item];
	if (item?.kind === 'exercise') return m.tempo_exercise({ title: item.title });
	const breaks = agenda.flatMap((one, index) => (one.kind === 'break' ? index : []));
	if (breaks.length === 1) return m.tempo_the_break();
	const place = breaks.indexOf(part.item);
	return [m.tempo_first_break(), m.tempo_second_break()][place] ?? m.tempo_a_later_break();
}
