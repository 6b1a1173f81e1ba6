/** `npm run bench`: every figure from one run on one machine, as ratios where two things are compared. */
import { readFileSync } from 'node:fs';
import { measureExports } from './exports.ts';
import { measureGrowth } from './growth.ts';
import { measureGuard } from './guard.ts';
import { startOwnServer } from './own-server.ts';
import { measureEcho, measureRoom } from './room.ts';
import { pause, post } from './simulated-person.ts';
import { measureScripts } from './sizes.ts';

const sizes = (process.env['ROOMS'] ?? '25,50,100,200').split(',').map(Number);
const round = (value: number) => Math.round(value * 10) / 10;

// First, as it says what memory this process took.
const files = await measureExports();
console.log(
	`files, beside 5000 texts as JSON and back (${round(files.baseline.took)} ms; the idle loop is held ${round(files.baseline.held)} ms)`
);
console.log('                          ms     ×   the loop held, ms    kB');
for (const { what, took, held, bytes } of files.costs)
	console.log(
		`${what.padEnd(22)}  ${[took, took / files.baseline.took, held, bytes / 1000].map((value) => String(round(value)).padStart(7)).join('  ')}`
	);
console.log(
	`memory at most: ${round(files.memory.server)} MB of this process, ${round(files.memory.pdf)} MB of its worker for PDFs, ${round(files.memory.pictures)} MB for pictures too`
);
console.log();

console.log('the guard, µs: a letter typed, and a card moved; beside applying it');
console.log(' cards  letter judged  applied   move judged  applied');
for (const { cards, letter, move } of measureGuard([1000, 3000, 10_000]))
	console.log(
		`${String(cards).padStart(6)}  ${[letter.judged, letter.applied, move.judged, move.applied].map(round).join('  ')}`
	);
console.log();

const hours = Number(process.env['HOURS'] ?? 0.1);
const grown = await measureGrowth({ people: 100, seconds: 3600 * hours });
const kB = (bytes: number) => `${Math.round(bytes / 1024)} kB`;
console.log(`a board on which 100 people typed for ${hours} h: ${grown.letters} letters`);
console.log(
	`snapshot ${kB(grown.snapshot)}, on the disk ${kB(grown.disk)} (× ${round(grown.disk / grown.snapshot)}), of ${kB(grown.written)} ever written; write-ahead log ${kB(grown.wal)} at most; a cut with a snapshot ${round(grown.longestCut)} ms at most`
);
console.log();

const server = await startOwnServer(Number(process.env['PORT'] ?? 3900));

// Making a database takes memory that is given back after a while.
await pause(15_000);
const memory = /VmRSS:\s+(\d+)/.exec(
	readFileSync(`/proc/${server.process.pid}/status`, 'utf8')
)?.[1];
console.log(`memory of the idle server: ${Math.round(Number(memory) / 1024)} MB`);

console.log(`JavaScript of the join page: ${round(await measureScripts(server.url))} kB gzipped`);
const api = (path: string, body: unknown) =>
	post(`${server.url}/api/v1/${path}`, body, server.token);
const workshop = (await api('workshops', { title: 'Sizes', agenda: ['barrier'] })) as {
	id: string;
	code: string;
};
await api(`workshops/${workshop.id}/commands`, { type: 'open' });
const joined = await fetch(`${server.url}/api/v1/join`, {
	method: 'POST',
	headers: { 'content-type': 'application/json' },
	body: JSON.stringify({ code: workshop.code, name: 'Ben' })
});
const [name, value] = (joined.headers.get('set-cookie') ?? '').split(';')[0]!.split('=');
await api(`workshops/${workshop.id}/commands`, { type: 'start', exercise: 0 });
await api(`workshops/${workshop.id}/commands`, { type: 'next' });
const room = await measureScripts(`${server.url}/p/${workshop.id}`, { name: name!, value: value! });
console.log(`JavaScript of the room on a phone, writing: ${round(room)} kB gzipped`);

const echo = await measureEcho();
console.log(
	`\neverybody types four letters a second; from one to ten others, ms (an echo: ${round(echo)})`
);
console.log('people  median  p99   p99 against the smallest room');
let smallest = 0;
for (const people of sizes) {
	const { median, p99 } = await measureRoom(server, people, 10);
	smallest ||= p99;
	console.log(
		`${String(people).padStart(6)}  ${round(median)}  ${round(p99)}  × ${round(p99 / smallest)}`
	);
}
await server.stop();
process.exit(0);
