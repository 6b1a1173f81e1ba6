/** Contacts of several workshops, each once. */
import { expect, test } from 'vitest';
import {
	mentionsOf,
	mergedContacts,
	wantedContacts,
	type Contact,
	type Mention
} from '#shared/across/contacts.ts';
import type { CardValue } from '#shared/doc/contents.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { BoardContents } from '#shared/exercises/views.ts';
import { words } from './views-board.ts';

const dakar = { id: 'dakar', title: 'A day in Dakar', at: 1 };
const lima = { id: 'lima', title: 'An evening in Lima', at: 2 };

let cards = 0;
const mention = (name: string, rest: Partial<Mention> = {}): Mention => ({
	card: `card-${(cards += 1)}`,
	board: 'board',
	workshop: dakar,
	exercise: 'Partners',
	column: 'Business',
	kind: 'organisation',
	name,
	country: '',
	town: '',
	reach: '',
	link: '',
	said: [],
	...rest
});
const told = (contacts: Contact[]) =>
	contacts.map(({ name, country, mentions }) => [name, country, mentions.length]);

test('AW1 what a card says of somebody: name, country, town, how to reach them, and the rest by its title', () => {
	const exercise = findExercise('organisations')!;
	const card = (id: string, fields: CardValue['fields'], rest: Partial<CardValue> = {}) =>
		({ id, author: 'ben', column: 'un-agencies', order: id, fields, ...rest }) as CardValue;
	const contents: BoardContents = {
		exercise,
		board: {
			cards: [
				card('a', {
					organisation: ' UNESCO\nDakar ',
					country: 'SN',
					city: 'Dakar',
					contact: '+221 33',
					webPage: 'https://unesco.org',
					goals: ['4.6', '16.10']
				}),
				card('b', { organisation: 'Half', country: 'SN' }, { draft: true }),
				card('c', { country: 'SN' })
			],
			groups: []
		},
		votes: null,
		actions: [],
		names: { ben: 'Ben' },
		people: {},
		countryName: (code) => code
	};
	const found = mentionsOf(dakar, 'board', contents, words);
	expect(found).toMatchObject([
		{
			card: 'a',
			kind: 'organisation',
			name: 'UNESCO Dakar',
			country: 'SN',
			town: 'Dakar',
			reach: '+221 33',
			link: 'https://unesco.org',
			author: 'Ben',
			workshop: dakar
		}
	]);
	expect(found[0]!.said.map(({ value }) => value)).toEqual(['4.6, 16.10']);
	const [unnamed] = mentionsOf(dakar, 'board', { ...contents, names: {} }, words);
	expect(unnamed).not.toHaveProperty('author');
	const barrier = { ...contents, exercise: findExercise('barrier')! };
	expect(mentionsOf(dakar, 'board', barrier, words)).toEqual([]);
});

test('AW1 a contact says what its cards answer and are for; what was carried over from a card that names nobody is none', () => {
	const { columns, ...rest } = findExercise('organisations')!;
	const [first, second, ...others] = columns;
	const exercise = { ...rest, columns: [first!, { ...second!, answers: first!.id }, ...others] };
	const card = (id: string, organisation: string, more: Partial<CardValue> = {}): CardValue => ({
		id,
		author: 'ben',
		column: first!.id,
		order: id,
		fields: { organisation },
		...more
	});
	const barrier = { board: 'before', card: 'wall', exercise: 'barrier', title: 'Barriers' };
	const of = { ...barrier, column: 'Barrier', text: 'No time' };
	const contents: BoardContents = {
		exercise,
		board: {
			cards: [
				card('a', 'UNESCO'),
				card('b', 'The commission', { column: second!.id, answers: 'a' }),
				card('c', 'Nobody there', { column: second!.id, answers: 'gone' }),
				card('d', 'No time')
			],
			groups: []
		},
		votes: null,
		actions: [],
		names: {},
		people: {},
		countryName: (code) => code,
		sources: { b: { of, carried: false }, d: { of, carried: true } }
	};
	const found = mentionsOf(dakar, 'board', contents, words);
	expect(found.map(({ card, answers, isFor }) => [card, answers?.text, isFor?.text])).toEqual([
		['a', undefined, undefined],
		['b', 'UNESCO', 'No time'],
		['c', undefined, undefined]
	]);
	const wanted = { country: '', kind: '', workshop: '', words: 'no time' };
	expect(told(wantedContacts(mergedContacts(found), wanted))).toEqual([['The commission', '', 1]]);
});

test('AW2 one contact for the same kind, name and country, however the name is written', () => {
	const all = [
		mention('Bibliothèque Nationale S.A.', { country: 'SN' }),
		mention('bibliotheque nationale, SA', { country: 'SN', workshop: lima }),
		mention('مكتبة  الإسكندرية'),
		mention('مكتبة الإسكندرية', { workshop: lima }),
		mention('国家图书馆', { country: 'CN' }),
		mention('国家 图书馆', { country: 'CN' }),
		mention('Rotary', { country: 'KE' }),
		mention('Rotary', { country: 'PE' }),
		mention('Ada', { kind: 'person' }),
		mention('Ada')
	];
	expect(told(mergedContacts(all)).sort()).toEqual(
		[
			['Ada', '', 1],
			['Ada', '', 1],
			['Bibliothèque Nationale S.A.', 'SN', 2],
			['Rotary', 'KE', 1],
			['Rotary', 'PE', 1],
			['مكتبة  الإسكندرية', '', 2],
			['国家图书馆', 'CN', 2]
		].sort()
	);
});

test('AW2 who says no country means the only one of that name; where there are two, neither', () => {
	const one = [mention('UNDP'), mention('UNDP', { country: 'KE' })];
	expect(told(mergedContacts(one))).toEqual([['UNDP', 'KE', 2]]);
	const two = [...one, mention('UNDP', { country: 'PE' })];
	expect(told(mergedContacts(two))).toEqual([
		['UNDP', '', 1],
		['UNDP', 'KE', 1],
		['UNDP', 'PE', 1]
	]);
});

test('AW2 what a room put together as the same is one contact, also by way of others', () => {
	const all = [
		mention('World Health Organization', { same: 'g1' }),
		mention('WHO', { same: 'g1' }),
		mention('W.H.O.', { workshop: lima, same: 'g2' }),
		mention('OMS', { workshop: lima, same: 'g2' }),
		mention('OMS')
	];
	expect(mergedContacts(all)).toHaveLength(1);
	expect(mergedContacts(all.toReversed())).toHaveLength(1);
	const [contact] = mergedContacts(all);
	expect(contact!.mentions.map(({ workshop }) => workshop.id)).toEqual([
		'dakar',
		'dakar',
		'dakar',
		'lima',
		'lima'
	]);
});

test('AW3 looked for by words anywhere in what was said, by country, kind and workshop', () => {
	const all = mergedContacts([
		mention('UNESCO', { country: 'KE', said: [{ title: 'Priorities', value: 'Éducation' }] }),
		mention('Rotary', { country: 'PE', workshop: lima, author: 'Chidi' }),
		mention('Amina Yusuf', { kind: 'person', workshop: lima })
	]);
	const names = (wanted: Partial<Parameters<typeof wantedContacts>[1]>) =>
		wantedContacts(all, { words: '', country: '', kind: '', workshop: '', ...wanted }).map(
			({ name }) => name
		);
	expect(names({})).toEqual(['Amina Yusuf', 'Rotary', 'UNESCO']);
	expect(names({ words: 'education' })).toEqual(['UNESCO']);
	expect(names({ words: 'CHIDI  rotary' })).toEqual(['Rotary']);
	expect(names({ words: 'rotary education' })).toEqual([]);
	expect(names({ country: 'PE' })).toEqual(['Rotary']);
	expect(names({ kind: 'person' })).toEqual(['Amina Yusuf']);
	expect(names({ workshop: 'lima', kind: 'organisation' })).toEqual(['Rotary']);
});
