/**
 * A workshop that comes as a file: read and made in a thread of its own, written a piece at a time and
 * there for nobody until it is whole. It belongs to who brings it, is closed, and has a code of its own.
 */
import type { Logger } from 'pino';
import type { Clock } from '#shared/clock.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { refuse, type Refusal } from '#shared/refusals.ts';
import type { Account } from '#server/app.ts';
import { freshCode } from '#server/doors/codes.ts';
import { newSecret } from '#server/doors/secrets.ts';
import type { Asked, Told } from '#server/imports/import-worker.ts';
import { createReading, type Reading } from '#server/imports/reading.ts';
import type { Queues } from '#server/queues.ts';
import type { Imported, ImportStore } from '#server/store/imports.ts';
import { isThere } from '#server/store/rejection.ts';
import type { WorkshopStore } from '#server/store/workshops.ts';
import type { Audit } from './audit.ts';
import { pastRecall, type Retention } from './retention.ts';
import type { StoredWorkshops } from './stored-workshops.ts';

/** `where`: a place in the file, as `boards.0.cards.3.fields`; '' is the whole of it. */
interface ImportRefusal extends Refusal {
	where?: string;
}

export interface Imports {
	/** A place for one file of theirs, to be given back; null while they, or too many, bring one. */
	enter(account: Account): (() => void) | null;
	/** Makes a workshop of a file's bytes. It is theirs, and closed. */
	workshop(
		account: Account,
		bytes: Uint8Array,
		gone?: AbortSignal
	): Promise<{ id: WorkshopId } | ImportRefusal>;
}

interface ImportingDeps {
	imports: ImportStore;
	store: WorkshopStore;
	workshops: Pick<StoredWorkshops, 'forget'>;
	retention: Pick<Retention, 'resume'>;
	queues: Queues;
	audit: Audit;
	clock: Clock;
	log: Logger;
}

/** Files are held in memory while they come and are read: one a person, and so many in all. */
const AT_ONCE = 4;

/** Somebody else took the id or the code in between: once more, and not for ever. */
const TRIES = 3;

export function createImporting(deps: ImportingDeps): Imports & { stop(): Promise<void> } {
	const { imports, store, workshops, retention, queues, audit, clock, log } = deps;
	const inside = new Set<string>();
	const readings = new Set<Reading>();

	async function write(imported: Imported, account: Account): Promise<boolean> {
		const { id } = imported.workshop;
		const deed = { workshop: id, account: account.id, deed: 'imported', about: {} } as const;
		const owned = {
			ownerId: account.id,
			code: await freshCode(store, clock.now()),
			screenSecret: newSecret(),
			deletedAt: pastRecall(clock.now()),
			audit: audit.row(deed)
		};
		try {
			// Retention, which takes away what is deleted, waits in the same queue.
			await queues.run(id, () => imports.add(imported, owned));
			workshops.forget(id);
			return true;
		} catch (error) {
			await retention.resume();
			if (isThere(error)) return false;
			throw error;
		}
	}

	async function bring(
		reading: Reading,
		account: Account,
		bytes: Uint8Array
	): Promise<{ id: string } | ImportRefusal> {
		const ask = (asked: Asked): Promise<Told | null> => reading.ask(asked);
		const read = await ask({ ask: 'read', bytes });
		if (!read) return refuse('server-fault');
		if ('wrong' in read) return read.wrong;
		if (!('ids' in read)) return refuse('server-fault');
		for (let tries = 0; tries < TRIES; tries++) {
			const anew = await imports.areTaken(read.ids);
			const made = await ask({ ask: 'make', now: clock.now(), anew });
			if (!made || !('imported' in made)) return refuse('server-fault');
			if (await write(made.imported, account)) return { id: made.imported.workshop.id };
		}
		return refuse('try-again');
	}

	return {
		enter({ id }) {
			if (inside.has(id) || inside.size >= AT_ONCE) return null;
			inside.add(id);
			return () => void inside.delete(id);
		},
		async workshop(account, bytes, gone) {
			const failed = (why: unknown) => log.error({ err: why }, 'a file could not be read');
			const reading = createReading({ clock, failed });
			readings.add(reading);
			const leave = () => void reading.end();
			gone?.addEventListener('abort', leave);
			try {
				const brought = await bring(reading, account, bytes);
				const outcome = 'refused' in brought ? brought.refused : 'ok';
				const id = 'id' in brought ? { workshop: brought.id } : {};
				log.info({ ...id, account: account.id, bytes: bytes.byteLength, outcome }, 'import');
				return brought;
			} finally {
				gone?.removeEventListener('abort', leave);
				readings.delete(reading);
				await reading.end();
			}
		},
		async stop() {
			await Promise.all([...readings].map((reading) => reading.end()));
		}
	};
}
