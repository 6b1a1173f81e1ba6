import { assert, asyncProperty, constantFrom, nat, oneof, string } from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { GroupValue } from '#shared/doc/contents.ts';
import { mainText } from '#shared/doc/read.ts';
import {
	barrier,
	bookmarksOf,
	bytes,
	card,
	exportsWith,
	infoOf,
	shipped,
	wordsOf,
	workshop
} from './exports-workshop.ts';

const exports = exportsWith();
afterAll(() => exports.stop());

const boardPdf = (told: Parameters<typeof workshop>[0]) =>
	bytes(exports.board(workshop(told), 'board-one', 'pdf'));
const summaryPdf = (told: Parameters<typeof workshop>[0]) =>
	bytes(exports.workshop(workshop(told), 'pdf'));

const told = {
	cards: [
		card('1', { stoppedUs: 'The agreement', cause: 'rules', withWhom: 'outside' }),
		card('2', { stoppedUs: 'No afternoon' }, { author: 'key-chidi' }),
		card('3', { stoppedUs: 'Never asked' }, { group: 'group-one' }),
		card('4', { stoppedUs: 'Not asked either' }, { group: 'group-one', order: 'a4' }),
		card('5', { whatWeCouldDo: 'One page is enough' }, { column: 'ways-round', answers: '1' }),
		card('secret', { stoppedUs: 'Unspeakable' })
	],
	groups: [
		{
			id: 'group-one',
			kind: 'theme',
			title: 'Nobody asked us',
			column: 'barriers',
			order: 'a0',
			cards: ['3', '4']
		}
	] as GroupValue[],
	comments: [{ id: 'note-1', card: '2', text: 'Same here', name: 'Ben', at: 1 }],
	state: { hidden: ['secret'] },
	contents: {
		votes: { '1': 3, 'group-one': 5 },
		actions: [
			{ id: 'act-1', board: 'board-one', what: 'Write it', who: 'Ben', when: '2027-02-01', at: 1 }
		]
	}
};

test('EX1 a board PDF is accessible PDF with title, author, language, numbered pages and bookmarks', async () => {
	const pdf = await boardPdf(told);
	const info = infoOf(pdf);
	expect(info).toMatch(/Title:\s+Partners within reach: Think of a barrier/);
	expect(info).toMatch(/Author:\s+Ada Nwosu/);
	expect(info).toMatch(/Tagged:\s+yes/);
	expect(info).toMatch(/\(A4\)/);
	const raw = Buffer.from(pdf).toString('latin1');
	expect(raw).toContain('pdfuaid:part');
	expect(raw).toMatch(/\/Lang\s*\(en\)/);
	expect(wordsOf(pdf)).toMatch(/1 ?\/ ?1$/);
	expect(bookmarksOf(pdf)).toEqual([
		'Think of a barrier to collaboration',
		'Barriers',
		'Ways round it',
		'Who does what, by when'
	]);
});

test('EX2 a board PDF holds what the board shows: groups, tabs, fields, names, votes, comments, answers', async () => {
	const words = wordsOf(await boardPdf(told), '-raw');
	for (const said of [
		'Partners within reach',
		'24 November 2026',
		'10-Minute International Librarian #68',
		'IFLA Strategy 3.2',
		'Nobody asked us 2 cards · 5 votes',
		'Rules or law The agreement',
		'With whom Someone outside the library field',
		'3 votes',
		'Ben Same here',
		'Answers → The agreement',
		'Write it Ben 1 February 2027'
	])
		expect(words).toContain(said);
	// The way round stands under its barrier and in its own column.
	expect(words.split('One page is enough')).toHaveLength(3);
});

test('EX3 hidden cards are left out and counted; an unrevealed board says so', async () => {
	const words = wordsOf(await boardPdf(told));
	expect(words).toContain('1 hidden card is left out.');
	expect(words).not.toContain('Unspeakable');
	const held = await boardPdf({ state: { revealed: false } });
	expect(wordsOf(held)).toContain('private and has not been revealed');
	expect(wordsOf(await summaryPdf(told))).toContain('never revealed is not in here');
});

test('EX4 on an anonymous board no name is printed', async () => {
	const words = wordsOf(await boardPdf({ ...told, comments: [], workshop: { anonymous: true } }));
	expect(words).toContain('The agreement');
	expect(words).not.toMatch(/Chidi/);
});

test('EX5 seven languages, from the right where they read so, and emoji', async () => {
	const said = {
		en: 'Nobody asked us in March',
		fr: 'Pas le temps, déjà à l’été',
		es: 'El convenio lleva tres años',
		de: 'Haftungsfrage: Straße, Größe',
		ru: 'Не хватило смелости предложить',
		ar: 'لا وقت أنا أمينة المكتبة الوحيدة في المدرسة',
		zh: '想和市图书馆共建地方文献库'
	};
	const cards = Object.entries(said).map(([language, stoppedUs], i) =>
		card(String(i), { stoppedUs }, { language })
	);
	cards.push(card('e', { stoppedUs: 'Merci 👩🏽‍🏫 🇫🇯 👏' }));
	const pdf = await boardPdf({ cards });
	const words = wordsOf(pdf);
	for (const sentence of Object.values(said)) expect(words).toContain(sentence);
	expect(words).toContain('Merci 👩🏽‍🏫');
	expect(Buffer.from(pdf).toString('latin1')).toContain('pdfuaid:part');
	const summary = wordsOf(await summaryPdf({ cards }));
	for (const sentence of Object.values(said)) expect(summary).toContain(sentence);
});

test('EX6 markup is text, and reaches neither a file nor the network', async () => {
	const stoppedUs =
		'#eval("1+1") = *bold* _it_ $x$ `raw` @ref <lab> // note #read("/etc/passwd") \\ #import "x.typ" <img src=http://127.0.0.1:9/x>';
	const pdf = await boardPdf({ cards: [card('1', { stoppedUs })] });
	expect(wordsOf(pdf)).toContain(stoppedUs);
});

test('EX7 whatever a person can type makes a PDF', async () => {
	const anything = string({ unit: 'binary', maxLength: 120 });
	const wild = string({
		unit: oneof(
			constantFrom('\0', '\u0007', '\ud83d', '\udc00', '\ufffe', '\u202e', '\ufeff', '\u2028'),
			constantFrom('\n', '\r', '\t', ' ', '#', '\\', '"', '👩🏽‍🏫', 'ش', '한', 'ก', '\u0301'),
			nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit))
		),
		maxLength: 120
	});
	const typed = oneof(anything, wild, constantFrom('', 'x'.repeat(2000), 'ء'.repeat(300)));
	await assert(
		asyncProperty(typed, typed, typed, string(), async (main, other, name, language) => {
			const input = workshop({
				...told,
				cards: [
					card('1', { stoppedUs: main, cause: other }, { language }),
					card('2', { stoppedUs: `x${other}`, withWhom: main }, { group: 'group-one' }),
					card('3', { stoppedUs: other }, { group: 'group-one' }),
					card('4', { whatWeCouldDo: name }, { column: 'ways-round', answers: '2', language })
				],
				groups: [{ ...told.groups[0]!, title: name, cards: ['2', '3'] }],
				comments: [{ id: 'c', card: '1', text: other, name, at: 1 }],
				contents: {
					votes: { '1': 2, 'group-one': 1 },
					names: { 'key-ben': name },
					actions: [{ id: 'a', board: 'b', what: main, who: name, when: other, at: 1 }]
				},
				workshop: { title: name, facilitator: other }
			});
			const pdf = await bytes(exports.board(input, 'board-one', 'pdf'));
			expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
			expect((await bytes(exports.workshop(input, 'pdf'))).length).toBeGreaterThan(1000);
		}),
		{ numRuns: Number(process.env['RUNS'] ?? 15) }
	);
	expect(exports.faults).toEqual([]);
});

test('EX7 control characters, lone surrogates and overrides are left out, and cost nothing', async () => {
	const stoppedUs = 'One\0 t\u0007wo \ufeffthree\ud83d \u202efour\ufffe';
	const pdf = await boardPdf({ cards: [card('1', { stoppedUs })] });
	expect(wordsOf(pdf)).toContain('One two three\ufffd four');
	expect(Buffer.from(pdf).toString('latin1')).toContain('pdfuaid:part');
});

test('EX7 a letter that no font has costs PDF/UA, not the PDF', async () => {
	const pdf = await boardPdf({ cards: [card('1', { stoppedUs: 'unassigned \u0378 letter' })] });
	expect(Buffer.from(pdf).toString('latin1')).not.toContain('pdfuaid:part');
	expect(wordsOf(pdf)).toMatch(/unassigned .*letter/);
});

test('EX8 long words and addresses are broken, and nothing else is', async () => {
	const long = `Donaudampfschifffahrts${'gesellschaft'.repeat(6)}`;
	const url = `https://discovery.example.org/search?scope=${'a-b&'.repeat(30)}x_y`;
	const short = 'https://www.unesco.org/en/fieldoffice/nairobi';
	const pdf = await boardPdf({ cards: [card('1', { stoppedUs: `${long} ${url}\n${short}` })] });
	const words = wordsOf(pdf);
	const joined = words.replace(/\s/g, '');
	for (const one of [long, url, short]) expect(joined).toContain(one);
	expect(words).toContain(short);
});

test('EX9 a card is not divided over pages unless it is taller than one', async () => {
	const line = 'Thirty words of a barrier that fill some lines on the paper. ';
	const cards = Array.from({ length: 30 }, (_, i) =>
		card(String(i + 10), { stoppedUs: `begin${i} ${line.repeat((i % 7) + 1)} end${i}.` })
	);
	cards.push(card('99', { stoppedUs: `begin99 ${'all of it\n'.repeat(190)} end99.` }));
	const pdf = await boardPdf({ cards });
	const pages = Number(/Pages:\s+(\d+)/.exec(infoOf(pdf))![1]);
	expect(pages).toBeGreaterThan(3);
	const divided = new Set<string>();
	for (let page = 1; page <= pages; page++) {
		const words = wordsOf(pdf, '-f', String(page), '-l', String(page));
		for (const [, id] of words.matchAll(/begin(\d+) /g))
			if (!words.includes(`end${id}.`)) divided.add(id!);
	}
	expect([...divided]).toEqual(['99']);
	expect(wordsOf(pdf)).toContain('end99.');
});

test('EX10 the summary: head, exercises, all actions, then what each exercise asks for', async () => {
	const words = wordsOf(await summaryPdf(told), '-layout');
	for (const said of [
		'Partners within reach',
		'24 November 2026 · with Ada Nwosu',
		'2 people · 1 exercise · 5 cards · 1 comment · 1 action',
		'Think of a barrier to collaboration',
		'Write it',
		'What stands in the way',
		'Rules or law 1',
		'Time 0',
		'Cause: not given 3',
		'Nobody asked us',
		'Barriers still open'
	])
		expect(words).toContain(said);
	const at = (said: string) => words.indexOf(said);
	expect(at('Write it')).toBeLessThan(at('What stands in the way'));
	expect(at('Nobody asked us')).toBeLessThan(at('Barriers still open'));
});

test.for([
	'advocate',
	'organisations',
	'six-ps',
	'common-challenge',
	'potential-partner',
	'work-with'
])('EX10 the summary of %s prints every view that it asks for', async (id) => {
	const exercise = shipped(id);
	const cards = exercise.columns.map((column, i) =>
		card(
			String(i),
			Object.fromEntries(
				exercise.fields
					.filter((field) => column.fields.includes(field.id))
					.map((field) => [field.id, example(field.type, `${field.title} ${i}`, i)])
			),
			{ column: column.id, author: i % 2 ? 'key-chidi' : 'key-ben' }
		)
	);
	const words = wordsOf(await summaryPdf({ exercise, cards, contents: { votes: { '0': 2 } } }));
	for (const view of exercise.summary) expect(words).toContain(view.title);
	for (const one of cards) expect(words).toContain(mainText(one, exercise));
	expect(exports.faults).toEqual([]);
});

function example(type: string, words: string, i: number): string | number | string[] {
	if (type === 'scale') return (i % 5) + 1;
	if (type === 'country') return 'KE';
	if (type === 'sdg-target') return ['16.10', '4.6'];
	return words;
}

test('EX12 the columns of the exercise stand side by side, at most three', async () => {
	const turned = (id: string) =>
		boardPdf({ exercise: shipped(id) }).then((pdf) => /Page size:\s+(\d+)/.exec(infoOf(pdf))![1]);
	expect(barrier.columns).toHaveLength(2);
	expect(await turned('barrier')).toBe('595');
	expect(await turned('six-ps')).toBe('841');
});
