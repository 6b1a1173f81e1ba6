/**
 * Over all workshops of somebody who facilitates: whom people named. Everything revealed, nothing
 * hidden, and of anonymous boards no names.
 */
import * as v from 'valibot';
import {
	mentionsOf,
	mergedContacts,
	wantedContacts,
	wantedSchema,
	type Contact,
	type Origin,
	type Wanted
} from '#shared/across/contacts.ts';
import type { ExportFormat } from '#shared/export-formats.ts';
import { refuse } from '#shared/refusals.ts';
import type { Account, App } from '#server/app.ts';
import { contactsCsv, contactsXlsx } from '#server/exports/contacts.ts';
import { vcardOf } from '#server/exports/vcard.ts';
import { wordsIn, type Words } from '#server/exports/words.ts';
import type { AcrossBoard, AcrossBoards } from './across-boards.ts';
import type { AcrossFiles } from './across-files.ts';

interface AcrossDeps {
	boards: AcrossBoards;
	files: AcrossFiles;
}

/** Contacts that a page shows; all of them are in the files. */
const MOST_SHOWN = 200;

interface Found {
	boards: AcrossBoard[];
	cut: boolean;
	all: Contact[];
	wanted: Wanted;
	contacts: Contact[];
}

export function createAcrossContacts(
	deps: AcrossDeps
): Pick<App['across'], 'contacts' | 'contactsFile'> {
	async function found(account: Account, asked: unknown, words: Words): Promise<Found> {
		const { boards, cut } = await deps.boards.read(account, 'contacts', ({ columns }) =>
			columns.some(({ contact }) => contact)
		);
		const wanted = v.parse(wantedSchema, asked);
		const all = mergedContacts(
			boards.flatMap(({ workshop, board }) =>
				mentionsOf(workshop, board.id, board.contents, words.view)
			)
		);
		return { boards, cut, all, wanted, contacts: wantedContacts(all, wanted) };
	}

	return {
		async contacts(account, asked, language) {
			const { all, cut, wanted, contacts } = await found(account, asked, wordsIn(language));
			const mentions = all.flatMap((contact) => contact.mentions);
			return {
				wanted,
				contacts: contacts.slice(0, MOST_SHOWN),
				found: contacts.length,
				all: all.length,
				countries: [...new Set(mentions.map(({ country }) => country).filter(Boolean))],
				workshops: originsOf(mentions.map(({ workshop }) => workshop)),
				cut
			};
		},
		async contactsFile(account, format, asked, language) {
			if (!isContactFormat(format)) return refuse('unknown-format');
			const words = wordsIn(language);
			return deps.files.take(account, words.say('export_contacts'), format, async () => {
				const { boards, contacts } = await found(account, asked, words);
				const mentions = contacts.flatMap((contact) => contact.mentions);
				const cards = new Set(mentions.map(({ card }) => card));
				const body = {
					csv: () => contactsCsv(contacts, words),
					xlsx: () => contactsXlsx(contacts, words),
					vcf: () => addressBook(boards, cards, words)
				}[format]();
				return { body: await body, workshops: mentions.map(({ workshop }) => workshop.id) };
			});
		}
	};
}

const CONTACT_FORMATS = ['csv', 'xlsx', 'vcf'] as const satisfies ExportFormat[];
type ContactFormat = (typeof CONTACT_FORMATS)[number];
const isContactFormat = (format: string): format is ContactFormat =>
	(CONTACT_FORMATS as readonly string[]).includes(format);

/** Each once, the newest first. */
const originsOf = (all: Origin[]): Origin[] =>
	[...new Map(all.map((one) => [one.id, one])).values()].sort((a, b) => b.at - a.at);

/** As of one workshop that has all these cards; each note says from which one it really is. */
function addressBook(boards: AcrossBoard[], cards: Set<string>, words: Words): Uint8Array {
	const [first] = boards;
	if (!first || cards.size === 0) return new Uint8Array();
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
	return vcardOf({ ...first.input, boards: named }, named, words);
}
