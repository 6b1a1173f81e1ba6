/** How many cards stand under each heading, as bars: zeroes shown, what is left over hollow. */
import type { ViewSection } from '#shared/exercises/views.ts';
import type { Bar } from '#shared/summary/model.ts';
import type { Words } from '../words.ts';
import { said } from './items.ts';

/** `clothOf`: of the heading with this index; navy where it is not said. */
export function barsOf(
	sections: ViewSection[],
	clothAt: (index: number) => number = () => 1
): Bar[] {
	const longest = Math.max(1, ...sections.map(({ count }) => count));
	return sections.map(({ title, count, rest }, i) => ({
		label: said(title),
		count,
		share: count / longest,
		rest: rest ?? false,
		cloth: clothAt(i)
	}));
}

/** The bars in sentences: the longest, the shortest, how many are empty, and what is left over. */
export function altOfBars(bars: Bar[], words: Words): string {
	const named = bars.filter((bar) => !bar.rest && bar.count > 0);
	const empty = bars.filter((bar) => !bar.rest && bar.count === 0).map(({ label }) => label.text);
	const most = Math.max(...named.map(({ count }) => count));
	const least = Math.min(...named.map(({ count }) => count));
	const having = (count: number) => ({
		names: words.list(named.filter((bar) => bar.count === count).map(({ label }) => label.text)),
		count
	});
	return [
		words.say('export_alt_bars', { count: bars.length }),
		...(named.length > 0 ? [words.say('export_alt_longest', having(most))] : []),
		...(least < most ? [words.say('export_alt_shortest', having(least))] : []),
		...(empty.length > 0 ? [words.say('export_alt_empty', { names: words.list(empty) })] : []),
		...bars.filter(({ rest }) => rest).map(({ label, count }) => `${label.text}: ${count}.`)
	].join(' ');
}
