/**
 * The timer: arithmetic on given instants. It is an end time on the server's clock, so it goes on
 * by itself through a restart, and every screen counts down to the same moment.
 */
import type { Timer } from './state.ts';

const MINUTE = 60_000;

/** Minutes as whole milliseconds. */
export const spanOf = (minutes: number): number => Math.round(minutes * MINUTE);

/** The least that is found when a phase is come back to. */
export const LEAST_LEFT = MINUTE;

export const startTimer = (minutes: number, now: number): Timer => ({
	kind: 'running',
	endsAt: now + spanOf(minutes)
});

/** Stops a running timer; what is left may be negative, where it had run over. */
export const pauseTimer = (timer: Timer, now: number): Timer =>
	timer.kind === 'running' ? { kind: 'paused', left: timer.endsAt - now } : timer;

export const resumeTimer = (timer: Timer, now: number): Timer =>
	timer.kind === 'paused' ? { kind: 'running', endsAt: now + timer.left } : timer;

/** Time is up now, as if it had run out. */
export const endTimer = (now: number): Timer => ({ kind: 'running', endsAt: now });

/** Adds to what is left, never to a debt: a minute more is a minute from now, when time is up. */
export function extendTimer(timer: Timer, minutes: number, now: number): Timer {
	switch (timer.kind) {
		case 'running':
			return { kind: 'running', endsAt: Math.max(timer.endsAt, now) + spanOf(minutes) };
		case 'paused':
			return { kind: 'paused', left: Math.max(timer.left, 0) + spanOf(minutes) };
		case 'none':
			return startTimer(minutes, now);
	}
}

/** Milliseconds until the end, negative when it is over; null where no timer is set. */
export function timeLeft(timer: Timer, now: number): number | null {
	switch (timer.kind) {
		case 'running':
			return timer.endsAt - now;
		case 'paused':
			return timer.left;
		case 'none':
			return null;
	}
}
