/** How a board lies, read and set by the server: never what a card says. */
import { layOut, readLay, type Lay } from '#shared/doc/lay.ts';
import type { Room } from './room.ts';

/** As it is committed. */
export const layOf = (room: Room): Promise<Lay> =>
	room.saving.atCut(() => readLay(room.documents.board.doc));

/** Makes it lie as it lay, in one transaction and under a client id of the server's own. */
export async function putBack(room: Room, lay: Lay): Promise<void> {
	const { board } = room.documents;
	room.writeBoard(() => {
		const clientId = room.documents.freeClientId();
		const update = board.write(clientId, () => layOut(board.doc, lay));
		if (update) {
			room.documents.bind(clientId, null);
			room.saving.current.bind([clientId], null);
		}
		return update;
	});
	await room.saving.now();
}
