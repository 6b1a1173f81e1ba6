/**
 * A room in which two people type to each other, while others on several sockets send what no
 * client sends. What is asked: that the two notice nothing, and that the server stays as it was.
 */
import { findExercise } from '#shared/exercises/catalogue.ts';
import type { BoardId } from '#shared/ids.ts';
import { writeUpdate } from '#shared/wire/yjs-frames.ts';
import { createChance } from '../tests/support/chance.ts';
import { Lane, type Sent } from './lane.ts';
import { post, SimulatedPerson } from './simulated-person.ts';
import { sitTogether, type Spread } from './typing-pair.ts';

const exercise = findExercise('barrier')!;
const ATTACKERS = 4;
const LANES = 48;

export interface FuzzReport extends Sent {
	seed: number;
	/** From a letter typed to the letter seen, in ms. */
	before: Spread;
	during: Spread;
	/** How often the two lost a connection. */
	lost: number;
	/** Their cards, as they typed them and as whoever comes now reads them. */
	typed: string[];
	found: string[];
	seconds: number;
}

export interface FuzzOptions {
	url: string;
	/** Of the facilitator's account. */
	token: string;
	seed: number;
	/** Stops when so many frames have been read and letters typed, or so much time is over. */
	frames: number;
	seconds?: number;
	/** How many letters are typed before, and at least beside them. */
	letters?: number;
	progress?: (read: number, report: FuzzReport) => void;
}

/** Sends frames until there are enough. Throws where the server is not there. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
	const { url, seed, frames, seconds = Infinity, letters = 60 } = options;
	const room = await openRoom(url, options.token);
	const report = emptyReport(seed);
	const corpus: Uint8Array[] = [];
	let isLeaving = false;
	const pair = await sitTogether(room, {
		sent: (update) => corpus.length < 4000 && corpus.push(writeUpdate(update)),
		lost: () => (report.lost += Number(!isLeaving))
	});
	report.before = await pair.type(letters);

	const attackers = await Promise.all(
		Array.from({ length: ATTACKERS }, (_, at) => room.join(`Mallory ${at}`))
	);
	const began = performance.now();
	let typed = 0;
	const isOver = () =>
		(report.read >= frames && typed >= letters) || performance.now() - began > seconds * 1000;
	const typing = pair.typeUntil((turn) => {
		typed = turn;
		return isOver();
	});
	const lanes = Array.from({ length: LANES }, (_, at) =>
		new Lane({
			url: `${url.replace(/^http/, 'ws')}/yjs/${room.board}`,
			seat: at % ATTACKERS,
			token: attackers[at % ATTACKERS]!,
			document: at % 3 === 0 ? 'board' : 'notebook',
			chance: createChance(seed * 1000 + at),
			corpus,
			report
		}).run(isOver, () => options.progress?.(report.read, report))
	);
	await Promise.all(lanes);
	report.during = await typing;
	report.seconds = (performance.now() - began) / 1000;
	report.typed = pair.typed();
	report.found = await room.read(pair.cards());
	isLeaving = true;
	pair.leave();
	return report;
}

/** An open board on which everybody writes and arranges. */
async function openRoom(url: string, token: string) {
	const api = (path: string, body: unknown) => post(`${url}/api/v1/${path}`, body, token);
	const agenda = [{ exercise: exercise.id, writing: 'open' }];
	const workshop = (await api('workshops', { title: 'Fuzzed', agenda })) as {
		id: string;
		code: string;
	};
	const command = (body: object) => api(`workshops/${workshop.id}/commands`, body);
	await command({ type: 'open' });
	const { board } = (await command({ type: 'start', exercise: 0 })) as { board: BoardId };
	await command({ type: 'go', phase: 'write' });
	await command({ type: 'go', phase: 'group' });
	const { code } = workshop;
	const seat = (name: string) => SimulatedPerson.join(url, code, { id: name, name });
	return {
		board,
		seat,
		join: async (name: string) =>
			((await post(`${url}/api/v1/join`, { code, name }, null)) as { token: string }).token,
		/** What these cards say to somebody who has only just come. */
		async read(cards: string[]): Promise<string[]> {
			const newcomer = await seat('Newcomer');
			await newcomer.sitDown(board, exercise);
			const said = new Map(
				newcomer.board().cards.map((card) => [card.id, JSON.stringify(card.fields)])
			);
			newcomer.leave();
			return cards.map((card) => said.get(card) ?? 'gone');
		}
	};
}

function emptyReport(seed: number): FuzzReport {
	const none = { letters: 0, median: NaN, p99: NaN, longest: NaN };
	return {
		seed,
		sent: 0,
		read: 0,
		connections: 0,
		codes: {},
		mutations: {},
		before: none,
		during: none,
		lost: 0,
		typed: [],
		found: [],
		seconds: 0
	};
}
