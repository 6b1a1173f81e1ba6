/** Who sits where, in words. */
import type { TableView } from '#shared/wire/events.ts';
import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';

/** "Ben, Chidi and Olena". */
const namesTogether = (names: readonly string[]): string =>
	new Intl.ListFormat(getLocale(), { type: 'conjunction' }).format(names);

/** "Table 3, with Ben and Olena"; where nobody has a name, how many they are. */
export function atTableWords({ name, names, people }: TableView): string {
	if (people < 2) return m.tables_yours_alone({ table: name });
	return names.length > 0
		? m.tables_yours_with({ table: name, names: namesTogether(names) })
		: m.tables_yours_people({ table: name, count: people });
}

/** "6 tables, 24 people". */
export const tablesCounted = (tables: number, people: number): string =>
	m.tables_counted({
		tables: m.tables_count({ count: tables }),
		people: m.tables_people({ count: people })
	});
