/** What is suggested to belong together: pure, without a server. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Language } from '#shared/ids.ts';
import { MOST, type SuggestCard, type SuggestGroup } from '#server/suggestions/cards.ts';
import { clustersOf } from '#server/suggestions/clusters.ts';
import { suggest } from '#server/suggestions/suggest.ts';
import { languageOf } from '#server/suggestions/tokens.ts';
import { HELD_OUT, measured, run, sum, TUNED, WAYS } from '../../bench/suggestions/measured.ts';
import { board, cards, found, look } from './suggesting-cards.ts';

const WORDS =
	'no time money budget for one year the printer is broken again mayor school permission stamp нет времени деньги لا وقت للتعاون 没有 时间 经费 pas le temps argent ? 12 <b> ¿qué? 👍 straße'.split(
		' '
	);
const someCards = fc
	.array(
		fc.record({
			column: fc.constantFrom('barriers', 'ways-round'),
			words: fc.array(fc.constantFrom(...WORDS), { maxLength: 9 }),
			language: fc.constantFrom<Language | undefined>('en', 'fr', 'ru', 'ar', 'zh', undefined),
			place: fc.constantFrom(undefined, 'Nairobi', 'Dakar')
		}),
		{ maxLength: 24 }
	)
	.map((all) =>
		all.map(({ column, words, language, place }, i) => ({
			id: `card-${String(i).padStart(2, '0')}`,
			column,
			text: words.join(' '),
			...(language && { language }),
			...(place && { place })
		}))
	);
/** Some of these cards put into groups by people. */
const someGroups = (all: SuggestCard[]): fc.Arbitrary<SuggestGroup[]> =>
	fc
		.array(fc.integer({ min: 0, max: 5 }), { minLength: all.length, maxLength: all.length })
		.map((into) =>
			[
				{ id: 'same-1', kind: 'same' as const },
				{ id: 'same-2', kind: 'same' as const, group: 'theme-1' },
				{ id: 'theme-1', kind: 'theme' as const },
				{ id: 'theme-2', kind: 'theme' as const }
			].map((group, g) => ({
				...group,
				cards: all.filter((_, i) => into[i] === g).map(({ id }) => id)
			}))
		);
const lying = someCards.chain((all) => someGroups(all).map((groups) => ({ all, groups })));
const RUNS = Number(process.env['RUNS'] ?? 60);

test('MS1 blank cards take no part, and nothing is suggested across columns or languages', () => {
	expect(look(cards([' ', '', '\n']))).toEqual([]);
	expect(
		look([...cards(['no time!!']), { id: 'card-x', column: 'ways-round', text: 'no time!!' }])
	).toEqual([]);
	expect(look(cards(['No money', 'Pas d’argent', 'Нет денег'], {}))).toEqual([]);
	fc.assert(
		fc.property(lying, ({ all, groups }) => {
			for (const { cards: ids } of look(all, { groups })) {
				const its = ids.map((id) => all.find((card) => card.id === id)!);
				expect(new Set(its.map(({ column }) => column)).size).toBe(1);
				const languages = its.map(({ language, text }) => language ?? languageOf(text) ?? 'en');
				expect(new Set(languages).size).toBe(1);
				for (const { text } of its) expect(text.trim()).not.toBe('');
			}
		}),
		{ numRuns: RUNS, seed: 7 }
	);
});

test('MS3 the same board gives the same, in whatever order its cards come', () => {
	const mixed = lying.chain(({ all, groups }) =>
		fc.shuffledSubarray(all, { minLength: all.length }).map((turned) => ({ all, groups, turned }))
	);
	fc.assert(
		fc.property(mixed, ({ all, groups, turned }) => {
			expect(look(turned, { groups: groups.toReversed() })).toEqual(look(all, { groups }));
		}),
		{ numRuns: RUNS, seed: 7 }
	);
	// Each is as much like the one before it as like the one behind it.
	const chain = cards([
		'alpha bravo',
		'bravo gamma',
		'gamma delta',
		'delta kappa',
		'kappa lambda',
		'lambda omega'
	]);
	const [first, ...others] = chain.map((_, i) => look([...chain.slice(i), ...chain.slice(0, i)]));
	expect(first!.length).toBeGreaterThan(0);
	for (const other of others) expect(other).toEqual(first);
});

test('MS4 two cards or more, each at most once of a kind, and same ideas first', () => {
	fc.assert(
		fc.property(lying, ({ all, groups }) => {
			const suggestions = look(all, { groups });
			for (const kind of ['same', 'theme'] as const) {
				const ids = suggestions.filter((one) => one.kind === kind).flatMap((one) => one.cards);
				expect(new Set(ids).size).toBe(ids.length);
			}
			for (const { cards: ids } of suggestions) {
				expect(ids.length).toBeGreaterThan(1);
				expect(ids).toEqual(ids.toSorted());
			}
			const kinds = suggestions.map(({ kind }) => kind);
			expect(kinds).toEqual(kinds.toSorted());
		}),
		{ numRuns: RUNS, seed: 7 }
	);
});

test('MS4 whoever is between two goes with the one that is more alike', () => {
	const likeness = [
		[1, 0.5, 0, 0],
		[0.5, 1, 0.9, 0],
		[0, 0.9, 1, 0],
		[0, 0, 0, 1]
	];
	expect(run(clustersOf(4, (a, b) => likeness[a]![b]!, 0.3))).toEqual([[1, 2]]);
	expect(run(clustersOf(4, (a, b) => likeness[a]![b]!, 0.2))).toEqual([[0, 1, 2]]);
});

test('MS5 a key is of kind and cards alone', () => {
	const [one] = look(cards(['no time!!', 'No time, only me']));
	const [again] = look(cards(['No  TIME', 'no time']));
	const [other] = look([
		...cards(['no time!!']),
		{ id: 'card-z', column: 'barriers', text: 'No time' }
	]);
	expect(again!.key).toBe(one!.key);
	expect(other!.key).not.toBe(one!.key);
	expect(one!.key).toMatch(/^same-[\w-]{22}$/);
});

test('MS6 what has an answer never comes again', () => {
	fc.assert(
		fc.property(lying, ({ all, groups }) => {
			const answered = new Set<string>();
			for (let round = 0; round < 4; round++) {
				const suggestions = look(all, { groups, answered });
				for (const { key } of suggestions) expect(answered).not.toContain(key);
				for (const { key } of suggestions) answered.add(key);
			}
		}),
		{ numRuns: RUNS, seed: 7 }
	);
	// What is not the same idea may still be a theme.
	const two = cards(['no time!!', 'No time, only me']);
	const [same] = look(two);
	const next = look(two, { answered: new Set([same!.key]) });
	expect([same!.kind, ...next.map(({ kind }) => kind)]).toEqual(['same', 'theme']);
});

test('MS7 what lies together is not suggested again, what was put apart stays apart', () => {
	const three = cards(['no time!!', 'No time, only me', 'No time. Never']);
	const [a, b, c] = ['card-a', 'card-b', 'card-c'] as const;
	const same = (ids: string[], group?: string): SuggestGroup => ({
		id: `s-${ids.join('')}`,
		kind: 'same',
		cards: ids,
		...(group && { group })
	});
	const theme = (ids: string[]): SuggestGroup => ({
		id: `t-${ids.join('')}`,
		kind: 'theme',
		cards: ids
	});
	const seen = (groups: SuggestGroup[]) => {
		const suggestions = look(three, { groups });
		return [found(suggestions, 'same'), found(suggestions, 'theme')];
	};
	expect(seen([])).toEqual([['abc'], []]);
	expect(seen([same([a, b, c])])).toEqual([[], []]);
	// One joins the others; a theme may hold an idea.
	expect(seen([same([a, b])])).toEqual([['abc'], []]);
	expect(seen([theme([a, b, c])])).toEqual([['abc'], []]);
	expect(seen([theme([a]), theme([b])])[0]).not.toContain('ab');
	expect(seen([theme([a, c]), same([b])])[0]).toEqual(['ac']);
	expect(seen([theme([a, b]), theme([c])])).toEqual([['ab'], []]);
	fc.assert(
		fc.property(lying, ({ all, groups }) => {
			const groupOf = (id: string) => groups.find((group) => group.cards.includes(id));
			for (const { kind, cards: ids } of look(all, { groups })) {
				const its = ids.map(groupOf);
				const themes = its.flatMap((one) => (one?.kind === 'theme' ? one.id : (one?.group ?? [])));
				if (kind === 'theme') expect(themes).toEqual([]);
				expect(new Set(themes).size).toBeLessThan(2);
				// Not all of them in one group of the same idea.
				expect(its[0]?.kind === 'same' && its.every((one) => one === its[0])).toBe(false);
			}
		}),
		{ numRuns: RUNS, seed: 7 }
	);
});

test('MS9 an office in the same town that shares a word may be the same; in two towns it is not', () => {
	const office = (id: string, text: string, place?: string): SuggestCard => ({
		id: `card-${id}`,
		column: 'barriers',
		text,
		...(place && { place })
	});
	const far = office('f', 'Regional Office of UNESCO for the South', 'Harare');
	const here = office('a', 'UNESCO Regional Office for Eastern Africa', 'Nairobi');
	expect(
		found(look([here, office('b', 'UNESCO Nairobi (for Uganda too)', 'nairobi'), far]), 'same')
	).toEqual(['ab']);
	expect(found(look([here, office('c', 'Red Cross in Nairobi', 'Nairobi')]), 'same')).toEqual([]);
	expect(found(look([here, office('d', here.text, 'Harare')]), 'same')).toEqual(['ad']);
	expect(found(look([here, far]), 'same')).toEqual([]);
});

test('MS10 what authors chose makes a theme; what stands in the column’s title does not', () => {
	const chosen = cards(['Something came between', 'A long story', 'The bus'], {}).map(
		(card, i) => ({
			...card,
			...(i < 2 && { about: 'Trust' })
		})
	);
	const [theme, ...others] = look(chosen);
	expect([theme!.cards, theme!.title, others]).toEqual([['card-a', 'card-b'], 'Trust', []]);

	const commissions = cards([
		'National Commission of Kenya',
		'The Estonian National Commission',
		'National Commission, inside the ministry',
		'Jordan'
	]);
	const titled = (title: string) => look(commissions, { columns: [{ id: 'barriers', title }] });
	expect(titled('Others')[0]!.cards.length).toBeGreaterThan(1);
	expect(titled('National Commissions')).toEqual([]);
});

test('MS11 a name is in words that people wrote, and short', () => {
	const [same] = look(cards(['No time, and so on and so on', 'No  time!!']));
	expect(same!.title).toBe('No time!!');
	const long = `No time, ${'because there is always something else to be done '.repeat(4)}`;
	expect(look(cards([long, `${long}!`]))[0]!.title).toBe('No time');
	const flood =
		'the archive and the museum and the school and the council all say no to us every time';
	const [cut] = look(cards([`${flood} so we gave up`, `${flood} so we went home`]));
	expect(cut!.title).toMatch(/^the archive and the museum .*[^ ]…$/);
	expect(cut!.title.length).toBeLessThanOrEqual(60);
	const [theme] = look(cards(['Every invoice is too expensive', 'Our Budget was cut']));
	expect(theme!.title.split(', ').toSorted()).toEqual(['Budget', 'invoice']);
	fc.assert(
		fc.property(lying, ({ all, groups }) => {
			for (const { title } of look(all, { groups })) {
				expect(title.length).toBeLessThanOrEqual(60);
				expect(title.isWellFormed()).toBe(true);
			}
		}),
		{ numRuns: RUNS, seed: 7 }
	);
});

test('MS12 it pauses after each card, however many there are, and looks at so many', () => {
	const many = Array.from({ length: 200 }, (_, i) => ({
		id: `card-${String(i).padStart(4, '0')}`,
		column: 'barriers',
		text: `${WORDS[i % 20]} ${WORDS[(i * 7) % 20]} ${WORDS[(i * 3) % 20]}`
	}));
	const work = suggest(board(many, { language: 'en' }));
	let pauses = 0;
	while (!work.next().done) pauses++;
	// Each is read, and compared with the others for both kinds.
	expect(pauses).toBeGreaterThan(3 * many.length);
	expect(MOST).toBe(1500);
});

test('MS19 most pairs that are suggested are a trainer’s', () => {
	const way = WAYS['suggestions']!;
	const all = [...TUNED, ...HELD_OUT].map((id) => measured(id, way));
	const share = (kind: 'same' | 'themes') => {
		const { right, found: pairs, wanted } = sum(all.map((one) => one[kind]));
		return { precision: right / pairs, recall: right / wanted };
	};
	expect(share('same').precision).toBeGreaterThanOrEqual(0.9);
	expect(share('same').recall).toBeGreaterThanOrEqual(0.5);
	expect(share('themes').precision).toBeGreaterThanOrEqual(0.7);
	expect(share('themes').recall).toBeGreaterThanOrEqual(0.5);
});
