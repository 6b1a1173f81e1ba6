/** A split of the room that is being made: nothing of it is anybody's before it is saved. */
import { nanoid } from 'nanoid';
import { SvelteMap } from 'svelte/reactivity';
import type { CommandOf } from '#shared/facilitation/commands.ts';
import { split, tablesOfSize, type Seatable, type Split } from '#shared/facilitation/splitting.ts';
import type { Table } from '#shared/facilitation/state.ts';
import type { ParticipantId } from '#shared/ids.ts';
import type { PersonView } from '#shared/wire/events.ts';
import { m } from '$lib/paraglide/messages.js';

export type How = 'random' | 'language' | 'country' | 'hand';
type Known = Record<ParticipantId, Pick<Seatable, 'language' | 'country'>>;

export const MOST_TABLES = 100;
const A_TABLE = 4;

export class TablesDraft {
	how = $state<How>('random');
	/** By country: together, or mixed. */
	together = $state(false);
	/** What cards tell of people; null until it is known. */
	known = $state.raw<Known | null>(null);
	#asked = $state<number | null>(null);
	#seed = $state(1);
	readonly #people: () => readonly PersonView[];
	readonly #ids = Array.from({ length: MOST_TABLES }, () => nanoid());
	readonly #names = new SvelteMap<number, string>();
	/** Whom a hand has moved, and to which table; null: to none. */
	readonly #moved = new SvelteMap<ParticipantId, number | null>();

	constructor(people: () => readonly PersonView[]) {
		this.#people = people;
	}

	/** How many tables there are to be. */
	get count(): number {
		return this.#asked ?? Math.min(MOST_TABLES, tablesOfSize(this.#people().length, A_TABLE));
	}
	set count(count: number) {
		this.#asked = count;
		this.#moved.clear();
	}
	get size(): number {
		return Math.max(1, Math.round(this.#people().length / this.count));
	}
	set size(size: number) {
		this.count = Math.min(MOST_TABLES, tablesOfSize(this.#people().length, size));
	}

	#dealt: ParticipantId[][] = $derived.by(() => {
		if (this.how === 'hand') return Array.from({ length: this.count }, () => []);
		const how: Split =
			this.how === 'country' ? { by: 'country', together: this.together } : { by: this.how };
		const seatables = this.#people().map(({ id, keptBy }) => ({
			id,
			...(keptBy === undefined ? {} : { keptBy }),
			...this.known?.[id]
		}));
		return split(seatables, { tables: this.count, how, seed: this.#seed });
	});

	/** As it would be. */
	tables: Table[] = $derived(
		this.#dealt.map((dealt, at) => ({
			id: this.#ids[at]!,
			name: this.#names.get(at) ?? m.tables_name({ number: at + 1 }),
			people: [
				...dealt.filter((id) => !this.#moved.has(id)),
				...[...this.#moved].flatMap(([id, to]) => (to === at ? [id] : []))
			]
		}))
	);
	unseated: ParticipantId[] = $derived.by(() => {
		const seated = new Set(this.tables.flatMap(({ people }) => people));
		return this.#people().flatMap(({ id }) => (seated.has(id) ? [] : [id]));
	});
	/** There are fewer tables than were asked for. */
	get fewer(): boolean {
		return this.#dealt.length > 0 && this.#dealt.length < this.count;
	}
	/** Of how many something is known that the split goes by; null where it goes by nothing. */
	get knownOf(): number | null {
		if (this.how !== 'language' && this.how !== 'country') return null;
		const key = this.how;
		return this.#people().filter(({ id }) => this.known?.[id]?.[key]).length;
	}

	choose(how: How): void {
		this.how = how;
		this.#moved.clear();
	}
	again(): void {
		this.#seed += 1;
		this.#moved.clear();
	}
	move(person: ParticipantId, table: string | null): void {
		this.#moved.set(person, table === null ? null : this.#ids.indexOf(table));
	}
	name(table: string, name: string): void {
		this.#names.set(this.#ids.indexOf(table), name);
	}

	get command(): CommandOf<'set-tables'> {
		return { type: 'set-tables', tables: this.tables };
	}
}
