/**
 * Reactions, told: to whoever gave one their own at once, and to everybody how many there are of each
 * card that changed, what a roomful says in a moment together.
 */
import type { BoardId, CardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { Plenary } from '../app.ts';
import type { NewsItem } from '../news.ts';
import { createQueues } from '../queues.ts';
import { createShared } from '../shared-reading.ts';
import { byCard, counted } from '../store/reactions.ts';
import type { StoredWorkshop } from '../store/workshops.ts';
import { everyone, person, type OneSocket, type Sockets } from './addresses.ts';
import type { Soon } from './soon.ts';

export interface ReactionNews {
	changed(item: Extract<NewsItem, { kind: 'reactions' }>): void;
	/** Everything of a workshop, to who is there now. */
	tell(socket: OneSocket, workshop: StoredWorkshop): Promise<void>;
}

/** In ms. */
const TOGETHER = 300;

export function createReactionNews(io: Sockets, app: Plenary, soon: Soon): ReactionNews {
	const { reactions } = app.stores;
	/** What has changed since it was told. */
	const changed = new Map<BoardId, Set<CardId>>();
	/** A whole room that comes back at once is served by one reading. */
	const reading = createShared(app.clock, async (workshop: WorkshopId) => {
		const rows = await reactions.all(workshop);
		return {
			counts: counted(
				rows.map(({ boardId: board, cardId: card, reaction, count: people }) => ({
					board,
					card,
					reaction,
					people
				}))
			),
			byPerson: Map.groupBy(rows, ({ participantId }): ParticipantId => participantId)
		};
	});
	/** Read and told one after the other, of one workshop: the older never comes after the newer. */
	const inOrder = createQueues();

	async function tellChanged(workshop: WorkshopId, board: BoardId): Promise<void> {
		const cards = [...(changed.get(board) ?? [])];
		if (cards.length === 0) return;
		changed.delete(board);
		const now = await reactions.countsOf(board, cards);
		io.to(everyone(workshop)).emit('reactions:changed', board, now);
	}

	return {
		changed({ workshop, board, cards, own }) {
			reading.forget(workshop);
			if (own)
				void inOrder.run(workshop, async () => {
					io.to(person(own.participant)).emit('reactions:mine', board, own.mine);
				});
			changed.set(board, new Set([...(changed.get(board) ?? []), ...cards]));
			soon.run(`reactions/${board}`, TOGETHER, () =>
				inOrder.run(workshop, () => tellChanged(workshop, board))
			);
		},
		tell: (socket, { id, state }) =>
			inOrder.run(id, async () => {
				const { counts, byPerson } = await reading.of(id);
				const { who } = socket.data;
				const own = who.role === 'participant' ? (byPerson.get(who.participant) ?? []) : null;
				for (const { id: board } of state.boards) {
					socket.emit('reactions:told', board, counts.get(board) ?? {});
					if (!own) continue;
					const mine = byCard(own.filter(({ boardId }) => boardId === board));
					socket.emit('reactions:mine', board, mine);
				}
			})
	};
}
