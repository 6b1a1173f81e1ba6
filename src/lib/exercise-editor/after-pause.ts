/** In ms: longer than between two letters, shorter than a look to the side. */
const PAUSE = 200;

/**
 * Hands on the last of several values, once none has come for a moment.
 * `after` answers how to call off; so does whoever is told of a value.
 */
export function afterPause<Value>(
	show: (value: Value) => void,
	after: (ms: number, run: () => void) => () => void
): (value: Value) => () => void {
	let callOff = (): void => {};
	return (value) => {
		callOff();
		return (callOff = after(PAUSE, () => show(value)));
	};
}
