/** Workshops by chance, as the JSON export is given them: every kind of field, and words of every kind. */
import { jsonOf } from '#server/exports/json.ts';
import type { BoardInput, ExportInput } from '#server/exports/input.ts';
import type { CardValue, GroupValue } from '#shared/doc/contents.ts';
import type { FieldValue } from '#shared/doc/schema.ts';
import { CATALOGUE } from '#shared/exercises/catalogue.ts';
import type { Exercise, Field } from '#shared/exercises/format.ts';
import { RUNNING_PHASES } from '#shared/exercises/format.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import { WHOLE_SUMMARY } from '#shared/summary/settings.ts';
import type { WorkshopFile } from '#shared/workshop-file.ts';
import { createChance, type Chance } from '../support/chance.ts';

/** Every type of field, of which no exercise has all. */
export const everything: Exercise = {
	...CATALOGUE[0]!,
	id: 'every-field',
	fields: [
		{ type: 'text', id: 'main', title: 'Main', main: true },
		{ type: 'paragraph', id: 'more', title: 'More' },
		{ type: 'text', id: 'other', title: 'Another main one', main: true },
		{
			type: 'choice',
			id: 'one',
			title: 'One',
			other: true,
			options: [{ id: 'time', title: 'Time' }]
		},
		{
			type: 'choice',
			id: 'some',
			title: 'Some',
			several: true,
			options: [
				{ id: 'time', title: 'Time' },
				{ id: 'money', title: 'Money' }
			]
		},
		{ type: 'scale', id: 'scale', title: 'Scale', low: 'Low', high: 'High' },
		{ type: 'country', id: 'country', title: 'Country' },
		{ type: 'sdg-target', id: 'targets', title: 'Targets', several: true },
		{ type: 'link', id: 'link', title: 'Link' },
		{ type: 'person', id: 'person', title: 'Person' }
	],
	columns: [
		{
			id: 'first',
			title: 'First',
			fields: ['main', 'more', 'one', 'some', 'scale', 'country', 'targets', 'link', 'person']
		},
		{ id: 'second', title: 'Second', fields: ['main', 'scale'], answers: 'first' },
		{ id: 'third', title: 'Third', fields: ['more', 'other'] }
	],
	views: [],
	summary: []
};
delete everything.tab;

/** Seven languages, and what breaks programs. */
const WORDS = [
	'Nobody had time',
	'Personne n’avait le temps',
	'Nadie tenía tiempo',
	'Größe und Mühe',
	'Ни у кого не было времени',
	'لم يكن لدى أحد وقت',
	'没有人有时间',
	'👩🏽‍💻🇰🇪 🏳️‍🌈',
	'e\u0301\u0323\u0302'.repeat(20),
	'\u202eabc\u2066def\u200f',
	'"\\\n\t\r\u0001\u007f\u2028\u2029',
	'__proto__',
	'<script>x</script> = {{ y }} #set',
	'x'.repeat(2000)
];

/** What someone may be called, or have said: Postgres keeps no NUL. */
const wordsOf = (chance: Chance, most = 200) => chance.one(WORDS).slice(0, most).toWellFormed();
/** In a document a NUL may stand. */
const typed = (chance: Chance) =>
	chance.below(8) === 0 ? 'a\0b' : `${chance.one(WORDS)} ${chance.below(99)}`.slice(0, 2000);

const idOf = (chance: Chance) =>
	Array.from({ length: 12 }, () =>
		chance.one([...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'])
	).join('');

function valueOf(field: Field, chance: Chance, people: string[]): FieldValue {
	switch (field.type) {
		case 'text':
		case 'paragraph':
			return typed(chance);
		case 'choice': {
			const options = field.options.map(({ id }) => id);
			if (field.several) return options.filter(() => chance.below(2));
			return field.other && chance.below(2) ? wordsOf(chance) : chance.one(options);
		}
		case 'scale':
			return 1 + chance.below(5);
		case 'country':
			return chance.one(['KE', 'SN', 'CN']);
		case 'sdg-target':
			return field.several ? ['4', '16.10', '5.b'].filter(() => chance.below(2)) : ['4'];
		case 'link':
			return `https://example.org/${wordsOf(chance)}`;
		case 'person':
			return chance.one([...people, 'Somebody else']);
	}
}

function boardBy(chance: Chance, anonymous: boolean, people: string[]): BoardInput {
	const exercise = chance.below(2) ? everything : chance.one(CATALOGUE);
	const keys = Array.from({ length: 1 + chance.below(4) }, () => idOf(chance));
	const cards: CardValue[] = [];
	for (let left = chance.below(14); left > 0; left--) {
		const fields = exercise.fields.filter(() => chance.below(3));
		const before = cards.map(({ id }) => id);
		cards.push({
			id: idOf(chance),
			author: chance.one(keys),
			column: chance.one(exercise.columns).id,
			order: chance.one(['a0', 'a1', 'a1V', 'Zz', 'b00']),
			...(before.length > 0 && chance.below(3) === 0 && { answers: chance.one(before) }),
			...(chance.below(5) === 0 && { from: { board: idOf(chance), card: idOf(chance) } }),
			...(chance.below(3) === 0 && { language: chance.one(['fr', 'zh-Hant']) }),
			fields: Object.fromEntries(fields.map((field) => [field.id, valueOf(field, chance, people)]))
		});
	}
	const groups = groupsBy(chance, cards);
	const phase = chance.below(3) === 0 ? chance.one(RUNNING_PHASES) : 'done';
	const startedAt = chance.below(2 ** 40);
	const hidden = cards.filter(() => chance.below(6) === 0).map(({ id }) => id);
	const targets = [...cards, ...groups].filter(() => chance.below(2)).map(({ id }) => id);
	return {
		id: idOf(chance),
		state: {
			title: wordsOf(chance) || 'x',
			anonymous,
			phase,
			revealed: cards.length > 0 || chance.below(2) === 1,
			hidden,
			startedAt,
			finishedAt: phase === 'done' ? startedAt + 5 : null
		} as unknown as BoardState,
		contents: {
			exercise,
			board: { cards, groups },
			votes:
				chance.below(3) === 0
					? null
					: Object.fromEntries(targets.map((id) => [id, 1 + chance.below(40)])),
			reactions: Object.fromEntries(
				cards
					.filter(() => chance.below(4) === 0)
					.map(({ id }) => [id, { agree: 1 + chance.below(9), thanks: 1 + chance.below(9) }])
			),
			actions: Array.from({ length: chance.below(3) }, () => ({
				id: idOf(chance),
				board: '',
				what: wordsOf(chance),
				who: wordsOf(chance, 80),
				when: '2027-03-01',
				...(cards.length > 0 && { card: chance.one(cards).id }),
				at: chance.below(9)
			})),
			names: {},
			people: {},
			countryName: (code) => code
		},
		all: { cards, groups },
		hidden: 0,
		comments: cards
			.filter(() => chance.below(3) === 0)
			.map(({ id }) => ({
				id: idOf(chance),
				card: id,
				text: wordsOf(chance),
				...(!anonymous && chance.below(2) && { participant: chance.one(people) }),
				at: chance.below(9)
			})),
		seats: anonymous ? {} : Object.fromEntries(keys.map((key, i) => [key, people[i]!]))
	};
}

/** Themes of two and more, `same` groups in some of them. */
function groupsBy(chance: Chance, cards: CardValue[]): GroupValue[] {
	const groups: GroupValue[] = [];
	let theme: string | undefined;
	for (let at = 0; at + 3 <= cards.length && chance.below(4); at += 3) {
		const isSame = theme !== undefined && chance.below(2) === 1;
		const id = idOf(chance);
		const members = cards.slice(at, at + 2 + chance.below(2));
		for (const card of members) card.group = id;
		groups.push({
			id,
			kind: isSame ? 'same' : 'theme',
			title: chance.below(3) ? wordsOf(chance) : '',
			column: cards[0]!.column,
			order: chance.one(['a0', 'c1']),
			...(isSame && theme !== undefined && { group: theme }),
			cards: members
				.toSorted((a, b) =>
					a.order === b.order ? (a.id < b.id ? -1 : 1) : a.order < b.order ? -1 : 1
				)
				.map(({ id: card }) => card)
		});
		if (!isSame) theme = id;
	}
	return groups;
}

/** An export of a workshop that this seed makes. */
export function exportBy(seed: number): Uint8Array<ArrayBuffer> {
	const chance = createChance(seed);
	const anonymous = chance.below(4) === 0;
	const people = Array.from({ length: 6 }, () => idOf(chance));
	const boards = Array.from({ length: 1 + chance.below(3) }, () =>
		boardBy(chance, anonymous || chance.below(4) === 0, people)
	);
	const input: ExportInput = {
		workshop: {
			id: idOf(chance),
			title: wordsOf(chance),
			language: chance.one(['en', 'ar', 'zh']),
			anonymous,
			openedAt: chance.below(3) ? chance.below(2 ** 40) : null,
			closedAt: chance.below(3) ? chance.below(2 ** 40) : null,
			facilitator: wordsOf(chance, 80),
			people: 5 + chance.below(3)
		},
		seats: anonymous
			? []
			: people.map((id, i) => ({ id, name: wordsOf(chance, 80), aside: i === 5 })),
		boards,
		summary: {
			...WHOLE_SUMMARY,
			introduction: wordsOf(chance),
			leftOut: ['did', `${boards[0]!.id}/1`],
			cards: boards[0]!.all.cards.slice(0, 1).map(({ id }) => id),
			paper: chance.one(['a4', 'letter'])
		},
		logo: null
	};
	return new Uint8Array(jsonOf(input, boards));
}

/** Every id that a file gives to something of its own. */
export const idsOf = ({ workshop, people = [], boards }: WorkshopFile): string[] => [
	workshop.id,
	...people.map(({ id }) => id),
	...boards.flatMap(({ id, cards, groups, comments, actions }) => [
		id,
		...new Set(cards.map(({ author }) => author)),
		...[cards, groups, comments, actions].flatMap((list) => list.map((one) => one.id))
	])
];

/** A file with each id by when it is first met: two that differ in ids alone are the same so. */
export function withoutIds(file: WorkshopFile): string {
	const known = new Set(idsOf(file));
	const met = new Map<string, string>();
	return JSON.stringify(file).replace(/[A-Za-z0-9_-]{12,40}/g, (word) => {
		if (!known.has(word)) return word;
		if (!met.has(word)) met.set(word, `id ${met.size}`);
		return met.get(word)!;
	});
}
