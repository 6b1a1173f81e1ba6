/** What strikes with servers of its own: a power cut, the very first start, a herd that comes back. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Chance } from '../../tests/support/chance.ts';
import { pause } from '../simulated-person.ts';
import { herd } from './herd.ts';
import { KillableServer } from './killable-server.ts';
import { cutPower } from './power.ts';
import { emptyRow, worse, type Row } from './run.ts';

export interface WholeRun {
	name: string;
	times: number;
	run(chance: Chance, times: number): Promise<Row>;
}

/** Of a database that is an hour old, and of one that was made just now; with names early and late. */
const powerCut: WholeRun = {
	name: 'power cut',
	times: 12,
	async run(chance, times) {
		const row = emptyRow('power cut');
		for (const names of ['at-once', 'at-sync'] as const)
			for (const settled of [true, false]) {
				const found = await cutPower({ names, settled, chance, times: Math.ceil(times / 4) });
				for (const one of found) {
					row.times += 1;
					if (typeof one === 'string') row.wrong.push(one);
					else worse(row, { ...one, acknowledged: row.acknowledged + one.acknowledged });
				}
			}
		return row;
	}
};

/** A database that is just being made is made anew at the next start. */
export const killedAtFirstStart: WholeRun = {
	name: 'kill -9 at the first start',
	times: 4,
	async run(chance, times) {
		const row = emptyRow('kill -9 at the first start');
		for (; row.times < times; row.times += 1) {
			const dir = mkdtempSync(join(tmpdir(), 'plenary-first-'));
			const server = new KillableServer({ dataDir: dir });
			try {
				server.launch();
				await pause(300 + chance.below(4000));
				await server.kill();
				const began = performance.now();
				await server.start();
				row.longest = Math.max(row.longest, performance.now() - began);
			} catch (error) {
				row.wrong.push(String(error));
			} finally {
				await server.kill();
				rmSync(dir, { recursive: true, force: true });
			}
		}
		return row;
	}
};

const HERD = 1000;
/** In ms, and in bytes: what a thousand that come back may take. */
const BACK_WITHIN = 10_000;
const MEMORY = 1024 ** 3;

const thousandReturning: WholeRun = {
	name: 'a thousand returning',
	times: 1,
	async run(_chance, times) {
		const row = emptyRow('a thousand returning');
		for (; row.times < times; row.times += 1) {
			const found = await herd({ clients: HERD });
			row.lost += found.otherContent;
			row.longest = Math.max(row.longest, found.returnedAfterMs);
			if (found.returnedAfterMs > BACK_WITHIN)
				row.wrong.push(`They were back after ${found.returnedAfterMs} ms.`);
			if (found.peakRssBytes > MEMORY)
				row.wrong.push(`The server took ${Math.round(found.peakRssBytes / 2 ** 20)} MiB.`);
		}
		return row;
	}
};

export const WHOLE_RUNS: WholeRun[] = [killedAtFirstStart, powerCut, thousandReturning];
