/**
 * What downloads cost: how long a file takes in the worker, how long sockets wait meanwhile, and what
 * memory it takes; beside a baseline that the same machine did in the same run.
 */
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import * as Y from 'yjs';
import { place } from '#shared/doc/board.ts';
import type { BoardValue } from '#shared/doc/contents.ts';
import { addCard, makeAuthorMap } from '#shared/doc/notebook.ts';
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { BoardState } from '#shared/facilitation/state.ts';
import type { ExportFormat } from '#shared/export-formats.ts';
import { isRefusal } from '#shared/refusals.ts';
import { WHOLE_SUMMARY } from '#shared/summary/settings.ts';
import { createExports } from '#server/exports/exports.ts';
import type { ExportInput } from '#server/exports/input.ts';
import { readInTurns } from '#server/yjs/reading.ts';

const exercise = findExercise('barrier')!;
const CARDS_A_PERSON = 50;
const WORDS =
	'Nobody at the ministry had the time to answer us before the budget of the year was closed.';
const VOCABULARY = WORDS.slice(0, -1).split(' ');

/** As long as `WORDS`, and each another one: what is set twice is set once. */
function sentence(card: number): string {
	let [text, at] = [`${card}:`, card];
	while (text.length < WORDS.length) {
		at = (at * 48_271 + 11) % 0x7fffffff;
		text += ` ${VOCABULARY[at % VOCABULARY.length]}`;
	}
	return text;
}

interface ExportCost {
	what: string;
	/** In ms, from asking to the last byte, the median of some. */
	took: number;
	/** In ms: the longest that the event loop was held up, gathering included. */
	held: number;
	bytes: number;
}

/** A board of so many cards, two thirds of them barriers in themes, the others ways round them. */
function boardOf(cards: number): Y.Doc {
	const board = new Y.Doc();
	for (let person = 0; person * CARDS_A_PERSON < cards; person++) {
		const notebook = new Y.Doc();
		Y.applyUpdate(notebook, makeAuthorMap(`author-${person}`));
		for (let i = 0; i < Math.min(CARDS_A_PERSON, cards - person * CARDS_A_PERSON); i++) {
			const isWay = i % 3 === 2;
			addCard(notebook, exercise, {
				id: `card-${person}-${i}`,
				column: isWay ? 'ways-round' : 'barriers',
				order: `a${person}-${i}`,
				fields: isWay
					? { whatWeCouldDo: sentence(person * CARDS_A_PERSON + i) }
					: {
							stoppedUs: sentence(person * CARDS_A_PERSON + i),
							cause: 'money',
							withWhom: 'outside'
						},
				...(isWay && { answers: `card-${person}-${i - 1}` })
			});
		}
		Y.applyUpdate(board, Y.encodeStateAsUpdate(notebook));
	}
	board.transact(() => {
		for (let person = 0; person * CARDS_A_PERSON < cards; person += 2)
			place(board, `card-${person}-0`, { column: 'barriers', order: `b${person}` });
	});
	return board;
}

function inputOf(board: BoardValue): ExportInput {
	const authors = [...new Set(board.cards.map(({ author }) => author))];
	const names = Object.fromEntries(authors.map((author, i) => [author, `Person ${i}`]));
	const votes = Object.fromEntries(board.cards.map(({ id }, i) => [id, i % 7]));
	const state = { id: 'b', title: exercise.title, revealed: true, hidden: [] as string[] };
	const contents = { exercise, board, votes, actions: [], names, people: {} };
	return {
		workshop: {
			id: 'w',
			title: 'A large workshop',
			language: 'en',
			anonymous: false,
			openedAt: Date.UTC(2026, 10, 24),
			closedAt: null,
			facilitator: 'Ada Nwosu',
			people: authors.length
		},
		seats: [],
		boards: [
			{
				id: 'b',
				state: { ...state, phase: 'done', votesShown: true, anonymous: false } as BoardState,
				all: board,
				hidden: 0,
				comments: [],
				seats: {},
				contents: { ...contents, countryName: (code: string) => code }
			}
		],
		summary: WHOLE_SUMMARY,
		logo: null
	};
}

const median = (values: number[]): number =>
	values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** What a hundred thousand small things take on this machine now: what the others stand beside. */
async function baseline(): Promise<{ took: number; held: number }> {
	const delay = monitorEventLoopDelay({ resolution: 1 });
	delay.enable();
	await pause(500);
	delay.disable();
	const took = median(
		Array.from({ length: 5 }, () => {
			const began = performance.now();
			JSON.parse(JSON.stringify(Array.from({ length: 5000 }, (_, i) => ({ id: i, text: WORDS }))));
			return performance.now() - began;
		})
	);
	return { took, held: delay.max / 1e6 };
}

/** What the children of this process take at most, in MB: Linux tells. */
function mostOfWorker(): number {
	const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8')
		.trim()
		.split(' ');
	const most = (pid: string) =>
		Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
	return Math.max(...children.map(most)) / 1e3;
}

/** Each as often as it takes to be warm; the content changes a little each time, so that none is remembered. */
export async function measureExports(): Promise<{
	baseline: { took: number; held: number };
	costs: ExportCost[];
	/** In MB, at most: of this process, and of its worker, up to the largest PDF and with pictures. */
	memory: { server: number; pdf: number; pictures: number };
}> {
	const idle = await baseline();
	const exports = createExports({ log: console, now: Date.now });
	const delay = monitorEventLoopDelay({ resolution: 1 });

	async function measure(cards: number, formats: ExportFormat[], rounds: number) {
		const board = boardOf(cards);
		const costs: ExportCost[] = [];
		for (const format of formats) {
			const took: number[] = [];
			let [held, bytes] = [0, 0];
			for (let round = 0; round <= rounds; round++) {
				await pause(50);
				delay.reset();
				delay.enable();
				const input = inputOf(await readInTurns(board, { atCut: async (read) => read() }));
				input.workshop.title += ` ${format} ${round}`;
				const began = performance.now();
				const file = await exports.board(input, 'b', format);
				// Not within its 30 seconds: told as it is, and not tried again.
				if (isRefusal(file))
					return [
						...costs,
						{ what: `${format} of ${cards}: ${file.refused}`, took: NaN, held: NaN, bytes: NaN }
					];
				await pause(5);
				delay.disable();
				if (round === 0) continue; // fonts, libraries, and the compiler of this language
				took.push(performance.now() - began - 5);
				held = Math.max(held, delay.max / 1e6);
				bytes = file.body.length;
			}
			costs.push({ what: `${format} of ${cards} cards`, took: median(took), held, bytes });
		}
		return costs;
	}

	const costs = [
		...(await measure(200, ['pdf'], 7)),
		...(await measure(5000, ['xlsx', 'csv', 'json', 'pdf'], 3))
	];
	const pdf = mostOfWorker();
	costs.push(...(await measure(1000, ['svg', 'png'], 1)));
	const memory = { server: process.resourceUsage().maxRSS / 1e3, pdf, pictures: mostOfWorker() };
	await exports.stop();
	return { baseline: idle, costs, memory };
}
