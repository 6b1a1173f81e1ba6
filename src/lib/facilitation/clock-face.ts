/**
 * What a timer shows for the milliseconds that are left: `2:41`, and `+0:24` once it runs over.
 * A second is shown until it is used up, so the last thing before `+0:01` is `0:00` for no longer
 * than a second.
 */
export function clockFace(left: number): string {
	const seconds = left >= 0 ? Math.ceil(left / 1000) : Math.floor(-left / 1000);
	const face = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
	return left < 0 ? `+${face}` : face;
}
