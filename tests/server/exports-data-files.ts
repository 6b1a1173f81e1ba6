/** Two boards of a workshop, for the formats that hold data: contacts and advocates, votes and actions. */
import { inflateRawSync } from 'node:zlib';
import type { ExportInput } from '#server/exports/input.ts';
import type { CardValue } from '#shared/doc/contents.ts';
import { BEN, CHIDI, card, shipped, workshop } from './exports-workshop.ts';

type Told = NonNullable<Parameters<typeof workshop>[0]>;

export const organisation = (
	id: string,
	fields: CardValue['fields'],
	rest: Partial<CardValue> = {}
): CardValue => card(id, fields, { column: 'un-agencies', ...rest });

/** A workshop of these boards, each told as one is. */
export function workshopOf(...boards: Told[]): ExportInput {
	const inputs = boards.map((told) => workshop(told));
	return {
		...inputs[0]!,
		boards: inputs.map(({ boards }, i) => {
			const id = `board-${i + 1}`;
			return { ...boards[0]!, id, state: { ...boards[0]!.state, id } };
		})
	};
}

export const contacts: Told = {
	exercise: shipped('organisations'),
	cards: [
		organisation('card-1', {
			organisation: 'UNESCO, Nairobi; office',
			country: 'KE',
			city: 'Nairobi',
			priorities: 'Media literacy\nReading',
			webPage: 'https://example.org/kenya?a=1,2',
			contact: 'Ms Wanjiru, wanjiru@example.org, +254 20 762 1234',
			goals: ['4', '16.10'],
			whoGetsInTouch: CHIDI
		}),
		organisation(
			'card-2',
			{ organisation: 'unesco nairobi office', worked: 'Asked for a room' },
			{ author: 'key-chidi', column: 'others', group: 'theme-one', language: 'en' }
		),
		organisation('card-3', { organisation: '=1+1', country: 'FJ' }, { group: 'theme-one' }),
		organisation('card-4', { organisation: 'Unspeakable', country: 'KE' })
	],
	groups: [
		{
			id: 'theme-one',
			kind: 'theme',
			title: 'Far away',
			column: 'others',
			order: 'a0',
			cards: ['card-2', 'card-3']
		}
	],
	comments: [
		{ id: 'note-1', card: 'card-1', text: 'I know her', name: 'Chidi', participant: CHIDI, at: 1 },
		{ id: 'note-2', card: 'card-4', text: 'Whispered', name: 'Ben', participant: BEN, at: 2 }
	],
	state: { hidden: ['card-4'] },
	contents: {
		votes: { 'card-1': 3, 'theme-one': 5 },
		actions: [
			{
				id: 'act-1',
				board: 'board-1',
				what: 'Call; then, write\nto them',
				who: 'Ben',
				when: '2027-02-28',
				card: 'card-1',
				at: Date.UTC(2026, 10, 24, 9, 30)
			},
			{ id: 'act-2', board: 'board-1', what: 'Think', who: '', when: 'before summer', at: 2 },
			{ id: 'act-3', board: 'board-1', what: 'Leap', who: '', when: '2027-02-31', at: 3 }
		]
	}
};

export const advocates: Told = {
	exercise: shipped('advocate'),
	cards: [
		card(
			'card-5',
			{ name: 'Ana Q.', wellKnown: 5, skilled: 3, why: 'She reads' },
			{ column: 'local' }
		),
		card('card-6', { name: 'ana q', firstStep: 'Tea' }, { column: 'global', author: 'key-chidi' })
	]
};

/** The texts of the files within a ZIP. */
export function partsOf(zip: Uint8Array): Record<string, string> {
	const bytes = Buffer.from(zip);
	const parts: Record<string, string> = {};
	// From its directory, at the end.
	for (let at = bytes.indexOf('PK\u0001\u0002'); at >= 0;) {
		const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
		const [name, extra, comment] = [28, 30, 32].map((i) => bytes.readUInt16LE(at + i)) as number[];
		const local = bytes.readUInt32LE(at + 42);
		const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
		const data = bytes.subarray(from, from + size);
		const path = bytes.toString('utf8', at + 46, at + 46 + name!);
		parts[path] = (method === 8 ? inflateRawSync(data) : data).toString('utf8');
		at += 46 + name! + extra! + comment!;
		if (bytes.readUInt32LE(at) !== 0x02014b50) break;
	}
	return parts;
}
