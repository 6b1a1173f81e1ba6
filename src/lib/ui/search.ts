export interface SearchOption {
	id: string;
	title: string;
	/** A second line: what an SDG target says. Searched too. */
	note?: string;
	/** Offered before the others: it fits where it is asked. */
	first?: boolean;
}

/** Without case and accents: as it is looked for. */
export const folded = (text: string): string =>
	text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/**
 * The options that answer what was typed, best first: those that begin with it, then those in
 * which a word does, then those that hold it anywhere. Accents and case do not matter.
 */
export function searchOptions(options: SearchOption[], typed: string): SearchOption[] {
	const wanted = folded(typed.trim());
	if (wanted === '') return [...options].sort((a, b) => Number(!!b.first) - Number(!!a.first));
	const rank = (option: SearchOption): number => {
		const title = folded(option.title);
		if (title.startsWith(wanted)) return 0;
		if (title.includes(` ${wanted}`)) return 1;
		if (title.includes(wanted)) return 2;
		return option.note && folded(option.note).includes(wanted) ? 3 : -1;
	};
	return options
		.map((option) => ({ option, at: rank(option) }))
		.filter(({ at }) => at >= 0)
		.sort((a, b) => a.at - b.at)
		.map(({ option }) => option);
}
