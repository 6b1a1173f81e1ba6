import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { split, tablesOfSize, type Seatable, type Split } from '#shared/facilitation/splitting.ts';

const people = (
	many: number,
	more: (at: number) => Omit<Seatable, 'id'> = () => ({})
): Seatable[] => Array.from({ length: many }, (_, at) => ({ id: `person-${at}`, ...more(at) }));

const tongue = fc.option(fc.constantFrom('en', 'fr', 'ar', 'ru'), { nil: undefined });
const land = fc.option(fc.constantFrom('SN', 'UA', 'BD'), { nil: undefined });
/** Nobody is kept by anybody: everyone may sit anywhere. */
const singles = fc
	.array(fc.record({ language: tongue, country: land }), { maxLength: 40 })
	.map((all) => all.map((one, at) => ({ id: `person-${at}`, ...defined(one) })));
const parties = singles.chain((all) =>
	fc
		.array(fc.option(fc.nat(Math.max(0, all.length - 1)), { nil: undefined, freq: 3 }), {
			minLength: all.length,
			maxLength: all.length
		})
		// Who is written for writes for nobody.
		.map((keepers) =>
			all.map((one, at) => {
				const keeper = keepers[at];
				const keeps = keeper !== undefined && keeper !== at && keepers[keeper] === undefined;
				return keeps ? { ...one, keptBy: all[keeper]!.id } : one;
			})
		)
);
const hows = fc.constantFrom<Split>(
	{ by: 'random' },
	{ by: 'language' },
	{ by: 'country', together: true },
	{ by: 'country', together: false }
);
const asked = { tables: fc.integer({ min: 1, max: 12 }), seed: fc.nat() };
const sizes = (tables: string[][]) => tables.map(({ length }) => length);
const spread = (all: number[]) => Math.max(...all) - Math.min(...all);
const defined = <T extends object>(one: T) =>
	Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)) as Omit<
		Seatable,
		'id'
	>;

test('TB12 everybody sits at one table and nobody alone, whoever writes for somebody beside them; and the same again', () => {
	fc.assert(
		fc.property(parties, hows, fc.record(asked), (all, how, { tables, seed }) => {
			const dealt = split(all, { tables, how, seed });
			expect(dealt.flat().sort()).toEqual(all.map(({ id }) => id).sort());
			expect(dealt.length).toBeLessThanOrEqual(tables);
			if (all.length > 1) for (const table of dealt) expect(table.length).toBeGreaterThan(1);
			for (const { id, keptBy } of all)
				if (keptBy) expect(dealt.find((table) => table.includes(id))).toContain(keptBy);
			expect(split(all, { tables, how, seed })).toEqual(dealt);
		})
	);
});

test('TB13 at random tables differ by one person at most, and are as many as asked for where that leaves nobody alone', () => {
	fc.assert(
		fc.property(singles, fc.record(asked), (all, { tables, seed }) => {
			const dealt = split(all, { tables, how: { by: 'random' }, seed });
			if (all.length === 0) {
				expect(dealt).toEqual([]);
				return;
			}
			expect(dealt.length).toBe(Math.max(1, Math.min(tables, Math.floor(all.length / 2))));
			expect(spread(sizes(dealt))).toBeLessThanOrEqual(1);
		})
	);
	const all = people(20);
	const of = (seed: number) =>
		JSON.stringify(split(all, { tables: 4, how: { by: 'random' }, seed }));
	expect(of(1)).not.toBe(of(2));
	expect(tablesOfSize(9, 4)).toBe(2);
	expect(tablesOfSize(3, 8)).toBe(1);
});

test('TB14 who shares a language sits with others who do, and where there are fewer tables than languages all of them together', () => {
	fc.assert(
		fc.property(singles, fc.record(asked), (all, { tables, seed }) => {
			const dealt = split(all, { tables, how: { by: 'language' }, seed });
			const spoken = new Map(all.map(({ id, language }) => [id, language]));
			const shared = ['en', 'fr', 'ar', 'ru'].filter(
				(one) => all.filter(({ language }) => language === one).length > 1
			);
			const at = (language: string) =>
				dealt.filter((table) => table.some((id) => spoken.get(id) === language));
			const most = Math.max(1, Math.min(tables, Math.floor(all.length / 2)));
			for (const language of shared) {
				for (const table of at(language))
					expect(table.filter((id) => spoken.get(id) === language).length).toBeGreaterThan(1);
				if (shared.length > most) expect(at(language)).toHaveLength(1);
			}
			if (shared.length <= most)
				for (const table of dealt)
					expect(shared.filter((one) => at(one).includes(table)).length).toBeLessThanOrEqual(1);
			// Nobody who may sit anywhere sits where there are two more than elsewhere.
			const least = Math.min(...sizes(dealt));
			for (const table of dealt)
				if (table.some((id) => !shared.includes(spoken.get(id) ?? '')))
					expect(table.length).toBeLessThanOrEqual(least + 1);
		}),
		{ numRuns: 300 }
	);
	const room = people(12, (at) => ({ language: at < 8 ? 'en' : 'fr' }));
	expect(sizes(split(room, { tables: 3, how: { by: 'language' }, seed: 1 }))).toEqual([4, 4, 4]);
});

test('TB15 by country people sit together as by language, or mixed: no country has more at one table than it must', () => {
	fc.assert(
		fc.property(singles, fc.record(asked), (all, { tables, seed }) => {
			const how = { by: 'country', together: false } as const;
			const dealt = split(all, { tables, how, seed });
			if (all.length === 0) return;
			expect(spread(sizes(dealt))).toBeLessThanOrEqual(1);
			const from = new Map(all.map(({ id, country }) => [id, country]));
			for (const country of ['SN', 'UA', 'BD']) {
				const counts = dealt.map((table) => table.filter((id) => from.get(id) === country).length);
				expect(spread(counts)).toBeLessThanOrEqual(1);
			}
			const swapped = all.map(({ id, country }) => ({ id, ...defined({ language: country }) }));
			expect(split(all, { tables, how: { by: 'country', together: true }, seed })).toEqual(
				split(swapped, { tables, how: { by: 'language' }, seed })
			);
		})
	);
});
