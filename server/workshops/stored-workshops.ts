/**
 * Workshops in memory. This process is their only writer, so what is here is what the database has:
 * a change is committed first and then put here. What is kept are promises, so that a load that
 * began before a commit can never overwrite it afterwards.
 */
import * as v from 'valibot';
import { idSchema, type BoardId, type WorkshopId } from '#shared/ids.ts';
import type { StoredWorkshop, WorkshopStore } from '#server/store/workshops.ts';
import type { BoardFacts } from '#server/yjs/ports.ts';

const KEPT = 500;

/** As far as everything counts on it: whatever lacks this was not written by `step`. */
const stateSchema = v.looseObject({
	status: v.string(),
	title: v.string(),
	agenda: v.array(v.looseObject({ kind: v.string() })),
	boards: v.array(
		v.looseObject({
			id: idSchema,
			phase: v.string(),
			phases: v.array(v.looseObject({ phase: v.string() })),
			timer: v.looseObject({ kind: v.string() }),
			hidden: v.array(v.string())
		})
	),
	live: v.nullable(idSchema)
});

/** Whether what the database has of a workshop is one. A row that is damaged concerns nobody else. */
export const isWhole = ({ state }: StoredWorkshop): boolean => v.is(stateSchema, state);

function orThrow(workshop: StoredWorkshop | null): StoredWorkshop | null {
	// Never taken for an empty one, nor written over: it can be mended, or put back from a backup.
	if (workshop && !isWhole(workshop)) throw new Error(`Workshop ${workshop.id} is damaged`);
	return workshop;
}

/** Whatever stands in an address comes here; a database takes no NUL, and need not be asked. */
const isId = (typed: string): boolean => v.is(idSchema, typed);

export interface StoredWorkshops {
	load(id: WorkshopId): Promise<StoredWorkshop | null>;
	ofBoard(board: BoardId): Promise<WorkshopId | null>;
	byCode(code: string): Promise<StoredWorkshop | null>;
	/** After the change was committed. */
	replace(workshop: StoredWorkshop): void;
	forget(id: WorkshopId): void;
	/** What a board's room has to know. */
	facts(board: BoardId): Promise<BoardFacts | null>;
}

/** From the moment on in which it is deleted, a workshop is not there: for nobody. */
const unlessDeleted = (workshop: StoredWorkshop | null): StoredWorkshop | null =>
	workshop?.deletedAt === null ? workshop : null;

export function createStoredWorkshops(store: WorkshopStore): StoredWorkshops {
	const kept = new Map<WorkshopId, Promise<StoredWorkshop | null>>();
	const homes = new Map<BoardId, WorkshopId>();

	function keep(id: WorkshopId, workshop: Promise<StoredWorkshop | null>): void {
		kept.delete(id);
		kept.set(id, workshop);
		for (const oldest of kept.keys()) {
			if (kept.size <= KEPT) break;
			kept.delete(oldest);
		}
	}

	async function load(id: WorkshopId): Promise<StoredWorkshop | null> {
		const known = kept.get(id);
		if (known) return known;
		if (!isId(id)) return null;
		const loading = store.byId(id).then(unlessDeleted).then(orThrow);
		keep(id, loading);
		try {
			const workshop = await loading;
			if (workshop === null && kept.get(id) === loading) kept.delete(id);
			return workshop;
		} catch (error) {
			if (kept.get(id) === loading) kept.delete(id);
			throw error;
		}
	}

	async function ofBoard(board: BoardId): Promise<WorkshopId | null> {
		if (!isId(board)) return null;
		const home = homes.get(board) ?? (await store.workshopOf(board));
		if (home === null || (await load(home)) === null) return null;
		homes.set(board, home);
		return home;
	}

	return {
		load,
		ofBoard,
		async byCode(code) {
			const id = await store.idOfCode(code);
			return id === null ? null : load(id);
		},
		replace: (workshop) => keep(workshop.id, Promise.resolve(workshop)),
		forget(id) {
			kept.delete(id);
			for (const [board, home] of homes) if (home === id) homes.delete(board);
		},
		async facts(board) {
			const row = await store.board(board);
			const workshop = row && (await load(row.workshopId));
			const state = workshop?.state.boards.find((one) => one.id === board);
			if (!row || !workshop || !state) return null;
			return {
				workshop: workshop.id,
				status: workshop.state.status,
				exercise: row.exercise,
				state,
				epoch: row.epoch
			};
		}
	};
}
