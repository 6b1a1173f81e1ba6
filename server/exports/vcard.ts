/**
 * An address book (vCard 4.0) of whom a workshop named: the cards of columns that an exercise marks
 * as contacts. One entry each, also where several people named the same; every author's words are
 * in its note.
 */
import ICAL from 'ical.js';
import { namesNobody } from '#shared/earlier.ts';
import { fieldsOf, type Exercise } from '#shared/exercises/format.ts';
import { normalised, readableValue } from '#shared/exercises/views/cards.ts';
import { cardRows, type CardRow } from './card-rows.ts';
import type { BoardInput, ExportInput } from './input.ts';
import { leftOut } from './left-out.ts';
import { clean } from './text.ts';
import type { Words } from './words.ts';

/** The lines of a file are 75 octets at most, with the space that begins one that goes on. */
ICAL.foldLength = 74;

/** A card that names somebody, and what it says of them. */
interface Mention {
	row: CardRow;
	board: BoardInput;
	kind: NonNullable<Exercise['columns'][number]['contact']>;
	name: string;
	/** Kind and name, however the name is written. */
	called: string;
	/** ISO code; empty where it says none. */
	country: string;
	town: string;
	/** As typed. */
	reach: string;
	link: string;
}

export function vcardOf(input: ExportInput, boards: BoardInput[], words: Words): Uint8Array {
	const contacts = merged(boards.flatMap((board) => mentionsOf(board, words)));
	const left = leftOut(input, boards, words, 'vcf').join(' ');
	const cards = contacts.map((mentions, i) => vcard(mentions, words, i === 0 ? left : null));
	return new TextEncoder().encode(cards.map((card) => `${card}\r\n`).join(''));
}

function mentionsOf(board: BoardInput, words: Words): Mention[] {
	const { exercise } = board.contents;
	return cardRows(board, words).flatMap((row) => {
		const { card } = row;
		const kind = exercise.columns.find(({ id }) => id === card.column)?.contact;
		const name = clean(row.text).replace(/\s+/gu, ' ').trim();
		if (!kind || name === '' || namesNobody(board.contents.sources?.[card.id])) return [];
		const fields = fieldsOf(exercise, card.column);
		const of = (id: string | undefined) => {
			const value = id === undefined ? undefined : card.fields[id];
			return typeof value === 'string' ? clean(value).trim() : '';
		};
		return {
			row,
			board,
			kind,
			name,
			called: `${kind} ${normalised(name)}`,
			country: of(fields.find(({ type }) => type === 'country')?.id),
			town: of(fields.find(({ contact }) => contact === 'town')?.id),
			reach: of(fields.find(({ contact }) => contact === 'reach')?.id),
			link: of(fields.find(({ type }) => type === 'link')?.id)
		};
	});
}

/**
 * One list a contact: the same name in the same country, or what the room grouped as the same. A
 * mention without a country belongs to the only one that has that name.
 */
function merged(mentions: Mention[]): Mention[][] {
	const countries = new Map<string, Set<string>>();
	for (const { called, country } of mentions)
		countries.set(called, (countries.get(called) ?? new Set()).add(country));
	function keysOf(one: Mention): string[] {
		const known = [...countries.get(one.called)!].filter((country) => country !== '');
		const country = one.country || (known.length === 1 ? known[0]! : '');
		const { card } = one.row;
		const groups = one.board.contents.board.groups;
		const same = groups.find(({ id, kind }) => id === card.group && kind === 'same');
		return [`${one.called} ${country}`, ...(same ? [`same ${same.id}`] : [])];
	}

	const contacts = new Map<string, Mention[]>();
	for (const one of mentions) {
		const keys = keysOf(one);
		const [contact = [], ...others] = new Set(keys.flatMap((key) => [contacts.get(key) ?? []]));
		contact.push(...others.flat(), one);
		for (const key of [...keys, ...others.flat().flatMap(keysOf)]) contacts.set(key, contact);
	}
	return [...new Set(contacts.values())];
}

/** A property of jCard: its name, parameters, type and value. */
type Property = [string, Record<string, string>, string, ...(string | string[])[]];

function vcard(mentions: Mention[], words: Words, left: string | null): string {
	const first = mentions[0]!;
	const all = (of: (one: Mention) => string) => [
		...new Set(mentions.map(of).filter((value) => value !== ''))
	];
	const languages = all(({ row }) => clean(row.card.language ?? ''));
	const tongue: Record<string, string> =
		languages.length === 1 && /^[a-z]{2,3}(-[a-z\d]{1,8})*$/i.test(languages[0]!)
			? { language: languages[0]! }
			: {};
	const country = first.board.contents.countryName;
	const places = all((one) => (one.town || one.country ? `${one.town}\n${one.country}` : ''));
	const note = mentions.map((one) => noteOf(one, first.name, words)).join('\n\n');
	const properties: Property[] = [
		['version', {}, 'text', '4.0'],
		['prodid', {}, 'text', '-//Plenary//Plenary//EN'],
		// The same from download to download, also where further people name the contact afterwards.
		['uid', {}, 'text', `plenary-${first.row.card.id}`],
		['kind', {}, 'text', first.kind === 'person' ? 'individual' : 'org'],
		['fn', tongue, 'text', first.name],
		...(first.kind === 'person' ? [] : [['org', {}, 'text', first.name] as Property]),
		...places.map((place): Property => {
			const [town, code] = place.split('\n') as [string, string];
			return ['adr', {}, 'text', ['', '', '', town, '', '', code && country(code)]];
		}),
		...all(({ link }) => addressOf(link)).map((link): Property => ['url', {}, 'uri', link]),
		...all(({ reach }) => reach).flatMap(reachOf),
		['categories', {}, 'text', ...all(({ row }) => row.column)],
		['note', tongue, 'text', note],
		...(left === null ? [] : [['x-plenary-left-out', {}, 'text', left] as Property])
	];
	return ICAL.stringify.component(['vcard', properties, []], ICAL.design.vcard);
}

/**
 * Addresses and numbers within what says how to reach somebody; all of it stands in the note. Each run
 * of letters is looked at once: a long one without an `@` would else take its length's square.
 */
function reachOf(reach: string): Property[] {
	const emails = reach.match(/(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/g) ?? [];
	const numbers = reach.match(/(?<![\w@.])\+?\(?\d[\d ()./-]{5,}\d(?![\w@])/g) ?? [];
	return [
		...emails.map((email): Property => ['email', {}, 'text', email]),
		...numbers.map((number): Property => ['tel', {}, 'text', number])
	];
}

/** An address of the web that is one, so written that nothing in it needs to be escaped; else empty. */
function addressOf(link: string): string {
	if (!/^https?:\/\//i.test(link) || !URL.canParse(link)) return '';
	return new URL(link).href.replace(/[,;\\]/g, encodeURIComponent);
}

/** Who said what of it, and where: whatever has no property of its own. `name`: what it is called. */
function noteOf({ row, board, link }: Mention, name: string, words: Words): string {
	const { contents, state } = board;
	const told = fieldsOf(contents.exercise, row.card.column).flatMap((field) => {
		if (field.main || field.type === 'country' || field.contact === 'town') return [];
		if (field.type === 'link' && addressOf(link) !== '') return [];
		const value = readableValue(row.card.fields[field.id], field, contents, words.view);
		const scale = field.type === 'scale' && value !== '' ? `${value} / 5` : value;
		return scale === '' ? [] : [`${field.title}: ${scale}`];
	});
	const head = row.author ? `${row.author} (${state.title}):` : `${state.title}:`;
	return [
		head,
		...(clean(row.text) === name ? [] : [row.text]),
		...told,
		...(row.answered ? [`${words.say('export_answers')}: ${row.answered.text}`] : []),
		...(row.isFor ? [`${words.say('export_for')}: ${row.isFor.text}`] : []),
		...(row.comments === '' ? [] : [row.comments])
	]
		.map(clean)
		.join('\n');
}
