/** Ideas that the room has stacked as the same: in every file each card stands with its author. */
import { afterAll, expect, test } from 'vitest';
import { acrossOf } from '#server/exports/across.ts';
import type { ExportFormat } from '#shared/export-formats.ts';
import {
	bytes,
	card,
	exportsWith,
	NOW,
	shipped,
	text,
	wordsOf,
	workshop
} from './exports-workshop.ts';
import { asking } from './exports-summaries.ts';
import { partsOf } from './exports-data-files.ts';

const exports = exportsWith();
afterAll(() => exports.stop());

const WORDS = ['Rotary', 'Rotary club', 'The Rotarians'];
const stacked = (anonymous = false) =>
	workshop({
		exercise: asking(shipped('potential-partner'), { type: 'themes', title: 'Themes' }),
		cards: WORDS.map((partner, i) =>
			card(
				`card-${i}`,
				{ partner },
				{ column: 'ngo', group: 'stack', author: i === 0 ? 'key-ben' : 'key-chidi' }
			)
		),
		groups: [
			{
				id: 'stack',
				kind: 'same',
				title: '',
				column: 'ngo',
				order: 'a0',
				cards: ['card-0', 'card-1', 'card-2']
			}
		],
		workshop: { anonymous },
		contents: { votes: { stack: 3 } }
	});

/** Every word of a file, as plainly as it can be had. */
async function wordsIn(format: ExportFormat, of: 'board' | 'workshop', anonymous = false) {
	const input = stacked(anonymous);
	const file = await bytes(
		of === 'board' ? exports.board(input, 'board-one', format) : exports.workshop(input, format)
	);
	if (format === 'pdf') return wordsOf(file);
	if (format === 'docx' || format === 'xlsx') return Object.values(partsOf(file)).join('\n');
	return text(file).replaceAll('\r\n ', '');
}

const FILES = [
	['csv', 'board'],
	['xlsx', 'workshop'],
	['json', 'workshop'],
	['md', 'workshop'],
	['docx', 'workshop'],
	['pdf', 'workshop'],
	['pdf', 'board'],
	['vcf', 'workshop']
] as const;

test.each(FILES)(
	'BO29 %s of a %s has each card of a stack, with its author',
	async (format, of) => {
		const words = (await wordsIn(format, of)).toLowerCase();
		for (const one of [...WORDS, 'Ben', 'Chidi']) expect(words).toContain(one.toLowerCase());
	}
);

test.each(FILES)(
	'BO29 EX4 %s of a %s has them without a name where nobody has one',
	async (format, of) => {
		const words = await wordsIn(format, of, true);
		for (const one of WORDS) expect(words).toContain(one);
		expect(words.replace(/key-\w+/g, '')).not.toMatch(/\bBen\b|\bChidi\b/i);
	}
);

test('BO29 AW2 so has what is told across workshops', async () => {
	const input = stacked();
	const workshop = { id: 'w', title: 'Dakar', at: NOW };
	const asked = { of: 'contacts', words: '', country: '', kind: '', workshop: '' } as const;
	const boards = [{ workshop, input, board: input.boards[0]! }];
	const csv = text((await acrossOf({ asked, form: 'csv', language: 'en' }, boards))!);
	expect(csv.trim().split('\r\n')).toHaveLength(2);
	for (const one of [...WORDS, 'Ben', 'Chidi']) expect(csv).toContain(one);
});
