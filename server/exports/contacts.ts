/**
 * Contacts of several workshops as files: a row each for spreadsheets, which has what all cards say
 * of them; an address book is `vcard.ts`'s.
 */
import { writeXlsx } from 'hucre/xlsx';
import type { Contact, Linked, Mention } from '#shared/across/contacts.ts';
import { countryName } from '#shared/exercises/countries.ts';
import { normalised } from '#shared/exercises/views/cards.ts';
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
	'cards',
	'answers',
	'answers_text',
	'for',
	'for_text'
] as const;
/** What a reader of the workbook is told in words alone. */
const IDS: ReadonlySet<string> = new Set(['answers', 'for']);

export const contactsCsv = (contacts: Contact[], words: Words): Uint8Array =>
	csvFile([
		[...COLUMNS],
		...contacts.map((contact) => cellsOf(contact, words).map((cell) => String(cell)))
	]);

export function contactsXlsx(contacts: Contact[], words: Words): Promise<Uint8Array> {
	const told = COLUMNS.flatMap((head, at) => (IDS.has(head) ? [] : [at]));
	const columns = told.map((at) => columnOf(COLUMNS[at]!, words));
	const name = words.say('export_contacts');
	const rows = contacts.map((contact) => {
		const cells = cellsOf(contact, words);
		return told.map((at) => cells[at]!);
	});
	const setting = { paper: 'a4', rightToLeft: words.language === 'ar' } as const;
	return writeXlsx({
		sheets: [sheetOf({ name, columns, rows }, setting)],
		// No time of its own: the same contacts give the same bytes.
		properties: { title: name, modified: new Date(0) }
	});
}

function columnOf(head: (typeof COLUMNS)[number], words: Words): Column {
	switch (head) {
		case 'cards':
			return { head: words.say('export_cards'), kind: 'number', width: 8 };
		case 'answers':
		case 'answers_text':
			return { head: words.say('export_answers'), kind: 'text', width: 40 };
		case 'for':
		case 'for_text':
			return { head: words.say('export_for'), kind: 'text', width: 40 };
		default: {
			const width = head === 'notes' ? 50 : 20;
			return { head: words.say(`export_contact_${head}`), kind: 'text', width };
		}
	}
}

/** In the order of `COLUMNS`. */
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
		all((one) =>
			[
				// What a room put together as the same may be called otherwise.
				...(normalised(one.name) === normalised(name) ? [] : [one.name]),
				...one.said.map(({ title, value }) => `${title}: ${value}`)
			].join('\n')
		),
		all(({ workshop }) => `${workshop.title}, ${words.day(workshop.at)}`),
		all(({ exercise }) => exercise),
		all(({ author }) => author),
		mentions.length,
		...linked(mentions.map(({ answers }) => answers)),
		...linked(mentions.map(({ isFor }) => isFor))
	];
}

/** Each card once: their ids, and on the same lines what they say. */
function linked(cards: (Linked | undefined)[]): [string, string] {
	const all = [...new Map(cards.flatMap((one) => (one ? [[one.id, one.text]] : []))).entries()];
	return [
		all.map(([id]) => id).join('\n'),
		all.map(([, text]) => text.replace(/\s+/gu, ' ').trim()).join('\n')
	];
}
