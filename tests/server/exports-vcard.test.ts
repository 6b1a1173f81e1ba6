/** Contacts, read by another library. */
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import type { ExportInput } from '#server/exports/input.ts';
import { vcardOf } from '#server/exports/vcard.ts';
import { wordsIn } from '#server/exports/words.ts';
import { computing } from '../support/computing.ts';
import { advocates, contacts, organisation, workshopOf } from './exports-data-files.ts';
import { card, shipped, text } from './exports-workshop.ts';

interface Property {
	valueOf(): string;
	language?: string;
}
interface Reader {
	parse(file: string): { data: Record<string, Property | Property[]> }[];
}
const require = createRequire(import.meta.url);
/** It has no types. */
const reader = require('vcf') as Reader;

const fileOf = (input: ExportInput) => text(vcardOf(input, input.boards, wordsIn('en')));
/** Every property as a list of what it says. */
const cardsOf = (input: ExportInput): Record<string, string[]>[] =>
	reader
		.parse(fileOf(input))
		.map(({ data }) =>
			Object.fromEntries(
				Object.entries(data).map(([name, value]) => [
					name,
					(Array.isArray(value) ? value : [value]).map((one) => said(one.valueOf()))
				])
			)
		);
const said = (value: string) =>
	value.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));

const both = workshopOf(contacts, advocates);

test('EX36 a contact has its name, kind, place, addresses, and the rest as a note', () => {
	const [unesco] = cardsOf(both);
	expect(unesco).toMatchObject({
		version: ['4.0'],
		kind: ['org'],
		fn: ['UNESCO, Nairobi; office'],
		org: ['UNESCO, Nairobi; office'],
		adr: [';;;Nairobi;;;Kenya'],
		url: ['https://example.org/kenya?a=1%2C2'],
		email: ['wanjiru@example.org'],
		tel: ['+254 20 762 1234'],
		categories: ['United Nations country team and agencies,Others'],
		uid: ['plenary-card-1']
	});
	expect(unesco!['note']![0]).toContain(
		'Ben (International organisations in your country):\n' +
			'What they care about now: Media literacy\nReading\n' +
			'Contact: Ms Wanjiru, wanjiru@example.org, +254 20 762 1234\n' +
			'Goals we share: 4, 16.10\nWho gets in touch: Chidi\nChidi: I know her'
	);
	const people = cardsOf(both).filter(({ kind }) => kind![0] === 'individual');
	expect(people).toMatchObject([{ fn: ['Ana Q.'] }]);
	expect(people[0]!['note']![0]).toContain('How well known?: 5 / 5');
	// Nothing of the moment: the same contacts give the same file.
	expect(fileOf(both)).toBe(fileOf(workshopOf(contacts, advocates)));
	expect(fileOf(both)).not.toMatch(/^REV/m);
});

test('EX36 which cards are contacts is marked in the exercise: barriers and ideas are none', () => {
	const kinds = ['potential-partner', 'work-with', 'advocate', 'organisations'].flatMap((id) => {
		const exercise = shipped(id);
		const cards = exercise.columns.map((column) =>
			card(
				`card-${column.id}`,
				{ [exercise.fields[0]!.id]: `Name ${column.id}` },
				{ column: column.id }
			)
		);
		const made = cardsOf(workshopOf({ exercise, cards }));
		expect(made).toHaveLength(cards.length);
		return made.map(({ kind }) => kind![0]);
	});
	expect(kinds.filter((kind) => kind === 'individual')).toHaveLength(5);
	for (const id of ['barrier', 'common-challenge', 'six-ps']) {
		const exercise = shipped(id);
		const cards = exercise.columns.map((column) =>
			card(`card-${column.id}`, { [exercise.fields[0]!.id]: 'Words' }, { column: column.id })
		);
		expect(fileOf(workshopOf({ exercise, cards }))).toBe('');
	}
});

test('EX37 who is named more than once is one contact, with every author’s words', () => {
	const named = cardsOf(both).map(({ fn }) => fn![0]);
	expect(named).toEqual(['UNESCO, Nairobi; office', '=1+1', 'Ana Q.']);
	const [unesco, , ana] = cardsOf(both);
	expect(unesco!['note']![0]).toContain('Chidi (International organisations in your country):');
	expect(unesco!['note']![0]).toContain('What has worked: Asked for a room');
	expect(ana!['note']![0]).toMatch(/She reads[\s\S]*Chidi[\s\S]*First step: Tea/);
});

test('EX37 the same name in two countries is two; what the room grouped as the same is one', () => {
	const input = workshopOf({
		exercise: contacts.exercise!,
		cards: [
			organisation('a', { organisation: 'UNDP', country: 'KE' }),
			organisation('b', { organisation: 'UNDP', country: 'FJ' }, { group: 'same-one' }),
			organisation('c', { organisation: 'PNUD', country: 'FJ' }, { group: 'same-one' }),
			organisation('d', { organisation: 'U.N.D.P.' })
		],
		groups: [
			{
				id: 'same-one',
				kind: 'same',
				title: '',
				column: 'un-agencies',
				order: 'a0',
				cards: ['b', 'c']
			}
		]
	});
	expect(cardsOf(input).map(({ uid, fn }) => [uid![0], fn![0]])).toEqual([
		['plenary-a', 'UNDP'],
		['plenary-b', 'UNDP'],
		['plenary-d', 'U.N.D.P.']
	]);
});

test('EX37 contacts say what is left out, have nothing of a hidden card, and name nobody where anonymous', () => {
	expect(cardsOf(both)[0]!['xPlenaryLeftOut']![0]).toContain('1 hidden card is left out.');
	expect(fileOf(both)).not.toMatch(/Unspeakable|Whispered|card-4/);
	const anonymous = workshopOf({ ...contacts, comments: [], workshop: { anonymous: true } });
	expect(fileOf(anonymous)).not.toMatch(/Ben|Chidi/);
	expect(cardsOf(anonymous)[0]!['note']![0]).toContain('Who gets in touch: Someone in the room');
});

test('EX37 what only looks like an address or a number is none, and stays in the note', () => {
	const input = workshopOf({
		exercise: contacts.exercise!,
		cards: [
			organisation('a', {
				organisation: 'One\nTEL:666',
				contact: 'ask Ms B. at noon, room 12',
				webPage: 'javascript:alert(1)'
			})
		]
	});
	const [one] = cardsOf(input);
	expect(one).not.toHaveProperty('tel');
	expect(one).not.toHaveProperty('email');
	expect(one).not.toHaveProperty('url');
	expect(one!['fn']).toEqual(['One TEL:666']);
	expect(one!['note']![0]).toContain(
		'Web page: javascript:alert(1)\nContact: ask Ms B. at noon, room 12'
	);
});

test('EX37 what is long and like an address takes no longer than other words', async () => {
	const made = (contact: string) => {
		const cards = Array.from({ length: 100 }, (_, i) =>
			organisation(`card-${i}`, { organisation: `Office ${i}`, contact })
		);
		const input = workshopOf({ ...contacts, cards });
		return computing(() => vcardOf(input, input.boards, wordsIn('en')));
	};
	await made('warm');
	// Seconds, where its square is taken.
	expect(await made('a'.repeat(5000))).toBeLessThan(5 * (await made('a '.repeat(2500))) + 500);
});
