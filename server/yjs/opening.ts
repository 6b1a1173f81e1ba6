/** A board's documents from what is kept of them, and what of that could not be read. */
import { forwards, GRACE } from '#shared/facilitation/phases.ts';
import type { BoardId } from '#shared/ids.ts';
import type { Broken, StoredBoard } from '#server/store/updates.ts';
import { Documents } from './documents.ts';
import { sizeOf, weightOf, type KeptLog } from './compaction.ts';
import type { Room } from './room.ts';
import type { RoomDeps } from './rooms.ts';

interface Opened {
	documents: Documents;
	epoch: string;
	last: number;
	log: KeptLog;
}

/** Sets aside what is damaged, and says so. The rest opens; an empty board it is only where it was one. */
export async function openDocuments(
	board: BoardId,
	stored: StoredBoard,
	deps: RoomDeps
): Promise<Opened> {
	const { documents, base, poisoned, waited } = Documents.load(stored);
	const broken = find(stored, base?.seq ?? null, poisoned);
	const { lost, rows, snapshots } = broken;
	const epoch = lost ? deps.ids() : stored.epoch;
	if (rows.length + snapshots.length > 0) {
		const what = lost
			? 'rows or snapshots of the log are damaged, and set aside: words are missing'
			: 'a snapshot of the log is damaged, and set aside: all that was in it is still there';
		deps.log.error({ board, rows, snapshots }, what);
		const aside: Broken = { rows, snapshots, epoch: lost ? epoch : null, waiting: lost && waited };
		await deps.updates.setAside(board, aside, deps.clock.now());
	}
	const kept = stored.snapshots.map(({ seq }) => seq).filter((seq) => !snapshots.includes(seq));
	const since = stored.rows.filter(({ seq }) => seq > (base?.seq ?? 0));
	return {
		documents,
		epoch,
		last: stored.last,
		log: {
			snapshots: kept.toReversed(),
			size: base ? sizeOf(base) : 0,
			since: since.reduce((sum, row) => sum + weightOf(row), 0),
			owed: snapshots.length > 0
		}
	};
}

/** What a server that stopped in the midst of a change of phase did not come to. */
export function takeUp({ facts, documents, saving, deps }: Room): void {
	const { state } = facts;
	const until = state.closing?.forwarded ? state.closing.at + GRACE : -Infinity;
	const all = forwards(state, deps.clock.now());
	for (const { key, held, heldSince } of documents.notebooks.values())
		if (held && (all || (heldSince !== null && heldSince <= until)))
			saving.current.forward.add(key);
	saving.touch();
}

/** The rows before the older snapshot are not there, and nobody misses them while one can be read. */
function find(
	stored: StoredBoard,
	base: number | null,
	poisoned: { rows: number[]; snapshots: number[] }
): { rows: number[]; snapshots: number[]; lost: boolean } {
	const snapshots = [...stored.damagedSnapshots, ...poisoned.snapshots];
	const hadSnapshots = snapshots.length + stored.aside.snapshots.size > 0;
	const begins = hadSnapshots ? (stored.rows[0]?.seq ?? stored.last + 1) : 1;
	const from = base ?? begins - 1;
	const there = new Set(stored.rows.map(({ seq }) => seq));
	const rows = [...poisoned.rows];
	for (let seq = from + 1; seq <= stored.last; seq++)
		if (!there.has(seq) && !stored.aside.rows.has(seq)) rows.push(seq);
	const isBaseless = base === null && from > 0 && snapshots.length > 0;
	return { rows, snapshots, lost: rows.length > 0 || isBaseless };
}
