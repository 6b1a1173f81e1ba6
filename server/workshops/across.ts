/**
 * Over all workshops of somebody who facilitates: whom people named, and one exercise compared.
 * Everything revealed, nothing hidden, and of anonymous boards no names. What a page shows and every
 * file are made in the worker.
 */
import type { Logger } from 'pino';
import * as v from 'valibot';
import { comparedSchema, type AcrossView } from '#shared/across/compare.ts';
import { wantedSchema, type ContactsView } from '#shared/across/contacts.ts';
import { EXPORT_FORMATS } from '#shared/export-formats.ts';
import type { Language, WorkshopId } from '#shared/ids.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { Account, Asker, ExportFile } from '#server/app.ts';
import type { AcrossAsked, AcrossForm, AcrossWorkshop, Seen } from '#server/exports/across.ts';
import type { Exports } from '#server/exports/exports.ts';
import { fileName } from '#server/exports/file-name.ts';
import type { Limits } from '#server/doors/work-limits.ts';
import { wordsIn } from '#server/exports/words.ts';
import type { AcrossBoards } from './across-boards.ts';
import { askedAgain } from './asked-again.ts';
import type { Audit } from './audit.ts';

/** Over all workshops that somebody facilitates. `asked`: the query of the address. */
export interface Across {
	contacts(
		account: Account,
		asked: unknown,
		language: Language,
		asker?: Asker
	): Promise<ContactsView | Refusal>;
	contactsFile(
		account: Account,
		format: string,
		asked: unknown,
		language: Language,
		asker?: Asker
	): Promise<ExportFile | Refusal>;
	/** One exercise: how answers differ, and what comes back. */
	answers(
		account: Account,
		asked: unknown,
		language: Language,
		asker?: Asker
	): Promise<AcrossView | Refusal>;
	answersFile(
		account: Account,
		format: string,
		asked: unknown,
		language: Language,
		asker?: Asker
	): Promise<ExportFile | Refusal>;
}

interface AcrossDeps {
	boards: AcrossBoards;
	exports: Pick<Exports, 'across'>;
	audit: Audit;
	log: Logger;
	fileLimits: Limits;
}

/** Who asks, and how they want it told. */
interface By {
	account: Account;
	language: Language;
	asker: Asker | undefined;
}

/** What was read for somebody. `more`: what their page shows besides. */
interface Read {
	asked: AcrossAsked;
	workshops: AcrossWorkshop[];
	more: object;
}
type Reader = (account: Account, query: unknown) => Promise<Read>;

type FileForm = Exclude<AcrossForm, 'view'>;
const isFileForm = (format: string): format is FileForm => ['csv', 'xlsx', 'vcf'].includes(format);

export function createAcross(deps: AcrossDeps): Across {
	const { boards, exports, audit, log, fileLimits } = deps;

	async function contacts(account: Account, query: unknown): Promise<Read> {
		const { workshops, cut } = await boards.read(account, 'contacts', ({ columns }) =>
			columns.some(({ contact }) => contact)
		);
		const asked: AcrossAsked = { of: 'contacts', ...v.parse(wantedSchema, query) };
		return { asked, workshops, more: { cut } };
	}

	/** An exercise that is not asked for, or is not there, is the first that there is. */
	async function answers(account: Account, query: unknown): Promise<Read> {
		const { exercise: wanted, ...choice } = v.parse(comparedSchema, query);
		const exercises = await boards.exercises(account);
		const exercise = (exercises.find(({ id }) => id === wanted) ?? exercises[0])?.id ?? '';
		const { workshops, cut } = await boards.read(account, exercise, ({ id }) => id === exercise);
		return { asked: { of: 'answers', ...choice }, workshops, more: { exercises, exercise, cut } };
	}

	/** What the page shows, of which workshops that is, and how to have it in another form. */
	async function see({ account, language, asker }: By, read: Reader, query: unknown) {
		const { asked, workshops, more } = await read(account, query);
		const make = (form: AcrossForm) =>
			exports.across({ asked, language, form }, workshops, {
				person: account.id,
				gone: asker?.gone
			});
		const made = await make('view');
		if (isRefusal(made)) return made;
		const seen = JSON.parse(Buffer.from(made.body).toString()) as Seen;
		return { view: { ...seen.view, ...more }, workshops: seen.workshops, make };
	}

	/** Nothing of a workshop that was deleted, or that they left, while it was made. */
	function still<Made extends { workshops: WorkshopId[] }>(
		{ account, asker }: By,
		make: () => Promise<Made | Refusal>
	): Promise<Made | Refusal> {
		const ask = async (made?: Made) =>
			(await boards.facilitates(account, made?.workshops ?? [])) || refuse('try-again');
		return askedAgain(ask, make, asker);
	}

	async function page(by: By, read: Reader, query: unknown): Promise<object> {
		const seen = await still(by, () => see(by, read, query));
		return isRefusal(seen) ? seen : seen.view;
	}

	async function file(
		by: By,
		format: string,
		read: Reader,
		query: unknown
	): Promise<ExportFile | Refusal> {
		if (!isFileForm(format)) return refuse('unknown-format');
		const { id } = by.account;
		const made = await fileLimits.one(id, () =>
			still(by, async () => {
				const seen = await see(by, read, query);
				if (isRefusal(seen)) return seen;
				const file = await seen.make(format);
				return isRefusal(file) ? file : { ...file, workshops: seen.workshops };
			})
		);
		log.info({ account: id, format, outcome: isRefusal(made) ? made.refused : 'ok' }, 'export');
		if (isRefusal(made)) return made;
		const { workshops, ...rest } = made;
		for (const workshop of workshops)
			await audit.note({ workshop, account: id, deed: 'exported', about: { format } });
		const title = read === contacts ? 'export_contacts' : 'export_across';
		const filename = `${fileName(wordsIn(by.language).say(title))}.${format}`;
		return { ...rest, filename, contentType: EXPORT_FORMATS[format].type };
	}

	return {
		contacts: (account, query, language, asker) =>
			page({ account, language, asker }, contacts, query) as Promise<ContactsView | Refusal>,
		contactsFile: (account, format, query, language, asker) =>
			file({ account, language, asker }, format, contacts, query),
		answers: (account, query, language, asker) =>
			page({ account, language, asker }, answers, query) as Promise<AcrossView | Refusal>,
		answersFile: (account, format, query, language, asker) =>
			file({ account, language, asker }, format, answers, query)
	};
}
