/** The simulated person of a rehearsal, from another process: joins over HTTP, and can be overheard. */
import { nanoid } from 'nanoid';
import type { WebsocketProvider } from 'y-websocket';
import { addCard, fieldText } from '#shared/doc/notebook.ts';
import { between } from '#shared/doc/order.ts';
import { mainText } from '#shared/doc/read.ts';
import { mainFieldOf } from '#shared/exercises/format.ts';
import type { CardId } from '#shared/ids.ts';
import {
	SimulatedPerson as SeatedPerson,
	type Seat,
	type Written
} from '#server/rehearsal/simulated-person.ts';

/** Resolves after `ms`: pace for people to watch, never a wait for something to happen. */
export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export class SimulatedPerson extends SeatedPerson {
	readonly sample: string;

	private constructor(url: string, sample: string, seat: Seat) {
		super(url, seat);
		this.sample = sample;
	}

	/** Takes a seat. Throws where the server says no: a simulation that cannot run has nothing to show. */
	static async join(
		url: string,
		code: string,
		person: { id: string; name: string }
	): Promise<SimulatedPerson> {
		const joined = await post(`${url}/api/v1/join`, { code, name: person.name }, null);
		return new SimulatedPerson(url, person.id, joined as Seat);
	}

	/** Writes a card letter by letter. */
	async write(card: Written, answers: CardId | undefined, msPerStep: number): Promise<CardId> {
		const writing = this.writing(card, answers);
		for (;;) {
			const step = writing.next();
			if (step.done) return step.value;
			await pause(msPerStep);
		}
	}

	/** Begins an empty card, for `type`. */
	begin(column: string): CardId {
		const { notebook, exercise } = this.here();
		const id = nanoid();
		addCard(notebook, exercise, { id, column, order: between(null, null) });
		return id;
	}

	/** Adds letters to the main field of an own card. */
	type(card: CardId, letters: string): void {
		const { notebook, exercise } = this.here();
		const column = this.own().find(({ id }) => id === card)!.column;
		const text = fieldText(notebook, card, mainFieldOf(exercise, column)!.id)!;
		text.insert(text.length, letters);
	}

	/** Calls back with every update that this person sends, and when a connection is lost. */
	overhear({ sent, lost }: { sent: (update: Uint8Array) => void; lost: () => void }): void {
		const { doc, notebook, providers } = this.here();
		for (const one of [doc, notebook])
			one.on('update', (update: Uint8Array, origin: unknown) => {
				if (!providers.includes(origin as WebsocketProvider)) sent(update);
			});
		for (const provider of providers) provider.on('connection-close', lost);
	}

	/** Calls back when the board has changed. */
	watch(changed: () => void): void {
		this.here().doc.on('update', changed);
	}

	/** How long the main field of anybody's card is on the board. */
	lengthOf(card: CardId): number {
		const { exercise } = this.here();
		const found = this.board().cards.find(({ id }) => id === card);
		return found ? mainText(found, exercise).length : 0;
	}
}

/** Sends JSON, answers JSON. Throws where the server says no. */
export async function post(url: string, body: unknown, token: string | null): Promise<unknown> {
	const response = await fetch(url, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			...(token ? { authorization: `Bearer ${token}` } : {})
		},
		body: JSON.stringify(body)
	});
	const answer: unknown = await response.json();
	if (!response.ok) throw new Error(`${url}: ${response.status} ${JSON.stringify(answer)}`);
	return answer;
}
