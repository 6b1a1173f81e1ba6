/**
 * Who was matched with whom, told to those who facilitate, and to each participant their own: of
 * somebody without a device to who keeps their seat. How to be reached is told to these alone.
 */
import type { ContactRow, MatchesRow } from '#server/store/matches.ts';
import { matchedGroups, matchedView } from '#server/workshops/telling.ts';
import { isFacilitator } from '#shared/facilitation/phases.ts';
import type { AuthorKey, BoardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { Plenary } from '../app.ts';
import { facilitatorsOf, ofRole, person, type OneSocket, type Sockets } from './addresses.ts';

/** Everything of a workshop's matches, whoever asks. */
export interface Matched {
	rows: MatchesRow[];
	contacts: ContactRow[];
	/** Each board's authors by participant. */
	authors: ReadonlyMap<BoardId, ReadonlyMap<ParticipantId, AuthorKey>>;
}

export async function readMatched(app: Plenary, workshop: WorkshopId): Promise<Matched> {
	const { matches, participants } = app.stores;
	const rows = await matches.of(workshop);
	if (rows.length === 0) return { rows, contacts: [], authors: new Map() };
	const [contacts, all] = await Promise.all([
		matches.contacts(workshop),
		participants.authors(workshop)
	]);
	const authors = new Map<BoardId, Map<ParticipantId, AuthorKey>>();
	for (const { board, participant, key } of all) {
		const known = authors.get(board) ?? new Map<ParticipantId, AuthorKey>();
		authors.set(board, known.set(participant, key));
	}
	return { rows, contacts, authors };
}

const viewOf = ({ contacts, authors }: Matched, row: MatchesRow, me: ParticipantId) =>
	matchedView(row, contacts, authors.get(row.boardId) ?? new Map(), me);

/** To one socket, as it comes. `kept`: whose seats its person keeps. */
export function tellMatched(socket: OneSocket, matched: Matched, kept: ParticipantId[]): void {
	const { who } = socket.data;
	for (const row of matched.rows) {
		if (isFacilitator(who.role)) socket.emit('matches:changed', row.boardId, matchedGroups(row));
		if (who.role === 'participant')
			socket.emit('matched:changed', row.boardId, viewOf(matched, row, who.participant));
		for (const seat of kept)
			socket.emit('matched:of', row.boardId, seat, viewOf(matched, row, seat));
	}
}

/** What of it a person's page has, or everybody's: those with nothing are told that, too. */
export async function tellMatches(
	io: Sockets,
	app: Plenary,
	workshop: WorkshopId,
	{ board, people }: { board?: BoardId | undefined; people?: ParticipantId[] },
	keepers: ReadonlyMap<ParticipantId, ParticipantId>
): Promise<void> {
	const matched = await readMatched(app, workshop);
	const contacted = matched.contacts.flatMap(({ fromId, toId }) => [fromId, toId]);
	for (const row of matched.rows) {
		if (board !== undefined && row.boardId !== board) continue;
		const grouped = row.groups.flatMap((group) => group.people.map((one) => one.participant));
		const concerned = people ?? [...new Set([...grouped, ...contacted])];
		if (!people) {
			io.to(facilitatorsOf(workshop)).emit('matches:changed', row.boardId, matchedGroups(row));
			io.to(ofRole(workshop, 'participant'))
				.except(concerned.map(person))
				.emit('matched:changed', row.boardId, { groups: [], contacts: [] });
		}
		for (const one of concerned)
			io.to(person(one)).emit('matched:changed', row.boardId, viewOf(matched, row, one));
		for (const [seat, keeper] of keepers)
			if (!people || people.includes(seat))
				io.to(person(keeper)).emit('matched:of', row.boardId, seat, viewOf(matched, row, seat));
	}
}
