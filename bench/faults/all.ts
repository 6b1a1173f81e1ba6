/** Every fault that strikes a room of people who type, in the order of the table. */
import { backedUp, compacted } from './copies.ts';
import { flapping, halfOpen, overtaken, slow, stalled, truncated } from './networks.ts';
import { skewed, twoDevices } from './people.ts';
import { killed, killedAtStart, stopped } from './processes.ts';
import type { Fault } from './run.ts';
import { databaseStalls, databaseStopped, diskFull, killedWhileAway } from './storage.ts';

export const FAULTS: Fault[] = [
	killed,
	stopped,
	killedAtStart,
	compacted,
	flapping,
	truncated,
	overtaken,
	slow,
	stalled,
	halfOpen,
	skewed,
	twoDevices,
	backedUp,
	diskFull,
	databaseStopped,
	databaseStalls,
	killedWhileAway
];
