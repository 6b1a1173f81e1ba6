/**
 * `npm run faults`: the built server, people who write numbered cards through a bad network, and a
 * killer. `SEED` throws the same chance again, `FAULTS=flaps,slow` picks those whose names hold a
 * word, `TIMES` says how often each strikes, and `AWAY` for how many seconds a database is gone.
 * Ends with a table, and with 1 where anything was lost.
 */
import { build } from '../server/ready.mjs';
import { createChance } from '../tests/support/chance.ts';
import { FAULTS } from './faults/all.ts';
import { KillableServer } from './faults/killable-server.ts';
import { emptyRow, isGood, runFault, type Row } from './faults/run.ts';
import { table } from './faults/table.ts';
import { WHOLE_RUNS } from './faults/whole-runs.ts';

const { SEED = Date.now() % 1_000_000, FAULTS: wanted = '', TIMES } = process.env;
const seed = Number(SEED);
const words = wanted.split(',').filter((word) => word !== '');
console.log(`seed ${seed}`);
build();

const rows: Row[] = [];
const server = new KillableServer();
await server.start();
for (const [at, fault] of [...FAULTS, ...WHOLE_RUNS].entries()) {
	const { name } = fault;
	if (words.length > 0 && !words.some((word) => name.includes(word))) continue;
	const began = performance.now();
	const chance = createChance(seed * 1000 + at);
	const times = Number(TIMES ?? fault.times);
	const row = await (
		'run' in fault ? fault.run(chance, times) : runFault(fault, server, chance, { times })
	).catch((error: unknown): Row => ({ ...emptyRow(name), wrong: [String(error)] }));
	if (typeof row === 'string') {
		console.log(`left out: ${name}. ${row}`);
		continue;
	}
	rows.push(row);
	const seconds = Math.round((performance.now() - began) / 1000);
	console.log(`${isGood(row) ? 'good ' : 'WRONG'} ${name}, ${row.times} times, ${seconds} s`);
	for (const one of row.wrong) console.log(`      ${one}`);
	if (server.process === null) await server.start();
}
await server.dispose();
console.log(`\n${table(rows)}`);
const ok = rows.length > 0 && rows.every(isGood);
if (!ok) console.log(`again with SEED=${seed}`);
process.exit(ok ? 0 : 1);
