/** The editor of one exercise, for the components that it is made of. */
import { createContext } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import * as v from 'valibot';
import type { Fault, Place } from '#shared/exercises/faults.ts';
import type { Exercise } from '#shared/exercises/format.ts';
import { REFUSALS, type RefusalReason } from '#shared/refusals.ts';
import { m } from '$lib/paraglide/messages.js';
import { eraseValue, readValue, writeValue } from '$lib/sync/device-values.ts';
import { ExerciseKeeper, type Keeping, type Saved } from './exercise-keeper.ts';
import { faultWords } from './fault-words.ts';
import { setAt, valueAt } from './model.ts';
import { AS_PLACED } from './preview-views.ts';

export class ExerciseEditor {
	/** The column whose card the preview shows. */
	column = $state<string | null>(null);
	/** How it looks at the board: by which of the views, or as the cards lie. */
	look = $state(AS_PLACED);
	/** What was taken off last, as it was before. */
	undone = $state.raw<{ exercise: Exercise; what: string } | null>(null);
	/** For screen readers. */
	said = $state('');
	readonly keeper: ExerciseKeeper;
	readonly others: readonly { id: string; title: string }[];
	readonly #subscribe: () => void;
	#told = (): void => {};

	/** `others`: exercises that it may build on. */
	constructor(
		exercise: Exercise,
		account: string,
		others: readonly { id: string; title: string }[]
	) {
		this.others = others;
		const key = `plenary:exercise:${account}:${exercise.id}`;
		this.#subscribe = createSubscriber((update) => {
			this.#told = update;
			return () => (this.#told = () => {});
		});
		this.keeper = new ExerciseKeeper(exercise, {
			save: (changed) => saveExercise(exercise.id, changed),
			device: {
				read: () => readValue(key),
				write: (unsaved) => writeValue(key, unsaved),
				erase: () => eraseValue(key)
			},
			after(ms, run) {
				const timer = setTimeout(run, ms);
				return () => clearTimeout(timer);
			},
			changed: () => this.#told()
		});
	}

	get exercise(): Exercise {
		this.#subscribe();
		return this.keeper.exercise;
	}
	get keeping(): Keeping {
		this.#subscribe();
		return this.keeper.keeping;
	}
	get refused(): RefusalReason | null {
		this.#subscribe();
		return this.keeper.refused;
	}
	/** Whether this device has what the server has not. */
	get isKept(): boolean {
		this.#subscribe();
		return this.keeper.isKept;
	}
	get faults(): Fault[] {
		this.#subscribe();
		return this.keeper.faults;
	}

	change(exercise: Exercise): void {
		this.undone = null;
		this.keeper.change(exercise);
	}
	/** A change that takes something off, which can be brought back until the next. */
	takeOff(what: string, exercise: Exercise): void {
		const before = this.keeper.exercise;
		this.keeper.change(exercise);
		const title = what.trim() || m.exercises_untitled();
		const count = viewsOf(before) - viewsOf(exercise);
		/** A view itself, not what was lost with a field. */
		const alone = before.fields === exercise.fields;
		this.undone = {
			exercise: before,
			what: alone || count === 0 ? title : m.exercises_with_views({ title, count })
		};
	}
	bringBack(): void {
		if (this.undone) this.change(this.undone.exercise);
	}
	set(place: Place, value: unknown): void {
		this.change(setAt(this.keeper.exercise, place, value));
	}
	value(place: Place): unknown {
		return valueAt(this.exercise, place);
	}

	/** What is wrong at a place, in words: where it is a list, or a whole, in it too. */
	faultAt(place: Place, inside = false): string | null {
		const fault = this.faults.find(
			(one) =>
				(inside || one.place.length === place.length) &&
				place.every((step, at) => one.place[at] === step)
		);
		return fault ? faultWords(fault) : null;
	}
}

const viewsOf = ({ views, summary }: Exercise): number => views.length + summary.length;

export const [getEditor, setEditor] = createContext<ExerciseEditor>();

const answerSchema = v.union([
	v.object({ saved: v.literal(true), version: v.number() }),
	v.object({
		saved: v.literal(false),
		there: v.custom<Exercise>((one) => typeof one === 'object')
	}),
	v.object({ error: v.object({ code: v.string() }) })
]);

async function saveExercise(id: string, exercise: Exercise): Promise<Saved> {
	try {
		const response = await fetch(`/exercises/${id}/exercise.json`, {
			method: 'PUT',
			headers: { 'content-type': 'application/json', accept: 'application/json' },
			body: JSON.stringify(exercise)
		});
		const answer = v.safeParse(answerSchema, await response.json());
		if (!answer.success) return null;
		if (!('error' in answer.output)) return answer.output;
		const { code } = answer.output.error;
		if (code === 'try-again' || !Object.hasOwn(REFUSALS, code)) return null;
		return { refused: code as RefusalReason };
	} catch {
		return null; // no connection
	}
}
