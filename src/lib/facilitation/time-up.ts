/** A gentle sound when time is up: two short tones, on the device that wants them. */
import type { Timer } from '#shared/facilitation/state.ts';
import { readValue, writeValue } from '../sync/device-values.ts';

const KEY = 'plenary:time-up-sound';

/** Off at first: the desk's computer often speaks through the hall's loudspeakers. */
export const soundIsWanted = (): boolean => readValue(KEY) === true;
export const wantSound = (wanted: boolean): boolean => writeValue(KEY, wanted);

/** How late, in ms, an end is still worth a sound: a page that wakes up has missed it. */
const LATE = 5000;

/** Whether the time ran out between these two moments. One that is ended by hand has, too. */
function ranOut(timer: Timer | undefined, before: number, now: number): boolean {
	if (timer?.kind !== 'running') return false;
	return timer.endsAt > before && timer.endsAt <= now && now - timer.endsAt < LATE;
}

/** Listens for the end of time, as often as it is told how the clock stands. */
export class EndOfTime {
	#timer: Timer | undefined;
	#until = Infinity;

	/** Whether it has come since it was told last: of this timer, or of the one that gave way to it. */
	hasCome(timer: Timer | undefined, now: number): boolean {
		const come = [this.#timer, timer].some((one) => ranOut(one, this.#until, now));
		this.#timer = timer;
		this.#until = now;
		return come;
	}
}

let context: AudioContext | null = null;

/** A fifth, falling: heard without being startled by. */
export function playTimeUp(): void {
	context ??= new AudioContext();
	const from = context.currentTime + 0.02;
	for (const [at, pitch] of [
		[0, 660],
		[0.28, 440]
	] as const) {
		const tone = context.createOscillator();
		const loudness = context.createGain();
		tone.frequency.value = pitch;
		loudness.gain.setValueAtTime(0, from + at);
		loudness.gain.linearRampToValueAtTime(0.12, from + at + 0.03);
		loudness.gain.exponentialRampToValueAtTime(0.001, from + at + 0.7);
		tone.connect(loudness).connect(context.destination);
		tone.start(from + at);
		tone.stop(from + at + 0.75);
	}
}
