/**
 * What several workshops have together, as a page shows it and as files: whom people named, or one
 * exercise compared. It runs in the worker; the server's own thread knows its types alone.
 */
import {
	mentionsOf,
	mergedContacts,
	wantedContacts,
	type Contact,
	type ContactsView,
	type Origin,
	type Wanted
} from '#shared/across/contacts.ts';
import {
	compare,
	divisionsOf,
	questionsOf,
	returningIn,
	type AcrossView,
	type CompareWords,
	type Source
} from '#shared/across/compare.ts';
import type { Language, WorkshopId } from '#shared/ids.ts';
import type { BoardInput, ExportInput } from './input.ts';
import { wordsIn, type Words } from './words.ts';

/** A workshop, and what was read of it. */
export interface AcrossWorkshop {
	origin: Origin;
	input: ExportInput;
}

/** One board, and the workshop that it is of. */
interface AcrossBoard {
	workshop: Origin;
	input: ExportInput;
	board: BoardInput;
}

/** What is looked for. */
export type AcrossAsked =
	({ of: 'contacts' } & Wanted) | { of: 'answers'; question: string; by: string };
/** `view`: JSON of `Seen`. */
export type AcrossForm = 'view' | 'csv' | 'xlsx' | 'vcf';
export interface AcrossOrder {
	asked: AcrossAsked;
	form: AcrossForm;
	language: Language;
}

/** What a page shows, without what is known before boards are read. */
export interface Seen {
	view: Omit<ContactsView, 'cut'> | Omit<AcrossView, 'exercises' | 'exercise' | 'cut'>;
	/** Those that a file of the same has something of. */
	workshops: WorkshopId[];
}

/** Contacts that a page shows; all of them are in the files. */
const MOST_CONTACTS = 200;
/** What comes back, likewise. */
const MOST_RETURNING = 50;

/** Null where there is no such form. */
export function acrossOf(
	{ asked, form, language }: AcrossOrder,
	boards: AcrossBoard[]
): Promise<Uint8Array | null> {
	const words = wordsIn(language);
	if (asked.of === 'answers') return answersAs(form, asked, boards, words);
	const { of: _, ...wanted } = asked;
	return contactsAs(form, wanted, boards, words);
}

async function contactsAs(
	form: AcrossForm,
	wanted: Wanted,
	boards: AcrossBoard[],
	words: Words
): Promise<Uint8Array> {
	const all = mergedContacts(
		boards.flatMap(({ workshop, board }) =>
			mentionsOf(workshop, board.id, board.contents, words.view)
		)
	);
	const contacts = wantedContacts(all, wanted);
	switch (form) {
		case 'view':
			return json(contactsSeen(all, contacts, wanted));
		case 'csv':
			return (await import('./contacts.ts')).contactsCsv(contacts, words);
		case 'xlsx':
			return (await import('./contacts.ts')).contactsXlsx(contacts, words);
		case 'vcf':
			return addressBook(boards, contacts, words);
	}
}

function contactsSeen(all: Contact[], contacts: Contact[], wanted: Wanted): Seen {
	const mentions = all.flatMap((contact) => contact.mentions);
	return {
		view: {
			wanted,
			contacts: contacts.slice(0, MOST_CONTACTS),
			found: contacts.length,
			all: all.length,
			countries: [...new Set(mentions.map(({ country }) => country).filter(Boolean))],
			workshops: originsOf(mentions.map(({ workshop }) => workshop))
		},
		workshops: idsOf(contacts.flatMap((one) => one.mentions.map(({ workshop }) => workshop)))
	};
}

/** Each once, the newest first. */
const originsOf = (all: Origin[]): Origin[] =>
	[...new Map(all.map((one) => [one.id, one])).values()].sort((a, b) => b.at - a.at);
const idsOf = (all: Origin[]): WorkshopId[] => [...new Set(all.map(({ id }) => id))];

/** As of one workshop that has all these cards; each note says from which one it really is. */
async function addressBook(
	boards: AcrossBoard[],
	contacts: Contact[],
	words: Words
): Promise<Uint8Array> {
	const [first] = boards;
	if (!first) return new Uint8Array();
	const cards = new Set(contacts.flatMap(({ mentions }) => mentions.map(({ card }) => card)));
	const named = boards.map(({ workshop, board }) => {
		const { contents, state } = board;
		const wanted = contents.board.cards.filter(({ id }) => cards.has(id));
		const shown = { ...contents.board, cards: wanted };
		return {
			...board,
			state: { ...state, title: `${workshop.title}, ${state.title}` },
			contents: { ...contents, board: shown },
			// What nobody looked for is not hidden.
			all: shown
		};
	});
	return (await import('./vcard.ts')).vcardOf({ ...first.input, boards: named }, named, words);
}

/** What is not asked for, or is not there, is the first that there is. */
async function answersAs(
	form: AcrossForm,
	asked: { question: string; by: string },
	boards: AcrossBoard[],
	words: Words
): Promise<Uint8Array | null> {
	const sources: Source[] = boards.map(({ workshop, board }) => ({
		workshop,
		contents: board.contents
	}));
	const newest = sources[0]?.contents.exercise;
	const saying = compareWords(words);
	const questions = newest ? questionsOf(newest, saying) : [];
	const question = chosen(questions, asked.question);
	const divisions = (newest ? divisionsOf(newest, saying) : []).filter(
		({ id }) => id !== question?.id
	);
	const by = chosen(divisions, asked.by);
	const comparison = question && by ? compare(sources, question, by, saying) : null;
	const returning = returningIn(sources);
	const compared = { sources, comparison, returning };
	switch (form) {
		case 'view':
			return json({
				view: { questions, divisions, comparison, returning: returning.slice(0, MOST_RETURNING) },
				workshops: idsOf(sources.map(({ workshop }) => workshop))
			} satisfies Seen);
		case 'csv':
			return (await import('./compared.ts')).comparedCsv(compared, words);
		case 'xlsx':
			return (await import('./compared.ts')).comparedXlsx(compared, words);
		case 'vcf':
			return null;
	}
}

/** The one with this id, else the first. */
const chosen = <T extends { id: string }>(all: T[], id: string): T | undefined =>
	all.find((one) => one.id === id) ?? all[0];

const compareWords = (words: Words): CompareWords => ({
	...words.view,
	workshop: words.say('export_col_workshop'),
	origin: ({ title, at }) => `${title}, ${words.day(at)}`,
	ownWords: words.say('export_across_own')
});

const json = (value: object): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
