/**
 * A board as its clients meet it: true rooms on a true database behind a true socket server, and
 * facilitation by its own function. Phases and grace have a test's clock, ticks the machine's.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Clock } from '#shared/clock.ts';
import type { FacilitationCommand } from '#shared/facilitation/commands.ts';
import type { Who } from '#shared/permissions.ts';
import { newWorkshop } from '#shared/facilitation/new-workshop.ts';
import { GRACE } from '#shared/facilitation/phases.ts';
import type { WorkshopState } from '#shared/facilitation/state.ts';
import { step } from '#shared/facilitation/step.ts';
import type { ParticipantId } from '#shared/ids.ts';
import { isRefusal } from '#shared/refusals.ts';
import type { SavingView } from '#shared/wire/events.ts';
import {
	accounts,
	authors,
	boards,
	participants,
	rows,
	snapshots,
	workshops
} from '#server/db/schema.ts';
import { createUpdateStore, type Commit, type UpdateStore } from '#server/store/updates.ts';
import type { BoardFacts, Connecting, Counts, Late, Rooms } from '#server/yjs/ports.ts';
import { COMPACTION } from '#server/yjs/compaction.ts';
import { createRooms } from '#server/yjs/rooms.ts';
import type { Bounds } from '#server/yjs/unsaved.ts';
import { createTestClock } from '../support/clock.ts';
import { freshDatabase, type DatabaseWay, type TestDatabase } from '../support/database.ts';
import { Device, exercise } from './yjs-device.ts';

export const BOARD = 'board-1';
const WORKSHOP = 'workshop-1';
const ada: Who = { role: 'facilitator', account: 'ada' };
const PEOPLE: Record<string, string> = { ben: 'Ben', chidi: 'Chidi' };

/** Who may be named in `?as=`. */
function whoIs(name: string): { who: Who; seat: ParticipantId | null } {
	if (name === 'ada') return { who: ada, seat: 'ada-seat' };
	if (name === 'screen' || name === 'visitor') return { who: { role: name }, seat: null };
	return { who: { role: 'participant', participant: name }, seat: name };
}

/** What stands between the rooms and the database, so that a test may hold or break it. */
class Gate {
	#opened = Promise.resolve();
	#open = () => {};
	#readable = Promise.resolve();
	failure: Error | null = null;
	/** Of so many commits the answer is lost on the way. */
	lost = 0;
	/** Commits that were asked for. */
	tries = 0;
	/** Boards that were read, or were asked for. */
	loads = 0;
	/** Hears of each that the database has. */
	committed: (commit: Commit) => void = () => {};

	hold(): void {
		this.holdCommits();
		this.#readable = this.#opened;
	}

	/** What is there can still be read. */
	holdCommits(): void {
		const { promise, resolve } = Promise.withResolvers<void>();
		this.#opened = promise;
		this.#open = resolve;
	}

	release(): void {
		this.#open();
	}

	/** Snapshots that were asked for, and how often the log was shortened. */
	snapshots = 0;
	trimmed = 0;
	spoils = false;
	#snapshotsHeld = { promise: Promise.resolve(), resolve: () => {} };

	holdSnapshots(): void {
		this.#snapshotsHeld = Promise.withResolvers<void>();
	}

	releaseSnapshots(): void {
		this.#snapshotsHeld.resolve();
	}

	#holding(store: UpdateStore): Partial<UpdateStore> {
		const through = async <T>(act: () => Promise<T>): Promise<T> => {
			if (this.failure) throw this.failure;
			return act();
		};
		return {
			putSnapshot: async (...asked) => {
				this.snapshots += 1;
				await this.#snapshotsHeld.promise;
				await through(() => store.putSnapshot(...asked));
			},
			readSnapshot: async (...asked) => {
				const read = await through(() => store.readSnapshot(...asked));
				// The disk gives a document otherwise than it took it.
				return read && this.spoils ? { ...read, notebooks: read.notebooks.slice(1) } : read;
			},
			trimLog: async (...asked) => {
				await through(() => store.trimLog(...asked));
				this.trimmed += 1;
			}
		};
	}

	before(store: UpdateStore): UpdateStore {
		return {
			...store,
			load: async (board) => {
				this.loads += 1;
				await this.#readable;
				if (this.failure) throw this.failure;
				return store.load(board);
			},
			...this.#holding(store),
			commit: async (board, commit) => {
				this.tries += 1;
				await this.#opened;
				if (this.failure) throw this.failure;
				await store.commit(board, commit);
				this.committed(commit);
				if (this.lost > 0) {
					this.lost -= 1;
					throw new Error('the connection was reset');
				}
			}
		};
	}
}

/** Look-ups of names: how many were asked for, and what they wait for. */
interface Names {
	asked: number;
	held: Promise<void>;
	release(): void;
}

type Shown = 'write' | 'share' | 'group' | 'vote' | 'discuss' | 'done';

interface RoomOptions {
	anonymous?: boolean;
	/** The time of pings and ticks, where a test wants to hold that too. */
	pace?: Clock;
	/** How the database is reached. */
	database?: DatabaseWay;
	/** How much may be unsaved. */
	bounds?: Bounds;
}

export class TestRoom {
	readonly clock = createTestClock();
	gate = new Gate();
	readonly database: TestDatabase;
	readonly log: { about: object; message: string }[] = [];
	readonly news = {
		wrote: () => {},
		counted: [] as Counts[],
		held: [] as Late[][],
		waiting: [] as (SavingView | null)[],
		seated: 0
	};
	/** As large as in a server: a test that wants a snapshot after each row sets them to 0. */
	readonly compaction = { ...COMPACTION };
	rooms: Rooms;
	state: WorkshopState;
	readonly #options: RoomOptions;
	readonly #server: Server = createServer();
	readonly #sockets = new WebSocketServer({ noServer: true });
	readonly #devices: Device[] = [];
	#names: Names = { asked: 0, held: Promise.resolve(), release: () => {} };
	#made = 0;

	private constructor(database: TestDatabase, state: WorkshopState, options: RoomOptions) {
		this.database = database;
		this.state = state;
		this.#options = options;
		this.rooms = this.#createRooms();
		this.#server.on('upgrade', (request, socket, head) => {
			this.#sockets.handleUpgrade(request, socket, head, (ws) => {
				const url = new URL(request.url!, 'http://test');
				const [, , board, document = 'board'] = url.pathname.split('/');
				const { who, seat } = whoIs(url.searchParams.get('as') ?? 'visitor');
				void this.rooms.serve(ws, {
					board: board!,
					document: document as Connecting['document'],
					who,
					seat,
					account: 'account' in who ? who.account : null,
					ack: url.searchParams.get('ack') === '1',
					epoch: url.searchParams.get('epoch')
				});
			});
		});
	}

	/** A board in its first phase; Ben, Chidi and Ada have joined. */
	static async open(options: RoomOptions = {}): Promise<TestRoom> {
		const { anonymous = false } = options;
		const form = { title: 'Dakar', language: 'en', anonymous, agenda: ['barrier'] } as const;
		const state = newWorkshop({ ...form, agenda: [...form.agenda] }, () => exercise);
		if (isRefusal(state)) throw new Error(state.refused);
		const database = await freshDatabase(options.database);
		const { db } = database;
		const createdAt = 0;
		await db
			.insert(accounts)
			.values({ id: 'ada', email: 'ada@example.org', name: 'Ada', passwordHash: '', createdAt });
		await db.insert(workshops).values({
			id: WORKSHOP,
			code: 'ABCDEF',
			ownerId: 'ada',
			screenSecret: '',
			state,
			version: 1,
			createdAt
		});
		await db
			.insert(boards)
			.values({ id: BOARD, workshopId: WORKSHOP, exercise, epoch: 'epoch-1', createdAt });
		const people = [
			...Object.keys(PEOPLE),
			'ada-seat',
			...Array.from({ length: 8 }, (_, i) => `p${i}`)
		];
		await db.insert(participants).values(
			people.map((id) => ({
				id,
				workshopId: WORKSHOP,
				name: PEOPLE[id] ?? id,
				accountId: id === 'ada-seat' ? 'ada' : null,
				joinedAt: 0
			}))
		);
		const room = new TestRoom(database, state, options);
		await new Promise<void>((resolve) => room.#server.listen(0, '127.0.0.1', resolve));
		await room.command({ type: 'open' });
		await room.command({ type: 'start', exercise: 0, board: BOARD });
		return room;
	}

	/** The same, in a phase, and past the grace of the one before; private until `write` is over. */
	static async inPhase(phase: Shown, options?: RoomOptions): Promise<TestRoom> {
		const room = await TestRoom.open(options);
		await room.command({ type: 'go', phase: 'write' });
		if (phase !== 'write') await room.go(phase);
		return room;
	}

	/** The same, written openly. */
	static async openly(options?: RoomOptions): Promise<TestRoom> {
		const room = await TestRoom.inPhase('write', options);
		await room.command({ type: 'set-writing', mode: 'open', reveal: true });
		return room;
	}

	async go(phase: Shown): Promise<void> {
		await this.command({ type: 'go', phase });
		this.clock.advance(GRACE + 1);
	}

	/** What the cards on the board say, sorted. */
	async words(): Promise<unknown[]> {
		const { cards } = await this.rooms.read(BOARD);
		return cards.map(({ fields }) => fields['stoppedUs']).sort();
	}

	get url(): string {
		return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/yjs`;
	}

	/** Ada's command, as the server runs it: the rooms take on what it makes. */
	async command(command: FacilitationCommand): Promise<void> {
		this.#step(command);
		const facts = this.facts();
		if (facts) await this.rooms.adopt(facts);
	}

	/** The command is stored, and the server dies before its rooms hear of it. */
	commandUnheard(command: FacilitationCommand): void {
		this.#step(command);
	}

	#step(command: FacilitationCommand): void {
		const next = step(this.state, command, ada, this.clock.now(), () => exercise);
		if (isRefusal(next)) throw new Error(`${command.type}: ${next.refused}`);
		this.state = next;
	}

	facts(): BoardFacts | null {
		const state = this.state.boards.find(({ id }) => id === BOARD);
		const { status } = this.state;
		return state ? { workshop: WORKSHOP, status, exercise, state, epoch: 'epoch-1' } : null;
	}

	/** Somebody's device at a document: it has all there is when this settles. */
	async device(as: string, document: 'board' | 'notebook', epoch?: string): Promise<Device> {
		const device = this.knock(as, document, epoch);
		await device.synced();
		return device;
	}

	/** A device of which it is not known yet whether it is let in. */
	knock(as: string, document: 'board' | 'notebook', epoch?: string): Device {
		const path = document === 'notebook' ? `${BOARD}/notebook` : BOARD;
		const asked = `as=${as}&ack=1${epoch ? `&epoch=${epoch}` : ''}`;
		const device = new Device(`${this.url}/${path}?${asked}`);
		this.#devices.push(device);
		return device;
	}

	/** The process is gone without a word, and another one starts on what the database has. */
	async kill(): Promise<void> {
		this.gate.failure = new Error('this process is dead');
		this.gate.release();
		for (const device of this.#devices) device.cut();
		void this.rooms.stop(); // it has no database any more
		this.gate = new Gate();
		await this.database.reopen();
		this.rooms = this.#createRooms();
	}

	/** Rooms without anything in memory, on the same database. */
	async restart(): Promise<void> {
		await this.rooms.stop();
		this.rooms = this.#createRooms();
	}

	/** Nobody's name is known until it is let go. */
	holdNames(): Names {
		const { promise, resolve } = Promise.withResolvers<void>();
		return (this.#names = { asked: 0, held: promise, release: resolve });
	}

	/** Who has a notebook on the board. */
	async authors(): Promise<ParticipantId[]> {
		const all = await this.database.db.select().from(authors);
		return all.map(({ participantId }) => participantId);
	}

	stored(): Promise<(typeof rows.$inferSelect)[]> {
		return this.database.db.select().from(rows).orderBy(rows.seq);
	}

	/** The numbers of the snapshots there are, the oldest first. */
	async snapshots(): Promise<number[]> {
		const all = await this.database.db
			.selectDistinct({ seq: snapshots.seq })
			.from(snapshots)
			.orderBy(snapshots.seq);
		return all.map(({ seq }) => seq);
	}

	async close(): Promise<void> {
		this.gate.release();
		this.#names.release();
		this.gate.failure = null;
		for (const device of this.#devices) device.cut();
		await this.rooms.stop();
		this.#sockets.close();
		await new Promise((resolve) => this.#server.close(resolve));
		await this.database.close();
	}

	#createRooms(): Rooms {
		const note = (about: object, message: string) => void this.log.push({ about, message });
		return createRooms({
			updates: this.gate.before(createUpdateStore(this.database.db)),
			facts: () => Promise.resolve(this.facts()),
			nameOf: async (id) => {
				this.#names.asked += 1;
				await this.#names.held;
				return PEOPLE[id] ?? null;
			},
			news: {
				counted: (_, counts) => this.news.counted.push(counts),
				held: (_, late) => this.news.held.push(late),
				waiting: (_workshop, _board, saving) => this.news.waiting.push(saving),
				wrote: () => {},
				changed: () => {},
				seated: () => (this.news.seated += 1)
			},
			clock: this.clock,
			compaction: this.compaction,
			...(this.#options.bounds ? { bounds: this.#options.bounds } : {}),
			...(this.#options.pace ? { pace: this.#options.pace } : {}),
			log: { info: note, warn: note, error: note },
			ids: () => `author-key-${this.#made++}`
		});
	}
}
