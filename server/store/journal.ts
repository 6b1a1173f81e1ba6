/** The journal of commands: one that has been applied is answered again, never applied again. */
import { and, eq, lt } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import { commands } from '#server/db/schema.ts';
import { writeAudit, type AuditRow } from './audit.ts';
import type { Outcome } from '#shared/wire/events.ts';

/** What is written of a command, in the transaction that carries it out. */
export interface JournalEntry {
	workshopId: string;
	/** Whoever gave it, and its own id: nobody is answered with another person's command. */
	id: string;
	outcome: Outcome;
	at: number;
	/** The command's line in the audit list, where it has one. */
	audit?: AuditRow;
}

export type Writer = Pick<Database, 'insert' | 'update' | 'delete' | 'select'>;

export const journalId = (holder: string, id: string): string => `${holder}/${id}`;

/** The command was carried out by somebody else meanwhile: this transaction must not be another time. */
export class AlreadyApplied extends Error {}

/** Where the journal has the command, what the transaction did besides is undone. */
export async function writeJournal(tx: Writer, { audit, ...entry }: JournalEntry): Promise<void> {
	const written = await tx
		.insert(commands)
		.values(entry)
		.onConflictDoNothing()
		.returning({ id: commands.id });
	if (written.length === 0) throw new AlreadyApplied(entry.id);
	if (audit) await writeAudit(tx, audit);
}

export type JournalStore = ReturnType<typeof createJournalStore>;

export function createJournalStore(db: Database) {
	return {
		async find(workshopId: string, id: string): Promise<Outcome | null> {
			const found = await db
				.select({ outcome: commands.outcome })
				.from(commands)
				.where(and(eq(commands.workshopId, workshopId), eq(commands.id, id)));
			return (found[0]?.outcome as Outcome | undefined) ?? null;
		},
		write: (entry: JournalEntry): Promise<void> => db.transaction((tx) => writeJournal(tx, entry)),
		/** Commands from before this time. */
		async forgetBefore(time: number): Promise<void> {
			await db.delete(commands).where(lt(commands.at, time));
		}
	};
}
