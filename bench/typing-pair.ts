/** Two people who type to each other, letter by letter, and what each letter takes. */
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { BoardId } from '#shared/ids.ts';
import type { SimulatedPerson } from './simulated-person.ts';

const exercise = findExercise('barrier')!;

export interface Spread {
	letters: number;
	median: number;
	p99: number;
	longest: number;
}

/** Two people, each of whom types when they have seen the other's letter. */
export async function sitTogether(
	{ seat, board }: { seat(name: string): Promise<SimulatedPerson>; board: BoardId },
	listener: { sent: (update: Uint8Array) => void; lost: () => void }
) {
	const people = await Promise.all(['Ben', 'Chidi'].map(seat));
	let look = () => {};
	for (const person of people) {
		await person.sitDown(board, exercise);
		person.overhear(listener);
		person.watch(() => look());
	}
	const written: { person: SimulatedPerson; card: string; letters: number }[] = [];

	async function letter(turn: number): Promise<number> {
		const person = people[turn % 2]!;
		const other = people[(turn + 1) % 2]!;
		let here = written.findLast((one) => one.person === person);
		if (!here || here.letters >= 1500) {
			here = { person, card: person.begin('barriers'), letters: 0 };
			written.push(here);
		}
		const { card } = here;
		const length = (here.letters += 1);
		const began = performance.now();
		const seen = new Promise<void>((resolve) => {
			look = () => {
				if (other.lengthOf(card) >= length) resolve();
			};
		});
		person.type(card, letterOf(length));
		await seen;
		return performance.now() - began;
	}

	async function typeUntil(isOver: (turn: number) => boolean): Promise<Spread> {
		const took: number[] = [];
		for (let turn = 0; !isOver(turn) || turn < 10; turn += 1) took.push(await letter(turn));
		return spreadOf(took);
	}

	return {
		typeUntil,
		type: (letters: number) => typeUntil((turn) => turn >= letters),
		cards: () => written.map(({ card }) => card),
		typed: () =>
			written.map(({ letters }) =>
				JSON.stringify({
					stoppedUs: Array.from({ length: letters }, (_, at) => letterOf(at + 1)).join('')
				})
			),
		leave: () => people.forEach((person) => person.leave())
	};
}

const letterOf = (at: number) => 'abcdefghijklmnopqrstuvwxyz'[at % 26]!;

function spreadOf(took: number[]): Spread {
	const sorted = took.toSorted((a, b) => a - b);
	const at = (share: number) =>
		sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
	return { letters: took.length, median: at(0.5), p99: at(0.99), longest: sorted.at(-1) ?? NaN };
}
