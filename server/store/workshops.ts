/** Workshops with their state, and the boards that they have started. */
import { and, count, desc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { Database } from '#server/db/connect.ts';
import {
	actions,
	boards,
	comments,
	formerStates,
	participants,
	reactions,
	retiredCodes,
	votes,
	workshops
} from '#server/db/schema.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import { completed } from '#shared/facilitation/beginnings.ts';
import type { WorkshopState } from '#shared/facilitation/state.ts';
import { seatedAt, tableOf } from '#shared/facilitation/tables.ts';
import { PAST } from '#shared/facilitation/undo.ts';
import type { BoardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import { writeAudit, type AuditRow } from './audit.ts';
import { writeJournal, type JournalEntry } from './journal.ts';
import { castIn, votesFor } from './votes.ts';

type WorkshopRow = typeof workshops.$inferSelect;
/** A workshop as the server holds it: without the notes, which are the facilitators' alone. */
export type StoredWorkshop = Omit<WorkshopRow, 'notes'>;
export type BoardRow = typeof boards.$inferSelect;
type FormerState = typeof formerStates.$inferSelect;

/** Everything that one facilitation command changes, in one transaction. */
export interface Change {
	workshop: WorkshopId;
	/** The version that it was decided on. */
	from: number;
	version: number;
	state: WorkshopState;
	journal?: JournalEntry;
	audit?: AuditRow;
	/** A new code; the old one is retired until then. */
	code?: { code: string; old: string; until: number };
	/** The board that it starts. */
	board?: BoardRow;
	/** Votes of one round that return to their owners. */
	votesBack?: { board: BoardId; round: number; targets: string[] };
	/** How it stood before, for undoing it. */
	former?: FormerState;
	/** The version that is undone; with it goes the board that it had started. */
	undoes?: { version: number; board?: BoardId };
}

/**
 * What became of a change: nothing, where somebody else has changed the workshop since, or somebody
 * has voted or written on the board that was to go.
 */
export type Committed = 'committed' | 'moved-on' | 'already-written';

const stored = {
	id: workshops.id,
	code: workshops.code,
	ownerId: workshops.ownerId,
	screenSecret: workshops.screenSecret,
	state: workshops.state,
	version: workshops.version,
	createdAt: workshops.createdAt,
	deletedAt: workshops.deletedAt,
	rehearsalOf: workshops.rehearsalOf
};

/** What an older version stored lacks what it did not know. One that is damaged is left as it is. */
const whole = (row: StoredWorkshop): StoredWorkshop =>
	Array.isArray(row.state?.boards) && Array.isArray(row.state.agenda)
		? { ...row, state: completed(row.state) }
		: row;

async function remember(tx: Pick<Database, 'insert' | 'delete'>, row: FormerState): Promise<void> {
	const { deed, at } = row;
	await tx
		.insert(formerStates)
		.values(row)
		.onConflictDoUpdate({
			target: [formerStates.workshopId, formerStates.version],
			set: { deed, state: row.state, at }
		});
	const { workshopId, version, state } = row;
	const oldest = state.past.slice(1 - PAST)[0]?.version ?? version;
	await tx
		.delete(formerStates)
		.where(and(eq(formerStates.workshopId, workshopId), lt(formerStates.version, oldest)));
}

async function forgetFormer(
	tx: Pick<Database, 'delete'>,
	workshop: WorkshopId,
	{ version, board }: NonNullable<Change['undoes']>
): Promise<void> {
	await tx
		.delete(formerStates)
		.where(and(eq(formerStates.workshopId, workshop), eq(formerStates.version, version)));
	if (board !== undefined) await tx.delete(boards).where(eq(boards.id, board));
}

/** The code is not given again until then. */
export async function retireCode(
	tx: Pick<Database, 'insert'>,
	code: string,
	until: number
): Promise<void> {
	await tx
		.insert(retiredCodes)
		.values({ code, until })
		.onConflictDoUpdate({ target: retiredCodes.code, set: { until } });
}

/** Nobody has voted, reacted, commented or written an action there. */
async function isUntouched(db: Pick<Database, 'select'>, board: BoardId): Promise<boolean> {
	for (const table of [votes, reactions, comments, actions]) {
		const of = eq(table.boardId, board);
		if ((await db.select({ board: table.boardId }).from(table).where(of).limit(1)).length > 0)
			return false;
	}
	return true;
}

export type WorkshopStore = ReturnType<typeof createWorkshopStore>;

export function createWorkshopStore(db: Database) {
	return {
		/** False where the code is in use. */
		async add(workshop: StoredWorkshop): Promise<boolean> {
			const added = await db
				.insert(workshops)
				.values(workshop)
				.onConflictDoNothing({ target: workshops.code })
				.returning({ id: workshops.id });
			return added.length > 0;
		},
		async byId(id: WorkshopId): Promise<StoredWorkshop | null> {
			const found = (await db.select(stored).from(workshops).where(eq(workshops.id, id)))[0];
			return found ? whole(found) : null;
		},
		async idOfCode(code: string): Promise<WorkshopId | null> {
			const found = await db
				.select({ id: workshops.id })
				.from(workshops)
				.where(eq(workshops.code, code));
			return found[0]?.id ?? null;
		},
		/** Whether no workshop has this code, nor had it so short a time ago that it is not given again. */
		async codeIsFree(code: string, now: number): Promise<boolean> {
			const retired = await db
				.select({ code: retiredCodes.code })
				.from(retiredCodes)
				.where(and(eq(retiredCodes.code, code), gt(retiredCodes.until, now)));
			return retired.length === 0 && (await this.idOfCode(code)) === null;
		},
		async byIds(ids: WorkshopId[]): Promise<StoredWorkshop[]> {
			if (ids.length === 0) return [];
			return (await db.select(stored).from(workshops).where(inArray(workshops.id, ids))).map(whole);
		},
		async ownedBy(ownerId: string): Promise<StoredWorkshop[]> {
			const owned = await db
				.select(stored)
				.from(workshops)
				.where(eq(workshops.ownerId, ownerId))
				.orderBy(desc(workshops.createdAt));
			return owned.map(whole);
		},
		/** Their rehearsals. */
		async rehearsalsOf(ids: WorkshopId[]): Promise<StoredWorkshop[]> {
			if (ids.length === 0) return [];
			const of = and(inArray(workshops.rehearsalOf, ids), isNull(workshops.deletedAt));
			return (await db.select(stored).from(workshops).where(of)).map(whole);
		},
		/** How a workshop stood before the command that led to this version. */
		async formerState(
			workshop: WorkshopId,
			version: number
		): Promise<Pick<FormerState, 'state' | 'at'> | null> {
			const found = await db
				.select({ state: formerStates.state, at: formerStates.at })
				.from(formerStates)
				.where(and(eq(formerStates.workshopId, workshop), eq(formerStates.version, version)));
			return found[0] ? { ...found[0], state: completed(found[0].state) } : null;
		},
		/** Somebody who has gone sits at no table either, were something taken back. */
		async unseatFormer(workshop: WorkshopId, person: ParticipantId): Promise<void> {
			await db.transaction(async (tx) => {
				const of = eq(formerStates.workshopId, workshop);
				for (const { version, state } of await tx.select().from(formerStates).where(of)) {
					if (!tableOf(state.tables ?? null, person)) continue;
					const tables = state.tables && seatedAt(state.tables, person, null);
					await tx
						.update(formerStates)
						.set({ state: { ...state, tables } })
						.where(and(of, eq(formerStates.version, version)));
				}
			});
		},
		/** Workshops in which a board is live, that collect, or are split: what a restart has to take up again. */
		async idsUnderWay(): Promise<WorkshopId[]> {
			const found = await db
				.select({ id: workshops.id })
				.from(workshops)
				.where(
					sql`${workshops.state}->>'live' is not null or ${workshops.state}->>'status' = 'collecting'
						or (${workshops.state}->>'status' = 'open' and ${workshops.state}->>'tables' is not null)`
				);
			return found.map(({ id }) => id);
		},
		/** People of each workshop; a facilitator's own seat is not one, nor is who was removed. */
		async people(ids: WorkshopId[]): Promise<Map<WorkshopId, number>> {
			if (ids.length === 0) return new Map();
			const counted = await db
				.select({ id: participants.workshopId, people: count() })
				.from(participants)
				.where(
					and(
						inArray(participants.workshopId, ids),
						isNull(participants.accountId),
						isNull(participants.removedAt)
					)
				)
				.groupBy(participants.workshopId);
			return new Map(counted.map(({ id, people }) => [id, people]));
		},
		async commit(change: Change): Promise<Committed> {
			return await db.transaction(async (tx) => {
				if (change.undoes?.board !== undefined) {
					const { board } = change.undoes;
					// What is just being cast or written there is committed before this, or finds no board.
					await tx.select({ id: boards.id }).from(boards).where(eq(boards.id, board)).for('update');
					if (!(await isUntouched(tx, board))) return 'already-written';
				}
				const changed = await tx
					.update(workshops)
					.set({
						state: change.state,
						version: change.version,
						...(change.code ? { code: change.code.code } : {})
					})
					.where(and(eq(workshops.id, change.workshop), eq(workshops.version, change.from)))
					.returning({ id: workshops.id });
				if (changed.length === 0) return 'moved-on';
				if (change.code) {
					const { old, until } = change.code;
					await retireCode(tx, old, until);
				}
				if (change.board) await tx.insert(boards).values(change.board);
				if (change.votesBack && change.votesBack.targets.length > 0) {
					const { board, round, targets } = change.votesBack;
					await tx.delete(votes).where(and(castIn({ id: board, round }), votesFor(targets)));
				}
				if (change.former) await remember(tx, change.former);
				if (change.undoes) await forgetFormer(tx, change.workshop, change.undoes);
				if (change.journal) await writeJournal(tx, change.journal);
				if (change.audit) await writeAudit(tx, change.audit);
				return 'committed';
			});
		},
		async notes(id: WorkshopId): Promise<string | null> {
			const found = await db
				.select({ notes: workshops.notes })
				.from(workshops)
				.where(eq(workshops.id, id));
			return found[0]?.notes ?? null;
		},
		/** False where something else than `base` stands there: then nothing is written. */
		async setNotes(id: WorkshopId, base: string, notes: string): Promise<boolean> {
			const set = await db
				.update(workshops)
				.set({ notes })
				.where(and(eq(workshops.id, id), eq(workshops.notes, base)))
				.returning({ id: workshops.id });
			return set.length > 0;
		},
		async remove(id: WorkshopId): Promise<void> {
			await db.delete(workshops).where(eq(workshops.id, id));
		},

		async board(id: BoardId): Promise<BoardRow | null> {
			return (await db.select().from(boards).where(eq(boards.id, id)))[0] ?? null;
		},
		isUntouched: (board: BoardId): Promise<boolean> => isUntouched(db, board),
		async workshopOf(board: BoardId): Promise<WorkshopId | null> {
			const found = await db
				.select({ workshop: boards.workshopId })
				.from(boards)
				.where(eq(boards.id, board));
			return found[0]?.workshop ?? null;
		},
		/** The exercises of a workshop's boards, as they were when each started. */
		async exercises(workshop: WorkshopId): Promise<{ id: BoardId; exercise: Exercise }[]> {
			return await db
				.select({ id: boards.id, exercise: boards.exercise })
				.from(boards)
				.where(eq(boards.workshopId, workshop));
		},
		/** The database answers. */
		async ping(): Promise<void> {
			await db.execute(sql`select 1`);
		}
	};
}
