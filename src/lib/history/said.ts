/** What is said of moments and of what is otherwise between two of them. */
import type { Changes, MomentView } from '#shared/history.ts';
import { phaseName } from '$lib/facilitation/phase-name.ts';
import { m } from '$lib/paraglide/messages.js';
import { clockSeconds, clockTime } from '$lib/ui/clock-time.ts';

type Counted = [one: () => string, more: (said: { count: number }) => string];

const HAPPENED = {
	moved: [m.history_moved_one, m.history_moved],
	came: [m.history_came_one, m.history_came],
	gone: [m.history_gone_one, m.history_gone],
	groupsMade: [m.history_made_one, m.history_made],
	groupsGone: [m.history_apart_one, m.history_apart],
	groupsNamed: [m.history_named_one, m.history_named],
	hidden: [m.history_hidden_one, m.history_hidden],
	shown: [m.history_shown_one, m.history_shown]
} as const satisfies Record<keyof Changes, Counted>;

const WOULD = {
	moved: [m.history_will_moved_one, m.history_will_moved],
	came: [m.history_will_back_one, m.history_will_back],
	gone: [m.history_will_off_one, m.history_will_off],
	groupsMade: [m.history_will_groups_one, m.history_will_groups],
	groupsGone: [m.history_will_apart_one, m.history_will_apart],
	groupsNamed: [m.history_will_named_one, m.history_will_named],
	hidden: [m.history_will_hide_one, m.history_will_hide],
	shown: [m.history_will_show_one, m.history_will_show]
} as const satisfies Record<keyof Changes, Counted>;

export const counted = ([one, more]: Counted, count: number): string =>
	count === 1 ? one() : more({ count });

const said = (changes: Changes, words: Record<keyof Changes, Counted>): string[] =>
	(Object.keys(words) as (keyof Changes)[])
		.filter((kind) => changes[kind] > 0)
		.map((kind) => counted(words[kind], changes[kind]));

/** "4 cards moved", "1 group made": what happened up to a moment. */
export const happened = (changes: Changes): string[] => said(changes, HAPPENED);

/** What putting a board back would do. */
export const wouldHappen = (changes: Changes): string[] => said(changes, WOULD);

/** When each was, as clocks show it: with seconds where two are of one minute. */
export function timesOf(moments: readonly MomentView[], language: string): Map<number, string> {
	const minutes = new Map(moments.map(({ at }) => [at, clockTime(at, language)]));
	const often = new Map<string, number>();
	for (const minute of minutes.values()) often.set(minute, (often.get(minute) ?? 0) + 1);
	return new Map(
		[...minutes].map(([at, minute]) => [
			at,
			often.get(minute) === 1 ? minute : clockSeconds(at, language)
		])
	);
}

/** What a moment was: "Group begins", "in Group", "just before it was put back". */
export function momentSaid({ phase, why }: MomentView): string {
	if (why === 'restored') return m.history_before_restoring();
	return why === 'phase'
		? m.history_began({ phase: phaseName(phase) })
		: m.history_in({ phase: phaseName(phase) });
}
