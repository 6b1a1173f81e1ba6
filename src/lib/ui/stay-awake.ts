/**
 * Keeps the device's screen on while this page is looked at, where the browser can: a remote is wanted
 * at once, and a room screen all the time. Answers with what lets it sleep again.
 */
export function stayAwake(): () => void {
	let lock: WakeLockSentinel | null = null;
	let over = false;
	const hold = async () => {
		if (document.visibilityState !== 'visible') return;
		// A battery that is low, or a plain line, forbids it: then it sleeps as it always does.
		const held = await navigator.wakeLock?.request('screen').catch(() => null);
		lock = held ?? null;
		if (over) void lock?.release();
	};
	const look = () => void hold();
	document.addEventListener('visibilitychange', look);
	look();
	return () => {
		over = true;
		document.removeEventListener('visibilitychange', look);
		void lock?.release();
	};
}
