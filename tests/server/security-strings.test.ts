/**
 * Strings made to keep a validator busy. Each is held against an eighth of itself, read by the same
 * validator: that a hundred thousand letters cost eight times as much is no fault, sixty-four is.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as v from 'valibot';
import { networkOf } from '#server/http.ts';
import { cleanName } from '#server/doors/names.ts';
import { clean, oneLine, paragraphs } from '#server/exports/text.ts';
import { readCode } from '#shared/code.ts';
import { cardValueSchemas, placementSchema } from '#shared/doc/schema.ts';
import { exerciseSchema } from '#shared/exercises/format.ts';
import { normalised } from '#shared/exercises/views/cards.ts';
import { agendaSchema, envelopeSchema } from '#shared/facilitation/commands.ts';
import { idSchema, languageSchema } from '#shared/ids.ts';
import { handshakeSchema } from '#shared/wire/events.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { PASSWORD } from '../support/people.ts';
import { card, exportsWith, shipped, workshop } from './exports-workshop.ts';

const LENGTH = 100_000;
const fill = (piece: string, end = '') =>
	piece.repeat(Math.ceil(LENGTH / piece.length)).slice(0, LENGTH - end.length) + end;

/** What is repeated, and at the end of it what makes a match fail after all. */
const ADVERSE: Record<string, string> = {
	'spaces, then a letter': fill(' ', 'x'),
	'lines, then a letter': fill('\n', 'x'),
	'lines of spaces': fill(' \n', 'x'),
	'tabs and semicolons': fill(';\t', 'x'),
	'semicolons and spaces': fill('; ', 'x'),
	quotes: fill('"\'', 'x'),
	'letters, then a sign': fill('a', '!'),
	hyphens: fill('-', '!'),
	'a tag': `en${fill('-ab', '!')}`,
	dots: fill('a.', '!'),
	'an e-mail address': `a@${fill('a.', '!')}`,
	'an e-mail address of hyphens': `${fill('a-')}@${fill('a-', '!')}`,
	'many signs @': fill('a@', '!'),
	'an address': `http://${fill('a/', ' ')}`,
	'an address of colons': `http://${fill('a:a@', ' ')}`,
	'colons of IPv6': fill('a:'),
	'signs of a formula': fill('=+-@'),
	'zero-width spaces': fill('\u200b', 'x'),
	'marks without a letter': fill('\u0301'),
	'a letter with marks': `a${fill('\u0323\u0301')}`,
	'what decomposes into many': fill('\ufdfa'),
	surrogates: fill('\ud83d'),
	emoji: fill('👩🏽‍🏫'),
	'marks of direction': fill('\u202e\u2066'),
	zeroes: fill('\0'),
	braces: fill('{'),
	'percent signs': fill('%2'),
	'a code and more': fill('A7K-')
};
/** An eighth of it, with how it begins and ends. */
const PART = 8;
const partOf = (text: string) => text.slice(0, LENGTH / PART / 2) + text.slice(-LENGTH / PART / 2);

let server: TestApp;
const exports = exportsWith();
beforeAll(async () => {
	server = await startTestApp({ kit: false });
});
afterAll(async () => {
	await exports.stop();
	await server.close();
});

const barrier = shipped('barrier');
const VALIDATORS: Record<string, (text: string) => unknown> = {
	'a code': readCode,
	'a name': cleanName,
	'an id': (text) => v.safeParse(idSchema, text),
	'a language': (text) => v.safeParse(languageSchema, text),
	'a card’s own keys': (text) =>
		Object.values(cardValueSchemas).map((schema) => v.safeParse(schema, text)),
	'a placement': (text) => v.safeParse(placementSchema, { column: text, order: text, group: text }),
	'an agenda': (text) => v.safeParse(agendaSchema, [text, { exercise: text }, { break: text }]),
	'a command': (text) =>
		['rename', 'comment', 'action', 'hide-card', text].map((type) =>
			v.safeParse(envelopeSchema, {
				id: text,
				command: { type, title: text, text, what: text, board: text, card: text }
			})
		),
	'a handshake': (text) => v.safeParse(handshakeSchema, { workshop: text, token: text, as: text }),
	'an exercise': (text) =>
		v.safeParse(exerciseSchema, {
			...barrier,
			id: text,
			title: text,
			links: [{ title: text, url: text }]
		}),
	'an e-mail address': (text) => server.app.accounts.add(text, PASSWORD),
	'an address of the network': networkOf,
	'words that are compared': normalised,
	'words for a table': clean,
	'words for print': (text) => [paragraphs(text, text), oneLine(text, text)],
	'a table': (text) =>
		exports.board(
			workshop({ cards: [card('card-1', { stoppedUs: text })], workshop: { title: text } }),
			'board-one',
			'csv'
		)
};

/** In ms of this thread's work, the least of three: what it costs, whatever else is being done. */
async function costOf(read: (text: string) => unknown, text: string, times = 1): Promise<number> {
	let least = Infinity;
	for (let i = 0; i < 3; i++) {
		const before = process.threadCpuUsage();
		for (let time = 0; time < times; time++) await read(text);
		const { user, system } = process.threadCpuUsage(before);
		least = Math.min(least, (user + system) / 1000);
	}
	return least;
}

/** What grows as the length costs as much as its eight parts, what grows as its square eight times that. */
const TOO_STEEP = PART / 2;
/** In ms; below this a comparison says nothing, and nobody has to wait. */
const NOTHING = 100;

const NAMES = Object.keys(VALIDATORS);

test.for(NAMES)('SE13 no string keeps a validator busy: %s', async (name) => {
	const read = VALIDATORS[name]!;
	const dear: string[] = [];
	for (const [what, text] of Object.entries(ADVERSE)) {
		const cost = await costOf(read, text);
		if (cost <= NOTHING) continue;
		const parts = await costOf(read, partOf(text), PART);
		if (cost > TOO_STEEP * parts)
			dear.push(`${what}: ${cost.toFixed(1)} ms, ${parts.toFixed(1)} ms for eight eighths of it`);
	}
	expect(dear).toEqual([]);
});
