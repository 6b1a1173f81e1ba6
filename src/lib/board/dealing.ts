/** One card turns over in 420 ms; all of them within 1.4 s, however many they are. */
const TURN = 420;
const WITHIN = 1400;
const STEP = 18;

/** When card `index` of `count` begins to turn, in ms after the reveal. */
export const dealAfter = (index: number, count: number): number =>
	Math.round(index * Math.min(STEP, (WITHIN - TURN) / Math.max(1, count - 1)));

/** How long a reveal plays. */
export const DEALT_WITHIN = WITHIN;
