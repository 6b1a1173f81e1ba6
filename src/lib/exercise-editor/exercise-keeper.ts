/**
 * An exercise while it is edited: it saves itself, a moment after it was changed, whenever it is
 * whole. Until the server has it, this device does: also what is not whole yet, over a reload.
 */
import * as v from 'valibot';
import { faultsOf, type Fault } from '#shared/exercises/faults.ts';
import { exerciseShape, type Exercise } from '#shared/exercises/format.ts';
import type { RefusalReason } from '#shared/refusals.ts';

/** What came of saving; null where that is not known. */
export type Saved =
	| { saved: true; version: number }
	/** Another version stands there. */
	| { saved: false; there: Exercise }
	| { refused: RefusalReason }
	| null;

/** What the device keeps: an exercise, and the version that it was made of. */
interface Unsaved {
	base: number;
	exercise: Exercise;
}

export interface KeeperPorts {
	save(exercise: Exercise): Promise<Saved>;
	device: { read(): unknown; write(unsaved: Unsaved): boolean; erase(): void };
	/** Answers how to call it off. */
	after(ms: number, run: () => void): () => void;
	/** Something of it is otherwise. */
	changed(): void;
}

export type Keeping = 'saved' | 'saving' | 'device' | 'faulty' | 'elsewhere' | 'refused';

/** In ms without a change, before it is saved. */
const PAUSE = 800;
/** In ms, before it is tried again. */
const AGAIN = 5000;

const keptSchema = v.object({ base: v.number(), exercise: v.unknown() });

export class ExerciseKeeper {
	exercise: Exercise;
	/** What stands at the server, where somebody else has saved: one of the two has to go. */
	there: Exercise | null = null;
	refused: RefusalReason | null = null;
	/** Whether the device has what the server has not. */
	isKept = true;
	readonly #ports: KeeperPorts;
	#base: number;
	#saved: Exercise;
	#sending = false;
	#failed = false;
	#judged: { exercise: Exercise; faults: Fault[] } | null = null;
	#calledOff = (): void => {};

	constructor(exercise: Exercise, ports: KeeperPorts) {
		this.#ports = ports;
		this.#saved = exercise;
		this.exercise = exercise;
		this.#base = exercise.version;
	}

	/** Asked for by everything that shows one: worked out once for each change. */
	get faults(): Fault[] {
		if (this.#judged?.exercise !== this.exercise)
			this.#judged = { exercise: this.exercise, faults: faultsOf(this.exercise) };
		return this.#judged.faults;
	}

	get keeping(): Keeping {
		if (this.there) return 'elsewhere';
		if (this.exercise === this.#saved) return 'saved';
		if (this.refused) return 'refused';
		if (this.faults.length > 0) return 'faulty';
		return this.#failed ? 'device' : 'saving';
	}

	/** Goes on with what a visit before left on this device. */
	takeUp(): void {
		const read = v.safeParse(keptSchema, this.#ports.device.read());
		if (!read.success) return;
		// Of a shape that can be shown, whatever is wrong with it.
		if (!v.safeParse(exerciseShape, read.output.exercise).typed) return;
		const exercise = read.output.exercise as Exercise;
		if (isSame(exercise, this.#saved)) return this.#ports.device.erase();
		this.exercise = exercise;
		if (read.output.base !== this.#base) this.there = this.#saved;
		else this.#soon(PAUSE);
		this.#ports.changed();
	}

	change(exercise: Exercise): void {
		this.exercise = exercise;
		this.refused = null;
		this.isKept = this.#ports.device.write({ base: this.#base, exercise });
		this.#soon(PAUSE);
		this.#ports.changed();
	}

	/** Of two versions, this one. */
	keepMine(): void {
		if (!this.there) return;
		this.#base = this.there.version;
		this.there = null;
		this.change(this.exercise);
	}
	/** Or the other. */
	takeTheirs(): void {
		if (!this.there) return;
		this.exercise = this.#saved = this.there;
		this.#base = this.there.version;
		this.there = null;
		this.#ports.device.erase();
		this.#ports.changed();
	}

	/** At once: the network is back, or the page is left. */
	async save(): Promise<void> {
		this.#calledOff();
		const { exercise } = this;
		if (this.#sending || this.there || exercise === this.#saved || this.faults.length > 0) return;
		this.#sending = true;
		const answer = await this.#ports.save({ ...exercise, version: this.#base });
		this.#sending = false;
		this.#failed = answer === null;
		if (answer === null) this.#soon(AGAIN);
		else if ('refused' in answer) this.refused = answer.refused;
		else if (answer.saved) this.#isSaved(exercise, answer.version);
		else this.there = answer.there;
		this.#ports.changed();
	}

	close(): void {
		this.#calledOff();
	}

	#isSaved(sent: Exercise, version: number): void {
		this.#base = version;
		this.#saved = sent;
		if (this.exercise === sent) return this.#ports.device.erase();
		this.#ports.device.write({ base: version, exercise: this.exercise });
		this.#soon(PAUSE);
	}

	#soon(ms: number): void {
		this.#calledOff();
		this.#calledOff = this.#ports.after(ms, () => void this.save());
	}
}

/** But for the version, which is the server's to count. */
const isSame = (one: Exercise, other: Exercise): boolean =>
	JSON.stringify({ ...one, version: 0 }) === JSON.stringify({ ...other, version: 0 });
