/**
 * Contacts of several workshops as files: a row each for spreadsheets, which has what all cards say
 * of them; an address book is `vcard.ts`'s.
 */
import { writeXlsx } from 'hucre/xlsx';
import type { Contact, Mention } from '#shared/across/contacts.ts';
import { countryName } from '#shared/exercises/countries.ts';
import { csvFile } from './csv.ts';
import { sheetOf, type Column } from './sheet.ts';
import type { Words } from './words.ts';

/** A contract: docs/SPEC.md, AW. */
const COLUMNS = [
	'name',
	'kind',
	'columns',
	'country',
	'town',
	'contact',
	'link',
	'notes',
	'workshops',
	'exercises',
	'authors',
	'cards'
] as const;

export const contactsCsv = (contacts: Contact[], words: Words): Uint8Array =>
	csvFile([
		[...COLUMNS],
		...contacts.map((contact) => cellsOf(contact, words).map((cell) => String(cell)))
	]);

export function contactsXlsx(contacts: Contact[], words: Words): Promise<Uint8Array> {
	const columns = COLUMNS.map((head): Column =>
		head === 'cards'
			? { head: words.say('export_cards'), kind: 'number', width: 8 }
			: {
					head: words.say(`export_contact_${head}`),
					kind: 'text',
					width: head === 'notes' ? 50 : 20
				}
	);
	const name = words.say('export_contacts');
	const rows = contacts.map((contact) => cellsOf(contact, words));
	const setting = { paper: 'a4', rightToLeft: words.language === 'ar' } as const;
	return writeXlsx({
		sheets: [sheetOf({ name, columns, rows }, setting)],
		// No time of its own: the same contacts give the same bytes.
		properties: { title: name, modified: new Date(0) }
	});
}

function cellsOf({ name, kind, country, mentions }: Contact, words: Words): (string | number)[] {
	const all = (of: (one: Mention) => string | undefined) =>
		[...new Set(mentions.map((one) => of(one) ?? ''))].filter(Boolean).join('\n');
	return [
		name,
		words.say(`export_contact_${kind}`),
		all(({ column }) => column),
		country && countryName(country, words.language),
		all(({ town }) => town),
		all(({ reach }) => reach),
		all(({ link }) => link),
		all(({ said }) => said.map(({ title, value }) => `${title}: ${value}`).join('\n')),
		all(({ workshop }) => `${workshop.title}, ${words.day(workshop.at)}`),
		all(({ exercise }) => exercise),
		all(({ author }) => author),
		mentions.length
	];
}
