/** What an export says in Plenary's own voice. The sentences are the interface's, from `messages/`. */
import english from '../../messages/en/exports.json' with { type: 'json' };
import type { ViewWords } from '#shared/exercises/views.ts';
import { REACTIONS, type Reactions } from '#shared/facilitation/reactions.ts';
import type { Language } from '#shared/ids.ts';

type Key = Exclude<keyof typeof english, '$schema'>;
type Counted = Extract<Key, `${string}_many`> extends `export_${infer Noun}_many` ? Noun : never;

/** The languages that have these words; the others are told in English. */
const MESSAGES: Partial<Record<Language, Record<Key, string>>> = { en: english };

export interface Words {
	/** The language that they are really in. */
	language: Language;
	say(key: Key, params?: Record<string, string | number>): string;
	/** "1 card", "12 cards". */
	count(noun: Counted, count: number): string;
	/** "4 agree · 1 asks"; null where nobody said anything. */
	reactions(said: Reactions | undefined): string | null;
	/** A day, written out. */
	day(at: number): string;
	/** A day as it was set (`2027-02-28`) written out; any other words as they are. */
	when(day: string): string;
	/** "Time, Money and Skills"; no more than a few, then how many others. */
	list(names: string[]): string;
	view: ViewWords;
}

/** As many names as a sentence bears. */
const NAMES = 6;

/** The words of a workshop's language. */
export function wordsIn(wanted: Language): Words {
	const language = MESSAGES[wanted] ? wanted : 'en';
	const messages: Record<Key, string> = MESSAGES[language] ?? english;
	const say: Words['say'] = (key, params = {}) =>
		messages[key].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? `{${name}}`));
	const count: Words['count'] = (noun, count) =>
		say(`export_${noun}_${count === 1 ? 'one' : 'many'}`, { count });
	const date = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
		dateStyle: 'long',
		timeZone: 'UTC'
	});
	const joined = new Intl.ListFormat(language, { type: 'conjunction' });
	return {
		language,
		say,
		count,
		reactions: (said = {}) =>
			REACTIONS.flatMap((one) => (said[one] ? [count(one, said[one])] : [])).join(' · ') || null,
		day: (at) => date.format(at),
		when: (day) =>
			/^\d{4}-\d\d-\d\d$/.test(day) && Date.parse(day) ? date.format(Date.parse(day)) : day,
		list: (names) =>
			joined.format(
				names.length <= NAMES + 1
					? names
					: [...names.slice(0, NAMES), count('others', names.length - NAMES)]
			),
		view: {
			without: (field) => say('export_view_without', { field }),
			ungrouped: say('export_view_ungrouped'),
			untitled: say('export_view_untitled'),
			unplaced: say('export_view_unplaced'),
			unmatched: say('export_view_unmatched'),
			goal: (number) => say('export_view_goal', { number }),
			gaps: say('export_view_gaps'),
			column: say('export_view_column'),
			covered: (people, columns, of) =>
				say('export_view_covered', { people: count('people', people), columns, of }),
			someone: say('export_view_someone')
		}
	};
}
