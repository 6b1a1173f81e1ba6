/**
 * Exercises that a facilitator has: those that ship, and the ones they made or brought. An own one is
 * kept only while it is whole, so that whatever an agenda may name can be run
 * (docs/decisions/0024-own-exercises.md).
 */
import { customAlphabet } from 'nanoid';
import * as v from 'valibot';
import type { Clock } from '#shared/clock.ts';
import { CATALOGUE, findExercise } from '#shared/exercises/catalogue.ts';
import type { Fault } from '#shared/exercises/faults.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import {
	exerciseFile,
	OWN_LIMITS,
	OWN_PREFIX,
	readExercise,
	readExerciseFile
} from '#shared/exercises/own.ts';
import type { ExerciseOf } from '#shared/facilitation/agenda.ts';
import type { WorkshopId } from '#shared/ids.ts';
import { isRefusal, refuse, type Refusal } from '#shared/refusals.ts';
import type { Account, ExportFile } from '#server/app.ts';
import { fileName } from '#server/exports/file-name.ts';
import type { ExerciseStore } from '#server/store/exercises.ts';
import type { StoredWorkshop, WorkshopStore } from '#server/store/workshops.ts';

/** `faults`: what is wrong with what was given, and where. */
interface ExerciseRefusal extends Refusal {
	faults?: Fault[];
}

export interface OwnExercise {
	exercise: Exercise;
	changedAt: number;
	/** Workshops whose agenda has it before them. */
	awaitedIn: { id: WorkshopId; title: string }[];
}

export interface Exercises {
	/** One's own, in the order in which they were made. */
	own(account: Account): Promise<OwnExercise[]>;
	/**
	 * All that an agenda of this account's workshops may name: the shipped ones first. `brings`: who edits
	 * it, where that is somebody else; theirs come last.
	 */
	offered(owner: string, brings?: string): Promise<Exercise[]>;
	/** A shipped one, or one's own. */
	get(account: Account, id: string): Promise<Exercise | Refusal>;
	/** One more, under an id that is made here. */
	add(account: Account, given: unknown): Promise<{ id: string } | ExerciseRefusal>;
	/** Likewise, from a file. */
	bring(account: Account, bytes: Uint8Array): Promise<{ id: string } | ExerciseRefusal>;
	/** As a file; a shipped one too. */
	file(account: Account, id: string): Promise<ExportFile | Refusal>;
	/**
	 * Writes it over the version that `exercise.version` names, as the next one. Where another stands
	 * there, nothing is written, and the answer is what does.
	 */
	save(
		account: Account,
		id: string,
		given: unknown
	): Promise<
		{ saved: true; version: number } | { saved: false; there: Exercise } | ExerciseRefusal
	>;
	/** Takes it away unless an agenda awaits it; answers what it was, to be brought back. */
	remove(account: Account, id: string): Promise<Exercise | Refusal>;
	/** Those among these ids that are shipped, or this owner's. */
	finder(owner: string, ids: readonly string[]): Promise<ExerciseOf>;
	/** Those among these ids that somebody else has, and the owner does not, are the owner's too from now on. */
	bringTo(owner: string, from: string, ids: readonly string[]): Promise<true | Refusal>;
}

interface ExercisesDeps {
	exercises: ExerciseStore;
	store: Pick<WorkshopStore, 'ownedBy'>;
	clock: Pick<Clock, 'now'>;
}

const freshId = customAlphabet('abcdefghijklmnopqrstuvwxyz0123456789', 20);
const idSchema = v.pipe(v.string(), v.regex(/^own-[a-z0-9]{20}$/));

export function createExercises({ exercises, store, clock }: ExercisesDeps): Exercises {
	async function find(owner: string, id: string): Promise<Exercise | null> {
		if (!v.is(idSchema, id)) return findExercise(id) ?? null;
		return (await exercises.some(owner, [id]))[0] ?? null;
	}

	async function put({ id: ownerId }: Account, read: Exercise | Fault[]) {
		if (Array.isArray(read)) return wrong(read);
		if ((await exercises.count(ownerId)) >= OWN_LIMITS.exercises)
			return refuse('too-many-exercises');
		const now = clock.now();
		const id = OWN_PREFIX + freshId();
		const exercise = { ...read, id, version: 1 };
		await exercises.add({ ownerId, id, exercise, createdAt: now, changedAt: now });
		return { id };
	}

	async function get({ id: owner }: Account, id: string): Promise<Exercise | Refusal> {
		return (await find(owner, id)) ?? refuse('not-found');
	}

	return {
		async own({ id }) {
			const [rows, workshops] = await Promise.all([exercises.ofOwner(id), store.ownedBy(id)]);
			return rows.map(({ exercise, changedAt }) => ({
				exercise,
				changedAt,
				awaitedIn: awaiting(workshops, exercise.id)
			}));
		},
		async offered(owner, brings = owner) {
			const own = await exercises.ofOwner(owner);
			const theirs = brings === owner ? [] : await exercises.ofOwner(brings);
			const brought = theirs.filter(({ id }) => own.every((one) => one.id !== id));
			return [...CATALOGUE, ...[...own, ...brought].map(({ exercise }) => exercise)];
		},
		get,
		add: (account, given) => put(account, readExercise(given)),
		bring: (account, bytes) => put(account, readExerciseFile(bytes)),
		async file(account, id) {
			const exercise = await get(account, id);
			if (isRefusal(exercise)) return exercise;
			return {
				filename: `plenary-exercise-${fileName(exercise.title)}.json`,
				contentType: 'application/json; charset=utf-8',
				body: new TextEncoder().encode(exerciseFile(exercise))
			};
		},
		async save({ id: owner }, id, given) {
			const read = readExercise(given);
			if (Array.isArray(read)) return wrong(read);
			if (!v.is(idSchema, id)) return refuse('not-found');
			const base = read.version;
			const version = base + 1;
			const next = { ...read, id, version };
			if (await exercises.replace(owner, next, { base, now: clock.now() }))
				return { saved: true, version };
			const there = await find(owner, id);
			return there ? { saved: false, there } : refuse('not-found');
		},
		async remove({ id: owner }, id) {
			if (!v.is(idSchema, id)) return refuse('not-found');
			const awaited = awaiting(await store.ownedBy(owner), id);
			if (awaited.length > 0) return refuse('exercise-in-use');
			return (await exercises.remove(owner, id)) ?? refuse('not-found');
		},
		async finder(owner, ids) {
			const own = await exercises.some(
				owner,
				ids.filter((id) => v.is(idSchema, id))
			);
			return (id) => findExercise(id) ?? own.find((exercise) => exercise.id === id);
		},
		async bringTo(owner, from, ids) {
			const there = await exercises.some(owner, [...ids]);
			const brought = (await exercises.some(from, [...ids])).filter(
				({ id }) => !there.some((one) => one.id === id)
			);
			if (brought.length === 0) return true;
			if ((await exercises.count(owner)) + brought.length > OWN_LIMITS.exercises)
				return refuse('too-many-exercises');
			const now = clock.now();
			for (const exercise of brought)
				await exercises.add({
					ownerId: owner,
					id: exercise.id,
					exercise,
					createdAt: now,
					changedAt: now
				});
			return true;
		}
	};
}

const wrong = (faults: Fault[]): ExerciseRefusal => ({ ...refuse('wrong-exercise'), faults });

/** Workshops that are not over, and have this exercise in their agenda without having run it there. */
const awaiting = (workshops: StoredWorkshop[], id: string): OwnExercise['awaitedIn'] =>
	workshops
		.filter(({ deletedAt, state }) => deletedAt === null && state.status !== 'closed')
		.filter(({ state }) => {
			const run = new Set(state.boards.map(({ index }) => index));
			return state.agenda.some(
				(item, at) => item.kind === 'exercise' && item.exercise === id && !run.has(at)
			);
		})
		.map((workshop) => ({ id: workshop.id, title: workshop.state.title }));
