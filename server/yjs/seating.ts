/** Who comes to a board for the first time gets a notebook. */
import type { ParticipantId } from '#shared/ids.ts';
import type { Notebook } from './notebook.ts';
import type { Room } from './room.ts';

export class Seating {
	readonly #room: Room;
	readonly #underWay = new Map<ParticipantId, Promise<Notebook>>();

	constructor(room: Room) {
		this.#room = room;
	}

	/** An author, known or new; a new one is committed before anybody is told. */
	seat(participant: ParticipantId, account: string | null): Promise<Notebook> {
		const underWay = this.#underWay.get(participant);
		if (underWay) return underWay;
		const { documents, saving, deps } = this.#room;
		const known = documents.ofSeat(participant);
		if (known) return Promise.resolve(known);
		const batch = saving.current;
		const { author, clientIds } = documents.newAuthor(deps.ids(), participant, account);
		for (const id of clientIds) documents.bind(id, null);
		batch.bind(clientIds, null);
		const notebook = this.#room.orDrop(() => documents.seat(author));
		batch.authors.push(author);
		saving.touch();
		const seated = batch.settled
			.then(() => notebook)
			.finally(() => this.#underWay.delete(participant));
		this.#underWay.set(participant, seated);
		return seated;
	}
}
