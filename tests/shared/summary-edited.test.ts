/** What facilitators make of a summary: two at once, and how it is saved. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	mergeSettings,
	readSettings,
	writeSettings
} from '../../src/lib/summary/merged-settings.ts';
import { savingSettings, type Versioned } from '../../src/lib/summary/save-settings.ts';
import { WHOLE_SUMMARY, type SummarySettings } from '../../src/shared/summary/settings.ts';

const settings = (part: Partial<SummarySettings>): SummarySettings => ({
	...WHOLE_SUMMARY,
	...part
});
const merged = (
	base: Partial<SummarySettings>,
	mine: Partial<SummarySettings>,
	theirs: Partial<SummarySettings>
) =>
	readSettings(mergeSettings(...([base, mine, theirs].map(written) as [string, string, string])));
const written = (part: Partial<SummarySettings>) => writeSettings(settings(part));

test('SU24 the same settings are the same text, and come back from it', () => {
	const some = settings({ place: 'Lagos', cards: ['card-one'], paper: 'letter' });
	const turned = Object.fromEntries(Object.entries(some).reverse()) as SummarySettings;
	expect(writeSettings(turned)).toBe(writeSettings(some));
	expect(readSettings(writeSettings(some))).toEqual(some);
});

test('SU24 of two at once the words of both stand, and every other change of either', () => {
	const both = merged(
		{ introduction: 'We met.', place: 'Lagos' },
		{ introduction: 'We met in May.', place: 'Lagos', paper: 'letter' },
		{ introduction: 'We met.', place: 'Lagos, Nigeria', conclusions: 'Go on.' }
	);
	expect(both).toEqual(
		settings({
			introduction: 'We met in May.',
			place: 'Lagos, Nigeria',
			conclusions: 'Go on.',
			paper: 'letter'
		})
	);
	const line = merged({ place: '' }, { place: 'Lagos' }, { place: 'Accra' }).place;
	expect(line).toContain('Lagos');
	expect(line).toContain('Accra');
	expect(line).not.toContain('\n');
});

test('SU24 what either left out is out, and what either put back is in', () => {
	const both = merged(
		{ cards: ['old-one', 'old-two'], leftOut: ['did'] },
		{ cards: ['old-two', 'mine-one'], leftOut: ['did', 'ideas'] },
		{ cards: ['old-one', 'old-two', 'theirs'], leftOut: [] }
	);
	expect(both.cards.toSorted()).toEqual(['mine-one', 'old-two', 'theirs']);
	expect(both.leftOut).toEqual(['ideas']);
});

test('SU24 where one of two changed nothing, the other is what stands', () => {
	const some = fc.record({
		introduction: fc.string(),
		conclusions: fc.string(),
		cards: fc.uniqueArray(fc.constantFrom('card-a', 'card-b', 'card-c')),
		leftOut: fc.uniqueArray(fc.constantFrom('did', 'ideas', 'actions')),
		forParticipants: fc.boolean()
	});
	fc.assert(
		fc.property(some, some, (base, now) => {
			const sorted = ({ cards, leftOut, ...rest }: SummarySettings) => ({
				...rest,
				cards: cards.toSorted(),
				leftOut: leftOut.toSorted()
			});
			expect(sorted(merged(base, now, base))).toEqual(sorted(settings(now)));
			expect(sorted(merged(base, base, now))).toEqual(sorted(settings(now)));
		}),
		{ seed: 20261129, numRuns: 500 }
	);
});

/** The server's side of it, for as many as ask. */
function server(first: Partial<SummarySettings> = {}) {
	let there: Versioned = { version: 3, settings: settings(first) };
	let heard = 0;
	return {
		there: () => there,
		heard: () => heard,
		put: (given: Versioned): Promise<unknown> => {
			heard += 1;
			const saved = given.version === there.version;
			if (saved) there = { version: there.version + 1, settings: given.settings };
			return Promise.resolve({ saved, ...there });
		}
	};
}

test('SU23 each saving is on the version that the one before led to', async () => {
	const on = server();
	let others = 0;
	const save = savingSettings({
		there: on.there(),
		put: on.put,
		latest: () => Promise.resolve(on.there()),
		onother: () => (others += 1)
	});
	const [none, one, two] = [written({}), written({ place: 'Lagos' }), written({ place: 'Accra' })];
	expect(await save(none, one)).toEqual({ saved: true });
	expect(await save(one, two)).toEqual({ saved: true });
	expect(on.there()).toEqual({ version: 5, settings: settings({ place: 'Accra' }) });
	expect(others).toBe(0);
});

test('SU25 where somebody else was faster nothing is written, what stands there comes, and it is said', async () => {
	const on = server();
	let others = 0;
	const save = savingSettings({
		there: on.there(),
		put: on.put,
		latest: () => Promise.resolve(on.there()),
		onother: () => (others += 1)
	});
	await on.put({ version: 3, settings: settings({ place: 'Accra' }) });
	const mine = written({ introduction: 'We met.' });
	const theirs = written({ place: 'Accra' });
	expect(await save(written({}), mine)).toEqual({ saved: false, notes: theirs });
	expect(others).toBe(1);
	const both = mergeSettings(written({}), mine, theirs);
	expect(await save(theirs, both)).toEqual({ saved: true });
	expect(on.there().settings).toEqual(settings({ place: 'Accra', introduction: 'We met.' }));
});

test('SU25 an answer that was lost is no stranger: what was sent stands there', async () => {
	const on = server();
	let others = 0;
	let answers = 0;
	const save = savingSettings({
		there: on.there(),
		put: async (given) => {
			const answer = await on.put(given);
			answers += 1;
			return answers === 1 ? null : answer;
		},
		latest: () => Promise.resolve(on.there()),
		onother: () => (others += 1)
	});
	const mine = written({ place: 'Lagos' });
	expect(await save(written({}), mine)).toBeNull();
	expect(await save(written({}), mine)).toEqual({ saved: false, notes: mine });
	expect(others).toBe(0);
});

test('SU25 who has changed nothing looks at what stands there, and writes nothing', async () => {
	const on = server();
	const latest = () => Promise.resolve(on.there());
	const save = savingSettings({ there: on.there(), put: on.put, latest, onother: () => {} });
	await on.put({ version: 3, settings: settings({ place: 'Accra' }) });
	const none = written({});
	expect(await save(none, none)).toEqual({ saved: false, notes: written({ place: 'Accra' }) });
	expect(on.heard()).toBe(1);
	const next = written({ place: 'Accra', conclusions: 'Go on.' });
	expect(await save(written({ place: 'Accra' }), next)).toEqual({ saved: true });
});
