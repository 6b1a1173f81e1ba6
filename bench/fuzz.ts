/**
 * `npm run fuzz`: mutated frames against a live server, beside a pair who go on typing. `FRAMES` of
 * them (a million), for at most `SECONDS`, from `SEED`. Ends with 1 where anything was noticed.
 */
import { readFileSync } from 'node:fs';
import { fuzz } from './fuzzing.ts';
import { startOwnServer } from './own-server.ts';
import type { Spread } from './typing-pair.ts';

const {
	FRAMES = 1_000_000,
	SECONDS = Infinity,
	SEED = Date.now() % 1_000_000,
	PORT = 3910
} = process.env;
const seed = Number(SEED);
/** What the server logs beyond refusals. */
const faults: string[] = [];
const server = await startOwnServer(Number(PORT), (line) => {
	const isGood = (JSON.parse(line) as { level: number }).level < 40;
	if (!isGood && faults.push(line) < 10) console.log(line);
});
const memory = () =>
	Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.process.pid}/status`, 'utf8'))?.[1]) /
	1024;
const round = (value: number) => Math.round(value * 10) / 10;
const told = ({ letters, median, p99, longest }: Spread) =>
	`${letters} letters, median ${round(median)} ms, p99 ${round(p99)} ms, longest ${round(longest)} ms`;

console.log(`seed ${seed}`);
const before = memory();
let next = 0;
const report = await fuzz({
	url: server.url,
	token: server.token,
	seed,
	frames: Number(FRAMES),
	seconds: Number(SECONDS),
	letters: 200,
	progress(read) {
		if (read < next) return;
		next = read + Number(FRAMES) / 50;
		console.log(`${read} frames read, ${Math.round(memory())} MB`);
	}
});
const alive = await fetch(`${server.url}/readyz`).then(
	({ ok }) => ok,
	() => false
);
const after = memory();

console.log(`\n${report.read} frames read of ${report.sent} sent, in ${round(report.seconds)} s`);
console.log(`${report.connections} connections, ended by ${JSON.stringify(report.codes)}`);
console.log(`mutations: ${JSON.stringify(report.mutations)}`);
console.log(`the pair before: ${told(report.before)}`);
console.log(`the pair meanwhile: ${told(report.during)}`);
console.log(`memory: ${Math.round(before)} MB before, ${Math.round(after)} MB after`);

const wrong = Object.entries({
	'the server does not answer': !alive,
	'the server has logged a fault': faults.length > 0,
	'a connection of the pair was lost': report.lost > 0,
	'what the pair wrote is not what is there': report.typed.join('\n') !== report.found.join('\n'),
	'the pair waited': report.during.longest > Math.max(2000, 40 * report.before.median),
	'the server grew': after - before > 400
}).filter(([, is]) => is);
await server.stop();
for (const [what] of wrong) console.log(`WRONG: ${what}`);
console.log(wrong.length === 0 ? 'nobody noticed anything' : `again with SEED=${seed}`);
process.exit(wrong.length === 0 ? 0 : 1);
