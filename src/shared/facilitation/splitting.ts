/**
 * Splitting a room into tables: the same people, way and seed give the same tables. Whoever writes
 * for somebody without a device sits with them. Tables are as large as each other as far as the way
 * allows it, and fewer than asked for where somebody would sit alone, or with nobody who shares what
 * they are to share.
 */
import type { ParticipantId } from '../ids.ts';

export interface Seatable {
	id: ParticipantId;
	/** Who writes for them. */
	keptBy?: ParticipantId;
	/** Where they are known. */
	language?: string;
	country?: string;
}

export type Split =
	| { by: 'random' }
	/** Whoever shares a language, or a country, sits together. */
	| { by: 'language' }
	| { by: 'country'; together: boolean };

/** People who stay together whatever happens. */
interface Party {
	people: Seatable[];
}

const LEAST = 2;

const sizeOf = (parties: Party[]): number =>
	parties.reduce((sum, { people }) => sum + people.length, 0);

/** `people` at so many tables, or fewer; each table as the ids of who sits there. */
export function split(
	people: readonly Seatable[],
	{ tables, how, seed }: { tables: number; how: Split; seed: number }
): ParticipantId[][] {
	if (people.length === 0) return [];
	const parties = shuffled(partiesOf(people), seed);
	const most = Math.max(1, Math.min(tables, Math.floor(people.length / LEAST), parties.length));
	const dealt =
		how.by === 'random'
			? even(parties, most)
			: how.by === 'country' && !how.together
				? even([...byKey(parties, 'country').values()].flat(), most)
				: alike(parties, how.by, most);
	return dealt.map((table) => table.flatMap((party) => party.people.map(({ id }) => id)));
}

/** About how many tables of that size there are. */
export const tablesOfSize = (people: number, size: number): number =>
	Math.max(1, Math.round(people / Math.max(1, size)));

function partiesOf(people: readonly Seatable[]): Party[] {
	const there = new Set(people.map(({ id }) => id));
	const head = ({ id, keptBy }: Seatable) => (keptBy && there.has(keptBy) ? keptBy : id);
	return [...grouped(people, head).values()].map((members) => ({ people: members }));
}

/** Parties by what they share, those of whom it is not known last. */
function byKey(parties: Party[], key: 'language' | 'country'): Map<string, Party[]> {
	const known = ({ people }: Party) => people.find((one) => one[key])?.[key] ?? '';
	const groups = [...grouped(parties, known)];
	return new Map(groups.sort(([a], [b]) => Number(a === '') - Number(b === '')));
}

/** One party after another to the smallest table, from the largest; fewer tables where one is too small. */
function even(parties: Party[], tables: number): Party[][] {
	for (let count = tables; count > 1; count -= 1) {
		const dealt = deal(
			parties,
			Array.from({ length: count }, () => [])
		);
		if (dealt.every((table) => sizeOf(table) >= LEAST)) return dealt;
	}
	return [parties];
}

function deal(parties: Party[], to: readonly Party[][]): Party[][] {
	const tables = to.map((table) => ({ parties: [...table], size: sizeOf(table) }));
	for (const party of [...parties].sort((a, b) => b.people.length - a.people.length)) {
		const smallest = tables.reduce((least, one) => (one.size < least.size ? one : least));
		smallest.parties.push(party);
		smallest.size += party.people.length;
	}
	return tables.map((table) => table.parties);
}

/**
 * Tables of people who share something; whoever shares it with nobody, or of whom it is not known,
 * is spread over the smallest, or has tables of their own. Where there are more languages than
 * tables, each stays whole.
 */
function alike(parties: Party[], key: 'language' | 'country', most: number): Party[][] {
	const groups = [...byKey(parties, key)];
	const shares = (name: string, group: Party[]) => name !== '' && sizeOf(group) >= LEAST;
	const sharing = groups.filter(([name, group]) => shares(name, group)).map(([, group]) => group);
	const others = groups.filter(([name, group]) => !shares(name, group)).flatMap(([, all]) => all);
	if (sharing.length === 0) return even(others, most);
	if (sharing.length > most) {
		const whole = sharing.map((group) => ({ people: group.flatMap(({ people }) => people) }));
		return deal(others, even(whole, most));
	}

	/** Each group's own tables: from one each on, the largest are made smaller. */
	const own = sharing.map((group) => ({ group, tables: [group] }));
	const free = { group: others, tables: [] as Party[][] };
	for (let count = own.length; count < most; count += 1) {
		const next = [...own, free]
			.map((one) => ({ one, tables: even(one.group, one.tables.length + 1) }))
			.filter(({ one, tables }) => tables.length > one.tables.length && sizeOf(one.group) >= LEAST)
			.sort(
				(a, b) => sizeOf(b.one.group) / b.tables.length - sizeOf(a.one.group) / a.tables.length
			)[0];
		if (!next) break;
		next.one.tables = next.tables;
	}
	// Tables that are only theirs are filled first: they are empty, and as many as there are people for.
	const theirs = own.flatMap(({ tables }) => tables);
	return deal(others, [...theirs, ...free.tables.map(() => [])]);
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const one of all) {
		const group = groups.get(keyOf(one));
		if (group) group.push(one);
		else groups.set(keyOf(one), [one]);
	}
	return groups;
}

/** Fisher and Yates, with numbers from the seed (mulberry32). */
function shuffled<T>(all: readonly T[], seed: number): T[] {
	const mixed = [...all];
	let state = seed >>> 0;
	const chance = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let n = Math.imul(state ^ (state >>> 15), state | 1);
		n ^= n + Math.imul(n ^ (n >>> 7), n | 61);
		return ((n ^ (n >>> 14)) >>> 0) / 2 ** 32;
	};
	for (let at = mixed.length - 1; at > 0; at -= 1) {
		const other = Math.floor(chance() * (at + 1));
		[mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!];
	}
	return mixed;
}
