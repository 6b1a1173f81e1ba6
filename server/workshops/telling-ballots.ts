/** Whose votes have come back hear of it, and of somebody without a device, whoever votes for them. */
import type { BoardId, ParticipantId, WorkshopId } from '#shared/ids.ts';
import type { News } from '#server/news.ts';
import type { ParticipantStore } from '#server/store/participants.ts';

export async function tellBallots(
	{ participants, news }: { participants: Pick<ParticipantStore, 'byId'>; news: News },
	{ workshop, board, voters }: { workshop: WorkshopId; board: BoardId; voters: ParticipantId[] }
): Promise<void> {
	for (const participant of voters) {
		const row = await participants.byId(participant);
		const kept = row?.withoutDevice ? { keptBy: row.keptBy } : {};
		news.tell({ kind: 'ballot', workshop, board, participant, ...kept });
	}
}
