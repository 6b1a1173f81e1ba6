/**
 * The people of one rehearsal: they come in over half a minute, and play what the stage asks of them,
 * all by the sockets of this very server, until they are sent home.
 */
import type { Logger } from 'pino';
import type { Clock } from '#shared/clock.ts';
import { stretchOf } from '#shared/facilitation/signals.ts';
import { collects } from '#shared/facilitation/phases.ts';
import type { BoardState, WorkshopState } from '#shared/facilitation/state.ts';
import { liveBoard } from '#shared/facilitation/view.ts';
import type { BoardId, WorkshopId } from '#shared/ids.ts';
import { isRefusal } from '#shared/refusals.ts';
import type { Participants } from '#server/doors/participants.ts';
import type { StoredWorkshop } from '#server/store/workshops.ts';
import type { StoredWorkshops } from '#server/workshops/stored-workshops.ts';
import { castOf, type Chance, type Page, type Part } from './cards.ts';
import { doingsOf, type Doings } from './doings.ts';
import { SimulatedPerson } from './simulated-person.ts';

/** In ms: how often each looks what there is to do. */
const LOOK = 600;
/** After this long they go home, and make room for others; the rehearsal stays. */
const LONGEST = 2 * 60 * 60 * 1000;
/** All have come by then. */
const COME_WITHIN = 30_000;

export interface Troupe {
	/** How many come, and whether they rest. */
	readonly people: number;
	resting: boolean;
	/** They go home; settles when none of them does anything any more. */
	end(): Promise<void>;
}

interface TroupeDeps {
	/** Where this server is reached from inside. */
	url: string;
	participants: Pick<Participants, 'join'>;
	workshops: StoredWorkshops;
	chance: Chance;
	clock: Clock;
	log: Logger;
	/** There is nothing more to play. */
	over(): void;
}

interface Player {
	person: SimulatedPerson;
	part: Part;
	place: number;
	/** The stage that their doings are of. */
	stage: string;
	doings: Doings | null;
	/** In ms: what has gone by since their last step, less what that takes. */
	time: number;
}

export function startTroupe(id: WorkshopId, size: number, deps: TroupeDeps): Troupe {
	const { clock, chance, workshops, log } = deps;
	const toCome = castOf(size);
	const cast: Part[] = [];
	const players: Player[] = [];
	const pages = new Map<BoardId, Page>();
	const startedAt = clock.now();
	let lookedAt = startedAt;
	/** As it was at the last look. */
	let live: BoardState | null = null;
	let ended = false;
	const isOver = () => ended;
	let cancel = () => {};
	let look: Promise<void> = Promise.resolve();

	/** Those whose turn it is, one after the other, as at a door. */
	async function comeIn({ code }: StoredWorkshop): Promise<void> {
		const due = Math.ceil(((clock.now() - startedAt) / COME_WITHIN) * size);
		while (toCome.length > 0 && players.length < due && !isOver()) {
			const who = toCome[0]!;
			const seat = await deps.participants.join({ code, name: who.name }, STRANGER);
			if (isRefusal(seat)) return; // the doors are closed: they knock again
			toCome.shift();
			const person = new SimulatedPerson(deps.url, seat);
			const part = { ...who, participant: seat.participant };
			cast.push(part);
			players.push({ person, part, place: players.length, stage: '', doings: null, time: 0 });
		}
	}

	async function pageOf(board: BoardId): Promise<Page | null> {
		const known = pages.get(board);
		if (known) return known;
		const facts = await workshops.facts(board);
		if (!facts) return null;
		const page = { exercise: facts.exercise, dealt: new Set<number>(), cast, chance };
		pages.set(board, page);
		return page;
	}

	async function play(player: Player, board: BoardState, passed: number): Promise<void> {
		const { person, part, place } = player;
		const page = await pageOf(board.id);
		if (!page || person.hasLeft) return;
		if (person.sitsAt !== board.id) await person.sitDown(board.id, page.exercise);
		const stage = `${stretchOf(board)} ${board.round} ${board.voting.way}`;
		if (player.stage !== stage) {
			player.stage = stage;
			player.time = 0;
			player.doings = doingsOf({ person, part, page, place, board: () => live ?? board });
		}
		player.time += passed;
		while (player.doings && player.time >= 0 && !isOver() && !person.hasLeft) {
			const step = await player.doings.next();
			if (step.done) player.doings = null;
			else player.time -= (1 + step.value) * LOOK;
		}
	}

	async function lookOnce(): Promise<void> {
		const workshop = await workshops.load(id);
		const tired = clock.now() - startedAt >= LONGEST;
		if (tired || !workshop || workshop.state.status === 'closed') return deps.over();
		const passed = clock.now() - lookedAt;
		lookedAt = clock.now();
		if (troupe.resting) return;
		await comeIn(workshop);
		const board = stageOf(workshop.state, clock.now());
		if (!board || board.muted || workshop.state.break) return;
		live = board;
		await Promise.all(
			players.map((player) =>
				ended
					? undefined
					: play(player, board, passed).catch((error: unknown) => {
							player.doings = null;
							log.info({ err: error, workshop: id }, 'a simulated person lost the thread');
						})
			)
		);
	}

	function lookSoon(): void {
		if (ended) return;
		cancel = clock.after(LOOK, () => {
			look = lookOnce()
				.catch((error: unknown) => {
					log.error({ err: error, workshop: id }, 'simulated people could not play on, yet');
				})
				.then(lookSoon);
		});
	}

	const troupe: Troupe = {
		people: size,
		resting: false,
		async end() {
			ended = true;
			cancel();
			for (const { person } of players) person.leave();
			await look;
		}
	};
	lookSoon();
	return troupe;
}

/** What is on; while nothing is, what collects answers and is open for them. */
function stageOf(state: WorkshopState, now: number): BoardState | undefined {
	const live = liveBoard(state);
	if (live && live.phase !== 'done') return live;
	return state.boards.find((board) => collects(board) && board.collecting!.until > now);
}

/** Who knocks is nobody yet. */
const STRANGER = { cookies: '', token: null, screen: null, address: 'rehearsal' };
