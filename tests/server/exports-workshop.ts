/** A workshop to export: Ada facilitates, Ben and Chidi write, about as awkwardly as people do. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createExports, type Exports } from '#server/exports/exports.ts';
import type { BoardInput, ExportInput } from '#server/exports/input.ts';
import type { CardValue, CommentValue, GroupValue } from '#shared/doc/contents.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import { isRefusal } from '#shared/refusals.ts';
import { WHOLE_SUMMARY } from '#shared/summary/settings.ts';

export const NOW = Date.UTC(2026, 10, 24, 9);
export const BEN = 'BenBenBenBenBenBenBen';
export const CHIDI = 'ChidiChidiChidiChidiC';

/** An exercise that ships. */
export const shipped = (id: string): Exercise =>
	JSON.parse(
		readFileSync(
			new URL(`../../src/shared/exercises/catalogue/${id}.json`, import.meta.url),
			'utf8'
		)
	) as Exercise;

export const barrier = shipped('barrier');

export function card(
	id: string,
	fields: CardValue['fields'],
	rest: Partial<CardValue> = {}
): CardValue {
	return { id, author: 'key-ben', column: 'barriers', order: `a${id}`, fields, ...rest };
}

interface Told {
	exercise?: Exercise;
	cards?: CardValue[];
	groups?: GroupValue[];
	comments?: CommentValue[];
	state?: Partial<BoardState>;
	contents?: Partial<BoardInput['contents']>;
	workshop?: Partial<ExportInput['workshop']>;
	summary?: Partial<ExportInput['summary']>;
	logo?: ExportInput['logo'];
}

/** One board in its workshop; hidden cards are taken out as the server does. */
export function workshop(told: Told = {}): ExportInput {
	const exercise = told.exercise ?? barrier;
	const cards = told.cards ?? [];
	const groups = told.groups ?? [];
	const hidden = told.state?.hidden ?? [];
	const anonymous = told.workshop?.anonymous ?? false;
	const state = {
		id: 'board-one',
		title: exercise.title,
		anonymous,
		phase: 'done',
		revealed: true,
		votesShown: true,
		hidden,
		startedAt: NOW,
		finishedAt: NOW + 600_000,
		...told.state
	} as BoardState;
	return {
		workshop: {
			id: 'workshop-one',
			title: 'Partners within reach',
			language: 'en',
			anonymous,
			openedAt: NOW,
			closedAt: null,
			facilitator: 'Ada Nwosu',
			people: 2,
			...told.workshop
		},
		boards: [
			{
				id: 'board-one',
				state,
				contents: {
					exercise,
					board: { cards: cards.filter((one) => !hidden.includes(one.id)), groups },
					votes: null,
					actions: [],
					names: anonymous ? {} : { 'key-ben': 'Ben', 'key-chidi': 'Chidi' },
					people: anonymous ? {} : { [BEN]: 'Ben', [CHIDI]: 'Chidi' },
					countryName: (code) => (code === 'KE' ? 'Kenya' : code),
					...told.contents
				},
				all: { cards, groups },
				hidden: cards.filter((one) => hidden.includes(one.id)).length,
				comments: told.comments ?? [],
				seats: anonymous ? {} : { 'key-ben': BEN, 'key-chidi': CHIDI }
			}
		],
		seats: [BEN, CHIDI].map((id, i) => ({
			id,
			name: anonymous ? '' : ['Ben', 'Chidi'][i]!,
			aside: false
		})),
		summary: { ...WHOLE_SUMMARY, ...told.summary },
		logo: told.logo ?? null
	};
}

/** Exports whose failures are kept to be looked at. */
export function exportsWith(): Exports & { faults: unknown[] } {
	const faults: unknown[] = [];
	const log = {
		warn: () => {},
		error: (about: object, message: string) => faults.push({ message, ...about })
	};
	return Object.assign(createExports({ log, now: () => NOW }), { faults });
}

/** The file's bytes, where it was not refused. */
export async function bytes(made: ReturnType<Exports['board']>): Promise<Uint8Array> {
	const file = await made;
	if (isRefusal(file)) throw new Error(`refused: ${file.refused} ${file.detail ?? ''}`);
	return file.body;
}

export const text = (body: Uint8Array): string =>
	new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);

/** What poppler's tools say of a PDF. */
function ask(tool: string, pdf: Uint8Array, ...options: string[]): string {
	const dir = mkdtempSync(join(tmpdir(), 'plenary-pdf-'));
	try {
		const file = join(dir, 'a.pdf');
		writeFileSync(file, pdf);
		const after = tool === 'pdftotext' ? ['-'] : [];
		return execFileSync(tool, [...options, file, ...after], {
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore']
		});
	} finally {
		rmSync(dir, { recursive: true });
	}
}

const MARKS = /[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A PDF's words as a reader would copy them, one space between any two. */
export const wordsOf = (pdf: Uint8Array, ...options: string[]): string =>
	ask('pdftotext', pdf, ...options)
		.replace(MARKS, '')
		.replace(/\s+/g, ' ')
		.trim();

export const infoOf = (pdf: Uint8Array): string => ask('pdfinfo', pdf);

/** Its bookmarks, in order. */
export const bookmarksOf = (pdf: Uint8Array): string[] =>
	[
		...ask('pdftohtml', pdf, '-xml', '-stdout', '-i').matchAll(/<item page="\d+">([^<]*)<\/item>/g)
	].map(([, title]) => title!);

/** Its structure: "H2 What we did", "TH Who", "TD Ben", each tag with the words that stand in it. */
export function tagsOf(pdf: Uint8Array): string[] {
	interface Tag {
		depth: number;
		said: string[];
	}
	const tags: Tag[] = [];
	let open: Tag[] = [];
	for (const line of ask('pdfinfo', pdf, '-struct-text').split('\n')) {
		const depth = line.search(/\S/);
		const words = /^\s*"(.*)"$/.exec(line)?.[1];
		if (words !== undefined) {
			for (const tag of open) tag.said.push(words.trim());
			continue;
		}
		// An attribute of the tag before it.
		if (depth < 0 || /^\s*\//.test(line)) continue;
		open = open.filter((tag) => tag.depth < depth);
		const name = /^\s*(H\d|TH|TD)\b/.exec(line)?.[1];
		if (!name) continue;
		const tag = { depth, said: [name] };
		tags.push(tag);
		open.push(tag);
	}
	return tags.map(({ said }) => said.join(' '));
}

/** How far from the left a word begins, in points: the first time that it stands there alone. */
export function placesOf(pdf: Uint8Array): (word: string) => number {
	const lines = ask('pdftotext', pdf, '-bbox');
	return (word) => {
		const found = [...lines.matchAll(/<word xMin="([\d.]+)"[^>]*>([^<]*)<\/word>/g)].find(
			([, , text]) => text!.replace(MARKS, '') === word
		);
		if (!found) throw new Error(`no ${word}`);
		return Number(found[1]);
	};
}
