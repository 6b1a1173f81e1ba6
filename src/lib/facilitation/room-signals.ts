/** What the room says without a word, as whoever facilitates reads it: ready, pace, hands, who waits. */
import {
	PULSE_COUNTS_FOR,
	PULSES,
	stretchOf,
	type Pulse,
	type SignalsView
} from '#shared/facilitation/signals.ts';
import type { BoardView } from '#shared/facilitation/view.ts';
import type { ParticipantId } from '#shared/ids.ts';
import type { PersonView } from '#shared/wire/events.ts';
import { seatNumbers } from './people-found.ts';

type Board = Pick<BoardView, 'id' | 'phase' | 'phaseStartedAt' | 'anonymous'>;
interface Told {
	people: readonly PersonView[];
	signals: SignalsView;
	writers: Partial<Record<string, ParticipantId[]>>;
	counts: Partial<Record<string, { people: number }>>;
}

/** How many are where; whoever facilitates is none of them. */
export interface Readiness {
	here: number;
	/** Of those here, who said that they are ready with this phase. */
	ready: number;
	/** Of those here, who has put a card down. */
	down: number;
	/** Whom nobody waits for any more: who is ready, and in `write` who has put a card down. */
	settled: number;
}

export function readinessOf(board: Board, { people, signals, writers, counts }: Told): Readiness {
	// Whoever has no device can say nothing, and is not waited for.
	const here = new Set(people.flatMap((one) => (one.here && !one.withoutDevice ? one.id : [])));
	const said = signals.stretch === stretchOf(board) ? signals.ready : [];
	const ready = said.filter((id) => here.has(id));
	const named = writers[board.id];
	// Where nobody gives a name there is no list, and who is counted twice is not known.
	const known = !board.anonymous && named !== undefined;
	const written = known ? named.filter((id) => here.has(id)) : null;
	const down = written?.length ?? Math.min(here.size, counts[board.id]?.people ?? 0);
	const both = written ? new Set([...ready, ...written]).size : Math.max(ready.length, down);
	return {
		here: here.size,
		ready: ready.length,
		down,
		settled: board.phase === 'write' ? both : ready.length
	};
}

/** Who is here and has put nothing down: while people write, and where they have names. */
export function notWrittenYet(board: Board, { people, writers }: Told): PersonView[] {
	const written = writers[board.id];
	if (board.phase !== 'write' || board.anonymous || !written) return [];
	return people.filter(({ id, here }) => here && !written.includes(id));
}

/** How often each was said in the last minutes; null where nothing was. */
export function pulseCounts(
	{ pulses }: Pick<SignalsView, 'pulses'>,
	now: number
): Record<Pulse, number> | null {
	const counting = pulses.filter(({ at }) => now - at < PULSE_COUNTS_FOR);
	if (counting.length === 0) return null;
	const count = (pulse: Pulse) => counting.filter((one) => one.pulse === pulse).length;
	return Object.fromEntries(PULSES.map((pulse) => [pulse, count(pulse)])) as Record<Pulse, number>;
}

/** Whose hand is up, the first raised first: by name, else by the number of their seat. */
export function handsUp(
	people: readonly PersonView[],
	{ hands }: Pick<SignalsView, 'hands'>
): { id: ParticipantId; name: string | null; seat: number }[] {
	const seats = seatNumbers(people);
	return hands.flatMap(({ participant: id }) => {
		const person = people.find((one) => one.id === id);
		return person ? [{ id, name: person.name ?? null, seat: seats.get(id) ?? 0 }] : [];
	});
}
