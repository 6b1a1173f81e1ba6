/** Each participant's own table: who else sits there, and which authors they are. */
import type { Table } from '#shared/facilitation/state.ts';
import { tableOf } from '#shared/facilitation/tables.ts';
import type { AuthorKey, BoardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { TableView } from '#shared/wire/events.ts';
import type { Plenary } from '../app.ts';
import { createShared } from '../shared-reading.ts';
import type { StoredWorkshop } from '../store/workshops.ts';
import { ofRole, person, type OneSocket, type Sockets } from './addresses.ts';
import type { Soon } from './soon.ts';

/** In ms: a room that sits down is told in one pass. */
const TOGETHER = 300;

export interface Tables {
	/** After a change of the workshop's state: tells everybody, soon, where it is about tables. */
	state(workshop: StoredWorkshop): void;
	/** Authors or names are others now. */
	changed(workshop: WorkshopId): void;
	tell(socket: OneSocket): Promise<void>;
	forget(workshop: WorkshopId): void;
}

/** Everything of a workshop's people that tables are made of. */
interface Known {
	names: ReadonlyMap<ParticipantId, string>;
	authors: ReadonlyMap<ParticipantId, { board: BoardId; key: AuthorKey }[]>;
}

export function createTables(io: Sockets, app: Plenary, soon: Soon): Tables {
	/** As they were told last. */
	const told = new Map<WorkshopId, Table[]>();
	const { participants } = app.stores;

	const known = createShared(app.clock, async (workshop: WorkshopId): Promise<Known> => {
		const [people, all] = await Promise.all([
			participants.people(workshop),
			participants.authors(workshop)
		]);
		const authors = new Map<ParticipantId, { board: BoardId; key: AuthorKey }[]>();
		for (const { participant, board, key } of all) {
			const theirs = authors.get(participant) ?? [];
			theirs.push({ board, key });
			authors.set(participant, theirs);
		}
		return { names: new Map(people.map(({ id, name }) => [id, name])), authors };
	});

	async function tellAll(id: WorkshopId): Promise<void> {
		const read = await known.anew(id);
		const workshop = await app.stored.load(id);
		const tables = workshop?.state.tables ?? [];
		const seated = tables.flatMap(({ people }) => people);
		io.to(ofRole(id, 'participant')).except(seated.map(person)).emit('table:changed', null);
		if (!workshop) return;
		for (const table of tables)
			for (const one of table.people)
				io.to(person(one)).emit('table:changed', tableView(workshop, table, one, read));
	}

	const changed = (id: WorkshopId): void => soon.run(`tables/${id}`, TOGETHER, () => tellAll(id));

	return {
		state({ id, state: { tables } }) {
			if ((told.get(id) ?? null) === tables) return;
			if (tables) told.set(id, tables);
			else told.delete(id);
			changed(id);
		},
		changed: (id) => {
			if (told.has(id)) changed(id);
		},
		async tell(socket) {
			const { workshop: id, who } = socket.data;
			if (who.role !== 'participant') return;
			const split = (await app.stored.load(id))?.state.tables;
			const read = split ? await known.of(id) : null;
			// Told as it is now: what is told to all meanwhile is not older.
			const workshop = await app.stored.load(id);
			const tables = workshop?.state.tables ?? null;
			if (tables && !told.has(id)) told.set(id, tables);
			const table = tableOf(tables, who.participant);
			const view = workshop && table && read && tableView(workshop, table, who.participant, read);
			socket.emit('table:changed', view || null);
		},
		forget: (id) => void told.delete(id)
	};
}

/**
 * One person's. On an anonymous board authors are nobody's: which of them sit at one table would
 * tell who may have written what.
 */
function tableView(
	{ state }: StoredWorkshop,
	{ id, name, people }: Table,
	me: ParticipantId,
	{ names, authors }: Known
): TableView {
	const others = people.filter((one) => one !== me);
	const named = state.boards.filter(({ anonymous }) => !anonymous);
	const at = (board: BoardId) =>
		people.flatMap((one) =>
			(authors.get(one) ?? []).flatMap((author) => (author.board === board ? [author.key] : []))
		);
	return {
		id,
		name,
		people: people.length,
		names: state.anonymous ? [] : others.map((one) => names.get(one) ?? '').filter(Boolean),
		authors: Object.fromEntries(named.map((board) => [board.id, at(board.id)]))
	};
}
